import type { Duration } from '../../units';

/** What a number counts or measures, in Prometheus' base units. */
export type SeriesUnit =
  | 'seconds'
  | 'bytes'
  | 'ratio'
  | 'cores'
  | 'requests'
  | 'connections'
  | 'pods'
  | 'keys'
  | 'count'
  | 'boolean';

/** A series that some program serves. */
export interface SeriesSpec {
  /** Name; of a histogram without `_bucket`, `_count` and `_sum`. */
  readonly name: string;
  /** How it changes: a counter only grows. */
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** What it measures. */
  readonly unit: SeriesUnit;
  /** Labels beside those that scraping adds. @default - none */
  readonly labels?: readonly string[];
  /** Bounds of a histogram's buckets, rising. Above the last, Prometheus answers with the last. @default - none: not a histogram */
  readonly buckets?: readonly Duration[];
  /** The program that serves it, for example `every service` or `postgres_exporter 0.20`. */
  readonly servedBy: string;
}

const from =
  (servedBy: string) =>
  (type: SeriesSpec['type'], unit: SeriesUnit, labels: string, ...names: readonly string[]): SeriesSpec[] =>
    names.map((name) => ({ name, type, unit, labels: labels.split(' ').filter(Boolean), servedBy }));

const prometheus = from('Prometheus itself');
const objects = from('kube-state-metrics 2, of kube-prometheus-stack');
const containers = from('cAdvisor, in the kubelet');
const kubelet = from('the kubelet');
const redis = from('redis_exporter 1.77, beside each member');
const postgres = from('postgres_exporter 0.20, beside the server');

/** What is there in every cluster, whatever its services serve: scraped by the Prometheus of the monitoring chart. */
export const CLUSTER_SERIES: readonly SeriesSpec[] = [
  ...prometheus('gauge', 'boolean', 'job instance', 'up'),
  ...objects(
    'gauge',
    'pods',
    'horizontalpodautoscaler',
    'kube_horizontalpodautoscaler_spec_max_replicas',
    'kube_horizontalpodautoscaler_spec_min_replicas',
    'kube_horizontalpodautoscaler_status_current_replicas',
    'kube_horizontalpodautoscaler_status_desired_replicas',
  ),
  ...objects(
    'gauge',
    'boolean',
    'horizontalpodautoscaler condition status',
    'kube_horizontalpodautoscaler_status_condition',
  ),
  ...objects('gauge', 'boolean', 'pod condition', 'kube_pod_status_ready'),
  ...objects('gauge', 'boolean', 'pod phase', 'kube_pod_status_phase'),
  ...objects('gauge', 'boolean', 'pod container reason', 'kube_pod_container_status_waiting_reason'),
  ...objects('gauge', 'count', 'pod container resource unit', 'kube_pod_container_resource_limits'),
  ...objects('gauge', 'pods', 'deployment', 'kube_deployment_status_replicas'),
  ...containers('counter', 'seconds', 'pod container', 'container_cpu_usage_seconds_total'),
  ...containers('gauge', 'bytes', 'pod container', 'container_memory_working_set_bytes'),
  ...kubelet(
    'gauge',
    'bytes',
    'persistentvolumeclaim',
    'kubelet_volume_stats_capacity_bytes',
    'kubelet_volume_stats_used_bytes',
  ),
];

/** What the exporter beside each member of a Redis in the cluster serves. */
export const REDIS_SERIES: readonly SeriesSpec[] = [
  ...redis('gauge', 'boolean', '', 'redis_up', 'redis_cluster_state', 'redis_master_link_up'),
  ...redis('gauge', 'count', '', 'redis_cluster_slots_fail'),
  ...redis('gauge', 'bytes', '', 'redis_memory_max_bytes', 'redis_memory_used_bytes'),
  ...redis('gauge', 'seconds', 'slave_ip slave_port slave_state', 'redis_connected_slave_lag_seconds'),
  ...redis('gauge', 'connections', '', 'redis_connected_clients'),
  ...redis('counter', 'connections', '', 'redis_rejected_connections_total'),
  ...redis(
    'counter',
    'keys',
    '',
    'redis_evicted_keys_total',
    'redis_keyspace_hits_total',
    'redis_keyspace_misses_total',
  ),
];

/** What the exporter beside a PostgreSQL in the cluster serves. */
export const POSTGRES_SERIES: readonly SeriesSpec[] = [
  ...postgres('gauge', 'boolean', '', 'pg_up'),
  ...postgres('gauge', 'connections', 'datname', 'pg_stat_database_numbackends'),
];

const pgbouncer = from('pgbouncer_exporter 0.12');

/** Series of the poolers of databases. */
export const PGBOUNCER_SERIES: readonly SeriesSpec[] = [
  ...pgbouncer('gauge', 'boolean', '', 'pgbouncer_up'),
  ...pgbouncer('gauge', 'seconds', 'database user', 'pgbouncer_pools_client_maxwait_seconds'),
  ...pgbouncer('gauge', 'connections', 'database user', 'pgbouncer_pools_server_active_connections'),
  ...pgbouncer('gauge', 'connections', 'database user', 'pgbouncer_pools_server_idle_connections'),
];

/** The names under which Prometheus holds it. */
export const namesOf = ({ name, type }: SeriesSpec): string[] =>
  type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name];
