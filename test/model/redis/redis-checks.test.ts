import fc from 'fast-check';
import type { RedisClusterSpec } from '../../../lib/model';
import { maxmemoryOf, redisPlan } from '../../../lib/model/redis/redis';
import { inspectRedis, REDIS_CHECKS } from '../../../lib/model/redis/redis-checks';
import { Cpu, Duration, Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const valid: RedisClusterSpec = { name: 'cache', memory: Memory.gib(3) };
const three = ['a', 'b', 'c'];

const found = (overrides: Partial<RedisClusterSpec>, zones: readonly string[] = three) =>
  ids(inspectRedis('shop/cache', { ...valid, ...overrides }, zones));

describe('a declared Redis Cluster', () => {
  test('needs a name and its memory only', () => {
    expect(found({})).toEqual([]);
    expect(redisPlan(valid)).toMatchObject({
      shards: 3,
      replicasPerShard: 1,
      port: 6379,
      eviction: 'noeviction',
      passwordVersion: 1,
    });
  });

  test('keeps two thirds of its limit for data, and room for two copies on disk', () => {
    expect(maxmemoryOf(valid).toString()).toBe('2Gi');
    expect(redisPlan(valid).storage.toString()).toBe('6Gi');
  });

  test('takes the values of the ACGS document as they are', () => {
    const acgs: Partial<RedisClusterSpec> = {
      port: 6389,
      maxmemory: Memory.gib(2),
      nodeTimeout: Duration.millis(5000),
      requireFullCoverage: false,
      eviction: 'allkeys-lru',
    };
    expect(found(acgs)).toEqual([]);
    expect(found({ ...acgs, replicasPerShard: 0 })).toEqual(['redis-shard-has-a-replica']);
  });

  test('whatever the limit, the defaults satisfy the checks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 128, max: 65_536 }), (mib) => found({ memory: Memory.mib(mib) }).length === 0),
    );
  });
});

const unknown = 'allkeys-lruu' as 'allkeys-lru';
const rule = (after: Duration, changes: number) => [{ after, changes }];
const maxmemory = Memory.mib(2048);

type Row = readonly [check: string, it: string, spec: Partial<RedisClusterSpec>, zones?: readonly string[]];

const broken: readonly Row[] = [
  ['redis-name-is-a-short-dns-label', 'a capital', { name: 'Cache' }],
  ['redis-name-is-a-short-dns-label', '41 characters', { name: 'a'.repeat(41) }],
  ['redis-password-version-counts', '0', { passwordVersion: 0 }],
  ['redis-password-version-counts', 'a half', { passwordVersion: 1.5 }],
  ['redis-password-version-counts', 'NaN', { passwordVersion: Number.NaN }],
  ['redis-shards-form-a-majority', '2', { shards: 2 }],
  ['redis-shards-form-a-majority', '21', { shards: 21 }],
  ['redis-shards-form-a-majority', 'NaN', { shards: Number.NaN }],
  ['redis-replicas-are-in-range', '6', { replicasPerShard: 6 }, ['a', 'b', 'c', 'd', 'e', 'f', 'g']],
  ['redis-replicas-are-in-range', 'a half', { replicasPerShard: 0.5 }],
  ['redis-shard-has-a-replica', 'none', { replicasPerShard: 0 }],
  ['redis-zones-differ', 'one twice', {}, ['a', 'b', 'a']],
  ['redis-zones-differ', 'none', {}, []],
  ['redis-members-of-a-shard-stand-in-different-zones', '4 members on 3 zones', { replicasPerShard: 3 }],
  ['redis-keeps-its-majority-without-a-zone', 'two zones', {}, ['a', 'b']],
  ['redis-keeps-its-majority-without-a-zone', 'four shards on three zones', { shards: 4 }],
  ['redis-port-leaves-room-for-the-bus', '1023', { port: 1023 }],
  ['redis-port-leaves-room-for-the-bus', '55536', { port: 55_536 }],
  ['redis-memory-is-enough', '127Mi', { memory: Memory.mib(127) }],
  ['redis-maxmemory-is-below-the-limit', 'all of it', { maxmemory: Memory.gib(3) }],
  ['redis-maxmemory-is-below-the-limit', 'none', { maxmemory: Memory.bytes(0) }],
  ['redis-maxmemory-leaves-room-for-a-fork', '1 byte too many', { maxmemory: Memory.bytes(2 * 2 ** 30 + 1) }],
  ['redis-cpu-is-enough', '9m', { cpu: Cpu.millis(9) }],
  ['redis-eviction-is-known', 'a slip', { eviction: unknown }],
  ['redis-node-timeout-is-in-range', '999 ms', { nodeTimeout: Duration.millis(999) }],
  ['redis-node-timeout-is-in-range', '60001 ms', { nodeTimeout: Duration.millis(60_001) }],
  ['redis-confirming-replicas-exist', '2 of 1', { minReplicasToWrite: 2 }],
  ['redis-confirming-replicas-exist', 'NaN', { minReplicasToWrite: Number.NaN }],
  ['redis-writes-survive-a-restart', 'the only replica', { minReplicasToWrite: 1 }],
  ['redis-writes-survive-a-restart', 'both of two', { minReplicasToWrite: 2, replicasPerShard: 2 }],
  ['redis-snapshot-rules-are-possible', 'half a second', { snapshots: rule(Duration.millis(500), 1) }],
  ['redis-snapshot-rules-are-possible', '999 ms', { snapshots: rule(Duration.millis(999), 1) }],
  ['redis-snapshot-rules-are-possible', 'a second and a half', { snapshots: rule(Duration.millis(1500), 1) }],
  ['redis-snapshot-rules-are-possible', 'a billion and one', { snapshots: rule(Duration.seconds(1), 1_000_000_001) }],
  ['redis-snapshot-rules-are-possible', 'no change', { snapshots: rule(Duration.seconds(60), 0) }],
  ['redis-snapshot-rules-are-possible', '9 rules', { snapshots: Array(9).fill(rule(Duration.seconds(60), 1)[0]) }],
  ['redis-storage-holds-two-copies', '1 MiB short', { maxmemory, storage: Memory.mib(4095) }],
];

describe('REDIS_CHECKS', () => {
  test.each(broken.map(([check, it, spec, zones]) => ({ check, it, spec, zones })))(
    '$check: not with $it',
    ({ check, spec, zones }) => {
      expect(found(spec, zones)).toContain(check);
    },
  );

  test.each<{ it: string; spec: Partial<RedisClusterSpec>; zones?: readonly string[] }>([
    { it: 'a name of 40 characters', spec: { name: 'a'.repeat(40) } },
    { it: '20 shards on three zones', spec: { shards: 20 } },
    { it: 'five shards on three zones', spec: { shards: 5 } },
    { it: '5 replicas on six zones', spec: { replicasPerShard: 5 }, zones: ['a', 'b', 'c', 'd', 'e', 'f'] },
    { it: 'as many members as zones', spec: { replicasPerShard: 2 } },
    { it: 'port 1024', spec: { port: 1024 } },
    { it: 'port 55535', spec: { port: 55_535 } },
    { it: '128Mi', spec: { memory: Memory.mib(128) } },
    { it: 'two thirds exactly', spec: { maxmemory: Memory.gib(2) } },
    { it: 'a tenth of a core', spec: { cpu: Cpu.millis(10) } },
    { it: '1 s', spec: { nodeTimeout: Duration.millis(1000) } },
    { it: '60 s', spec: { nodeTimeout: Duration.millis(60_000) } },
    { it: 'all but one replica to confirm', spec: { minReplicasToWrite: 1, replicasPerShard: 2 } },
    { it: 'a snapshot of a second', spec: { snapshots: rule(Duration.seconds(1), 1) } },
    { it: 'a snapshot of two', spec: { snapshots: rule(Duration.seconds(2), 2) } },
    { it: 'a snapshot of a billion changes', spec: { snapshots: rule(Duration.seconds(60), 1_000_000_000) } },
    { it: 'eight rules', spec: { snapshots: Array(8).fill(rule(Duration.seconds(60), 1)[0]) } },
    { it: 'seven rules', spec: { snapshots: Array(7).fill(rule(Duration.seconds(60), 1)[0]) } },
    { it: 'one byte for data', spec: { maxmemory: Memory.bytes(1) } },
    { it: "Alfred's snapshots", spec: { snapshots: rule(Duration.seconds(60), 1) } },
    { it: 'storage of exactly two copies', spec: { maxmemory, storage: Memory.mib(4096) } },
  ])('accepts $it', ({ spec, zones }) => {
    expect(found(spec, zones)).toEqual([]);
  });

  test.each(['redis-shard-has-a-replica', 'redis-keeps-its-majority-without-a-zone', 'redis-writes-survive-a-restart'])(
    '%s only warns',
    (id) => {
      expect(REDIS_CHECKS.find((check) => check.id === id)?.severity).toBe('warning');
    },
  );

  test('the majority is counted for the reader', () => {
    const [finding] = inspectRedis('p', valid, ['a', 'b']);
    expect(finding).toMatchObject({
      prop: 'zones',
      rule: 'should leave a majority when a zone fails: 2 of 3 primaries stand in one zone, and electing others takes 2',
    });
  });

  test('Alfred in Compose, 800mb of 1G, is a warning and no more', () => {
    const findings = inspectRedis('p', { ...valid, memory: Memory.gib(1), maxmemory: Memory.mib(800) }, three);
    expect(findings.map(({ check, severity }) => [check, severity])).toEqual([
      ['redis-maxmemory-leaves-room-for-a-fork', 'warning'],
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(REDIS_CHECKS));
  });
});

test('one zone is a zone: what it cannot carry is said by others', () => {
  expect(found({ replicasPerShard: 0 }, ['a'])).not.toContain('redis-zones-differ');
});
