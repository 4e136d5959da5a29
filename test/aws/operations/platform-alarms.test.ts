import { Lazy } from 'cdktf';
import { BACKUP_ALARM_CHECKS, BackupAlarms, type BackupAlarmsProps } from '../../../lib/aws/operations/backup-alarms';
import { ClusterAlarms, type ClusterAlarmsProps } from '../../../lib/aws/operations/cluster-alarms';
import { CLUSTER_THRESHOLD_CHECKS, type ClusterThresholds } from '../../../lib/model/operations/cluster-thresholds';
import { Duration, Memory, Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { alarmsBySuffix, ringing, TOPIC } from './support';

describe('BackupAlarms', () => {
  const PROPS: BackupAlarmsProps = { name: 'acgs-production', vaultName: 'acgs-production', topicArns: [TOPIC] };

  const rings = (overrides: Partial<BackupAlarmsProps> = {}) => {
    const alarms = alarmsBySuffix('acgs-production-', (stack) => {
      new BackupAlarms(stack, 'Alarms', { ...PROPS, ...overrides });
    });
    return Object.fromEntries(Object.entries(alarms).map(([name, alarm]) => [name, ringing(alarm)]));
  };

  const query = (metric: string, vault = 'acgs-production') =>
    `SELECT SUM(${metric}) FROM "AWS/Backup" WHERE BackupVaultName = '${vault}' > 0 1/1x900s notBreaching`;

  test('rings for each job that failed or never started, of whatever kind of resource', () => {
    expect(rings()).toEqual({
      'backup-failed': query('NumberOfBackupJobsFailed'),
      'backup-expired': query('NumberOfBackupJobsExpired'),
    });
  });

  test('a copy that failed rings whichever of its vaults reports it', () => {
    const alarms = rings({ copyVaultName: 'elsewhere' });
    expect(alarms['backup-copy-failed']).toBe(query('NumberOfCopyJobsFailed', 'elsewhere'));
    expect(alarms['backup-copy-not-sent']).toBe(query('NumberOfCopyJobsFailed'));
  });

  test('a backup that must arrive rings when none has', () => {
    const expects = [{ resourceType: 'RDS', within: Duration.hours(26) }];
    expect(rings({ expects })['backup-missing-rds']).toBe('NumberOfBackupJobsCompleted Sum < 1 26/26x3600s breaching');
  });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<BackupAlarmsProps>])[] = [
    ['backup-alarm-vault-is-literal', 'a reference', { vaultName: Lazy.stringValue({ produce: () => 'main' }) }],
    ['backup-alarm-vault-is-literal', 'a vault that ends the query', { vaultName: "a' OR 'a" }],
    ['backup-alarm-vault-is-literal', 'a vault for copies that does', { copyVaultName: "a'b" }],
    [undefined, 'a vault of 2 characters', { vaultName: 'ab' }],
    ['backup-alarm-vault-is-literal', 'a vault of 1 character', { vaultName: 'a' }],
    ['backup-alarm-vault-is-literal', 'a vault of 51 characters', { vaultName: 'a'.repeat(51) }],
    [
      'backup-alarm-waits-for-possible-times',
      '90 minutes',
      { expects: [{ resourceType: 'RDS', within: Duration.minutes(90) }] },
    ],
    [undefined, '168 hours', { expects: [{ resourceType: 'EBS', within: Duration.days(7) }] }],
    [
      'backup-alarm-waits-for-possible-times',
      '169 hours',
      { expects: [{ resourceType: 'EBS', within: Duration.hours(169) }] },
    ],
    [
      'backup-alarm-waits-for-possible-times',
      'no kind',
      { expects: [{ resourceType: '', within: Duration.hours(1) }] },
    ],
    ['alarm-tells-somebody', 'no topic', { topicArns: [] }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(BackupAlarms.inspect('Alarms', { ...PROPS, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => rings({ vaultName: '' }))).toEqual(['backup-alarm-vault-is-literal']);
  });

  test('every check has a failing row', () => {
    const found = new Set(rows.map(([check]) => check));
    expect(allIds(BACKUP_ALARM_CHECKS).filter((id) => !found.has(id))).toEqual([]);
  });
});

describe('ClusterAlarms', () => {
  const PROPS: ClusterAlarmsProps = { name: 'acgs-production', clusterName: 'acgs-production', topicArns: [TOPIC] };

  const synth = (overrides: Partial<ClusterAlarmsProps> = {}) =>
    alarmsBySuffix('acgs-production-', (stack) => {
      new ClusterAlarms(stack, 'Alarms', { ...PROPS, ...overrides });
    });

  const rings = (overrides: Partial<ClusterAlarmsProps> = {}) =>
    Object.fromEntries(Object.entries(synth(overrides)).map(([name, alarm]) => [name, ringing(alarm)]));

  test('watches what EKS reports by itself', () => {
    const share = 'IF(requests > 0, 100 * FILL(bad, 0) / requests, 0)';
    expect(rings()).toEqual({
      'api-errors': `${share} > 5 5/5x60s missing`,
      'api-throttling': `${share} > 5 15/15x60s missing`,
      'unschedulable-pods': 'scheduler_pending_pods_UNSCHEDULABLE Maximum > 0 15/15x60s missing',
      'control-plane-storage': 'apiserver_storage_size_bytes Maximum > 6442450944 15/15x60s missing',
    });
    expect(synth()['api-errors'].metric_query[1].metric).toMatchObject({
      namespace: 'AWS/EKS',
      metric_name: 'apiserver_request_total_5XX',
      dimensions: { ClusterName: 'acgs-production' },
    });
    expect(synth()['api-throttling'].metric_query[1].metric.metric_name).toBe('apiserver_request_total_429');
  });

  test('thresholds can be told', () => {
    const told = rings({
      thresholds: {
        errors: Percent.of(1),
        throttled: Percent.of(2),
        unschedulablePods: 3,
        unschedulableFor: Duration.minutes(20),
        storage: Memory.gib(8),
      },
    });
    expect(told).toMatchObject({
      'api-errors': expect.stringContaining('> 1 '),
      'api-throttling': expect.stringContaining('> 2 '),
      'unschedulable-pods': expect.stringContaining('> 3 20/20x60s'),
      'control-plane-storage': expect.stringContaining('> 8589934592 '),
    });
  });

  const limit = (thresholds: ClusterThresholds): Partial<ClusterAlarmsProps> => ({ thresholds });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<ClusterAlarmsProps>])[] = [
    ['cluster-alarm-errors-are-a-share', '0.09 %', limit({ errors: Percent.of(0.09) })],
    [undefined, '0.1 %', limit({ errors: Percent.of(0.1) })],
    ['cluster-alarm-errors-are-a-share', '101 %', limit({ errors: Percent.of(101) })],
    ['cluster-alarm-throttling-is-a-share', '0 %', limit({ throttled: Percent.of(0) })],
    ['cluster-alarm-pods-are-possible', 'fewer than none', limit({ unschedulablePods: -1 })],
    ['cluster-alarm-pods-are-possible', 'no number', limit({ unschedulablePods: Number.NaN })],
    ['cluster-alarm-waits-for-nodes', '4 minutes', limit({ unschedulableFor: Duration.minutes(4) })],
    [undefined, '5 minutes', limit({ unschedulableFor: Duration.minutes(5) })],
    [undefined, '120 minutes', limit({ unschedulableFor: Duration.minutes(120) })],
    ['cluster-alarm-waits-for-nodes', '121 minutes', limit({ unschedulableFor: Duration.minutes(121) })],
    ['cluster-alarm-waits-for-nodes', '330 s', limit({ unschedulableFor: Duration.seconds(330) })],
    ['cluster-alarm-storage-is-possible', 'less than 1 GiB', limit({ storage: Memory.mib(1023) })],
    [undefined, '16 GiB', limit({ storage: Memory.gib(16) })],
    ['cluster-alarm-storage-is-possible', '17 GiB', limit({ storage: Memory.gib(17) })],
    ['alarm-tells-somebody', 'no topic', { topicArns: [] }],
    ['alarm-series-is-complete', 'no cluster', { clusterName: '' }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(ClusterAlarms.inspect('Alarms', { ...PROPS, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth(limit({ unschedulablePods: Number.NaN })))).toEqual(['cluster-alarm-pods-are-possible']);
  });

  test('every check has a failing row', () => {
    const found = new Set(rows.map(([check]) => check));
    expect(allIds(CLUSTER_THRESHOLD_CHECKS).filter((id) => !found.has(id))).toEqual([]);
  });
});
