import { TerraformLocal } from 'cdktf';
import { EphemeralSecretPassword } from '../../../lib/aws/secrets/ephemeral-secret-password';
import { terraform } from '../../support/terraform';

const json = terraform((stack) => {
  const password = new EphemeralSecretPassword(stack, 'Known', { secretId: 'shop/cache', versionId: 'v1' });
  new TerraformLocal(stack, 'used', password.result);
});

test('a version of a secret is read by name and id, and stands in no state', () => {
  expect(Object.keys(json.ephemeral)).toEqual(['aws_secretsmanager_secret_version']);
  expect(Object.values(json.ephemeral.aws_secretsmanager_secret_version)).toEqual([
    { secret_id: 'shop/cache', version_id: 'v1' },
  ]);
  expect(json.resource).toBeUndefined();
  expect(json.data).toBeUndefined();
});

test('its result is the field password of what was read', () => {
  const [name] = Object.keys(json.ephemeral.aws_secretsmanager_secret_version);
  expect(Object.values(json.locals)).toEqual([
    `\${jsondecode(ephemeral.aws_secretsmanager_secret_version.${name}.secret_string).password}`,
  ]);
});

test('it asks for Terraform 1.11, and for no provider beside that of AWS', () => {
  expect(json.terraform.required_version).toBe('>= 1.11.0');
  expect(json.terraform.required_providers?.random).toBeUndefined();
});

test('an override reaches the block', () => {
  const other = terraform((stack) =>
    new EphemeralSecretPassword(stack, 'Known', { secretId: 'shop/cache', versionId: 'v1' }).addOverride('region', 'x'),
  );
  expect(Object.values(other.ephemeral.aws_secretsmanager_secret_version)).toEqual([
    { secret_id: 'shop/cache', version_id: 'v1', region: 'x' },
  ]);
});
