import { footprint, peakPods, total } from '../../../lib/model/service/footprint';
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

test('a footprint is the sum over its pods', () => {
  const small = footprint(3, { requests: amounts(200, 256), limits: amounts(800, 512) });
  const large = footprint(2, { requests: amounts(1000, 2048), limits: amounts(4000, 8192) });
  expect(text(small)).toEqual(['3', '600m', '768Mi', '2400m', '1536Mi']);
  expect(text(total([small, large]))).toEqual(['5', '2600m', '4864Mi', '10400m', '17920Mi']);
});

test('nothing sums up to nothing', () => expect(text(total([]))).toEqual(['0', '0', '0', '0', '0']));
