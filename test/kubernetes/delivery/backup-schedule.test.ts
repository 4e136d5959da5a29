import { BACKUP_SCHEDULE_CHECKS, BackupSchedule, type BackupScheduleProps } from '../../../lib/kubernetes';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const props: BackupScheduleProps = { name: 'production-daily', namespaces: ['shop'] };

const build = (overrides: Partial<BackupScheduleProps> = {}) =>
  only(
    manifests((chart) => new BackupSchedule(chart, 'Daily', { ...props, ...overrides })),
    'Schedule',
  );

test('keeps the objects of the namespace at midnight for 90 days, without secrets and without what is on disks', () => {
  expect(build({ partOf: 'shop' })).toEqual({
    apiVersion: 'velero.io/v1',
    kind: 'Schedule',
    metadata: {
      name: 'production-daily',
      namespace: 'velero',
      labels: {
        'app.kubernetes.io/name': 'production-daily',
        'app.kubernetes.io/instance': 'production-daily',
        'app.kubernetes.io/component': 'backups',
        'app.kubernetes.io/managed-by': 'cdk-headroom',
        'app.kubernetes.io/part-of': 'shop',
      },
    },
    spec: {
      schedule: '0 0 * * *',
      skipImmediately: true,
      useOwnerReferencesInBackup: false,
      template: {
        includedNamespaces: ['shop'],
        excludedNamespaceScopedResources: expect.arrayContaining(['secrets', 'pods', 'replicasets.apps']),
        snapshotVolumes: false,
        defaultVolumesToFsBackup: false,
        storageLocation: 'default',
        ttl: '2160h0m0s',
      },
    },
  });
});

test('claims and volumes are among what is kept', () => {
  const { excludedNamespaceScopedResources: left } = build().spec.template;
  expect(left.filter((kind: string) => /volume/.test(kind))).toEqual([]);
});

test.each([
  ['00:30', '30 0 * * *'],
  ['09:05', '5 9 * * *'],
  ['23:59', '59 23 * * *'],
])('%s is %s each day', (at, schedule) => {
  expect(build({ at }).spec.schedule).toBe(schedule);
});

test('is kept as long as is declared, where it is declared', () => {
  expect(build({ retention: Duration.days(7), location: 'own' }).spec.template).toMatchObject({
    ttl: '168h0m0s',
    storageLocation: 'own',
  });
});

const broken: readonly (readonly [check: string, overrides: Partial<BackupScheduleProps>])[] = [
  ['backup-schedule-is-named', { name: 'Daily' }],
  ['backup-schedule-is-named', { location: 'own bucket' }],
  ['backup-schedule-has-namespaces', { namespaces: [] }],
  ['backup-schedule-has-namespaces', { namespaces: ['*'] }],
  ['backup-schedule-has-namespaces', { namespaces: ['shop', 'shop'] }],
  ['backup-schedule-has-a-time', { at: '24:00' }],
  ['backup-schedule-has-a-time', { at: '0:00' }],
  ['backup-schedule-keeps-whole-days', { retention: Duration.hours(0) }],
  ['backup-schedule-keeps-whole-days', { retention: Duration.hours(36) }],
];

test.each(broken)('%s fails (row %#)', (check, overrides) => {
  expect(ids(BackupSchedule.inspect('Daily', { ...props, ...overrides }))).toEqual([check]);
  expect(refused(() => build(overrides))).toEqual([check]);
});

test('a day is enough', () => {
  expect(BackupSchedule.inspect('Daily', { ...props, retention: Duration.days(1) })).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(BACKUP_SCHEDULE_CHECKS));
});
