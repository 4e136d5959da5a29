import type { EnvironmentSpec } from '../../../lib/model';
import {
  inspectReservedCapacity,
  RESERVED_CAPACITY_CHECKS,
  type ReservedCapacitySpec,
  reservedCapacity,
} from '../../../lib/model/cost/reserved-capacity';
import { Percent } from '../../../lib/units';
import { environment, service } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

const half: ReservedCapacitySpec = { share: Percent.of(50) };

const bought = (overrides: Partial<EnvironmentSpec> = {}, spec = half) =>
  reservedCapacity(environment(overrides), spec).map(({ service, type, alwaysRunning, buy, onDemandUsdPerHour }) => [
    service,
    type,
    alwaysRunning,
    buy,
    onDemandUsdPerHour,
  ]);

const grouped = (...nodeGroups: EnvironmentSpec['cluster']['nodeGroups']): Partial<EnvironmentSpec> => ({
  cluster: { ...environment().cluster, nodeGroups },
  databases: [],
});

const general = { name: 'general', instanceTypes: ['m5.large', 'm5.xlarge'], min: 3, max: 20, desired: 6 };

describe('what to reserve', () => {
  test('is the share of what always runs, rounded down, with the price to beat', () => {
    expect(bought()).toEqual([
      ['ec2', 'm6i.large', 3, 1, 0.096],
      ['rds', 'db.m6g.large', 2, 1, 0.159],
    ]);
  });

  test('counts minima, not what runs at first, and each zone of groups that have one', () => {
    expect(bought(grouped(general))).toEqual([['ec2', 'm5.large', 3, 1, 0.096]]);
    expect(bought(grouped({ ...general, zones: 'each' }))).toEqual([['ec2', 'm5.large', 9, 4, 0.096]]);
    expect(bought(grouped({ ...general, min: 0 }))).toEqual([['ec2', 'm5.large', 0, 0, 0.096]]);
  });

  test('adds up groups of one type before it rounds', () => {
    expect(bought(grouped(general, { ...general, name: 'more' }))).toEqual([['ec2', 'm5.large', 6, 3, 0.096]]);
  });

  test('counts instances that no cluster owns', () => {
    const instances = [{ service: service('legal'), instanceTypes: ['m5.large'], min: 2, max: 10, desired: 2 }];
    expect(bought({ ...grouped(general), instances })).toEqual([['ec2', 'm5.large', 5, 2, 0.096]]);
  });

  test('leaves spot out, declared or derived', () => {
    const { cluster } = environment(grouped(general));
    const derived = { ...cluster, spot: { instanceTypes: ['c5.large', 'c6i.large', 'c6a.large'] } };
    expect(bought({ ...grouped(general), cluster: derived })).toHaveLength(1);
    expect(bought(grouped(general, { ...general, name: 'cheap', capacity: 'spot' }))).toEqual([
      ['ec2', 'm5.large', 3, 1, 0.096],
    ]);
  });

  test('counts nodes of ElastiCache and replicas, which have a standby where they say so', () => {
    const replica = {
      kind: 'replica' as const,
      name: 'main',
      of: { environment: 'production', database: 'main' },
      instanceClass: 'db.m6g.large',
      maxConnections: 500,
    };
    const caches = [
      { kind: 'replication-group' as const, name: 'cache', nodeType: 'cache.m6g.large', shards: 3, clusterMode: true },
    ];
    const types = (given: Partial<EnvironmentSpec>) => bought(given).map(([, type, running]) => [type, running]);
    expect(types({ databases: [replica], caches })).toEqual([
      ['m6i.large', 3],
      ['db.m6g.large', 1],
      ['cache.m6g.large', 6],
    ]);
    expect(types({ databases: [{ ...replica, multiAz: true }] })).toContainEqual(['db.m6g.large', 2]);
  });

  test('names a type without a price, and no price', () => {
    expect(bought(grouped({ ...general, instanceTypes: ['x9.large'] }))).toEqual([
      ['ec2', 'x9.large', 3, 1, undefined],
    ]);
  });
});

const broken: readonly (readonly [string, Partial<ReservedCapacitySpec>])[] = [
  ['reserved-share-is-a-part', { share: Percent.of(0.99) }],
  ['reserved-share-is-a-part', { share: Percent.of(100.01) }],
  ['reserved-term-is-offered', { termYears: 2 as 1 }],
  ['reserved-payment-is-offered', { payment: 'some-upfront' as 'no-upfront' }],
];

describe('checks of a share to reserve', () => {
  test.each(broken)('%s: %p', (check, given) => {
    expect(ids(inspectReservedCapacity('test', { ...half, ...given }))).toEqual([check]);
  });

  test.each<Partial<ReservedCapacitySpec>>([
    {},
    { share: Percent.of(1) },
    { share: Percent.of(100) },
    { termYears: 3, payment: 'all-upfront' },
    { termYears: 1, payment: 'no-upfront' },
  ])('nothing is said about %p', (given) => {
    expect(inspectReservedCapacity('test', { ...half, ...given })).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(RESERVED_CAPACITY_CHECKS));
  });
});
