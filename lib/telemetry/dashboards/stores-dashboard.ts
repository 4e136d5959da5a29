import { cacheThresholds, databasePoolerPlan, databaseThresholds } from '../../model';
import { DASHBOARDS } from '../rules/alert';
import { inNamespace, ofStores, seconds } from '../rules/promql';
import type { Watched } from '../rules/watched';
import { type DashboardSpec, type PanelRow, panel, redBelow, redFrom } from './panel';
import { title } from './panel-parts';

function redis(subject: Watched): PanelRow[] {
  const { caches, plan, environment } = subject;
  if (caches.length === 0) return [];
  const { replicaLag, memory } = cacheThresholds(environment.operations?.thresholds?.caches);
  const hits = plan.cacheHitsAtLeast;
  return [
    {
      title: 'Redis',
      panels: [
        panel(
          'Members that answer',
          'short',
          `Of ${caches.map(({ name, members }) => `${name}: ${members}`).join(', ')}.`,
          `sum by (service) (redis_up${inNamespace(subject)})`,
          '{{service}}',
          redBelow(1),
        ),
        panel(
          'Lookups that find something',
          'percentunit',
          'Over 5 minutes.',
          `${plan.prefix}_cache_hit_rate`,
          '{{service}}',
          hits && redBelow(hits.toRatio()),
        ),
        panel(
          'Memory for data',
          'percentunit',
          `A store that drops no key refuses writes at 100 %.`,
          `redis_memory_used_bytes${inNamespace(subject)} / (redis_memory_max_bytes${inNamespace(subject)} > 0)`,
          '{{pod}}',
          redFrom(memory.toRatio()),
        ),
        panel(
          'Replicas behind',
          's',
          `RedisReplicaLag rings above ${replicaLag}.`,
          `redis_connected_slave_lag_seconds${inNamespace(subject)}`,
          '{{pod}}',
          redFrom(seconds(replicaLag)),
        ),
        panel(
          'Dropped keys',
          'suffix: keys/s',
          'For lack of memory.',
          `sum by (service) (rate(redis_evicted_keys_total${inNamespace(subject)}[5m]))`,
          '{{service}}',
        ),
      ],
    },
  ];
}

function databases(subject: Watched): PanelRow[] {
  const { plan, servers, environment } = subject;
  const { connections } = databaseThresholds(environment.operations?.thresholds?.databases);
  const panels = [
    ...servers.map(({ name, maxConnections }) =>
      panel(
        `Connections of ${name}`,
        'suffix: connections',
        `It takes ${maxConnections}.`,
        `sum(pg_stat_database_numbackends${inNamespace(subject, `service="${name}"`)})`,
        name,
        redFrom((maxConnections * connections.inBasisPoints) / 10_000),
      ),
    ),
    ...(plan.poolSeries === undefined
      ? []
      : [
          panel(
            'Pools in use',
            'percentunit',
            'Connections of each pod, of those it may open.',
            `sum by (namespace, service, database, pod) (${plan.poolSeries}${inNamespace(subject)}) / on (namespace, service, database) group_left () service:pool_connections_per_pod:limit`,
            '{{pod}} {{database}}',
            redFrom(0.9),
          ),
        ]),
  ];
  return panels.length === 0 ? [] : [{ title: 'Databases', panels }];
}

/** Connections that poolers hold, and how long clients wait for one. */
function poolers(subject: Watched): PanelRow[] {
  const panels = (subject.environment.poolers ?? []).map(databasePoolerPlan).flatMap((pooler) => {
    const { name, database, serverConnections, waitFor } = pooler;
    const of = inNamespace(subject, ofStores([name]));
    const held = ['active', 'idle'].map((state) => `sum(pgbouncer_pools_server_${state}_connections${of})`);
    return [
      panel(
        `Connections of ${name} to ${database}`,
        'suffix: connections',
        `All of its pods hold ${serverConnections} at most.`,
        held.join(' + '),
        name,
        redFrom(serverConnections),
      ),
      panel(
        `Wait for a connection of ${name}`,
        's',
        `After ${waitFor} a client is refused.`,
        `max by (user) (pgbouncer_pools_client_maxwait_seconds${of})`,
        '{{user}}',
        redFrom(seconds(waitFor)),
      ),
    ];
  });
  return panels.length === 0 ? [] : [{ title: 'Poolers', panels }];
}

/** Caches, databases, poolers and volumes of the cluster. */
export const storesDashboard = (subject: Watched): DashboardSpec => ({
  uid: DASHBOARDS.stores,
  title: title(subject, 'data stores'),
  rows: [
    ...redis(subject),
    ...databases(subject),
    ...poolers(subject),
    {
      title: 'Volumes',
      panels: [
        panel(
          'Used',
          'percentunit',
          `VolumeFilling rings above ${subject.plan.utilization.storage}.`,
          'volume:used:ratio',
          '{{persistentvolumeclaim}}',
          redFrom(subject.plan.utilization.storage.toRatio()),
        ),
      ],
    },
  ],
});
