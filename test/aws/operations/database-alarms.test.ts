import fc from 'fast-check';
import { DatabaseAlarms } from '../../../lib/aws/operations/database-alarms';
import { DATABASE_ALARM_CHECKS, type DatabaseAlarmsProps } from '../../../lib/aws/operations/database-alarms-props';
import { isError } from '../../../lib/check';
import { DATABASE_THRESHOLD_CHECKS, type DatabaseThresholds } from '../../../lib/model/operations/database-thresholds';
import { Duration, Memory, Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { alarmsBySuffix, ringing, TOPIC } from './support';

const PROPS: DatabaseAlarmsProps = {
  name: 'acgs-production-main',
  identifier: 'acgs-production-main',
  instanceClass: 'db.r5.xlarge',
  storage: Memory.gib(500),
  maxConnections: 500,
  topicArns: [TOPIC],
};

const synth = (overrides: Partial<DatabaseAlarmsProps> = {}) =>
  alarmsBySuffix('acgs-production-main-', (stack) => {
    new DatabaseAlarms(stack, 'Alarms', { ...PROPS, ...overrides });
  });

const rings = (overrides: Partial<DatabaseAlarmsProps> = {}) =>
  Object.fromEntries(Object.entries(synth(overrides)).map(([name, alarm]) => [name, ringing(alarm)]));

describe('DatabaseAlarms', () => {
  test('thresholds of a primary follow from what was declared', () => {
    expect(rings()).toEqual({
      cpu: 'CPUUtilization Average > 90 5/5x60s breaching',
      connections: 'DatabaseConnections Maximum > 400 3/5x60s missing',
      storage: 'FreeStorageSpace Minimum < 107374182400 5/5x60s missing',
      memory: 'FreeableMemory Average < 1717986918 3/3x60s missing',
      'disk-queue': 'DiskQueueDepth Average > 64 15/15x60s missing',
      'operation-credits': 'EBSIOBalance% Minimum < 20 3/3x300s notBreaching',
      'throughput-credits': 'EBSByteBalance% Minimum < 20 3/3x300s notBreaching',
      'transaction-ids': 'MaximumUsedTransactionIDs Maximum > 1000000000 3/3x300s missing',
    });
  });

  test('each watches the one instance, tells the topic both ways, and says what to do', () => {
    for (const alarm of Object.values(synth({ role: 'replica' }))) {
      const dimensions = alarm.dimensions ?? alarm.metric_query[1].metric.dimensions;
      expect(dimensions).toEqual({ DBInstanceIdentifier: 'acgs-production-main' });
      expect(alarm).toMatchObject({ alarm_actions: [TOPIC], ok_actions: [TOPIC] });
      expect(alarm.alarm_description).toMatch(/\. What to do: .{20,}\. No data counts as \w+: .{20,}\.$/);
    }
  });

  test('a replica is watched for how far it is behind, and not for what only a primary runs out of', () => {
    const replica = rings({ role: 'replica' });

    expect(replica['replica-lag']).toBe('IF(lag < 0, 301, lag) > 300 5/5x60s breaching');
    expect(replica).not.toHaveProperty('transaction-ids');
    expect(rings()).not.toHaveProperty('replica-lag');
    expect(synth({ role: 'replica' })['replica-lag'].metric_query[1]).toMatchObject({
      id: 'lag',
      metric: { namespace: 'AWS/RDS', metric_name: 'ReplicaLag', stat: 'Minimum', period: 60 },
    });
  });

  test('an idle primary never rings, whichever threshold is allowed: its lag climbs to 5 minutes and falls back', () => {
    const { evaluation_periods, datapoints_to_alarm } = synth({ role: 'replica' })['replica-lag'];
    expect(datapoints_to_alarm).toBe(evaluation_periods);

    fc.assert(
      fc.property(fc.integer({ min: 60, max: 3600 }), fc.integer({ min: 0, max: 299 }), (threshold, phase) => {
        const lagAt = (minute: number) => (minute * 60 + phase) % 300;
        const bad = Array.from({ length: 60 }, (_, minute) => lagAt(minute) > threshold);
        const longest = Math.max(...bad.map((_, from) => bad.slice(from).findIndex((one) => !one)));
        return longest < evaluation_periods;
      }),
    );
  });

  test('a gp2 volume has credits of its own', () => {
    const gp2 = rings({ volume: 'gp2' });
    expect(gp2['volume-credits']).toBe('BurstBalance Minimum < 20 3/3x300s notBreaching');
    expect(gp2).not.toHaveProperty('operation-credits');
    expect(rings({ volume: 'io1' })).toHaveProperty('operation-credits');
  });

  test('a burstable class has credits for its processors, 60 for an hour of each', () => {
    expect(rings({ instanceClass: 'db.t3.medium' })['cpu-credits']).toBe(
      'CPUCreditBalance Minimum < 24 3/3x300s notBreaching',
    );
    expect(rings()).not.toHaveProperty('cpu-credits');
  });

  test('of a class that the catalog does not know, the memory is not watched, which is a warning', () => {
    const findings = DatabaseAlarms.inspect('Alarms', { ...PROPS, instanceClass: 'db.x2g.large' });
    expect(ids(findings)).toEqual(['database-alarm-class-is-known']);
    expect(findings.map(isError)).toEqual([false]);
    expect(rings({ instanceClass: 'db.x2g.large' })).not.toHaveProperty('memory');
  });

  test('thresholds can be told', () => {
    const told = rings({
      role: 'replica',
      thresholds: {
        cpu: Percent.of(75.5),
        freeStorage: Percent.of(10),
        connections: Percent.of(50),
        freeMemory: Percent.of(10),
        diskQueue: 10,
        burstBalance: Percent.of(30),
        replicaLag: Duration.minutes(2),
      },
    });
    expect(told).toMatchObject({
      cpu: expect.stringContaining('> 75.5 '),
      connections: expect.stringContaining('> 250 '),
      storage: expect.stringContaining('< 53687091200 '),
      memory: expect.stringContaining('< 3435973836 '),
      'disk-queue': expect.stringContaining('> 10 '),
      'operation-credits': expect.stringContaining('< 30 '),
      'replica-lag': expect.stringContaining('IF(lag < 0, 121, lag) > 120 '),
    });
  });

  test('offers every alarm, in a fixed order', () => {
    alarmsBySuffix('', (stack) => {
      const { alarms } = new DatabaseAlarms(stack, 'Alarms', PROPS);
      expect(alarms.map(({ node }) => node.id)).toEqual([
        'Cpu',
        'Connections',
        'Storage',
        'Memory',
        'DiskQueue',
        'OperationCredits',
        'ThroughputCredits',
        'TransactionIds',
      ]);
    });
  });

  const limit = (thresholds: DatabaseThresholds): Partial<DatabaseAlarmsProps> => ({ thresholds });
  const share = (check: string, prop: keyof DatabaseThresholds, least: number, most: number) =>
    [
      [check, `${prop} below ${least} %`, limit({ [prop]: Percent.of(least - 0.01) })],
      [undefined, `${prop} of ${least} %`, limit({ [prop]: Percent.of(least) })],
      [undefined, `${prop} of ${most} %`, limit({ [prop]: Percent.of(most) })],
      [check, `${prop} above ${most} %`, limit({ [prop]: Percent.of(most + 0.01) })],
    ] as const;
  const number = (check: string, prop: keyof DatabaseThresholds, least: number, most: number) =>
    [
      [check, `${prop} below ${least}`, limit({ [prop]: least - 1 })],
      [undefined, `${prop} of ${least}`, limit({ [prop]: least })],
      [undefined, `${prop} of ${most}`, limit({ [prop]: most })],
      [check, `${prop} above ${most}`, limit({ [prop]: most + 1 })],
      [check, `${prop} that is no number`, limit({ [prop]: Number.NaN })],
    ] as const;

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<DatabaseAlarmsProps>])[] = [
    ['database-alarm-class-is-known', 'a class of no catalog', { instanceClass: 'db.x2g.large' }],
    ['database-alarm-storage-is-declared', 'no storage', { storage: Memory.gib(0) }],
    ['database-alarm-max-connections-is-possible', '5 connections', { maxConnections: 5 }],
    [undefined, '6 connections', { maxConnections: 6 }],
    ['database-alarm-max-connections-is-possible', '262144 connections', { maxConnections: 262_144 }],
    ['database-alarm-max-connections-is-possible', 'no number of connections', { maxConnections: Number.NaN }],
    ...share('database-alarm-cpu-is-a-share', 'cpu', 10, 100),
    ...share('database-alarm-storage-is-a-share', 'freeStorage', 1, 90),
    ...share('database-alarm-connections-are-a-share', 'connections', 10, 100),
    ...share('database-alarm-memory-is-a-share', 'freeMemory', 1, 50),
    ...share('database-alarm-balance-is-a-share', 'burstBalance', 1, 90),
    ...number('database-alarm-disk-queue-is-possible', 'diskQueue', 1, 10_000),
    ...number('database-alarm-wraparound-leaves-time', 'usedTransactionIds', 200_000_000, 2_000_000_000),
    ['database-alarm-lag-tells-idle-from-late', '59 s', limit({ replicaLag: Duration.seconds(59) })],
    [undefined, 'a minute', limit({ replicaLag: Duration.minutes(1) })],
    [undefined, 'an hour', limit({ replicaLag: Duration.hours(1) })],
    ['database-alarm-lag-tells-idle-from-late', 'more than an hour', limit({ replicaLag: Duration.minutes(61) })],
    ['alarm-tells-somebody', 'no topic', { topicArns: [] }],
    ['alarm-name-is-allowed', 'a name that alarms cannot have', { name: 'a'.repeat(255) }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(DatabaseAlarms.inspect('Alarms', { ...PROPS, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('names the threshold that is wrong', () => {
    const [finding] = DatabaseAlarms.inspect('Alarms', { ...PROPS, ...limit({ diskQueue: 0 }) });
    expect(finding).toMatchObject({ prop: 'thresholds.diskQueue', received: '0', path: 'Alarms' });
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ storage: Memory.gib(0), topicArns: [] }))).toEqual([
      'database-alarm-storage-is-declared',
      'alarm-tells-somebody',
    ]);
  });

  test('every check has a failing row', () => {
    const found = new Set(rows.map(([check]) => check));
    expect(allIds(DATABASE_ALARM_CHECKS, DATABASE_THRESHOLD_CHECKS).filter((id) => !found.has(id))).toEqual([]);
  });
});
