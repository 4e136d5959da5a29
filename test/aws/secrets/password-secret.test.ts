import { Token } from 'cdktf';
import { EncryptionKey } from '../../../lib/aws/secrets/encryption-key';
import {
  PASSWORD_SECRET_CHECKS,
  PasswordSecret,
  type PasswordSecretProps,
} from '../../../lib/aws/secrets/password-secret';
import { Duration } from '../../../lib/units';
import { allIds, refused } from '../../support/findings';
import { referred } from '../../support/references';
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

  describe('with fields', () => {
    const fields = { host: 'cache', port: 6379, nodes: 'cache-0.cache:6379,cache-1.cache:6379' };
    const content = (overrides: Partial<PasswordSecretProps>) =>
      onlyResource(build(overrides), 'aws_secretsmanager_secret_version');

    test('says them before the password, and all of it is write-only', () => {
      const { secret_string_wo: text, secret_string: kept } = content({ fields });
      expect(kept).toBeUndefined();
      expect(text).toMatch(
        /^\$\{jsonencode\(\{"host" = "cache", "port" = 6379, "nodes" = "cache-0\.cache:6379,cache-1\.cache:6379", "password" = ephemeral\.random_password\.\w+\.result\}\)\}$/,
      );
    });

    test('is sent anew when the version or any field changes, and at no other time', () => {
      const version = (overrides: Partial<PasswordSecretProps>) => content(overrides).secret_string_wo_version;
      const others = [
        { fields, version: 2 },
        { fields: { ...fields, host: 'other' } },
        { fields: { ...fields, port: 6389 } },
        { fields: { ...fields, nodes: 'cache-0.cache:6379' } },
        { fields: { address: 'cache', port: 6379, nodes: fields.nodes } },
        {},
      ].map(version);
      expect(new Set([version({ fields }), ...others]).size).toBe(7);
      expect(version({ fields, description: 'Another', recoveryWindow: Duration.days(7) })).toBe(version({ fields }));
    });

    test('none are the same as no prop at all', () => {
      expect(build({ fields: {}, renewedBy: [] })).toEqual(build());
    });

    test('a reference does not shake the version, which has no fixed text', () => {
      const version = (tokensBefore: number) => {
        const json = terraform((stack) => {
          const key = new EncryptionKey(stack, 'Key', { alias: 'cache', description: 'Cache password' });
          for (let i = 0; i < tokensBefore; i += 1) Token.asString({ resolve: () => i });
          new PasswordSecret(stack, 'Secret', { name: 'a', description: 'A', key, fields: { host: key.arn } });
        });
        return onlyResource(json, 'aws_secretsmanager_secret_version').secret_string_wo_version;
      };
      expect(version(0)).toBe(version(7));
    });

    test('a password that is kept elsewhere is used and none is drawn', () => {
      const json = build({ fields, password: { result: 'GIVEN' } });
      expect(json.ephemeral).toBeUndefined();
      expect(onlyResource(json, 'aws_secretsmanager_secret_version').secret_string_wo).toContain(
        '"password" = "GIVEN"',
      );
    });

    test('what renews it is an address without braces, as Terraform wants it there', () => {
      expect(content({ renewedBy: ['aws_x.y.arn'] }).lifecycle).toEqual({ replace_triggered_by: ['aws_x.y.arn'] });
      expect(content({ fields })).not.toHaveProperty('lifecycle');
    });

    test('the version and its address refer to the content', () => {
      const [name] = Object.keys(build().resource.aws_secretsmanager_secret_version);
      let address = '';
      const seen = referred((stack) => {
        const key = new EncryptionKey(stack, 'Key', { alias: 'cache', description: 'Cache password' });
        const secret = new PasswordSecret(stack, 'Secret', { name: 'a', description: 'A', key });
        address = secret.versionAddress;
        return { id: secret.versionId };
      });
      expect(seen).toEqual({ id: '<aws_secretsmanager_secret_version.version_id>' });
      expect(address).toBe(`aws_secretsmanager_secret_version.${name}.version_id`);
    });
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
    ['password-secret-fields-are-named', { fields: { 'a b': 'c' } }],
    ['password-secret-fields-are-named', { fields: { '1st': 'c' } }],
    ['password-secret-fields-are-named', { fields: { password: 'c' } }],
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
