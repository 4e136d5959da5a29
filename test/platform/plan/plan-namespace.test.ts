import type { VerticalPolicy } from '../../../lib/model';
import { planNamespace } from '../../../lib/platform/plan/plan-namespace';
import { Cpu, Memory } from '../../../lib/units';
import { environment, service } from '../../support/environment';

/** Eight pods at the peak of a rolling update, of 256Mi that may use 512Mi, and a tenth more. */
function quota(controls: 'RequestsOnly' | 'RequestsAndLimits', max: Memory) {
  const vertical: VerticalPolicy = {
    mode: 'Initial',
    containers: [{ container: '*', resources: ['memory'], max: { memory: max }, controls }],
  };
  const place = environment({ caches: [], services: [service('orders', { vertical })] });
  const { requests, limits } = planNamespace('shop', place).quota ?? {};
  return [requests, limits].map((amounts) => `${amounts?.memory}`);
}

const gib = (count: number): string => `${Math.floor((count * 2 ** 30 * 8 * 110) / 100)}`;

test('a request of almost nothing that may grow asks for no more than can be declared', () => {
  const { requests, limits } = service('orders').resources;
  const least = { ...requests, memory: Memory.bytes(1), cpu: Cpu.millis(1) };
  const vertical: VerticalPolicy = {
    mode: 'Initial',
    containers: [
      { container: '*', resources: ['cpu', 'memory'], max: { cpu: Cpu.cores(1_000_000), memory: Memory.gib(2 ** 17) } },
    ],
  };
  const place = environment({ services: [service('orders', { vertical, resources: { requests: least, limits } })] });
  expect(() => planNamespace('shop', place)).not.toThrow();
});

test.each([
  { it: 'limits follow requests in their ratio', controls: 'RequestsAndLimits', max: 1, expected: [1, 2] },
  { it: 'limits that stay hold requests back', controls: 'RequestsOnly', max: 1, expected: [0.5, 0.5] },
  { it: 'limits that stay leave room below them', controls: 'RequestsOnly', max: 0.375, expected: [0.375, 0.5] },
  { it: 'limits that stay are reached exactly', controls: 'RequestsOnly', max: 0.5, expected: [0.5, 0.5] },
] as const)('where a vertical autoscaler raises requests, $it', ({ controls, max, expected }) => {
  const bytes = quota(controls, Memory.gib(max)).map((amount) => `${Memory.parse(amount).inBytes}`);
  expect(bytes).toEqual(expected.map(gib));
});
