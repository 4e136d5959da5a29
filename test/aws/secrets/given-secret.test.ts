import { EncryptionKey, GIVEN_SECRET_CHECKS, GivenSecret, type GivenSecretProps } from '../../../lib/aws';
import { Duration } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { resources, terraform } from '../../support/terraform';

const props = (key: EncryptionKey, changes: Partial<GivenSecretProps> = {}): GivenSecretProps => ({
  name: 'acgs/production/alerting/receivers',
  description: 'JSON with slack-url',
  key,
  ...changes,
});

const stack = (changes: Partial<GivenSecretProps> = {}) =>
  terraform((scope) => {
    const key = new EncryptionKey(scope, 'Key', { alias: 'alerting', description: 'Alerting' });
    new GivenSecret(scope, 'Secret', props(key, changes));
  });

const BROKEN: [check: string, changes: Partial<GivenSecretProps>][] = [
  ['given-secret-name-is-allowed', { name: 'a secret' }],
  ['given-secret-name-is-allowed', { name: '' }],
  ['given-secret-says-what-to-put-in', { description: ' ' }],
  ['given-secret-says-what-to-put-in', { description: 'x'.repeat(2049) }],
  ['given-secret-recovery-is-offered', { recoveryWindow: Duration.days(6) }],
  ['given-secret-recovery-is-offered', { recoveryWindow: Duration.days(31) }],
];

describe('GivenSecret', () => {
  test('is a place under a key, without any value that Terraform would know', () => {
    expect(resources(stack(), 'aws_secretsmanager_secret')).toMatchObject([
      { name: 'acgs/production/alerting/receivers', description: 'JSON with slack-url', recovery_window_in_days: 30 },
    ]);
    expect(resources(stack(), 'aws_secretsmanager_secret')[0]?.kms_key_id).toMatch(/aws_kms_key/);
    expect(resources(stack(), 'aws_secretsmanager_secret_version')).toEqual([]);
  });

  test('may free its name at once', () => {
    const [secret] = resources(stack({ recoveryWindow: Duration.days(0) }), 'aws_secretsmanager_secret');
    expect(secret?.recovery_window_in_days).toBe(0);
  });

  test.each(BROKEN)('%s fails (row %#)', (check, changes) => {
    let found: string[] = [];
    terraform((scope) => {
      const key = new EncryptionKey(scope, 'Key', { alias: 'alerting', description: 'Alerting' });
      found = ids(GivenSecret.inspect('secret', props(key, changes)));
    });
    expect(found).toEqual([check]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(BROKEN.map(([check]) => check))].sort()).toEqual(allIds(GIVEN_SECRET_CHECKS));
  });
});
