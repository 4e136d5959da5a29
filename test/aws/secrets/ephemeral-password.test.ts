import { TerraformLocal } from 'cdktf';
import { EphemeralPassword } from '../../../lib/aws/secrets/ephemeral-password';
import { terraform } from '../../support/terraform';

const passwords = (names: readonly string[]) =>
  terraform((stack) => {
    for (const name of names) new TerraformLocal(stack, `use-${name}`, new EphemeralPassword(stack, name).result);
  });

test('a password is an ephemeral resource, so that it is in no state', () => {
  const json = passwords(['one']);
  expect(Object.values(json.ephemeral.random_password)).toEqual([{ length: 40, special: false }]);
  expect(json.resource).toBeUndefined();
});

test('its result refers to the block by the name it has there', () => {
  const json = passwords(['one']);
  const [name] = Object.keys(json.ephemeral.random_password);
  expect(Object.values(json.locals)).toEqual([`\${ephemeral.random_password.${name}.result}`]);
});

test('two passwords of a stack stand side by side and share provider and version', () => {
  const json = passwords(['one', 'two']);
  expect(Object.keys(json.ephemeral.random_password)).toHaveLength(2);
  expect(json.terraform.required_version).toBe('>= 1.11.0');
  expect(json.terraform.required_providers.random).toEqual({ source: 'hashicorp/random', version: '3.7.2' });
});

test('a name stays when another password is added', () => {
  const [alone] = Object.keys(passwords(['one']).ephemeral.random_password);
  expect(Object.keys(passwords(['zero', 'one']).ephemeral.random_password)).toContain(alone);
});

test('an override reaches the block', () => {
  const json = terraform((stack) => new EphemeralPassword(stack, 'one').addOverride('length', 64));
  expect(Object.values(json.ephemeral.random_password)).toEqual([{ length: 64, special: false }]);
});
