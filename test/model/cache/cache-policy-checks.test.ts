import {
  CACHE_POLICY_CHECKS,
  CACHE_RELATION_CHECKS,
  type CachePolicySpec,
  type CacheWarmingSpec,
  cacheSettings,
  type EnvironmentSpec,
  inspectCachePolicy,
  sharedSettings,
  warmingInterval,
  warmingSchedule,
} from '../../../lib/model';
import { Duration } from '../../../lib/units';
import { environment, service } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

const WARMING: CacheWarmingSpec = { service: 'orders', path: '/checks/{name}', names: ['stock'], kind: 'verdicts' };

const POLICY: CachePolicySpec = {
  cache: 'cache',
  keys: { prefix: 'orders', version: 'v3' },
  memory: { entries: 100, ttl: Duration.minutes(5) },
  poolSize: 20,
  maxConnections: 50,
  target: Duration.millis(2),
  defaultTtl: Duration.minutes(5),
  ttls: { verdicts: Duration.hours(24) },
};

const found = (policy: Partial<CachePolicySpec>, around: Partial<EnvironmentSpec> = {}): string[] =>
  ids(inspectCachePolicy('shop', environment({ cachePolicy: { ...POLICY, ...policy }, ...around })));
const warmed = (changes: Partial<CacheWarmingSpec> = {}): Partial<CachePolicySpec> => ({
  warming: { ...WARMING, ...changes },
});
const cached = (name: string) => service(name, { connections: [{ to: 'cache', name: 'cache' }] });

test('a policy is settings of every service, which an own setting of the environment overrides', () => {
  expect(cacheSettings(POLICY)).toEqual({
    L1_CACHE_MAX_ENTRIES: '100',
    L1_CACHE_TTL: '300',
    REDIS_POOL_SIZE: '20',
    REDIS_MAX_CONNECTIONS: '50',
    REDIS_SOCKET_KEEPALIVE: 'true',
    REDIS_RETRY_ON_TIMEOUT: 'true',
    REDIS_SOCKET_TIMEOUT: '1',
    REDIS_LATENCY_TARGET_MS: '2',
    CACHE_KEY_PREFIX: 'orders:v3:',
    CACHE_DEFAULT_TTL: '300',
    CACHE_TTL_VERDICTS: '86400',
  });
  expect(sharedSettings({ cachePolicy: POLICY, settings: { REDIS_POOL_SIZE: '5' } })).toMatchObject({
    REDIS_POOL_SIZE: '5',
  });
  expect(sharedSettings({})).toEqual({});
});

test('what is off is off, and what is not said is not set', () => {
  const { memory: _, target: _target, ...rest } = POLICY;
  const settings = cacheSettings({ ...rest, keepalive: 'off', retryOnTimeout: 'off', timeout: Duration.millis(250) });
  expect(settings).toMatchObject({
    REDIS_SOCKET_KEEPALIVE: 'false',
    REDIS_RETRY_ON_TIMEOUT: 'false',
    REDIS_SOCKET_TIMEOUT: '0.25',
  });
  expect(Object.keys(settings).filter((name) => /^L1_|TARGET/.test(name))).toEqual([]);
});

test.each<[Duration, string, string]>([
  [Duration.hours(24), '8h', '7 */8 * * *'],
  [Duration.hours(1), '20m', '*/20 * * * *'],
  [Duration.minutes(30), '10m', '*/10 * * * *'],
])('what lives for %s is computed every %s', (ttl, every, schedule) => {
  const interval = warmingInterval(WARMING, ttl);
  expect([`${interval}`, warmingSchedule(interval)]).toEqual([every, schedule]);
});

test('a policy and its warming are sound as they stand', () => {
  expect(found({})).toEqual([]);
  expect(found(warmed())).toEqual([]);
  expect(ids(inspectCachePolicy('shop', environment()))).toEqual([]);
});

const ROWS: readonly (readonly [string, Partial<CachePolicySpec>, readonly string[], Partial<EnvironmentSpec>?])[] = [
  [
    'no time',
    { ttls: { verdicts: Duration.seconds(0) } },
    ['cache-policy-times-are-positive', 'cache-policy-memory-forgets-first'],
  ],
  [
    'half a second',
    { defaultTtl: Duration.millis(500) },
    ['cache-policy-times-are-positive', 'cache-policy-memory-forgets-first'],
  ],
  ['31 days', { defaultTtl: Duration.days(31) }, ['cache-policy-times-are-positive']],
  ['a kind that is no variable', { ttls: { 'my-kind': Duration.hours(1) } }, ['cache-policy-kinds-are-variables']],
  ['keys without a version', { keys: { prefix: 'orders', version: '' } }, ['cache-policy-keys-are-versioned']],
  ['a prefix with a colon', { keys: { prefix: 'a:b', version: 'v' } }, ['cache-policy-keys-are-versioned']],
  ['no entries', { memory: { entries: 0, ttl: Duration.seconds(1) } }, ['cache-policy-memory-is-bounded']],
  [
    'too many entries',
    { memory: { entries: 1_000_001, ttl: Duration.seconds(1) } },
    ['cache-policy-memory-is-bounded'],
  ],
  [
    'a memory that outlives the cache',
    { memory: { entries: 1, ttl: Duration.seconds(301) } },
    ['cache-policy-memory-forgets-first'],
  ],
  [
    'connections that are no number',
    { maxConnections: Number.NaN },
    [
      'cache-policy-connections-are-counted',
      'cache-policy-pool-fits-its-connections',
      'cache-policy-connections-fit-the-cache',
    ],
  ],
  ['no pool', { poolSize: 0 }, ['cache-policy-pool-fits-its-connections']],
  ['a pool above its connections', { poolSize: 51 }, ['cache-policy-pool-fits-its-connections']],
  [
    'a target of 2 s',
    { target: Duration.seconds(2), timeout: Duration.seconds(3) },
    ['cache-policy-target-is-bounded'],
  ],
  [
    'a time-out at the target',
    { target: Duration.millis(20), timeout: Duration.millis(20) },
    ['cache-policy-timeout-is-above-its-target'],
  ],
  ['a time-out of 9 ms', { timeout: Duration.millis(9) }, ['cache-policy-timeout-is-above-its-target']],
  ['another cache', { cache: 'other' }, ['cache-policy-cache-is-declared']],
  ['1251 connections of eight pods', { maxConnections: 1251 }, ['cache-policy-connections-fit-the-cache']],
  ['a service that is not there', warmed({ service: 'nobody' }), ['cache-warming-service-is-declared']],
  ['a path without a name', warmed({ path: '/checks' }), ['cache-warming-path-names-the-result']],
  ['a path that would be a command', warmed({ path: '/$(id)/{name}' }), ['cache-warming-path-names-the-result']],
  ['no names', warmed({ names: [] }), ['cache-warming-names-are-keys']],
  ['a name twice', warmed({ names: ['a', 'a'] }), ['cache-warming-names-are-keys']],
  ['a name with a space', warmed({ names: ['a b'] }), ['cache-warming-names-are-keys']],
  ['a kind without a time', warmed({ kind: 'other' }), ['cache-warming-kind-has-a-time']],
  ['a header with a line in it', warmed({ headers: { 'X-A': 'a\nb' } }), ['cache-warming-headers-are-plain']],
  ['every 7 hours', warmed({ every: Duration.hours(7) }), ['cache-warming-recurs-evenly']],
  ['a run of a minute', warmed({ within: Duration.minutes(1) }), ['cache-warming-ends']],
  ['twelve hours', warmed({ every: Duration.hours(12) }), ['cache-warming-survives-a-failed-run']],
  [
    'results that expire before the next run',
    { ...warmed({ every: Duration.hours(1) }), ttls: { verdicts: Duration.minutes(70) } },
    ['cache-warming-comes-before-expiry', 'cache-warming-survives-a-failed-run'],
  ],
];

test.each(ROWS.map(([what, policy, expected, around]) => ({ what, policy, expected, around })))(
  '$what is reported',
  ({ policy, expected, around = {} }) => {
    expect(found(policy, around)).toEqual(expected);
  },
);

test('at the thresholds nothing is reported', () => {
  expect(found({ maxConnections: 1250 }, { services: [cached('orders')] })).toEqual([]);
  expect(found({ ...warmed({ every: Duration.hours(1) }), ttls: { verdicts: Duration.minutes(121) } })).toEqual([]);
  expect(found({ memory: { entries: 1_000_000, ttl: Duration.minutes(5) } })).toEqual([]);
});

test('every check has a failing row', () => {
  expect(ROWS.flatMap(([, , checks]) => checks)).toEqual(
    expect.arrayContaining(allIds(CACHE_POLICY_CHECKS, CACHE_RELATION_CHECKS)),
  );
});
