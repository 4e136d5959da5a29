import { HEARTBEAT_ALERT, type ReceiversSpec } from '../model';

/** A condition on a label of an alert. `=~` takes a regular expression that is anchored at both ends. */
export interface AlertMatcher {
  readonly name: string;
  readonly is: '=' | '=~' | '!=';
  readonly value: string;
}

/** Who hears of which alerts, when. */
export interface AlertRoute {
  readonly receiver: ReceiverName;
  readonly matchers: readonly AlertMatcher[];
  /** How long a new group waits for more, and may end unheard. */
  readonly wait: string;
  /** How long until what still holds is said again. */
  readonly repeat: string;
  /** Whether later routes see the alert, too. */
  readonly goesOn: boolean;
  /** Time between two messages about one group. @default - that of all routes */
  readonly interval?: string;
}

/** While one alert holds, others say nothing new. */
export interface Inhibition {
  readonly source: readonly AlertMatcher[];
  readonly target: readonly AlertMatcher[];
  /** Labels in which both agree. */
  readonly equal: readonly string[];
}

/** Ways out of Alertmanager. */
export const RECEIVER_NAMES = ['pager', 'chat', 'mail', 'heartbeat'] as const;
export type ReceiverName = (typeof RECEIVER_NAMES)[number];

/** Everything about who hears what, but for secrets. */
export interface AlertRouting {
  readonly receivers: readonly ReceiverName[];
  /** Labels that make alerts one message. */
  readonly groupBy: readonly string[];
  /** What no route takes. */
  readonly rest: Pick<AlertRoute, 'receiver' | 'wait' | 'repeat'>;
  /** Time between two messages about one group. */
  readonly interval: string;
  readonly routes: readonly AlertRoute[];
  readonly inhibitions: readonly Inhibition[];
}

const is = (name: string, value: string): AlertMatcher => ({ name, is: '=', value });
const like = (name: string, value: string): AlertMatcher => ({ name, is: '=~', value });

/** What is a consequence of a service or a store being away, and would only say it again. */
const INHIBITIONS: readonly Inhibition[] = [
  {
    source: [is('alertname', 'ServiceDown')],
    target: [
      { name: 'alertname', is: '!=', value: 'ServiceDown' },
      { name: 'service', is: '!=', value: '' },
    ],
    equal: ['namespace', 'service'],
  },
  {
    source: [is('alertname', 'RedisDown')],
    target: [like('alertname', 'Redis(MemberDown|ClusterBroken)|CacheHitRateLow')],
    equal: ['namespace', 'service'],
  },
  ...['AvailabilityBudget', 'LatencyBudget'].flatMap((name): Inhibition[] => [
    {
      source: [is('alertname', `${name}BurnsFast`)],
      target: [like('alertname', `${name}Burns(Slowly)?`)],
      equal: ['namespace', 'service'],
    },
    {
      source: [is('alertname', `${name}Burns`)],
      target: [is('alertname', `${name}BurnsSlowly`)],
      equal: ['namespace', 'service'],
    },
  ]),
];

/** How long a fault that is no emergency may last before somebody is woken; over before that, nobody hears of it. */
const PATIENCE = '5m';

const pages = (escalation: string, wait: string): AlertRoute => ({
  receiver: 'pager',
  matchers: [is('escalation', escalation)],
  wait,
  repeat: '1h',
  goesOn: true,
});

/** What always holds is said every minute, to whatever notices its silence, and to nobody else. */
const HEARTBEAT: AlertRoute = {
  receiver: 'heartbeat',
  matchers: [is('alertname', HEARTBEAT_ALERT)],
  wait: '0s',
  interval: '1m',
  repeat: '1m',
  goesOn: false,
};

/** Routes by severity: PagerDuty for what escalates, Slack for what needs somebody today, mail for the rest. */
export const alertRouting = ({ pagerDuty = 'off' }: ReceiversSpec, beats = false): AlertRouting => ({
  receivers: [
    ...(pagerDuty === 'on' ? (['pager'] as const) : []),
    'chat',
    'mail',
    ...(beats ? (['heartbeat'] as const) : []),
  ],
  groupBy: ['alertname', 'namespace', 'service'],
  rest: { receiver: 'mail', wait: '5m', repeat: '24h' },
  interval: '5m',
  routes: [
    ...(beats ? [HEARTBEAT] : []),
    ...(pagerDuty === 'on' ? [pages('immediate', '0s'), pages('5m', PATIENCE)] : []),
    { receiver: 'chat', matchers: [is('severity', 'critical')], wait: '0s', repeat: '1h', goesOn: true },
    { receiver: 'chat', matchers: [is('severity', 'warning')], wait: '30s', repeat: '4h', goesOn: false },
    { receiver: 'mail', matchers: [like('severity', 'critical|info')], wait: '5m', repeat: '24h', goesOn: false },
  ],
  inhibitions: INHIBITIONS,
});

/** `severity="critical"`, as Alertmanager writes it. */
export const matcherText = ({ name, is: operator, value }: AlertMatcher): string =>
  `${name}${operator}${JSON.stringify(value)}`;

/** Texts of messages: Alertmanager fills in the places. */
export const MESSAGES = {
  title:
    '[{{ .Status | toUpper }}] {{ .CommonLabels.platform }}/{{ .CommonLabels.environment }}: {{ .GroupLabels.alertname }}',
  text:
    '{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.description }}\n' +
    'What to do: {{ .Annotations.runbook_url }}\nWhere to look: {{ .Annotations.dashboard_url }}\n\n{{ end }}',
} as const;
