import { CONSTRAINTS_CHECKS, type ConstraintsSpec, inspectConstraints } from '../../../lib/model';
import { allIds, ids } from '../../support/findings';

const found = (constraints?: ConstraintsSpec) =>
  inspectConstraints('shop/staging', constraints === undefined ? {} : { constraints });

test.each<[string, ConstraintsSpec | undefined]>([
  ['none', undefined],
  ['one', { unique: ['autoscaler-target'] }],
  ['all, with a warning alone', { unique: ['autoscaler-target', 'ingress-host'], mode: 'warn' }],
])('%s is accepted', (_, constraints) => {
  expect(found(constraints)).toEqual([]);
});

const broken: readonly (readonly [check: string, constraints: ConstraintsSpec])[] = [
  ['constraints-name-claims', { unique: [] }],
  ['constraints-name-claims', { unique: ['ingress-host', 'ingress-host'] }],
  ['constraints-name-claims', { unique: ['pod-name' as never] }],
  ['constraints-mode-is-known', { unique: ['ingress-host'], mode: 'block' as never }],
];

test.each(broken)('%s fails (row %#)', (check, constraints) => {
  expect(ids(found(constraints))).toEqual([check]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(CONSTRAINTS_CHECKS));
});
