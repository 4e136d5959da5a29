import {
  dataMemory,
  nodesOf,
  percentOf,
  type RedisReplicationGroupSpec,
  replicationGroupPlan,
} from '../../../lib/model/redis/replication-group';
import { Percent } from '../../../lib/units';

const valid: RedisReplicationGroupSpec = { kind: 'replication-group', name: 'cache', nodeType: 'cache.r6g.large' };

describe('a declared replication group', () => {
  test('is a Valkey with a standby unless it says otherwise', () => {
    expect(replicationGroupPlan(valid)).toMatchObject({
      engine: 'valkey',
      version: '8.2',
      shards: 1,
      clusterMode: false,
      replicasPerShard: 1,
      port: 6379,
      eviction: 'noeviction',
      multiAz: true,
      deletionProtection: true,
      allowExtendedSupport: false,
    });
  });

  test.each([
    { it: 'one shard is plain', spec: {}, clusterMode: false },
    { it: 'one shard may speak the cluster protocol', spec: { clusterMode: true }, clusterMode: true },
    { it: 'two shards do', spec: { shards: 2 }, clusterMode: true },
    { it: 'what is left undefined counts as left out', spec: { shards: 2, clusterMode: undefined }, clusterMode: true },
  ])('$it', ({ spec, clusterMode }) => {
    expect(replicationGroupPlan({ ...valid, ...spec } as RedisReplicationGroupSpec).clusterMode).toBe(clusterMode);
  });

  test('the version follows the engine', () => {
    expect(replicationGroupPlan({ ...valid, engine: 'redis' }).version).toBe('7.1');
    expect(replicationGroupPlan({ ...valid, engine: 'redis', version: '7.0' }).version).toBe('7.0');
  });

  test.each([
    [1, 0, 1],
    [1, 5, 6],
    [3, 1, 6],
    [90, 0, 90],
    [15, 5, 90],
  ])('%d shards with %d replicas are %d nodes', (shards, replicasPerShard, nodes) => {
    expect(nodesOf({ shards, replicasPerShard })).toBe(nodes);
  });

  test('memory for data leaves out what is reserved, and what replicas copy', () => {
    const bytes = (spec: Partial<RedisReplicationGroupSpec>) =>
      dataMemory(replicationGroupPlan({ ...valid, ...spec }))?.inBytes;
    // Three quarters of 14037181030.
    expect(bytes({})).toBe(10_527_885_772);
    expect(bytes({ replicasPerShard: 5 })).toBe(10_527_885_772);
    expect(bytes({ shards: 3 })).toBe(31_583_657_316);
    expect(bytes({ reservedMemory: Percent.of(0) })).toBe(14_037_181_030);
    expect(bytes({ nodeType: 'cache.x9.large' })).toBeUndefined();
  });

  test('a percentage keeps its number', () => {
    for (const percent of [0, 1, 29, 57, 99]) expect(percentOf(Percent.of(percent))).toBe(percent);
    expect(percentOf(Percent.of(25.5))).toBe(25.5);
  });
});
