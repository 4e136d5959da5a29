import type { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { inspectRedisServer } from '../../model/redis/redis-server-checks';
import { DNS } from '../cluster/network-peers';
import { metricsAnnotations } from '../metrics-annotations';
import { EXPORTER_PORT } from '../redis/redis-member';
import { REDIS_SERVER_POD_CHECKS, type RedisServerProps, redisServerPlan } from './redis-server-plan';
import { REDIS_SERVER_SCRIPTS, redisServerConfig, redisServerPod } from './redis-server-pod';
import { singleMember } from './single-member';
import { Store } from './store';
import { inspectStorePlace } from './store-checks';

/**
 * One Redis whose data outlives its pod: append-only file and snapshots on a volume of its own, a password, a certificate, and
 * room in its memory limit for the copy that writing a snapshot needs. While the pod restarts nobody is served; a
 * `RedisCluster` or ElastiCache has no such pause.
 *
 * A changed password is taken beside the old one within seconds of the file, and the old one ends a day later or with the
 * next restart, for new connections only; a renewed certificate needs none. Nodes should have `vm.overcommit_memory=1`.
 *
 * @example
 * new RedisServer(chart, 'Cache', {
 *   kind: 'server',
 *   name: 'redis',
 *   memory: Memory.gib(1),
 *   eviction: 'allkeys-lru',
 *   clients: [{ pods: { 'app.kubernetes.io/name': 'orders' } }],
 * });
 */
export class RedisServer extends Store {
  /** Findings about the declaration, its pod and everyone who may connect; builds nothing. */
  static inspect(path: string, props: RedisServerProps): Finding[] {
    const plan = redisServerPlan(props);
    return [
      ...inspectRedisServer(path, props),
      ...inspect(path, plan, REDIS_SERVER_POD_CHECKS),
      ...inspectStorePlace(path, plan, plan.port, EXPORTER_PORT),
    ];
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: RedisServerProps) {
    const plan = redisServerPlan(props);
    super(scope, id, plan);
    enforce(this, RedisServer.inspect(this.node.path, props));

    const isMeasured = plan.exporterImage !== 'off';
    singleMember(this, {
      plan,
      component: 'redis',
      ports: [
        { name: 'redis', port: plan.port, for: 'clients' },
        ...(isMeasured ? [{ name: 'metrics', port: EXPORTER_PORT, for: 'scrapers' } as const] : []),
      ],
      egress: isMeasured ? DNS : [],
      pod: redisServerPod(plan),
      claims: { data: plan.storage },
      files: { config: redisServerConfig(plan), scripts: REDIS_SERVER_SCRIPTS },
      annotations: isMeasured && plan.scrapers.length > 0 ? metricsAnnotations(EXPORTER_PORT) : {},
    });
  }
}
