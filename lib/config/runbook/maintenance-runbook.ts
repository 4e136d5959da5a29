import { awsIn, recoverySection } from '../recovery/recovery-step';
import { drainedConnections } from './drained-connections';
import { atLeast, everyPodReady, holdArgo, kubectl, redis, releaseArgo } from './runbook-commands';
import {
  opening,
  type RunbookCache,
  type RunbookDatabase,
  type RunbookNodes,
  type RunbookPlace,
  type RunbookWorkload,
  table,
} from './runbook-props';

/** What is taken down for a while. */
export interface MaintenanceRunbookProps {
  readonly place: RunbookPlace;
  readonly workloads: readonly RunbookWorkload[];
  readonly nodes: readonly RunbookNodes[];
  readonly databases: readonly RunbookDatabase[];
  readonly caches: readonly RunbookCache[];
  /** Label of nodes that says their group. */
  readonly nodeLabel: string;
}

function budgets({ workloads }: MaintenanceRunbookProps): string[] {
  return [
    '## What a drain may take',
    '',
    'One pod at a time of each; a drain waits for the next one to be ready.',
    '',
    ...table(
      ['service', 'budget', 'pods at least', 'then'],
      workloads.map(({ service, budget, min }) => [
        service,
        budget,
        `${min}`,
        min === 1 ? '**an outage**, until its successor is ready' : 'goes on',
      ]),
    ),
  ];
}

/** Services with one pod get a second one first. */
function before({ place, workloads }: MaintenanceRunbookProps): string {
  const single = workloads.filter(({ min, max }) => min === 1 && max > 1);
  const argo = holdArgo(place);
  return recoverySection('Before', 'Announce it, and let no release run meanwhile.', [
    { what: 'See that every budget allows a disruption now.', run: [kubectl(place, 'get poddisruptionbudgets')] },
    ...(argo.length === 0 ? [] : [{ what: 'Hold Argo CD.', run: argo }]),
    ...(single.length === 0
      ? []
      : [
          {
            what: 'Give services of one pod a second one, so that a drain is no outage of theirs.',
            run: [...single.map((workload) => atLeast(place, workload, 2)), everyPodReady(place)],
          },
        ]),
  ]);
}

/** The document's own: one pod less each, for as long as there is less room. */
function fewer({ place, workloads }: MaintenanceRunbookProps): string {
  const several = workloads.filter(({ min }) => min > 1);
  return recoverySection(
    'Fewer pods',
    'Only where nodes are short. A number below the minimum is put back by the autoscaler within 15 s, so that it is the minimum which goes down; more load still brings more pods. With one pod, a drain of its node is an outage.',
    [
      { what: 'Lower the minimum.', run: several.map((workload) => atLeast(place, workload, 1)) },
      { what: 'And back.', run: several.map((workload) => atLeast(place, workload, workload.min)) },
    ],
  );
}

function drain({ place, nodes, workloads, caches, nodeLabel }: MaintenanceRunbookProps): string {
  const longest = Math.max(0, ...workloads.map(({ endsWithinSeconds }) => endsWithinSeconds));
  const members = caches.flatMap((cache) => (cache.runs === 'pod' && cache.isCluster ? [cache] : []));
  return recoverySection(
    'A node',
    `One after the other. Pods take up to ${longest} s to go, and their successors must be ready before the next may.`,
    [
      {
        what: 'Choose one.',
        run: [...nodes.map(({ name }) => `kubectl get nodes --selector ${nodeLabel}=${name}`), "NODE='<one of these>'"],
      },
      {
        what: 'Take its pods away. Budgets are kept to; data in `emptyDir` goes with the pods, as it does with each of them.',
        run: [
          'kubectl cordon "$NODE"',
          'kubectl drain "$NODE" --ignore-daemonsets --delete-emptydir-data --timeout=30m',
        ],
      },
      {
        what: 'If it waits: see which budget holds it, and bring that service back to health. Do not force it.',
        run: [kubectl(place, 'get poddisruptionbudgets')],
      },
      ...(members.length === 0
        ? []
        : [
            {
              what: 'Before the next node: members of caches are back, and every slot is served.',
              run: members.map((cache) => redis(place, cache, 'CLUSTER INFO')),
            },
          ]),
      {
        what: 'Do the work. If the node stays, let pods in again; if it goes, its group makes another one.',
        run: ['kubectl uncordon "$NODE"'],
      },
    ],
  );
}

function windows({ databases, place }: MaintenanceRunbookProps): string[] {
  const managed = databases.flatMap((database) => (database.runs === 'rds' ? [database.identifier] : []));
  if (managed.length === 0) return [];
  return [
    recoverySection(
      'What AWS does by itself',
      'In the windows of the declaration; what is pending can be done now instead.',
      [
        {
          what: 'See what waits.',
          run: managed.map((identifier) =>
            awsIn(
              place.region,
              `rds describe-db-instances --db-instance-identifier ${identifier} --query 'DBInstances[0].[PreferredMaintenanceWindow,PendingModifiedValues]'`,
            ),
          ),
        },
      ],
    ),
  ];
}

function after({ place, workloads }: MaintenanceRunbookProps): string {
  const single = workloads.filter(({ min, max }) => min === 1 && max > 1);
  return recoverySection('After', 'Everything as it was.', [
    ...(single.length === 0
      ? []
      : [{ what: 'Put the minima back.', run: single.map((workload) => atLeast(place, workload, workload.min)) }]),
    ...(releaseArgo(place).length === 0 ? [] : [{ what: 'Let Argo CD go.', run: releaseArgo(place) }]),
    {
      what: 'See that no node is left closed, and that every pod is ready.',
      run: ['kubectl get nodes --field-selector spec.unschedulable=true', everyPodReady(place)],
    },
  ]);
}

/** How nodes and databases are taken down for a while without users noticing: Markdown. */
export const maintenanceRunbook = (props: MaintenanceRunbookProps): string =>
  [
    ...opening('Maintenance', props.place),
    ...budgets(props),
    before(props),
    ...(props.workloads.some(({ min }) => min > 1) ? [fewer(props)] : []),
    drain(props),
    ...props.databases.flatMap((database) => drainedConnections(props.place, database)),
    ...windows(props),
    after(props),
  ].join('\n');
