import { databaseThresholds, type RecordingRule } from '../../model';
import { Duration, Percent } from '../../units';
import type { AlertDefinition, DefinedGroup } from './alert';
import { BY_SERVICE, inNamespace, ofStores } from './promql';
import type { Watched } from './watched';

/** Share of a pool in use at which requests soon wait for a connection. */
const POOL_SHARE = Percent.of(90);

const BY_POOL = `${BY_SERVICE}, database`;

/** Connections that each pod may open to a database, all its processes together. */
const pools = ({ environment }: Watched): RecordingRule[] =>
  environment.services.flatMap(({ name, connections, processes = 1 }) =>
    connections.flatMap((connection) =>
      connection.to === 'database' && connection.pool !== undefined
        ? [
            {
              record: 'service:pool_connections_per_pod:limit',
              expr: `vector(${connection.pool * processes})`,
              labels: { namespace: environment.namespace, service: name, database: connection.name },
            },
          ]
        : [],
    ),
  );

function serverAlerts(watched: Watched, name: string, maxConnections: number): AlertDefinition[] {
  const of = inNamespace(watched, ofStores([name]));
  const share = databaseThresholds(watched.environment.operations?.thresholds?.databases).connections;
  const most = (maxConnections * share.inBasisPoints) / 10_000;
  const labels = { namespace: watched.environment.namespace, service: name };
  return [
    {
      alert: 'PostgresDown',
      expr: `(max(pg_up${of}) or vector(0)) == 0`,
      for: Duration.minutes(1),
      severity: 'critical',
      labels,
      summary: `${name} does not answer`,
      description: `Nobody has got an answer from PostgreSQL of ${name} for a minute.`,
      dashboard: 'stores',
      steps: ['See whether its pod runs, and read its log.', 'If its volume is full, see VolumeFilling.'],
    },
    {
      alert: 'PostgresConnectionsHigh',
      expr: `sum(pg_stat_database_numbackends${of}) > ${most}`,
      for: Duration.minutes(5),
      severity: 'warning',
      labels,
      summary: `${name} will soon refuse connections`,
      description: `{{ $value }} connections are open, more than ${share} of the ${maxConnections} that it takes.`,
      dashboard: 'stores',
      steps: [
        'See who holds them: `select usename, state, count(*) from pg_stat_activity group by 1, 2`.',
        'Lower pools, or put a pooler between the services and the server.',
      ],
    },
  ];
}

/** Whether databases in the cluster answer, and whether anybody waits for a connection. Those of RDS are watched by CloudWatch. */
export function postgresRules(watched: Watched): DefinedGroup {
  const { servers, plan } = watched;
  const limits = plan.poolSeries === undefined ? [] : pools(watched);
  const inUse = `${plan.poolSeries}${inNamespace(watched)}`;
  return {
    name: 'databases',
    records: limits,
    alerts: [
      ...servers.flatMap(({ name, maxConnections }) => serverAlerts(watched, name, maxConnections)),
      ...(limits.length === 0
        ? []
        : [
            {
              alert: 'ConnectionPoolExhausted',
              expr:
                `sum by (${BY_POOL}, pod) (${inUse}) > on (${BY_POOL}) group_left ()` +
                ` (${POOL_SHARE.toRatio()} * service:pool_connections_per_pod:limit)`,
              for: Duration.minutes(2),
              severity: 'warning',
              escalation: '5m',
              summary: '{{ $labels.pod }} runs out of connections to {{ $labels.database }}',
              description: `{{ $value }} connections are in use, more than ${POOL_SHARE} of its pool: requests begin to wait.`,
              dashboard: 'stores',
              steps: [
                'See whether queries have become slow: connections are then held for longer.',
                'More pods bring more connections: see that the database takes them before `scaling.max` is raised.',
                'Raise `pool` of the connection; synthesis says whether the database takes it.',
              ],
            } satisfies AlertDefinition,
          ]),
    ],
  };
}
