import fc from 'fast-check';
import { contentVersion, PostgresSecret, type PostgresSecretProps } from '../../../lib/aws/database/postgres-secret';
import { EphemeralPassword } from '../../../lib/aws/secrets/ephemeral-password';
import { Duration } from '../../../lib/units';
import { onlyResource, terraform } from '../../support/terraform';

const synth = (parts: Partial<PostgresSecretProps> = {}) =>
  terraform((stack) => {
    new PostgresSecret(stack, 'Secret', {
      name: 'acgs/main/auth-service',
      description: 'a role',
      keyArn: 'arn:aws:kms:us-west-2:111122223333:key/k',
      password: new EphemeralPassword(stack, 'Password'),
      contentVersion: 7,
      connection: { host: 'db.example.com', port: 5439, databaseName: 'acgs', username: 'auth-service' },
      recoveryWindow: Duration.days(30),
      replicas: [],
      ...parts,
    });
  });

test('the content is write-only and says all a client needs', () => {
  const json = synth();
  const { secret_string_wo: content, ...version } = onlyResource(json, 'aws_secretsmanager_secret_version');
  const [password] = Object.keys(json.ephemeral.random_password);
  expect(content).toBe(
    '${jsonencode({"engine" = "postgres", "host" = "db.example.com", "port" = 5439, "username" = "auth-service", ' +
      `"password" = ephemeral.random_password.${password}.result, "dbname" = "acgs"})}`,
  );
  expect(version).toMatchObject({ secret_string_wo_version: 7 });
  expect(version).not.toHaveProperty('secret_string');
  expect(version).not.toHaveProperty('lifecycle');
});

test('the secret has its declared name, a key and time to be restored', () => {
  expect(onlyResource(synth(), 'aws_secretsmanager_secret')).toMatchObject({
    name: 'acgs/main/auth-service',
    kms_key_id: 'arn:aws:kms:us-west-2:111122223333:key/k',
    recovery_window_in_days: 30,
  });
  expect(onlyResource(synth(), 'aws_secretsmanager_secret')).not.toHaveProperty('replica');
});

test('copies name their region and a key there', () => {
  const json = synth({ replicas: [{ region: 'us-east-1', keyArn: 'arn:there' }] });
  expect(onlyResource(json, 'aws_secretsmanager_secret').replica).toEqual([
    { region: 'us-east-1', kms_key_id: 'arn:there' },
  ]);
});

test('what renews it is an address without braces, as Terraform wants it there', () => {
  const json = synth({ renewedBy: ['aws_db_instance.x.resource_id'] });
  expect(onlyResource(json, 'aws_secretsmanager_secret_version').lifecycle).toEqual({
    replace_triggered_by: ['aws_db_instance.x.resource_id'],
  });
});

describe('the version of a content', () => {
  const fact = fc.oneof(fc.string(), fc.integer());

  test('is a number that the provider can hold', () => {
    fc.assert(
      fc.property(fc.array(fact), (facts) => {
        const version = contentVersion(...facts);
        return Number.isInteger(version) && version >= 0 && version < 2 ** 31;
      }),
    );
  });

  test('stays with the facts and changes with each of them', () => {
    expect(contentVersion('main', 5432, 'acgs', 1)).toBe(contentVersion('main', 5432, 'acgs', 1));
    const versions = [
      contentVersion('main', 5432, 'acgs', 1),
      contentVersion('main', 5432, 'acgs', 2),
      contentVersion('main', 5439, 'acgs', 1),
      contentVersion('other', 5432, 'acgs', 1),
      contentVersion('main', 5432, 'alfred', 1),
      contentVersion('acgs', 5432, 'main', 1),
    ];
    expect(new Set(versions).size).toBe(versions.length);
  });

  test('never changes between releases, or every password would be drawn anew', () => {
    // FNV-1a of '["a",1]' is 0x20bdcbb3 by the published algorithm; half of it stands here.
    expect(contentVersion('a', 1)).toBe(274654681);
  });
});
