import fc from 'fast-check';
import { CACHE_NODES } from '../../../lib/catalog/cache-nodes';
import { isError } from '../../../lib/check';
import type { RedisReplicationGroupSpec } from '../../../lib/model/redis/replication-group';
import { inspectReplicationGroup, REPLICATION_GROUP_CHECKS } from '../../../lib/model/redis/replication-group-checks';
import { REPLICATION_GROUP_SHAPE_CHECKS } from '../../../lib/model/redis/replication-group-shape-checks';
import { Duration, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

type Spec = Partial<RedisReplicationGroupSpec>;

const valid: RedisReplicationGroupSpec = { kind: 'replication-group', name: 'cache', nodeType: 'cache.r7g.large' };

const findings = (spec: Spec) => inspectReplicationGroup('shop/cache', { ...valid, ...spec }, '2026-11-21');
const found = (spec: Spec) => ids(findings(spec));

describe('a declared replication group', () => {
  test('needs a name and a node type only', () => {
    expect(found({})).toEqual([]);
  });

  test('takes the settings of the in-cluster caches', () => {
    expect(found({ shards: 3, replicasPerShard: 1, port: 6389, eviction: 'allkeys-lru' })).toEqual([]);
  });

  test('takes every node type of the catalog', () => {
    for (const [nodeType, { burstable }] of CACHE_NODES.facts) {
      expect(found({ nodeType })).toEqual(burstable ? ['replication-group-node-type-is-not-throttled'] : []);
    }
  });
});

const events = (keyspaceEvents: string) => ({ keyspaceEvents });

type Row = readonly [check: string, it: string, spec: Spec, others?: readonly string[]];

const broken: readonly Row[] = [
  ['replication-group-name-is-a-short-dns-label', 'a capital', { name: 'Cache' }],
  ['replication-group-name-is-a-short-dns-label', '41 characters', { name: 'a'.repeat(41) }],
  [
    'replication-group-node-type-is-well-formed',
    'an EC2 type',
    { nodeType: 'r7g.large' },
    ['replication-group-node-type-is-known'],
  ],
  [
    'replication-group-node-type-is-well-formed',
    'a size that is none',
    { nodeType: 'cache.r7g.big' },
    ['replication-group-node-type-is-known'],
  ],
  [
    'replication-group-node-type-can-be-backed-up',
    'T1',
    { nodeType: 'cache.t1.micro' },
    ['replication-group-node-type-is-known', 'replication-group-node-type-is-not-throttled'],
  ],
  [
    'replication-group-node-type-keeps-data-in-memory',
    'tiered data',
    { nodeType: 'cache.r6gd.xlarge' },
    ['replication-group-node-type-is-known'],
  ],
  ['replication-group-node-type-is-known', 'a newer type', { nodeType: 'cache.r8g.large' }],
  ['replication-group-node-type-is-not-throttled', 'a burstable type', { nodeType: 'cache.t4g.small' }],
  [
    'replication-group-node-type-is-not-throttled',
    'an old burstable type',
    { nodeType: 'cache.t2.small' },
    ['replication-group-node-type-is-known'],
  ],
  ['replication-group-shards-are-in-range', 'none', { shards: 0 }],
  ['replication-group-shards-are-in-range', 'a half', { shards: 1.5 }],
  [
    'replication-group-shards-are-in-range',
    'NaN',
    { shards: Number.NaN },
    ['replication-group-nodes-can-exist', 'replication-group-nodes-are-within-the-default-quota'],
  ],
  [
    'replication-group-shards-are-in-range',
    '501',
    { shards: 501, replicasPerShard: 0, multiAz: false },
    ['replication-group-nodes-can-exist', 'replication-group-survives-a-zone'],
  ],
  ['replication-group-shards-speak-the-cluster-protocol', 'two without it', { shards: 2, clusterMode: false }],
  ['replication-group-replicas-are-in-range', '6', { replicasPerShard: 6 }],
  ['replication-group-replicas-are-in-range', 'a half', { replicasPerShard: 1.5 }],
  [
    'replication-group-replicas-are-in-range',
    '-1',
    { replicasPerShard: -1, multiAz: false },
    ['replication-group-survives-a-zone', 'replication-group-confirming-replicas-exist'],
  ],
  ['replication-group-nodes-can-exist', '84 times 6', { shards: 84, replicasPerShard: 5 }],
  ['replication-group-nodes-are-within-the-default-quota', '46 times 2', { shards: 46 }],
  [
    'replication-group-nodes-are-within-the-default-quota',
    '91',
    { shards: 91, replicasPerShard: 0, multiAz: false },
    ['replication-group-survives-a-zone'],
  ],
  ['replication-group-nodes-are-within-the-default-quota', '500', { shards: 250 }],
  ['replication-group-multi-az-has-a-replica', 'none', { replicasPerShard: 0 }],
  ['replication-group-survives-a-zone', 'off', { multiAz: false }],
  ['replication-group-port-is-free', '1023', { port: 1023 }],
  ['replication-group-port-is-free', '65536', { port: 65_536 }],
  ['replication-group-port-is-free', 'NaN', { port: Number.NaN }],
  ['replication-group-eviction-is-known', 'a slip', { eviction: 'allkeys-lruu' as 'allkeys-lru' }],
  [
    'replication-group-confirming-replicas-exist',
    'more than there are',
    { minReplicasToWrite: 2 },
    ['replication-group-writes-survive-a-replacement'],
  ],
  ['replication-group-confirming-replicas-exist', 'NaN', { minReplicasToWrite: Number.NaN }],
  ['replication-group-writes-survive-a-replacement', 'all of them', { minReplicasToWrite: 1 }],
  ['replication-group-reserved-memory-is-a-share', '100 %', { reservedMemory: Percent.of(100) }],
  ['replication-group-reserved-memory-is-a-share', '25.5 %', { reservedMemory: Percent.of(25.5) }],
  ['replication-group-memory-leaves-room-for-snapshots', '24 %', { reservedMemory: Percent.of(24) }],
  ['replication-group-idle-timeout-is-offered', '19 s', { idleTimeout: Duration.seconds(19) }],
  ['replication-group-idle-timeout-is-offered', 'a part of a second', { idleTimeout: Duration.millis(20_500) }],
  ['replication-group-keyspace-events-are-letters', 'no place', events('x')],
  ['replication-group-keyspace-events-are-letters', 'no kind', events('KE')],
  ['replication-group-keyspace-events-are-letters', 'a word', events('Expired')],
  ['replication-group-keyspace-events-are-letters', 'nothing', events('')],
  ['replication-group-snapshot-retention-is-in-range', '36 days', { snapshotRetention: Duration.days(36) }],
  ['replication-group-snapshot-retention-is-in-range', 'half a day', { snapshotRetention: Duration.hours(12) }],
  ['replication-group-has-snapshots', 'none', { snapshotRetention: Duration.days(0) }],
];

describe('each check', () => {
  const rows = broken.map(([check, it, spec, others = []]) => ({ check, it, spec, others }));

  test.each(rows)('$check: $it', ({ check, spec, others }) => {
    expect([...found(spec)].sort()).toEqual([check, ...others].sort());
  });

  test('has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(
      allIds(REPLICATION_GROUP_CHECKS, REPLICATION_GROUP_SHAPE_CHECKS),
    );
  });

  test.each<{ it: string; spec: Spec }>([
    { it: 'a name of 40 characters', spec: { name: 'a'.repeat(40) } },
    { it: '90 nodes', spec: { shards: 45 } },
    { it: '15 shards with 5 replicas', spec: { shards: 15, replicasPerShard: 5 } },
    { it: 'one shard in cluster mode', spec: { clusterMode: true } },
    { it: 'port 1024', spec: { port: 1024 } },
    { it: 'port 65535', spec: { port: 65_535 } },
    { it: 'one of two replicas confirming', spec: { replicasPerShard: 2, minReplicasToWrite: 1 } },
    { it: '25 % reserved', spec: { reservedMemory: Percent.of(25) } },
    { it: '99 % reserved', spec: { reservedMemory: Percent.of(99) } },
    { it: '20 s of idleness', spec: { idleTimeout: Duration.seconds(20) } },
    { it: 'never an idle client', spec: { idleTimeout: Duration.seconds(0) } },
    { it: 'expired keys', spec: events('Ex') },
    { it: 'all events', spec: events('AKE') },
    { it: 'a day of snapshots', spec: { snapshotRetention: Duration.days(1) } },
    { it: '35 days of snapshots', spec: { snapshotRetention: Duration.days(35) } },
  ])('accepts $it', ({ spec }) => {
    expect(found(spec)).toEqual([]);
  });

  test('nothing reserved is possible, and unwise', () => {
    expect(found({ reservedMemory: Percent.of(0) })).toEqual(['replication-group-memory-leaves-room-for-snapshots']);
    expect(found({ reservedMemory: Percent.of(1) })).toEqual(['replication-group-memory-leaves-room-for-snapshots']);
  });

  test('what works but is unwise is a warning, and no error', () => {
    const warned = broken.filter((row) => !findings(row[2]).some(isError)).map(([check]) => check);
    expect([...new Set(warned)].sort()).toEqual([
      'replication-group-has-snapshots',
      'replication-group-memory-leaves-room-for-snapshots',
      'replication-group-node-type-is-known',
      'replication-group-node-type-is-not-throttled',
      'replication-group-nodes-are-within-the-default-quota',
      'replication-group-survives-a-zone',
      'replication-group-writes-survive-a-replacement',
    ]);
  });

  test('500 nodes are possible, 501 and more are not, whatever their shape', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 5 }), (shards, replicasPerShard) => {
        const refused = findings({ shards, replicasPerShard, multiAz: false }).some(isError);
        return refused === shards * (1 + replicasPerShard) > 500;
      }),
    );
  });

  test('the way out of tiered data is the same size without it', () => {
    const [finding] = findings({ nodeType: 'cache.r6gd.2xlarge' });
    expect(finding).toMatchObject({ remedy: 'use cache.r6g.2xlarge' });
  });
});
