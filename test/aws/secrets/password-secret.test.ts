import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import {
  PASSWORD_SECRET_CHECKS,
  PasswordSecret,
  type PasswordSecretProps,
} from '../../../lib/aws/secrets/password-secret';
import { Duration } from '../../../lib/units';
import { allIds, refused } from '../../support/findings';
import { onlyResource, terraform } from '../../support/terraform';

const build = (overrides: Partial<PasswordSecretProps> = {}) =>
  terraform((stack) => {
    const key = new EncryptionKey(stack, 'Key', { alias: 'cache', description: 'Cache password' });
    new PasswordSecret(stack, 'Secret', {
      name: 'shop/production/cache/auth',
      description: 'Cache',
      key,
      ...overrides,
    });
  });

describe('PasswordSecret', () => {
  test('the password goes into the secret and nowhere that Terraform keeps', () => {
    const json = build();
    const content = onlyResource(json, 'aws_secretsmanager_secret_version');
    expect(content.secret_string).toBeUndefined();
    expect(content.secret_string_wo).toMatch(
      /^\$\{jsonencode\(\{"password" = ephemeral\.random_password\.\w+\.result\}\)\}$/,
    );
    expect(Object.keys(json.resource)).not.toContain('random_password');
  });

  test('a higher version draws and sends a new password, and changes nothing else', () => {
    const [before, after] = [build({ version: 1 }), build({ version: 2 })];
    const version = onlyResource(after, 'aws_secretsmanager_secret_version');
    expect(version.secret_string_wo_version).toBe(2);
    version.secret_string_wo_version = 1;
    expect(after).toEqual(before);
  });

  test('the secret is encrypted with the given key and can be restored for thirty days', () => {
    const secret = onlyResource(build(), 'aws_secretsmanager_secret');
    expect(secret).toMatchObject({ name: 'shop/production/cache/auth', recovery_window_in_days: 30 });
    expect(secret.kms_key_id).toMatch(/^\$\{aws_kms_key\.\w+\.arn\}$/);
  });

  test('the name is free at once if nothing is to be restored', () => {
    const secret = onlyResource(build({ recoveryWindow: Duration.days(0) }), 'aws_secretsmanager_secret');
    expect(secret.recovery_window_in_days).toBe(0);
  });

  const broken: [check: string, overrides: Partial<PasswordSecretProps>][] = [
    ['password-secret-name-is-allowed', { name: 'cache auth' }],
    ['password-secret-name-is-allowed', { name: '' }],
    ['password-secret-name-is-allowed', { name: 'a'.repeat(513) }],
    ['password-secret-version-counts', { version: 0 }],
    ['password-secret-version-counts', { version: Number.NaN }],
    ['password-secret-recovery-is-offered', { recoveryWindow: Duration.hours(1) }],
    ['password-secret-recovery-is-offered', { recoveryWindow: Duration.days(6) }],
    ['password-secret-recovery-is-offered', { recoveryWindow: Duration.days(31) }],
    ['password-secret-recovery-is-offered', { recoveryWindow: Duration.hours(180) }],
  ];

  test.each(broken)('%s fails (row %#)', (check, overrides) =>
    expect(refused(() => build(overrides))).toEqual([check]),
  );

  test.each([{ name: 'a'.repeat(512) }, { recoveryWindow: Duration.days(7) }, { recoveryWindow: Duration.days(30) }])(
    'the edge of a range is accepted (row %#)',
    (overrides) => expect(refused(() => build(overrides))).toEqual([]),
  );

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(PASSWORD_SECRET_CHECKS));
  });
});
