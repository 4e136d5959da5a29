import { recoverySection } from '../recovery/recovery-step';
import { atLeast, autoscalerReference, holdArgo, kubectl, releaseArgo } from './runbook-commands';
import {
  opening,
  type RunbookNodes,
  type RunbookPlace,
  type RunbookWorkload,
  TROUBLESHOOTING,
  table,
} from './runbook-props';

/** Room on nodes of some groups, and what pods ask for there. */
export interface SpikeRoom {
  readonly nodes: readonly RunbookNodes[];
  readonly asked: { readonly cpu: string; readonly memory: string };
  readonly there: { readonly cpu: string; readonly memory: string };
  readonly suffices: boolean;
}

/** What a flood of users is met with. */
export interface TrafficSpikeRunbookProps {
  readonly place: RunbookPlace;
  /** Services that get more pods, and how many. */
  readonly raised: readonly { readonly workload: RunbookWorkload; readonly pods: number }[];
  /** With those, and everything else as it always is. */
  readonly rooms: readonly SpikeRoom[];
  /** Connections at those pods, of those there are, by database; and what pools them in between. */
  readonly connections: readonly {
    readonly database: string;
    readonly asked: number;
    readonly there: number;
    /** @default - pods connect to the database itself */
    readonly pooler?: string;
  }[];
  /** Manifest with the limit, and the one to go back with, below `dist`; the Deployment that changes. @default - none is kept ready */
  readonly limit?: {
    readonly gateway: string;
    readonly rate: string;
    readonly burst: number;
    readonly apply: string;
    readonly goBack: string;
  };
  /** Alerts that ring, with the dashboard on which it is seen. */
  readonly alerts: readonly { readonly name: string; readonly dashboard: string }[];
}

function room({ rooms, connections }: TrafficSpikeRunbookProps): string[] {
  const groups = (nodes: readonly RunbookNodes[]) =>
    nodes
      .map(({ name, min, max, instanceTypes }) => `${name} (${min}-${max} of ${instanceTypes.join(' or ')})`)
      .join(', ');
  return [
    '## Whether there is room',
    '',
    'Reckoned for these numbers with everything else at its minimum, against nodes on demand at their maximum; spot may have nothing to give:',
    '',
    ...table(
      ['nodes', 'pods ask for', 'nodes have', 'it'],
      rooms.map(({ nodes, asked, there, suffices }) => [
        groups(nodes),
        `${asked.cpu} CPU, ${asked.memory}`,
        `${there.cpu} CPU, ${there.memory}`,
        suffices ? 'fits' : '**does not fit**: the rest stays Pending',
      ]),
    ),
    ...(connections.length === 0
      ? []
      : table(
          ['database', 'connections of these pods', 'it takes', 'they'],
          connections.map(({ database, asked, there, pooler }) => [
            database,
            `${asked}`,
            `${there}`,
            pooler === undefined ? (asked <= there ? 'fit' : '**do not fit**') : `share what ${pooler} holds`,
          ]),
        )),
  ];
}

const watch = ({ place, alerts }: TrafficSpikeRunbookProps): string =>
  recoverySection('Whether it is one', 'Pods do not help against what pods are not short of.', [
    ...(alerts.length === 0
      ? []
      : [
          {
            what: `See what rings: ${alerts.map(({ name, dashboard }) => `[${name}](alerts.md#${name.toLowerCase()}) on <${dashboard}>`).join(', ')}.`,
          },
        ]),
    {
      what: 'See who is at the maximum, and who waits for nodes.',
      run: [kubectl(place, 'get hpa'), kubectl(place, 'get pods --field-selector status.phase=Pending')],
    },
  ]);

function raise(props: TrafficSpikeRunbookProps): string {
  const { place, raised } = props;
  const argo = holdArgo(place);
  return recoverySection(
    'More pods at once',
    "The minimum of the autoscaler is raised. Replicas of the workload are the autoscaler's: whatever is set there is put back within 15 s.",
    [
      ...(argo.length === 0
        ? []
        : [{ what: 'Hold Argo CD, which would put the minimum back, until Git says the same.', run: argo }]),
      {
        what: 'Raise the minimum.',
        run: raised.map(({ workload, pods }) => atLeast(place, workload, pods)),
      },
      {
        what: `See pods come. Those that stay Pending wait for nodes: [pods that wait](${TROUBLESHOOTING}#pods-that-wait).`,
        run: raised.map(({ workload }) => kubectl(place, `get ${autoscalerReference(workload)}`)),
      },
    ],
  );
}

function limited({ place, limit }: TrafficSpikeRunbookProps): string[] {
  if (limit === undefined) return [];
  return [
    recoverySection(
      'Fewer requests',
      `If pods are not enough: each client gets ${limit.rate} with a burst of ${limit.burst}, and 429 above that. It replaces the limits of ${limit.gateway}.`,
      [
        ...(holdArgo(place).length === 0
          ? []
          : [
              {
                what: 'Hold Argo CD, which would put the limits back, if it is not held already.',
                run: holdArgo(place),
              },
            ]),
        {
          what: 'Apply it.',
          run: [
            kubectl(place, `apply --filename dist/${limit.apply}`),
            kubectl(place, `rollout status deployment/${limit.gateway} --timeout=10m`),
          ],
        },
        { what: 'Go back.', run: [kubectl(place, `apply --filename dist/${limit.goBack}`), ...releaseArgo(place)] },
      ],
    ),
  ];
}

function back({ place, raised }: TrafficSpikeRunbookProps): string {
  const waits = [...new Set(raised.map(({ workload }) => workload.waits.down))];
  return recoverySection(
    'When it is over',
    `Autoscalers take pods away by themselves, after ${waits.join(' or ')} of less load.`,
    [
      {
        what: 'Put the minimum back. What is to stay belongs into `scaling.min`.',
        run: raised.map(({ workload }) => atLeast(place, workload, workload.min)),
      },
      ...(releaseArgo(place).length === 0 ? [] : [{ what: 'Let Argo CD go.', run: releaseArgo(place) }]),
    ],
  );
}

/** What people do when more users come than autoscalers can follow: Markdown. */
export const trafficSpikeRunbook = (props: TrafficSpikeRunbookProps): string =>
  [
    ...opening('Traffic spike', props.place),
    watch(props),
    '## How many',
    '',
    ...table(
      ['service', 'autoscaler', 'it may have', 'asked for', 'more', 'a pod asks for'],
      props.raised.map(({ workload, pods }) => [
        workload.service,
        workload.autoscaler,
        `${workload.min}-${workload.max}`,
        `${pods}`,
        `${pods - workload.min}`,
        `${workload.pod.cpu} CPU, ${workload.pod.memory}`,
      ]),
    ),
    ...room(props),
    raise(props),
    ...limited(props),
    back(props),
  ].join('\n');
