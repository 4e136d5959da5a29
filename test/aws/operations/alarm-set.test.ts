import { ALARM_SET_CHECKS } from '../../../lib/aws/operations/alarm-set';
import { ClusterAlarms, type ClusterAlarmsProps } from '../../../lib/aws/operations/cluster-alarms';
import { allIds, ids, refused } from '../../support/findings';
import { alarmsBySuffix, TOPIC } from './support';

const PROPS: ClusterAlarmsProps = { name: 'acgs-production', clusterName: 'acgs-production', topicArns: [TOPIC] };

const RUNBOOK = 'https://runbooks.example.com/pods.md';

const descriptions = (runbooks?: Record<string, string>) => {
  const alarms = alarmsBySuffix('acgs-production-', (stack) => {
    new ClusterAlarms(stack, 'Alarms', { ...PROPS, ...(runbooks && { runbooks }) });
  });
  return Object.fromEntries(Object.entries(alarms).map(([name, alarm]) => [name, alarm.alarm_description as string]));
};

describe('runbooks of a set', () => {
  test('stand in the alarm that they are for, and change no other', () => {
    const without = descriptions();
    expect(descriptions({ UnschedulablePods: RUNBOOK })).toEqual({
      ...without,
      'unschedulable-pods': `${without['unschedulable-pods']} Runbook: ${RUNBOOK}`,
    });
  });

  const rows: readonly (readonly [check: string | undefined, it: string, runbooks: Record<string, string>])[] = [
    [undefined, 'none', {}],
    [undefined, 'of an alarm of the set', { ApiErrors: RUNBOOK }],
    ['alarm-runbooks-belong-to-alarms', 'of an alarm of another set', { ReplicaLag: RUNBOOK }],
    ['alarm-runbooks-belong-to-alarms', 'under the name in place of the id', { 'api-errors': RUNBOOK }],
    ['alarm-runbook-can-be-followed', 'that nobody can follow', { ApiErrors: 'page 3' }],
  ];

  test.each(rows)('%s: %s', (check, _, runbooks) => {
    expect(ids(ClusterAlarms.inspect('Alarms', { ...PROPS, runbooks }))).toEqual(check ? [check] : []);
  });

  test('a stray one is refused, with the ids that there are', () => {
    expect(refused(() => descriptions({ ReplicaLag: RUNBOOK }))).toEqual(['alarm-runbooks-belong-to-alarms']);
    const [finding] = ClusterAlarms.inspect('Alarms', { ...PROPS, runbooks: { ReplicaLag: RUNBOOK } });
    expect(finding).toMatchObject({ prop: 'runbooks', received: 'ReplicaLag' });
    expect(finding?.rule).toContain('ApiErrors, ApiThrottling, UnschedulablePods, ControlPlaneStorage');
  });

  test('every check has a failing row', () => {
    const found = new Set(rows.map(([check]) => check));
    expect(allIds(ALARM_SET_CHECKS).filter((id) => !found.has(id))).toEqual([]);
  });
});
