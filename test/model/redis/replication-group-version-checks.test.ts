import type { RedisReplicationGroupSpec } from '../../../lib/model/redis/replication-group';
import { inspectReplicationGroup } from '../../../lib/model/redis/replication-group-checks';
import { REPLICATION_GROUP_VERSION_CHECKS } from '../../../lib/model/redis/replication-group-version-checks';
import { allIds, ids } from '../../support/findings';

type Given = Partial<Pick<RedisReplicationGroupSpec, 'engine' | 'version' | 'allowExtendedSupport'>>;

const findings = (given: Given, asOf = '2026-11-21') =>
  inspectReplicationGroup(
    'shop/cache',
    { kind: 'replication-group', name: 'cache', nodeType: 'cache.r7g.large', ...given },
    asOf,
  );

const found = (given: Given, asOf?: string) => ids(findings(given, asOf));

const memcached = 'memcached' as 'redis';
const REDIS_6: Given = { engine: 'redis', version: '6.2' };
const paying: Given = { ...REDIS_6, allowExtendedSupport: true };
const OLD = 'replication-group-engine-goes-on';

const rows: readonly (readonly [it: string, given: Given, asOf: string | undefined, expected: readonly string[]])[] = [
  ['takes the default', {}, undefined, []],
  ['takes Valkey 7.2', { version: '7.2' }, undefined, []],
  ['takes Valkey 9.1', { version: '9.1' }, undefined, []],
  ['warns that a newer minor is not known', { version: '9.2' }, undefined, ['replication-group-version-is-known']],
  [
    'refuses a newer major',
    { version: '10.0' },
    undefined,
    ['replication-group-version-is-well-formed', 'replication-group-version-is-offered'],
  ],
  ['refuses a minor between two that exist', { version: '8.9' }, undefined, ['replication-group-version-is-offered']],
  ['refuses Valkey 7.1', { version: '7.1' }, undefined, ['replication-group-version-is-offered']],
  [
    'refuses a patch',
    { version: '8.2.1' },
    undefined,
    ['replication-group-version-is-well-formed', 'replication-group-version-is-offered'],
  ],
  [
    'refuses a major alone',
    { version: '8' },
    undefined,
    ['replication-group-version-is-well-formed', 'replication-group-version-is-offered'],
  ],
  ['warns that Redis OSS ends', { engine: 'redis' }, undefined, [OLD]],
  [
    'refuses Redis OSS 7.2',
    { engine: 'redis', version: '7.2' },
    undefined,
    ['replication-group-version-is-offered', OLD],
  ],
  [
    'refuses Redis OSS 5.0',
    { engine: 'redis', version: '5.0' },
    undefined,
    ['replication-group-version-is-offered', OLD],
  ],
  [
    'refuses another engine',
    { engine: memcached, version: '1.6' },
    undefined,
    ['replication-group-engine-is-known', 'replication-group-version-is-offered'],
  ],
  ['refuses a day that is none', {}, 'today', ['replication-group-as-of-is-a-date']],
  ['reads no calendar without a day', REDIS_6, 'x', ['replication-group-as-of-is-a-date', OLD]],
  ['takes Redis OSS 6.2 with 91 days left', REDIS_6, '2026-11-01', [OLD]],
  ['warns with 90 days left', REDIS_6, '2026-11-02', ['replication-group-support-lasts', OLD]],
  ['warns on the last day of support', REDIS_6, '2027-01-31', ['replication-group-support-lasts', OLD]],
  ['refuses it on the day after', REDIS_6, '2027-02-01', ['replication-group-version-is-in-standard-support', OLD]],
  ['takes it on the day after for money', paying, '2027-02-01', [OLD]],
  ['takes it for money to the last day', paying, '2030-01-31', [OLD]],
  ['refuses it after that, money or not', paying, '2030-02-01', ['replication-group-version-can-be-run', OLD]],
];

describe('the version of a replication group', () => {
  test.each(rows)('%s', (_, given, asOf, expected) => {
    expect(found(given, asOf)).toEqual(expected);
  });

  test('beyond Redis OSS 7.1 the way on is Valkey', () => {
    const remedy = (given: Given) => findings(given).find(({ check }) => check.endsWith('is-offered'))?.remedy;
    expect(remedy({ engine: 'redis', version: '7.2' })).toContain("use engine: 'valkey'");
    expect(remedy({ engine: 'redis', version: '5.0' })).toBe('use 7.1');
    expect(remedy({ version: '7.1' })).toBe('use 9.1');
  });

  test('what works but is unwise is a warning', () => {
    const severities = new Map(
      rows.flatMap(([, given, asOf]) => findings(given, asOf).map(({ check, severity }) => [check, severity] as const)),
    );
    const warnings = [...severities].flatMap(([check, severity]) => (severity === 'warning' ? [check] : []));
    expect(warnings.sort()).toEqual([
      'replication-group-engine-goes-on',
      'replication-group-support-lasts',
      'replication-group-version-is-known',
    ]);
  });

  test('has a failing row for each check', () => {
    const failing = rows.flatMap(([, , , expected]) => expected);
    expect([...new Set(failing)].sort()).toEqual(allIds(REPLICATION_GROUP_VERSION_CHECKS));
  });
});
