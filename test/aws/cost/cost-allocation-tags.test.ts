import { COST_ALLOCATION_TAG_CHECKS, CostAllocationTags } from '../../../lib/aws/cost/cost-allocation-tags';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, resources, terraform } from '../../support/terraform';

const synth = (keys: readonly string[]): Block =>
  terraform((stack) => {
    new CostAllocationTags(stack, 'Tags', { keys });
  });

test('each key is made to count', () => {
  const tags = resources(synth(['platform', 'environment']), 'aws_ce_cost_allocation_tag');
  expect(tags).toEqual([
    expect.objectContaining({ tag_key: 'environment', status: 'Active' }),
    expect.objectContaining({ tag_key: 'platform', status: 'Active' }),
  ]);
});

test('another order is the same', () => {
  expect(synth(['b', 'a']).resource).toEqual(synth(['a', 'b']).resource);
});

const broken: readonly (readonly [string, readonly string[]])[] = [
  ['cost-allocation-keys-are-allowed', ['aws:createdBy']],
  ['cost-allocation-keys-are-allowed', ['']],
  ['cost-allocation-keys-are-allowed', ['a'.repeat(129)]],
  ['cost-allocation-keys-are-distinct', []],
  ['cost-allocation-keys-are-distinct', ['a', 'a']],
  ['cost-allocation-keys-are-distinct', Array.from({ length: 501 }, (_, index) => `k${index}`)],
];

describe('checks', () => {
  test.each(broken)('%s', (check, keys) => {
    expect(ids(CostAllocationTags.inspect('test', { keys }))).toEqual([check]);
    expect(refused(() => synth(keys))).toEqual([check]);
  });

  test('the most and the longest are fine', () => {
    const keys = Array.from({ length: 500 }, (_, index) => `k${index}`);
    expect(CostAllocationTags.inspect('test', { keys })).toEqual([]);
    expect(CostAllocationTags.inspect('test', { keys: ['a'.repeat(128)] })).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(COST_ALLOCATION_TAG_CHECKS));
  });
});
