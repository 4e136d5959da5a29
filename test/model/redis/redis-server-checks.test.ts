import { type RedisServerSpec, redisServerPlan } from '../../../lib/model/redis/redis-server';
import { inspectRedisServer, REDIS_SERVER_CHECKS } from '../../../lib/model/redis/redis-server-checks';
import { Duration, Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const valid: RedisServerSpec = { kind: 'server', name: 'redis', memoryRequest: Memory.gib(1) };

const inspected = (spec: Partial<RedisServerSpec>) => inspectRedisServer('shop/redis', { ...valid, ...spec });

describe('redisServerPlan', () => {
  test('has the documented resources and persistence unless told otherwise, and leaves a third for a fork', () => {
    const plan = redisServerPlan({ kind: 'server', name: 'redis' });
    expect([plan.cpu, plan.cpuLimit].map(String)).toEqual(['500m', '1']);
    expect([plan.memoryRequest, plan.memory, plan.storage].map(String)).toEqual(['512Mi', '1Gi', '2Gi']);
    expect(plan.maxmemory.inBytes).toBe(715_827_882);
    expect(plan).toMatchObject({ port: 6379, appendOnly: true, eviction: 'noeviction', passwordVersion: 1 });
    expect(plan.snapshots).toEqual([{ after: Duration.minutes(1), changes: 1 }]);
  });

  test('keeps what is declared, also that nothing is written', () => {
    const given: RedisServerSpec = { ...valid, appendOnly: false, snapshots: [], maxmemory: Memory.mib(100) };
    expect(redisServerPlan(given)).toMatchObject(given);
  });

  test('has a volume that exists, for however little memory', () => {
    expect(`${redisServerPlan({ ...valid, memory: Memory.mib(128) }).storage}`).toBe('1Gi');
  });
});

const broken: readonly [check: string, spec: Partial<RedisServerSpec>][] = [
  ['redis-server-request-covers-data', { memoryRequest: Memory.mib(99), maxmemory: Memory.mib(100) }],
  ['redis-server-keeps-what-it-stores', { eviction: 'allkeys-lru' }],
  ['redis-server-keeps-what-it-stores', { eviction: 'allkeys-random', appendOnly: false }],
  ['redis-server-keeps-what-it-stores', { eviction: 'allkeys-lfu', snapshots: [] }],
];

describe('REDIS_SERVER_CHECKS', () => {
  test.each(broken)('%s is a warning for %j', (check, spec) => {
    expect(inspected(spec).map(({ check, severity }) => [check, severity])).toEqual([[check, 'warning']]);
  });

  test.each<Partial<RedisServerSpec>>([
    {},
    { memoryRequest: Memory.mib(100), maxmemory: Memory.mib(100) },
    { eviction: 'volatile-lru' },
    { eviction: 'allkeys-lru', appendOnly: false, snapshots: [] },
  ])('accepts %j', (spec) => {
    expect(ids(inspected(spec))).toEqual([]);
  });

  test.each([
    { it: "Compose's limit of 1Gi", memory: Memory.gib(1), found: ['redis-maxmemory-leaves-room-for-a-fork'] },
    { it: 'just below one and a half', memory: Memory.mib(1199), found: ['redis-maxmemory-leaves-room-for-a-fork'] },
    { it: 'one and a half', memory: Memory.mib(1200), found: [] },
  ])("Alfred's 800mb in $it", ({ memory, found }) => {
    expect(ids(inspected({ memory, maxmemory: Memory.mib(800) }))).toEqual(found);
  });

  test('reports what every store and every Redis is asked', () => {
    expect(ids(inspected({ port: 80 }))).toEqual(['store-port-is-unprivileged']);
    expect(ids(inspected({ maxmemory: Memory.gib(1) }))).toContain('redis-maxmemory-is-below-the-limit');
    expect(ids(inspected({ snapshots: [{ after: Duration.millis(1), changes: 1 }] }))).toEqual([
      'redis-snapshot-rules-are-possible',
    ]);
    expect(ids(inspected({ storage: Memory.gib(1) }))).toEqual(['redis-storage-holds-two-copies']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(REDIS_SERVER_CHECKS));
  });
});
