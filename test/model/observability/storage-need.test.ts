import fc from 'fast-check';
import {
  copiesOf,
  logsNeed,
  logsRoom,
  metricsNeed,
  metricsRoom,
  type ObservabilitySpec,
  observabilityPlan,
  storedPods,
} from '../../../lib/model';
import { Duration, Memory, Percent } from '../../../lib/units';

const spec: ObservabilitySpec = {
  metrics: { series: 100_000, storage: Memory.gib(50) },
  logs: { perDay: Memory.gib(4), storage: Memory.gib(400) },
  traces: { spansPerSecond: 10_000 },
};
const { metrics, logs, traces } = observabilityPlan(spec);
if (logs === undefined || traces === undefined) throw new Error('both are declared');

test('the documented times are the defaults', () => {
  expect(metrics.retention.toDays()).toBe(30);
  expect(logs.retention.toDays()).toBe(90);
  expect(traces.retention.toDays()).toBe(7);
  expect(traces.sampling.toPercent()).toBe(1);
  expect(observabilityPlan({ ...spec, metrics: { ...spec.metrics, longTerm: {} } }).metrics.longTerm).toEqual({
    retention: Duration.days(365),
  });
});

test('samples take two bytes each, every 15 seconds', () => {
  // 100000 * 30 * 86400 / 15 * 2
  expect(metricsNeed(metrics)).toBe(34_560_000_000);
  // four fifths of 50 GiB
  expect(metricsRoom(metrics).inBytes).toBe(42_949_672_960);
});

test('logs are kept a day longer than said, grow by a tenth in the index, and have a copy', () => {
  const gib = 2 ** 30;
  expect(logsNeed(logs)).toBeCloseTo(4 * gib * 91 * 1.1 * 2, -3);
  // a hundredth of 10000 spans a second, of a KiB, for eight days
  expect(logsNeed(logs, traces) - logsNeed(logs)).toBe(100 * 86_400 * 8 * 1024 * 2);
  expect(logsNeed({ ...logs, members: 1 })).toBeCloseTo(4 * gib * 91 * 1.1, -3);
  expect([1, 3].map((members) => copiesOf({ members }))).toEqual([1, 2]);
  expect(logsRoom(logs)).toBeCloseTo(1020 * gib, -3);
});

test('more series, days, lines or spans never need less', () => {
  const amount = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)];
      const of = (n: number) => [
        metricsNeed({ ...metrics, series: n * 1000 }),
        metricsNeed({ ...metrics, retention: Duration.days(n) }),
        logsNeed({ ...logs, perDay: Memory.mib(n) }, traces),
        logsNeed({ ...logs, retention: Duration.days(n) }, traces),
        logsNeed(logs, { ...traces, spansPerSecond: n }),
        logsNeed(logs, { ...traces, sampling: Percent.of(n / 100) }),
      ];
      const [low, high] = [of(less), of(more)];
      return low.every((need, index) => need <= (high[index] ?? 0));
    }),
  );
});

describe('pods with volumes', () => {
  const names = (given: ObservabilitySpec, replicas = 2) =>
    storedPods(observabilityPlan(given), replicas).map(({ name, pods, volume }) => `${pods} ${name} ${volume}`);

  test('are those of what is declared', () => {
    expect(names({ metrics: spec.metrics })).toEqual(['2 prometheus 50Gi']);
    expect(names({ metrics: spec.metrics }, 1)).toEqual(['1 prometheus 50Gi']);
    expect(names({ ...spec, metrics: { ...spec.metrics, longTerm: {} } })).toEqual([
      '2 prometheus 50Gi',
      '2 store-gateway 10Gi',
      '1 compactor 38Gi',
      '3 elasticsearch 400Gi',
    ]);
  });

  test('Prometheus has 2 GiB, and 8 KiB for each series from where that is more', () => {
    const memory = (series: number) =>
      `${storedPods(observabilityPlan({ metrics: { series, storage: Memory.gib(50) } }), 1)[0]?.memory}`;
    // 2 GiB are 262144 series
    expect([1000, 262_144, 262_145, 500_000].map(memory)).toEqual(['2Gi', '2Gi', '2304Mi', '4Gi']);
  });
});
