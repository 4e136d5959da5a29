import { awaitInstance, awsIn, recoverySection, showInstance } from '../recovery/recovery-step';
import { atLeast, everyPodReady, holdArgo, kubectl, redis } from './runbook-commands';
import {
  opening,
  type RunbookCache,
  type RunbookDatabase,
  type RunbookPlace,
  type RunbookWorkload,
} from './runbook-props';

/** What can be moved, and to where. */
export interface FailoverRunbookProps {
  readonly place: RunbookPlace;
  readonly databases: readonly RunbookDatabase[];
  readonly caches: readonly RunbookCache[];
  /** Environment that takes over when the region is lost. @default - none */
  readonly standby?: { readonly environment: string; readonly region: string; readonly runbook?: string };
  /** Environment whose load this one takes over, with services that then need more pods. @default - none */
  readonly takesOver?: {
    readonly environment: string;
    readonly runbook: string;
    readonly raised: readonly { readonly workload: RunbookWorkload; readonly pods: number }[];
  };
}

/** Whether anything stands by: without, there is nothing to write. */
export const canFailOver = ({ databases, caches, standby, takesOver }: FailoverRunbookProps): boolean =>
  standby !== undefined ||
  takesOver !== undefined ||
  databases.some((database) => database.runs === 'rds' && database.multiAz) ||
  caches.some(({ replicas }) => replicas > 0);

const zone = (place: RunbookPlace, database: RunbookDatabase): string[] =>
  database.runs === 'rds' && database.multiAz
    ? [
        recoverySection(
          `${database.name}, to its other zone`,
          'RDS does it by itself when a zone is lost. By hand, when the instance is ill and still answers, or as a rehearsal: connections break once, for one or two minutes.',
          [
            { what: 'See in which zone it is.', run: [showInstance(database.identifier, place.region)] },
            {
              what: 'Move it.',
              run: [
                awsIn(
                  place.region,
                  `rds reboot-db-instance --db-instance-identifier ${database.identifier} --force-failover`,
                ),
                awaitInstance(database.identifier, place.region),
              ],
            },
            {
              what: 'See that it is in the other one, and that pods have connected again.',
              run: [showInstance(database.identifier, place.region), everyPodReady(place)],
            },
          ],
        ),
      ]
    : [];

function members(place: RunbookPlace, cache: RunbookCache): string[] {
  if (cache.replicas === 0) return [];
  if (cache.runs === 'elasticache') {
    return [
      recoverySection(`${cache.name}, to a replica`, 'ElastiCache does it by itself when a node is lost.', [
        {
          what: 'As a rehearsal.',
          run: [
            awsIn(
              place.region,
              `elasticache test-failover --replication-group-id ${cache.identifier} --node-group-id 0001`,
            ),
          ],
        },
        {
          what: 'See which node is primary.',
          run: [
            awsIn(
              place.region,
              `elasticache describe-replication-groups --replication-group-id ${cache.identifier} --query 'ReplicationGroups[0].NodeGroups[].NodeGroupMembers[].[CacheClusterId,CurrentRole]' --output text`,
            ),
          ],
        },
      ]),
    ];
  }
  return [
    recoverySection(
      `${cache.name}, to a replica`,
      'Members vote one in by themselves when a primary is gone, and the reconciler puts primaries back one a zone.',
      [
        { what: 'See who is primary, and whether every slot is served.', run: [redis(place, cache, 'CLUSTER NODES')] },
        {
          what: 'By hand, delete the pod of a primary: it hands over before it ends.',
          run: [
            kubectl(place, `delete pod ${cache.pod}`),
            kubectl(place, `wait pod/${cache.pod} --for=condition=Ready --timeout=10m`),
          ],
        },
      ],
    ),
  ];
}

function region({ standby, place }: FailoverRunbookProps): string[] {
  if (standby === undefined) return [];
  return [
    '## The region',
    '',
    `${standby.environment} in ${standby.region} takes over from ${place.region}. What is claimed and every step is in [recovery.md](recovery.md#loss-of-a-region).`,
    ...(standby.runbook === undefined
      ? []
      : [`How many pods it then needs is in [its own runbook](${standby.runbook}).`]),
    '',
  ];
}

function takeOver({ takesOver, place }: FailoverRunbookProps): string[] {
  if (takesOver === undefined) return [];
  const { environment, raised, runbook } = takesOver;
  return [
    recoverySection(
      `Taking over from ${environment}`,
      `When and in which order is in [its runbook](${runbook}): the database is promoted first, users come last. Pods are asked for in between, so that they are there.`,
      [
        {
          what: `Speak to the cluster of ${place.environment}, not to the lost one.`,
          run: ['kubectl config current-context'],
        },
        ...(holdArgo(place).length === 0
          ? []
          : [{ what: 'Hold Argo CD, until Git says the same.', run: holdArgo(place) }]),
        ...(raised.length === 0
          ? [{ what: `It keeps as many pods as ${environment} does; autoscalers do the rest.` }]
          : [
              {
                what: `As many pods as ${environment} always has.`,
                run: raised.map(({ workload, pods }) => atLeast(place, workload, pods)),
              },
            ]),
        {
          what: 'Wait for them, nodes included.',
          run: [everyPodReady(place)],
        },
        ...(raised.length === 0
          ? []
          : [{ what: `Declare the same minima for ${place.environment}, so that they stay.` }]),
      ],
    ),
  ];
}

/** What is moved to what stands by, in a zone or another region: Markdown. */
export const failoverRunbook = (props: FailoverRunbookProps): string =>
  [
    ...opening('Failover', props.place),
    ...takeOver(props),
    ...props.databases.flatMap((database) => zone(props.place, database)),
    ...props.caches.flatMap((cache) => members(props.place, cache)),
    ...region(props),
  ].join('\n');
