import { type Check, distinct, inspect, inspectEach, show } from '../../lib/check';
import { Cpu, Memory, Percent } from '../../lib/units';

interface Box {
  readonly size: number;
  readonly label?: string;
}

const CHECKS: readonly Check<Box>[] = [
  {
    id: 'box-holds-something',
    prop: 'size',
    holds: ({ size }) => size >= 1,
    rule: 'must be at least 1',
    remedy: 'use 1',
  },
  {
    id: 'box-is-labelled',
    prop: ({ size }) => `label of box ${size}`,
    holds: ({ label }) => label !== undefined && label !== '',
    rule: ({ size }) => `should be given for size ${size}`,
    received: ({ label }) => label,
    remedy: ({ size }) => `write ${size} on it`,
    severity: 'warning',
  },
];

describe('inspect', () => {
  test('says every broken check once, in the order of the checks, with its place', () => {
    expect(inspect('shop/Box', { size: 0 }, CHECKS)).toEqual([
      {
        check: 'box-holds-something',
        severity: 'error',
        path: 'shop/Box',
        prop: 'size',
        rule: 'must be at least 1',
        received: '0',
        remedy: 'use 1',
      },
      {
        check: 'box-is-labelled',
        severity: 'warning',
        path: 'shop/Box',
        prop: 'label of box 0',
        rule: 'should be given for size 0',
        received: 'nothing',
        remedy: 'write 0 on it',
      },
    ]);
  });

  test('says nothing of a sound subject', () => {
    expect(inspect('shop/Box', { size: 1, label: 'nails' }, CHECKS)).toEqual([]);
  });

  test('a number that is none breaks a positive rule', () => {
    expect(inspect('p', { size: Number.NaN, label: 'x' }, CHECKS).map(({ received }) => received)).toEqual(['NaN']);
  });
});

describe('inspectEach', () => {
  test('each finding names the place of its item', () => {
    const boxes = [{ size: 1, label: 'a' }, { size: 0, label: 'b' }, { size: 2 }];

    const found = inspectEach('shop', 'boxes', boxes, CHECKS);

    expect(found.map(({ check, path, prop }) => [check, path, prop])).toEqual([
      ['box-holds-something', 'shop', 'boxes[1].size'],
      ['box-is-labelled', 'shop', 'boxes[2].label of box 2'],
    ]);
  });
});

test('a finding that two parts report is distinct by path, property and check', () => {
  const [found] = inspect('shop/Box', { size: 0, label: 'x' }, CHECKS);
  if (found === undefined) throw new Error('no finding');
  const others = [
    { ...found, path: 'b' },
    { ...found, prop: 'b' },
    { ...found, check: 'b' },
  ];

  expect(distinct([found, ...others, { ...found }])).toEqual([found, ...others]);
});

describe('show', () => {
  test.each([
    { it: 'nothing', value: undefined, text: 'nothing' },
    { it: 'null', value: null, text: 'null' },
    { it: 'an empty string', value: '', text: 'an empty string' },
    { it: 'a string', value: 'a b', text: 'a b' },
    { it: 'a number', value: 1.5, text: '1.5' },
    { it: 'not a number', value: Number.NaN, text: 'NaN' },
    { it: 'a boolean', value: false, text: 'false' },
    { it: 'an empty list', value: [], text: 'none' },
    { it: 'a list', value: ['a', 1, undefined], text: 'a, 1, nothing' },
    { it: 'a quantity', value: Memory.gib(2), text: '2Gi' },
    { it: 'a list of quantities', value: [Cpu.millis(100), Percent.of(5)], text: '100m, 5%' },
    { it: 'an object', value: { a: 1, b: ['x'] }, text: '{"a":1,"b":["x"]}' },
    { it: 'quantities in an object', value: { min: { cpu: Cpu.millis(100) } }, text: '{"min":{"cpu":"100m"}}' },
    { it: 'an object without a prototype', value: Object.assign(Object.create(null), { a: 1 }), text: '{"a":1}' },
  ])('$it is written as a reader would', ({ value, text }) => {
    expect(show(value)).toBe(text);
  });
});
