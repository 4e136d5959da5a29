import { cacheThresholds } from '../../model';
import { Duration } from '../../units';
import type { AlertDefinition, DefinedGroup } from './alert';
import { BY_SERVICE, inNamespace, ofStores, seconds } from './promql';
import type { Watched, WatchedCache } from './watched';

const BY_MEMBER = `${BY_SERVICE}, pod`;

const names = (caches: readonly WatchedCache[]): string[] => caches.map(({ name }) => name);

function memberAlerts(watched: Watched, { name, members }: WatchedCache): AlertDefinition[] {
  const { namespace } = watched.environment;
  const up = `(sum(redis_up${inNamespace(watched, ofStores([name]))}) or vector(0))`;
  const labels = { namespace, service: name };
  const down: AlertDefinition = {
    alert: 'RedisDown',
    expr: `${up} == 0`,
    for: Duration.minutes(1),
    severity: 'critical',
    labels,
    summary: `No member of ${name} answers`,
    description: `Nobody has got an answer from ${name} for a minute.`,
    dashboard: 'stores',
    steps: [
      'See whether its pods run, and read their logs.',
      'If they cannot be seated, see PodsPending: their volumes belong to one zone each.',
    ],
  };
  const missing: AlertDefinition = {
    alert: 'RedisMemberDown',
    expr: `${up} < ${members} > 0`,
    for: Duration.minutes(2),
    severity: 'warning',
    labels,
    summary: `A member of ${name} does not answer`,
    description: `{{ $value }} of ${members} members of ${name} answer. The next loss may be one too many.`,
    dashboard: 'stores',
    steps: [
      'See which pod is missing and why; it comes back to its volume by itself.',
      'See that every shard still has a primary: `redis-cli cluster nodes` in one of the pods.',
    ],
  };
  return members === 1 ? [down] : [down, missing];
}

function clusterAlerts(watched: Watched, clusters: readonly WatchedCache[]): AlertDefinition[] {
  if (clusters.length === 0) return [];
  const of = (series: string): string => `${series}${inNamespace(watched, ofStores(names(clusters)))}`;
  const lag = cacheThresholds(watched.environment.operations?.thresholds?.caches).replicaLag;
  return [
    {
      alert: 'RedisClusterBroken',
      expr:
        `max by (${BY_SERVICE}) (${of('redis_cluster_slots_fail')}) > 0` +
        ` or min by (${BY_SERVICE}) (${of('redis_cluster_state')}) == 0`,
      for: Duration.minutes(1),
      severity: 'critical',
      summary: 'A part of the keys of {{ $labels.service }} has no primary',
      description: 'For a minute, members of the cluster have said that slots are not served.',
      dashboard: 'stores',
      steps: [
        'See which members are away; a replica takes over only while most primaries see each other.',
        'If a shard has lost all its members, bring back one of its volumes. What it held is lost without it.',
      ],
    },
    {
      alert: 'RedisReplicaDisconnected',
      expr: `min by (${BY_MEMBER}) (${of('redis_master_link_up')}) == 0`,
      for: Duration.minutes(2),
      severity: 'warning',
      summary: '{{ $labels.pod }} does not follow its primary',
      description: 'A replica has had no link to its primary for 2 minutes: what is written since is in one place.',
      dashboard: 'stores',
      steps: ['Read the log of the replica: a password, a certificate or a full output buffer keeps it away.'],
    },
    {
      alert: 'RedisReplicaLag',
      expr: `max by (${BY_MEMBER}) (${of('redis_connected_slave_lag_seconds')}) > ${seconds(lag)}`,
      for: Duration.minutes(5),
      severity: 'warning',
      summary: 'A replica of {{ $labels.pod }} is late',
      description: `It was last heard {{ $value }} s ago, more than ${lag}: a failover would lose what came since.`,
      dashboard: 'stores',
      steps: ['See whether the replica is throttled, or its primary writes more than the network carries.'],
    },
  ];
}

function memoryAlerts(watched: Watched): AlertDefinition[] {
  const { caches, plan, environment } = watched;
  const keeping = caches.filter(({ evicts }) => !evicts);
  const dropping = caches.filter(({ evicts }) => evicts);
  const { memory } = cacheThresholds(environment.operations?.thresholds?.caches);
  const alerts: AlertDefinition[] = [];
  if (keeping.length > 0) {
    const of = (series: string): string => `${series}${inNamespace(watched, ofStores(names(keeping)))}`;
    alerts.push({
      alert: 'RedisMemoryHigh',
      expr: `max by (${BY_MEMBER}) (${of('redis_memory_used_bytes')} / (${of('redis_memory_max_bytes')} > 0)) > ${memory.toRatio()}`,
      for: Duration.minutes(5),
      severity: 'warning',
      summary: '{{ $labels.pod }} will soon refuse writes',
      description: `{{ $value | humanizePercentage }} of its memory for data is full, more than ${memory}, and it drops no key.`,
      dashboard: 'stores',
      steps: ['Raise `memory` of the store, or give it more shards.', 'See whether keys that should expire do.'],
    });
  }
  if (dropping.length > 0 && plan.cacheHitsAtLeast !== undefined) {
    alerts.push({
      alert: 'CacheHitRateLow',
      expr: `${plan.prefix}_cache_hit_rate{${ofStores(names(dropping))}} < ${plan.cacheHitsAtLeast.toRatio()}`,
      for: Duration.minutes(5),
      severity: 'warning',
      summary: '{{ $labels.service }} answers too few lookups',
      description: `{{ $value | humanizePercentage }} of the lookups find something, fewer than ${plan.cacheHitsAtLeast}.`,
      dashboard: 'stores',
      steps: [
        'See whether keys are evicted: then the cache is too small.',
        'See whether a release changed keys or their time to live, and whether the cache was emptied.',
      ],
    });
  }
  return alerts;
}

/** Whether the caches in the cluster answer, keep, and find. */
export function redisRules(watched: Watched): DefinedGroup {
  const { caches, plan } = watched;
  if (caches.length === 0) return { name: 'redis', records: [], alerts: [] };
  const all = inNamespace(watched, ofStores(names(caches)));
  const rate = (series: string): string => `sum by (${BY_SERVICE}) (rate(${series}${all}[5m]))`;
  const [hits, misses] = [rate('redis_keyspace_hits_total'), rate('redis_keyspace_misses_total')];
  return {
    name: 'redis',
    records: [{ record: `${plan.prefix}_cache_hit_rate`, expr: `${hits} / (${hits} + ${misses} > 0)` }],
    alerts: [
      ...caches.flatMap((cache) => memberAlerts(watched, cache)),
      ...clusterAlerts(
        watched,
        caches.filter(({ isCluster }) => isCluster),
      ),
      ...memoryAlerts(watched),
      {
        alert: 'RedisRefusesClients',
        expr: `sum by (${BY_MEMBER}) (increase(redis_rejected_connections_total${all}[5m])) > 0`,
        for: Duration.seconds(0),
        severity: 'warning',
        summary: '{{ $labels.pod }} refuses connections',
        description: 'It has as many clients as it takes, and refused {{ $value | humanize }} more in 5 minutes.',
        dashboard: 'stores',
        steps: ['See which service opens more connections than its pool: `redis-cli client list` in the pod.'],
      },
    ],
  };
}
