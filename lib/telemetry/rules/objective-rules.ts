import type { RecordingRule } from '../../model';
import { Duration } from '../../units';
import type { AlertDefinition, DefinedGroup } from './alert';
import { BY_SERVICE, bucket, inNamespace, seconds } from './promql';
import type { Watched } from './watched';

const SLOS = ['availability', 'latency'] as const;
type Slo = (typeof SLOS)[number];

const WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d'] as const;
type Window = (typeof WINDOWS)[number];

/**
 * Speeds at which a budget of 30 days is burnt, and the windows that show them: a long one that is sure, and a short one that
 * ends the alert soon after the fault. The slowest of the usual four needs three days of data, and Prometheus keeps one.
 */
const SPEEDS: readonly {
  readonly suffix: string;
  readonly factor: number;
  readonly long: Window;
  readonly short: Window;
  readonly severity: 'critical' | 'warning';
  readonly gone: string;
}[] = [
  { suffix: 'BurnsFast', factor: 14.4, long: '1h', short: '5m', severity: 'critical', gone: '2 % of it in an hour' },
  { suffix: 'Burns', factor: 6, long: '6h', short: '30m', severity: 'critical', gone: '5 % of it in 6 hours' },
  { suffix: 'BurnsSlowly', factor: 3, long: '1d', short: '2h', severity: 'warning', gone: '10 % of it in a day' },
];

/** The greatest speed: a budget above its inverse could never be burnt so fast. */
export const FASTEST_BURN = 14.4;

const recorded = (window: Window): string => `service:slo_errors:ratio_rate${window}`;

function records(watched: Watched, window: Window): RecordingRule[] {
  const { counter, errorLabel, errorValues, histogram } = watched.plan.requests;
  const rate = (series: string, ...matchers: readonly string[]): string =>
    `sum by (${BY_SERVICE}) (rate(${series}${inNamespace(watched, ...matchers)}[${window}]))`;
  const within = bucket(seconds(watched.plan.objectives.latency.within));
  return [
    {
      record: recorded(window),
      expr: `(${rate(counter, `${errorLabel}=~"${errorValues}"`)} or 0 * ${rate(counter)}) / (${rate(counter)} > 0)`,
      labels: { slo: 'availability' },
    },
    {
      record: recorded(window),
      expr: `1 - ${rate(`${histogram}_bucket`, within)} / (${rate(`${histogram}_count`)} > 0)`,
      labels: { slo: 'latency' },
    },
  ];
}

const TEXTS: Readonly<Record<Slo, { readonly name: string; readonly bad: string; readonly steps: readonly string[] }>> =
  {
    availability: {
      name: 'AvailabilityBudget',
      bad: 'fail',
      steps: [
        'Tell by the counter which status it is, and since when; compare with releases and with changes of load.',
        'Undo the release if one came before.',
        'See HighErrorRate for more.',
      ],
    },
    latency: {
      name: 'LatencyBudget',
      bad: 'are too slow',
      steps: [
        'Compare with the load of each pod: above its target, see ScalingRequired.',
        'Look at hit rates of caches, pools of connections and throttling of processors.',
        'Undo the release if one came before.',
      ],
    },
  };

function alerts({ plan }: Watched, slo: Slo): AlertDefinition[] {
  const { availability, latency } = plan.objectives;
  const objective = slo === 'availability' ? availability : latency.share;
  const budget = (10_000 - objective.inBasisPoints) / 10_000;
  const promise = slo === 'availability' ? `${objective} succeed` : `${objective} take at most ${latency.within}`;
  const { name, bad, steps } = TEXTS[slo];
  return SPEEDS.map(({ suffix, factor, long, short, severity, gone }) => {
    const above = (window: Window) => `${recorded(window)}{slo="${slo}"} > (${factor} * ${budget})`;
    return {
      alert: `${name}${suffix}`,
      expr: `(${above(long)}) and on (${BY_SERVICE}) (${above(short)})`,
      for: Duration.seconds(0),
      severity,
      summary: `{{ $labels.service }} uses up its error budget ${factor} times too fast`,
      description:
        `{{ $value | humanizePercentage }} of the requests of the last ${long} ${bad}. Promised is that ${promise}, of` +
        ` 30 days: ${gone}.`,
      dashboard: 'objectives',
      steps,
    };
  });
}

/** What users were promised, and how fast it is broken. */
export const objectiveRules = (watched: Watched): DefinedGroup => ({
  name: 'objectives',
  records: WINDOWS.flatMap((window) => records(watched, window)),
  alerts: SLOS.flatMap((slo) => alerts(watched, slo)),
});
