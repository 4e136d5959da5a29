import { RedisReplicationGroup } from '../../../lib/aws/cache/redis-replication-group';
import type { RedisReplicationGroupProps } from '../../../lib/aws/cache/redis-replication-group-props';
import { Duration, Percent } from '../../../lib/units';
import { CACHE } from '../../support/cache';
import { type Block, onlyResource, terraform } from '../../support/terraform';

type Parts = Partial<RedisReplicationGroupProps>;

const parameterGroup = (parts: Parts): Block =>
  onlyResource(
    terraform((stack) => {
      new RedisReplicationGroup(stack, 'Cache', { ...CACHE, ...parts });
    }),
    'aws_elasticache_parameter_group',
  );

const parameters = (parts: Parts): Record<string, string> => {
  const list: Block[] = parameterGroup(parts).parameter ?? [];
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
};

describe('the parameter group', () => {
  test.each<[string, Parts, string]>([
    ['valkey8', {}, 'acgs-production-cache-valkey8'],
    ['valkey8', { version: '8.0' }, 'acgs-production-cache-valkey8'],
    ['valkey8', { shards: 3 }, 'acgs-production-cache-valkey8-cluster'],
    ['valkey7', { version: '7.2' }, 'acgs-production-cache-valkey7'],
    ['valkey9', { version: '9.0' }, 'acgs-production-cache-valkey9'],
    ['valkey9', { version: '9.7' }, 'acgs-production-cache-valkey9'],
    ['redis7', { engine: 'redis' }, 'acgs-production-cache-redis7'],
    ['redis6.x', { engine: 'redis', version: '6.2' }, 'acgs-production-cache-redis6-x'],
  ])('is of %s (row %#), and named after it', (family, parts, name) => {
    expect(parameterGroup(parts)).toMatchObject({ family, name, lifecycle: { create_before_destroy: true } });
  });

  test.each<[string, Parts, Record<string, string>]>([
    ['the default refuses writes when it is full', {}, { 'maxmemory-policy': 'noeviction' }],
    ["the engine's own is not repeated", { eviction: 'volatile-lru' }, {}],
    ['a cluster says so', { shards: 3, eviction: 'volatile-lru' }, { 'cluster-enabled': 'yes' }],
    [
      'every choice is a parameter',
      {
        eviction: 'allkeys-lfu',
        minReplicasToWrite: 1,
        keyspaceEvents: 'Ex',
        reservedMemory: Percent.of(30),
        idleTimeout: Duration.minutes(5),
      },
      {
        'maxmemory-policy': 'allkeys-lfu',
        'min-replicas-to-write': '1',
        'notify-keyspace-events': 'Ex',
        'reserved-memory-percent': '30',
        timeout: '300',
      },
    ],
    [
      'nothing reserved is a choice too',
      { eviction: 'volatile-lru', reservedMemory: Percent.of(0) },
      { 'reserved-memory-percent': '0' },
    ],
  ])('%s', (_, parts, expected) => {
    expect(parameters(parts)).toEqual(expected);
  });
});
