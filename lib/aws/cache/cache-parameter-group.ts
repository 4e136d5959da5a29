import { ElasticacheParameterGroup } from '@cdktf/provider-aws/lib/elasticache-parameter-group';
import { Construct } from 'constructs';
import { cacheVersion, cacheVersionsOf } from '../../catalog';
import { percentOf, versionOf } from '../../model/redis/replication-group';
import type { CachePlan } from './redis-replication-group-props';

/** A name and a value, as ElastiCache takes them. */
interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** Family of the version; a minor that the catalog does not know yet belongs with the newest that it does. */
export const parameterFamily = (plan: Pick<CachePlan, 'engine' | 'version'>): string =>
  (versionOf(plan) ?? cacheVersion(plan.engine, cacheVersionsOf(plan.engine).at(-1) ?? ''))?.family ?? plan.engine;

/** What engines start with. Source: ElastiCache user guide, Redis specific parameters. */
const ENGINE_DEFAULTS: Readonly<Record<string, string>> = {
  'cluster-enabled': 'no',
  'maxmemory-policy': 'volatile-lru',
  'min-replicas-to-write': '0',
  'notify-keyspace-events': '',
  'reserved-memory-percent': '25',
  timeout: '0',
};

/**
 * Parameters of a declaration, by name, where they differ from the engine's own: ElastiCache reports no others, and every
 * plan would show them again. All take effect at once, but `cluster-enabled`, which is fixed at creation.
 */
export function cacheParameters(plan: CachePlan): Parameter[] {
  const values = {
    'cluster-enabled': plan.clusterMode ? 'yes' : 'no',
    'maxmemory-policy': plan.eviction,
    'min-replicas-to-write': `${plan.minReplicasToWrite}`,
    'notify-keyspace-events': plan.keyspaceEvents ?? '',
    'reserved-memory-percent': `${percentOf(plan.reservedMemory)}`,
    timeout: `${plan.idleTimeout.toSeconds()}`,
  };
  return Object.entries(values)
    .filter(([name, value]) => value !== ENGINE_DEFAULTS[name])
    .map(([name, value]) => ({ name, value }));
}

/**
 * Parameters of one group of nodes, in a group named after its family: another family or mode means another group, made
 * before the old one goes. ElastiCache deletes none in use, so that an old one leaves once the upgrade has taken place.
 */
export class CacheParameterGroup extends Construct {
  /** Name of the group, a reference. */
  readonly name: string;

  /** Makes the group; ranges are checked with the declaration. */
  constructor(scope: Construct, id: string, plan: CachePlan) {
    super(scope, id);
    const family = parameterFamily(plan);

    this.name = new ElasticacheParameterGroup(this, 'Resource', {
      name: [plan.identifier, family.replaceAll('.', '-'), ...(plan.clusterMode ? ['cluster'] : [])].join('-'),
      family,
      description: `Parameters of ${plan.identifier}, ${family}`,
      parameter: cacheParameters(plan),
      lifecycle: { createBeforeDestroy: true },
    }).name;
  }
}
