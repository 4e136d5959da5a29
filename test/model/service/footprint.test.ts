import { following, footprint, peakPods, total } from '../../../lib/model/service/footprint';
import { Cpu, Memory } from '../../../lib/units';

const amounts = (cpu: number, mib: number) => ({
  cpu: Cpu.millis(cpu),
  memory: Memory.mib(mib),
  ephemeralStorage: Memory.gib(1),
});
const text = ({ pods, requests, limits }: ReturnType<typeof total>) =>
  [pods, requests.cpu, requests.memory, limits.cpu, limits.memory].map(String);

test.each([
  { max: 1, pods: 2 },
  { max: 4, pods: 5 },
  { max: 5, pods: 7 },
  { max: 10, pods: 13 },
  { max: 15, pods: 19 },
])('a rolling update of $max pods needs room for $pods', ({ max, pods }) => expect(peakPods(max)).toBe(pods));

test.each([Number.NaN, Number.POSITIVE_INFINITY, 2.5, -1])('a maximum of %p counts as none', (max) =>
  expect(peakPods(max)).toBe(0),
);

test.each([
  { max: 9999, pods: 12_499 },
  { max: 10_000, pods: 12_500 },
  { max: 10_001, pods: 0 },
])('a maximum of $max counts as $pods: no policy may ask for more than 10000', ({ max, pods }) =>
  expect(peakPods(max)).toBe(pods),
);

test('memory beyond what can be declared counts as the most that can', () => {
  const huge = { ...amounts(1000, 1), memory: Memory.gib(2 ** 17) };
  expect(text(footprint(12_500, { requests: amounts(1000, 1), limits: huge }))).toEqual([
    '12500',
    '12500',
    '12500Mi',
    '12500',
    '128Ti',
  ]);
});

test('a footprint is the sum over its pods', () => {
  const small = footprint(3, { requests: amounts(200, 256), limits: amounts(800, 512) });
  const large = footprint(2, { requests: amounts(1000, 2048), limits: amounts(4000, 8192) });
  expect(text(small)).toEqual(['3', '600m', '768Mi', '2400m', '1536Mi']);
  expect(text(total([small, large]))).toEqual(['5', '2600m', '4864Mi', '10400m', '17920Mi']);
});

test('nothing sums up to nothing', () => expect(text(total([]))).toEqual(['0', '0', '0', '0', '0']));

describe('limits follow a request that grew', () => {
  test.each([
    { it: 'in its ratio', limit: 512, to: 1024, from: 256, expected: '2Gi' },
    { it: 'rounded down to a whole byte', limit: 100, to: 200, from: 300, expected: '69905066' },
    { it: 'no further than what can be declared', limit: 2 ** 26, to: 2 ** 27, from: 1, expected: '128Ti' },
  ])('$it', ({ limit, to, from, expected }) => {
    expect(`${following.memory(Memory.mib(limit), Memory.mib(to), Memory.mib(from))}`).toBe(expected);
  });

  test.each([
    { it: 'in its ratio', limit: 800, to: 1000, from: 200, expected: '4' },
    { it: 'rounded down to a millicore', limit: 100, to: 200, from: 300, expected: '66m' },
    { it: 'no further than what can be declared', limit: 800, to: 1_000_000_000, from: 1, expected: '1000000' },
  ])('of processor time $it', ({ limit, to, from, expected }) => {
    expect(`${following.cpu(Cpu.millis(limit), Cpu.millis(to), Cpu.millis(from))}`).toBe(expected);
  });
});
