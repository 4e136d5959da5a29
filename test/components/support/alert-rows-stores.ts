import type { AlertRow, Samples } from './alert-rows';

const LONG = 'x60';

const member = (series: string, labels: string, index: number, value: string): Samples => [
  `${series}{${labels},pod="member-${index}"}`,
  value,
];

/** Members of a store, that many of them up. */
const up = (labels: string, members: number, alive: number): Samples[] =>
  Array.from({ length: members }, (_, index) => member('redis_up', labels, index, `${index < alive ? 1 : 0}${LONG}`));

const refuses = (labels: string): AlertRow => ({
  alert: 'RedisRefusesClients',
  fires: [[member('redis_rejected_connections_total', labels, 0, '0x3 1x40')]],
  at: 60,
  quiet: [[member('redis_rejected_connections_total', labels, 0, `5${LONG}`)]],
});

/** A single Redis, or all members of a cluster, away. */
const down = (labels: string, service: string, members: number): AlertRow => ({
  alert: 'RedisDown',
  where: `service="${service}"`,
  fires: [up(labels, members, 0), []],
  at: 60,
  quiet: [up(labels, members, 1)],
});

const CACHE = 'namespace="acgs",service="cache"';
const REVOCATIONS = 'namespace="acgs",service="revocations"';

const lookups = (hits: number, misses: number, labels = CACHE): Samples[] => [
  member('redis_keyspace_hits_total', labels, 0, `0+${hits}${LONG}`),
  member('redis_keyspace_misses_total', labels, 1, `0+${misses}${LONG}`),
];

const filled = (labels: string, used: number): Samples[] => [
  member('redis_memory_used_bytes', labels, 0, `${used}${LONG}`),
  member('redis_memory_max_bytes', labels, 0, `100${LONG}`),
];

const one = (series: string, value: number): Samples[] => [member(series, CACHE, 0, `${value}${LONG}`)];

/** The two Redis Clusters of ACGS: six members that drop keys, and nine that keep them. */
export const REDIS_CLUSTER_ROWS: readonly AlertRow[] = [
  down(CACHE, 'cache', 6),
  {
    alert: 'RedisMemberDown',
    where: 'service="cache"',
    fires: [up(CACHE, 6, 5)],
    at: 120,
    quiet: [up(CACHE, 6, 6), up(CACHE, 6, 0)],
  },
  {
    alert: 'RedisMemberDown',
    where: 'service="revocations"',
    fires: [up(REVOCATIONS, 9, 8)],
    at: 120,
    quiet: [up(REVOCATIONS, 9, 9)],
  },
  {
    alert: 'RedisClusterBroken',
    fires: [one('redis_cluster_slots_fail', 1), one('redis_cluster_state', 0)],
    at: 60,
    quiet: [[...one('redis_cluster_slots_fail', 0), ...one('redis_cluster_state', 1)]],
  },
  {
    alert: 'RedisReplicaDisconnected',
    fires: [one('redis_master_link_up', 0)],
    at: 120,
    quiet: [one('redis_master_link_up', 1)],
  },
  {
    alert: 'RedisReplicaLag',
    fires: [one('redis_connected_slave_lag_seconds', 31)],
    at: 300,
    quiet: [one('redis_connected_slave_lag_seconds', 30)],
  },
  {
    alert: 'RedisMemoryHigh',
    fires: [filled(REVOCATIONS, 81)],
    at: 300,
    quiet: [filled(REVOCATIONS, 80), filled(CACHE, 99)],
  },
  {
    alert: 'CacheHitRateLow',
    fires: [lookups(84, 16)],
    at: 315,
    quiet: [lookups(86, 14), lookups(10, 90, REVOCATIONS), lookups(0, 0)],
  },
  refuses(CACHE),
];

const REDIS = 'namespace="alfred-platform",service="redis"';
const POSTGRES = 'namespace="alfred-platform",service="postgres",pod="postgres-0"';

const backends = (tables: number, others: number): Samples[] => [
  [`pg_stat_database_numbackends{${POSTGRES},datname="alfred"}`, `${tables}${LONG}`],
  [`pg_stat_database_numbackends{${POSTGRES},datname="postgres"}`, `${others}${LONG}`],
];

/** The stores of one pod each that Alfred develops with: Redis, and a PostgreSQL that takes a thousand connections. */
export const SINGLE_STORE_ROWS: readonly AlertRow[] = [
  down(REDIS, 'redis', 1),
  refuses(REDIS),
  {
    alert: 'PostgresDown',
    fires: [[[`pg_up{${POSTGRES}}`, `0${LONG}`]], []],
    at: 60,
    quiet: [[[`pg_up{${POSTGRES}}`, `1${LONG}`]]],
  },
  { alert: 'PostgresConnectionsHigh', fires: [backends(800, 1)], at: 300, quiet: [backends(799, 1)] },
];

/** A pooler of two pods, whose clients give up after 30 s. */
export function poolerPodRows(namespace: string): readonly AlertRow[] {
  const labels = `namespace="${namespace}",service="main-pooler"`;
  const pods = (...values: readonly number[]): Samples[] =>
    values.map((value, index) => member('pgbouncer_up', labels, index, `${value}${LONG}`));
  const waits = (value: number): Samples[] => [
    member('pgbouncer_pools_client_maxwait_seconds', `${labels},database="main",user="one"`, 0, `${value}${LONG}`),
  ];
  return [
    { alert: 'PoolerDown', fires: [pods(0, 0), []], at: 60, quiet: [pods(1, 0)] },
    { alert: 'PoolerPodDown', fires: [pods(1, 0), pods(1)], at: 300, quiet: [pods(1, 1), pods(0, 0)] },
    { alert: 'PoolerClientsWait', fires: [waits(5.1)], at: 60, quiet: [waits(5)] },
  ];
}
