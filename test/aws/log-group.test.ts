import { EncryptionKey, LOG_GROUP_CHECKS, LogGroup, type LogGroupProps } from '../../lib/aws';
import { Duration } from '../../lib/units';
import { allIds, ids, refused } from '../support/findings';
import { readable, referred } from '../support/references';
import { onlyResource, terraform } from '../support/terraform';

const NAME = '/aws/eks/acgs-production/cluster';

const build = (overrides: Partial<LogGroupProps> = {}) =>
  terraform((stack) => {
    const key = new EncryptionKey(stack, 'Key', { alias: 'logs', description: 'Logs', users: ['logs'] });
    new LogGroup(stack, 'Logs', { name: NAME, key, ...overrides });
  });

const findings = (overrides: Partial<LogGroupProps>) => {
  const found: string[] = [];
  terraform((stack) => {
    const key = new EncryptionKey(stack, 'Key', { alias: 'logs', description: 'Logs', users: ['logs'] });
    found.push(...ids(LogGroup.inspect('Logs', { name: NAME, key, ...overrides })));
  });
  return found;
};

describe('LogGroup', () => {
  test('keeps events for a year, encrypted with the key', () => {
    const group = onlyResource(build(), 'aws_cloudwatch_log_group');

    expect(group).toMatchObject({ name: NAME, retention_in_days: 365 });
    expect(readable(group.kms_key_id)).toBe('<aws_kms_key.arn>');
  });

  test('keeps them as long as it is told', () => {
    const group = onlyResource(build({ retention: Duration.days(90) }), 'aws_cloudwatch_log_group');
    expect(group.retention_in_days).toBe(90);
  });

  test('its default child is the group', () => {
    const attributes = referred((stack) => {
      const key = new EncryptionKey(stack, 'Key', { alias: 'logs', description: 'Logs' });
      const logs = new LogGroup(stack, 'Logs', { name: NAME, key });
      expect(logs.node.defaultChild).toMatchObject({ terraformResourceType: 'aws_cloudwatch_log_group' });
      return { arn: logs.arn, name: logs.name };
    });
    expect(attributes).toEqual({ arn: '<aws_cloudwatch_log_group.arn>', name: '<aws_cloudwatch_log_group.name>' });
  });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<LogGroupProps>])[] = [
    [undefined, '1 day', { retention: Duration.days(1) }],
    ['log-retention-is-offered', '2 days', { retention: Duration.days(2) }],
    ['log-retention-is-offered', '364 days', { retention: Duration.days(364) }],
    [undefined, '731 days', { retention: Duration.days(731) }],
    [undefined, '3653 days', { retention: Duration.days(3653) }],
    ['log-retention-is-offered', 'for ever', { retention: Duration.days(0) }],
    ['log-retention-is-offered', '36 hours', { retention: Duration.hours(36) }],
    ['log-group-name-is-allowed', 'no name', { name: '' }],
    [undefined, 'a name of 512 characters', { name: 'a'.repeat(512) }],
    ['log-group-name-is-allowed', 'a name of 513 characters', { name: 'a'.repeat(513) }],
    ['log-group-name-is-allowed', 'a name with a blank', { name: 'a b' }],
    ['log-group-name-is-allowed', 'a name that AWS keeps', { name: 'aws/eks' }],
    [undefined, 'every allowed character', { name: '/aZ0_-.#' }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(findings(overrides)).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => build({ retention: Duration.days(2) }))).toEqual(['log-retention-is-offered']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([check]) => check))].filter(Boolean).sort()).toEqual(allIds(LOG_GROUP_CHECKS));
  });
});
