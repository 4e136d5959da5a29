import { cacheAlarmRules } from '../../../lib/aws/operations/cache-alarm-rules';
import { CacheAlarms } from '../../../lib/aws/operations/cache-alarms';
import {
  CACHE_ALARM_CHECKS,
  type CacheAlarmsProps,
  cacheAlarmsPlan,
} from '../../../lib/aws/operations/cache-alarms-props';
import { CACHE_THRESHOLD_CHECKS, type CacheThresholds } from '../../../lib/model/operations/cache-thresholds';
import { Duration, Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { alarmsBySuffix, ringing, TOPIC } from './support';

const PROPS: CacheAlarmsProps = {
  name: 'acgs-production-cache',
  identifier: 'acgs-production-cache',
  nodeType: 'cache.r7g.xlarge',
  topicArns: [TOPIC],
};

const synth = (overrides: Partial<CacheAlarmsProps> = {}) =>
  alarmsBySuffix('acgs-production-cache-', (stack) => {
    new CacheAlarms(stack, 'Alarms', { ...PROPS, ...overrides });
  });

/** Members that alarms watch, each once, in order. */
const members = (overrides: Partial<CacheAlarmsProps>) => [
  ...new Set(Object.values(synth(overrides)).map(({ dimensions }) => dimensions.CacheClusterId)),
];

describe('CacheAlarms', () => {
  test('watches each node of the group', () => {
    const alarms = synth();
    expect(Object.fromEntries(Object.entries(alarms).map(([name, alarm]) => [name, ringing(alarm)]))).toEqual(
      Object.fromEntries(
        ['001', '002'].flatMap((node) => [
          [`${node}-cpu`, 'EngineCPUUtilization Average > 90 5/5x60s breaching'],
          [`${node}-memory`, 'DatabaseMemoryUsagePercentage Average > 80 3/3x60s missing'],
          [`${node}-evictions`, 'Evictions Sum > 0 2/3x300s missing'],
          [`${node}-connections`, 'CurrConnections Maximum > 50000 3/5x60s missing'],
          [`${node}-replica-lag`, 'ReplicationLag Minimum > 30 5/5x60s notBreaching'],
        ]),
      ),
    );
    expect(alarms['002-memory']).toMatchObject({
      namespace: 'AWS/ElastiCache',
      dimensions: { CacheClusterId: 'acgs-production-cache-002', CacheNodeId: '0001' },
      alarm_actions: [TOPIC],
      ok_actions: [TOPIC],
    });
  });

  test('nodes are called as ElastiCache calls them, with and without the cluster protocol', () => {
    expect(members({ replicasPerShard: 0 })).toEqual(['acgs-production-cache-001']);
    expect(members({ shards: 2, replicasPerShard: 1 })).toEqual([
      'acgs-production-cache-0001-001',
      'acgs-production-cache-0001-002',
      'acgs-production-cache-0002-001',
      'acgs-production-cache-0002-002',
    ]);
    expect(members({ shards: 1, replicasPerShard: 0, clusterMode: true })).toEqual(['acgs-production-cache-0001-001']);
  });

  test.each([
    ['noeviction', ['evictions', 'memory']],
    ['volatile-lru', ['memory']],
    ['allkeys-lru', []],
    ['allkeys-lfu', []],
  ] as const)('of a group with %s it rings for %j beside the rest', (eviction, expected) => {
    const names = Object.keys(synth({ eviction, replicasPerShard: 0 })).map((name) => name.replace('001-', ''));
    expect(names.filter((name) => name !== 'cpu' && name !== 'connections')).toEqual(expected);
  });

  test('what drops keys by itself rings from the thresholds that are given', () => {
    const thresholds = { memory: Percent.of(99), evictions: 1000 };
    const alarms = synth({ eviction: 'allkeys-lru', thresholds });
    expect([alarms['001-memory'].threshold, alarms['001-evictions'].threshold]).toEqual([99, 1000]);
  });

  test('a group without replicas has no lag', () => {
    expect(Object.keys(synth({ replicasPerShard: 0 })).filter((name) => name.endsWith('lag'))).toEqual([]);
  });

  test.each([
    ['cache.r7g.large', 'CPUUtilization'],
    ['cache.t3.micro', 'CPUUtilization'],
    ['cache.r7g.xlarge', 'EngineCPUUtilization'],
    ['cache.of-no-catalog', 'CPUUtilization'],
  ])('of %s the processor is %s', (nodeType, metric) => {
    expect(synth({ nodeType })['001-cpu'].metric_name).toBe(metric);
  });

  test('thresholds can be told', () => {
    const alarms = synth({
      thresholds: {
        cpu: Percent.of(70),
        memory: Percent.of(60),
        evictions: 100,
        connections: 1000,
        replicaLag: Duration.seconds(5),
      },
    });
    expect(
      ['cpu', 'memory', 'evictions', 'connections', 'replica-lag'].map((name) => alarms[`001-${name}`].threshold),
    ).toEqual([70, 60, 100, 1000, 5]);
  });

  const limit = (thresholds: CacheThresholds): Partial<CacheAlarmsProps> => ({ thresholds });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<CacheAlarmsProps>])[] = [
    ['cache-alarm-shards-are-possible', 'no shard', { shards: 0 }],
    [undefined, '500 shards', { shards: 500, replicasPerShard: 0 }],
    ['cache-alarm-shards-are-possible', '501 shards', { shards: 501 }],
    ['cache-alarm-shards-are-possible', '2 shards without the cluster protocol', { shards: 2, clusterMode: false }],
    ['cache-alarm-shards-are-possible', 'a negative number of shards', { shards: -1 }],
    ['cache-alarm-shards-are-possible', 'no number of shards', { shards: Number.NaN, clusterMode: true }],
    ['cache-alarm-shards-are-possible', 'half a shard more', { shards: 1.5 }],
    ['cache-alarm-shards-are-possible', 'more shards than fit in memory', { shards: 1e15 }],
    ['cache-alarm-shards-are-possible', 'endless shards', { shards: Number.POSITIVE_INFINITY }],
    ['cache-alarm-replicas-are-possible', 'no number of replicas', { replicasPerShard: Number.NaN }],
    ['cache-alarm-replicas-are-possible', 'endless replicas', { replicasPerShard: Number.POSITIVE_INFINITY }],
    ['cache-alarm-replicas-are-possible', 'a negative number of replicas', { replicasPerShard: -1 }],
    [undefined, '5 replicas', { replicasPerShard: 5 }],
    ['cache-alarm-replicas-are-possible', '6 replicas', { replicasPerShard: 6 }],
    ['cache-alarm-cpu-is-a-share', '9.99 %', limit({ cpu: Percent.of(9.99) })],
    [undefined, '10 %', limit({ cpu: Percent.of(10) })],
    ['cache-alarm-cpu-is-a-share', '101 %', limit({ cpu: Percent.of(101) })],
    ['cache-alarm-memory-is-a-share', '9 % of memory', limit({ memory: Percent.of(9) })],
    [undefined, '100 % of memory', limit({ memory: Percent.of(100) })],
    ['cache-alarm-memory-is-a-share', '101 % of memory', limit({ memory: Percent.of(101) })],
    ['cache-alarm-evictions-are-possible', 'fewer than no evictions', limit({ evictions: -1 })],
    ['cache-alarm-evictions-are-possible', 'no number of evictions', limit({ evictions: Number.NaN })],
    ['cache-alarm-connections-are-possible', 'no connection', limit({ connections: 0 })],
    [undefined, '65000 connections', limit({ connections: 65_000 })],
    ['cache-alarm-connections-are-possible', '65001 connections', limit({ connections: 65_001 })],
    ['cache-alarm-lag-is-possible', 'no lag', limit({ replicaLag: Duration.seconds(0) })],
    ['cache-alarm-lag-is-possible', 'half a second', limit({ replicaLag: Duration.millis(1500) })],
    [undefined, '10 minutes', limit({ replicaLag: Duration.minutes(10) })],
    ['cache-alarm-lag-is-possible', '11 minutes', limit({ replicaLag: Duration.minutes(11) })],
    ['alarm-tells-somebody', 'no topic', { topicArns: [] }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(CacheAlarms.inspect('Alarms', { ...PROPS, ...overrides }))).toEqual(check ? [check] : []);
  });

  test.each([0, -1, 1.5, 501, 1e15, Number.NaN, Number.POSITIVE_INFINITY])(
    '%p shards or that many replicas have no alarms, whoever asks for them',
    (count) => {
      expect(cacheAlarmRules(cacheAlarmsPlan({ ...PROPS, shards: count, clusterMode: true }))).toEqual({});
      if (count !== 0) expect(cacheAlarmRules(cacheAlarmsPlan({ ...PROPS, replicasPerShard: count }))).toEqual({});
    },
  );

  test('a finding says which number it got', () => {
    expect(CacheAlarms.inspect('Alarms', { ...PROPS, shards: 1e15 })[0]).toMatchObject({
      prop: 'shards',
      received: '1000000000000000',
    });
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ shards: Number.NaN }))).toEqual(['cache-alarm-shards-are-possible']);
  });

  test('every check has a failing row', () => {
    const found = new Set(rows.map(([check]) => check));
    expect(allIds(CACHE_ALARM_CHECKS, CACHE_THRESHOLD_CHECKS).filter((id) => !found.has(id))).toEqual([]);
  });
});
