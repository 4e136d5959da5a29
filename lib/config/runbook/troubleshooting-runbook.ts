import { recoverySection } from '../recovery/recovery-step';
import { closeShell, hasShell, kubectl, openShell, psql, redis, selector, workloadReference } from './runbook-commands';
import {
  opening,
  type RunbookCache,
  type RunbookDatabase,
  type RunbookNodes,
  type RunbookPlace,
  type RunbookWorkload,
} from './runbook-props';
import { scalingIssues } from './scaling-issues';

/** What is looked at when nobody knows yet what is wrong. */
export interface TroubleshootingRunbookProps {
  readonly place: RunbookPlace;
  readonly workloads: readonly RunbookWorkload[];
  readonly nodes: readonly RunbookNodes[];
  readonly nodeLabel: string;
  readonly nodesBy: 'cluster-autoscaler' | 'karpenter';
  readonly databases: readonly RunbookDatabase[];
  readonly caches: readonly RunbookCache[];
  /** How the API server is reached. */
  readonly access: 'session-manager' | 'private-network' | 'public-allowlist';
  /** Dashboards by title. */
  readonly dashboards: Readonly<Record<string, string>>;
  /** Alarms of CloudWatch begin with this. @default - there are none */
  readonly alarmPrefix?: string;
  /** How the environment is looked at on one machine. @default - it runs in a cluster alone */
  readonly local?: {
    /** Folder below `dist`. */
    readonly folder: string;
    readonly published: readonly { readonly service: string; readonly port: number; readonly path: string }[];
  };
}

function cluster({ place, access }: TroubleshootingRunbookProps): string {
  return recoverySection(
    'The cluster',
    access !== 'session-manager'
      ? 'Its API server is reached from the declared addresses.'
      : 'Its API server is reached through a tunnel to the access host, which stays open in a shell of its own.',
    [
      ...(access !== 'session-manager'
        ? []
        : [
            {
              what: 'Open the tunnel. It needs the plugin of Session Manager.',
              run: [
                `HOST=$(aws eks describe-cluster --name ${place.cluster} --query cluster.endpoint --output text --region ${place.region} | sed 's,https://,,')`,
                `INSTANCE=$(aws ec2 describe-instances --filters Name=tag:Name,Values=${place.cluster}-access Name=instance-state-name,Values=running --query 'Reservations[0].Instances[0].InstanceId' --output text --region ${place.region})`,
                `aws ssm start-session --target "$INSTANCE" --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters "host=$HOST,portNumber=443,localPortNumber=8443" --region ${place.region}`,
              ],
            },
          ]),
      {
        what: 'Tell kubectl.',
        run: [
          `aws eks update-kubeconfig --name ${place.cluster} --alias ${place.cluster} --region ${place.region}`,
          ...(access !== 'session-manager'
            ? []
            : [
                `ARN=$(aws eks describe-cluster --name ${place.cluster} --query cluster.arn --output text --region ${place.region})`,
                `HOST=$(aws eks describe-cluster --name ${place.cluster} --query cluster.endpoint --output text --region ${place.region} | sed 's,https://,,')`,
                'kubectl config set-cluster "$ARN" --server https://localhost:8443 --tls-server-name "$HOST"',
              ]),
        ],
      },
    ],
  );
}

function looks({ place, workloads, dashboards, alarmPrefix }: TroubleshootingRunbookProps): string {
  return recoverySection('First looks', 'From the outside in: what rings, what scales, what runs, what was said.', [
    {
      what: `Dashboards: ${Object.entries(dashboards)
        .map(([title, url]) => `[${title}](${url})`)
        .join(', ')}${Object.keys(dashboards).length === 0 ? 'none are declared' : ''}.`,
      ...(alarmPrefix !== undefined && {
        run: [
          `aws cloudwatch describe-alarms --alarm-name-prefix ${alarmPrefix} --state-value ALARM --query 'MetricAlarms[].[AlarmName,StateReason]' --output text --region ${place.region}`,
        ],
      }),
    },
    {
      what: 'What autoscalers see and want, and why they do not move.',
      run: [
        kubectl(place, 'get hpa'),
        ...workloads.map(({ autoscaler }) => kubectl(place, `describe hpa/${autoscaler}`)),
        `kubectl get --raw /apis/metrics.k8s.io/v1beta1/namespaces/${place.namespace}/pods | jq .`,
      ],
    },
    {
      what: 'What runs, and what it uses.',
      run: [
        ...workloads.map((workload) => kubectl(place, `get ${workloadReference(workload)}`)),
        'kubectl top nodes',
        kubectl(place, 'top pods --containers'),
        kubectl(place, 'describe resourcequota/quota'),
      ],
    },
    {
      what: 'What happened, newest last.',
      run: [kubectl(place, 'get events --sort-by .lastTimestamp')],
    },
    {
      what: 'What a service says; `--previous` is what it said before it was killed.',
      run: workloads.map((workload) =>
        kubectl(place, `logs ${selector(workload)} --container ${workload.service} --since 1h --tail=-1`),
      ),
    },
  ]);
}

/** Past every proxy: the pod itself. */
function answers({ place, workloads }: TroubleshootingRunbookProps): string {
  return recoverySection(
    'How fast a service answers',
    'Asked past gateway and sidecar, one pod at a time. If it is fast here and slow for users, look at what is in between.',
    workloads.map((workload) => ({
      what: `${workload.service}.`,
      run: [
        `POD=$(${kubectl(place, `get pods ${selector(workload)} --field-selector status.phase=Running --output name`)} | head -n 1)`,
        `${kubectl(place, `port-forward "$POD" ${workload.port}:${workload.port}`)} & FORWARD=$!`,
        'sleep 2',
        `curl --silent --output /dev/null --write-out 'Total: %{time_total}s\\n' http://localhost:${workload.port}${workload.healthPath}`,
        'kill "$FORWARD"',
      ],
    })),
  );
}

function stores({ place, databases, caches }: TroubleshootingRunbookProps): string[] {
  const pods = caches.flatMap((cache) => (cache.runs === 'pod' ? [cache] : []));
  const managed = caches.flatMap((cache) => (cache.runs === 'elasticache' ? [cache] : []));
  const reached = databases.filter(hasShell);
  const open = (databaseName: string) =>
    `SELECT pid, usename, state, wait_event_type, now() - query_start AS since, left(query, 80) AS query FROM pg_stat_activity WHERE datname = '${databaseName}' ORDER BY since DESC NULLS LAST LIMIT 20`;
  return [
    recoverySection('Stores', 'Before they are changed: read what they say of themselves.', [
      ...pods.map((cache) => ({
        what: `${cache.name}: hits and misses, evictions, memory.`,
        run: [redis(place, cache, 'INFO stats'), redis(place, cache, 'INFO memory')],
      })),
      ...managed.map((cache) => ({
        what: `${cache.name}: state of its nodes. Hits and memory are on the dashboards of CloudWatch.`,
        run: [
          `aws elasticache describe-replication-groups --replication-group-id ${cache.identifier} --query 'ReplicationGroups[0].[Status,NodeGroups[].Status]' --region ${place.region}`,
        ],
      })),
      ...reached.map((database) => ({
        what: `${database.name}: who does what, the longest first.`,
        run: [
          ...openShell(place, database),
          psql(place, database, open(database.databaseName)),
          ...closeShell(place, database),
        ],
      })),
    ]),
  ];
}

function machine({ local }: TroubleshootingRunbookProps): string[] {
  if (local === undefined) return [];
  const compose = `docker compose --project-directory dist/${local.folder}`;
  return [
    recoverySection('On one machine', 'The same with Docker Compose.', [
      { what: 'What is healthy, and what is not.', run: [`${compose} ps`] },
      ...(local.published.length === 0
        ? []
        : [
            {
              what: 'Each answers, and how fast.',
              run: local.published.map(
                ({ port, path }) =>
                  `curl --fail --silent --show-error --output /dev/null --write-out 'Total: %{time_total}s\\n' http://localhost:${port}${path}`,
              ),
            },
          ]),
    ]),
  ];
}

/** What people look at, and the faults of scaling that come up most: Markdown. */
export const troubleshootingRunbook = (props: TroubleshootingRunbookProps): string =>
  [
    ...opening('Troubleshooting', props.place),
    cluster(props),
    looks(props),
    answers(props),
    ...stores(props),
    ...machine(props),
    ...scalingIssues(props),
  ].join('\n');
