import { recoverySection } from '../recovery/recovery-step';
import { closeShell, hasShell, kubectl, openShell, psql } from './runbook-commands';
import { type RunbookDatabase, type RunbookPlace, TRAFFIC_SPIKE, table } from './runbook-props';
import type { TroubleshootingRunbookProps } from './troubleshooting-runbook';

/** Pods come and go. */
function thrashing({ place, workloads }: TroubleshootingRunbookProps): string[] {
  return [
    '## Pods that come and go',
    '',
    'Many events, and load that does not change as often: a target lies where the metric swings, or what is looked back at is too short.',
    '',
    ...table(
      ['service', 'scaled by', 'looks back before more', 'before fewer', 'pods'],
      workloads.map(({ service, targets, waits, min, max }) => [
        service,
        targets.join(', '),
        waits.up,
        waits.down,
        `${min}-${max}`,
      ]),
    ),
    '1. See how often it changed its mind.',
    '',
    '   ```sh',
    `   ${kubectl(place, 'get events --field-selector reason=SuccessfulRescale --sort-by .lastTimestamp')}`,
    '   ```',
    '',
    '2. Lengthen `scaling.scaleDown.stabilizationSeconds`, or move the target away from where the metric usually is. A memory target that pods cannot fall below holds them at the maximum.',
    '',
  ];
}

const slow = ({ workloads }: TroubleshootingRunbookProps): string =>
  recoverySection('Pods that come too late', 'Users wait while pods are on their way.', [
    { what: `Now: [more pods at once](${TRAFFIC_SPIKE}#more-pods-at-once).` },
    {
      what: `Then: shorten \`scaling.scaleUp.stabilizationSeconds\` or take larger steps; raise \`scaling.min\` where the load is known beforehand. Of the time, starting takes at most ${[
        ...new Set(workloads.map(({ startsWithin }) => startsWithin)),
      ].join(' or ')} a pod, and a node that must come first some minutes.`,
    },
  ]);

function waiting({ place, nodes, nodeLabel, nodesBy }: TroubleshootingRunbookProps): string[] {
  return [
    '## Pods that wait',
    '',
    'Pending means that no node has room, and none may come.',
    '',
    ...table(
      ['nodes', 'types', 'from', 'to'],
      nodes.map(({ name, instanceTypes, min, max, zoned }) => [
        zoned ? `${name}, in each zone` : name,
        instanceTypes.join(', '),
        `${min}`,
        `${max}`,
      ]),
    ),
    recoverySection('Why they wait', 'The events of the pod say what is missing.', [
      {
        what: 'Read them.',
        run: [
          kubectl(place, 'get pods --field-selector status.phase=Pending'),
          kubectl(place, 'get events --field-selector reason=FailedScheduling --sort-by .lastTimestamp'),
        ],
      },
      {
        what: 'See how many nodes there are of each kind, and what the autoscaler of nodes says.',
        run: [
          ...nodes.map(({ name }) => `kubectl get nodes --selector ${nodeLabel}=${name}`),
          nodesBy === 'karpenter'
            ? 'kubectl get nodeclaims.karpenter.sh'
            : 'kubectl --namespace kube-system get configmap/cluster-autoscaler-status --output yaml',
        ],
      },
      {
        what: 'See whether the quota of the namespace is used up: it is reckoned for everything at its maximum.',
        run: [kubectl(place, 'describe resourcequota/quota')],
      },
      {
        what: 'Raise `max` of the group; synthesis says whether addresses, quotas of the account and the budget bear it.',
      },
    ]),
  ];
}

const exhausted = (place: RunbookPlace, database: RunbookDatabase): { what: string; run: string[] } => ({
  what: `${database.name}: who holds how many.`,
  run: [
    ...openShell(place, database),
    psql(
      place,
      database,
      `SELECT usename, state, count(*) FROM pg_stat_activity WHERE datname = '${database.databaseName}' GROUP BY usename, state ORDER BY count(*) DESC`,
    ),
    ...closeShell(place, database),
  ],
});

/** Pods times pools, of each database. */
function connections({ place, workloads, databases }: TroubleshootingRunbookProps): string[] {
  const rows = databases.flatMap(({ name, maxConnections }) =>
    workloads.flatMap(({ service, min, max, pools }) => {
      const pool = pools[name];
      return pool === undefined
        ? []
        : [[name, service, `${pool}`, `${min * pool}`, `${max * pool}`, `${maxConnections}`]];
    }),
  );
  if (rows.length === 0) return [];
  return [
    '## Connections that run out',
    '',
    'Each pod holds as many as its pool has; more pods are more connections.',
    '',
    ...table(['database', 'service', 'of a pod', 'at the minimum', 'at the maximum', 'it takes in all'], rows),
    ...databases.flatMap(({ name, pooler }) =>
      pooler === undefined
        ? []
        : [
            `What pods open to ${name} ends at ${pooler.name}, which holds ${pooler.serverConnections} to the server: whoever finds none free waits there.`,
            '',
          ],
    ),
    recoverySection(
      'Who holds them',
      '`idle in transaction` is a fault of a program; `idle` is a pool that is too large.',
      [
        ...databases.filter(hasShell).map((database) => exhausted(place, database)),
        {
          what: 'Lower the pools, or pool between services and database (`poolers`); raise `maxConnections` with the class only: each costs memory.',
        },
      ],
    ),
  ];
}

function leaks({ place, workloads }: TroubleshootingRunbookProps): string[] {
  return [
    '## Memory that grows',
    '',
    ...table(
      ['service', 'a pod asks for', 'it is killed at'],
      workloads.map(({ service, pod }) => [service, pod.memory, pod.memoryLimit]),
    ),
    recoverySection('Whether it leaks', 'A leak grows with time, a cache until it is full, load with load.', [
      {
        what: 'See what was killed, and what is close to it.',
        run: [
          kubectl(
            place,
            `get pods --output jsonpath='{range .items[*]}{.metadata.name}{"\\t"}{.status.containerStatuses[*].lastState.terminated.reason}{"\\n"}{end}' | grep OOMKilled`,
          ),
          kubectl(place, 'top pods --containers --sort-by memory'),
        ],
      },
      {
        what: 'Compare with the release before on the dashboard; profile one pod. A higher limit only makes it later.',
      },
    ]),
  ];
}

const cold = ({ workloads }: TroubleshootingRunbookProps): string =>
  recoverySection('First requests that are slow', 'A pod is ready before it is warm.', [
    {
      what: `Have readiness wait for what is loaded at the start: it may take ${workloads
        .map(({ service, startsWithin, healthPath }) => `${startsWithin} (${service}, \`${healthPath}\`)`)
        .join(', ')}.`,
    },
    {
      what: 'Fill caches before users come: keys that everybody asks for, after a release and after a cache was lost.',
    },
    { what: 'Keep one pod more than the load needs, where starting takes longer than users wait.' },
  ]);

/** The six faults of scaling that come up most, each with the numbers of the environment. */
export const scalingIssues = (props: TroubleshootingRunbookProps): string[] => [
  ...thrashing(props),
  slow(props),
  ...waiting(props),
  ...connections(props),
  ...leaks(props),
  cold(props),
];
