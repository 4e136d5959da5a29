import { readAssumptions } from '../../../lib/ledger';

const read = (...texts: readonly string[]) =>
  readAssumptions(texts.map((text, index) => ({ file: `assumptions-${index}.yaml`, text })));

test('what is granted is told by codes, and a later file overrules an earlier one', () => {
  const { assumptions, skipped } = read('quotas: { L-1216C47A: 64, L-34B43A08: 0 }', 'quotas: { L-1216C47A: 256 }');
  expect(skipped).toEqual([]);
  expect([...(assumptions.quotas ?? [])]).toEqual([
    ['L-1216C47A', 256],
    ['L-34B43A08', 0],
  ]);
});

test.each([
  ['no code', 'quotas: { vcpus: 64 }', '/quotas/vcpus'],
  ['a code that is too short', 'quotas: { L-1216: 64 }', '/quotas/L-1216'],
  ['no number', 'quotas: { L-1216C47A: many }', '/quotas/L-1216C47A'],
  ['less than nothing', 'quotas: { L-1216C47A: -1 }', '/quotas/L-1216C47A'],
])('%s is reported, and counts for nothing', (_, text, what) => {
  const { assumptions, skipped } = read(text);
  expect(assumptions.quotas).toBeUndefined();
  expect(skipped.map((one) => one.what)).toEqual([what]);
});
