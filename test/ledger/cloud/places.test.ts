import { readTerraform, type TerraformBlock } from '../../../lib/ledger';
import { placesOf } from '../../../lib/ledger/cloud/places';

const blocksOf = (file: string, root: object): readonly TerraformBlock[] =>
  readTerraform(file, JSON.stringify(root)).blocks;

const ref = (to: string): string => `\${${to}}`;
const eip = (name: string, more: object = {}) => ({ resource: { aws_eip: { [name]: { domain: 'vpc', ...more } } } });
const aws = (...providers: readonly object[]) => ({ provider: { aws: providers } });
const WEST = { region: 'us-west-2', allowed_account_ids: ['111111111111'] };
const EAST = { alias: 'east', region: 'us-east-1', allowed_account_ids: ['222222222222'] };

const placeOf = (blocks: readonly TerraformBlock[], name: string): string => {
  const block = blocks.find((one) => one.name === name);
  if (block === undefined) throw new Error(`no ${name}`);
  return placesOf(blocks).of(block);
};

test.each<[string, object, object, string]>([
  ['that of its provider', aws(WEST), {}, 'us-west-2 of 111111111111'],
  ['that of the provider it names', aws(WEST, EAST), { provider: 'aws.east' }, 'us-east-1 of 222222222222'],
  ['the same as an expression', aws(WEST, EAST), { provider: ref('aws.east') }, 'us-east-1 of 222222222222'],
  ['the default one, whichever comes first', aws(EAST, WEST), {}, 'us-west-2 of 111111111111'],
  ['its own before that of its provider', aws(WEST), { region: 'eu-west-1' }, 'eu-west-1 of 111111111111'],
  [
    'the account of the role that is taken',
    aws({ region: 'us-west-2', assume_role: [{ role_arn: 'arn:aws:iam::333333333333:role/deploy' }] }),
    {},
    'us-west-2 of 333333333333',
  ],
  ['nothing that is not written', aws({ region: ref('var.region') }), {}, ''],
  ['nowhere without a provider', {}, {}, ''],
])('a block stands in %s', (_, providers, more, expected) => {
  expect(placeOf(blocksOf('shop.tf.json', { ...providers, ...eip('a', more) }), 'a')).toBe(expected);
});

test('a stack without a provider stands where all others do, and nowhere if they differ', () => {
  const alone = blocksOf('other.tf.json', eip('a'));
  const west = blocksOf('shop.tf.json', { ...aws(WEST), ...eip('b') });
  const east = blocksOf('more.tf.json', { ...aws({ ...EAST, alias: undefined }), ...eip('c') });
  expect(placeOf([...alone, ...west], 'a')).toBe('us-west-2 of 111111111111');
  expect(placeOf([...alone, ...west, ...east], 'a')).toBe('');
  expect(placeOf([...alone, ...west, ...east], 'c')).toBe('us-east-1 of 222222222222');
});
