import fc from 'fast-check';
import type { Check } from '../../../lib/check';
import type { CustomMetric, Resources, ScalingMetric, ScalingPolicy } from '../../../lib/model';
import { CUSTOM_METRIC_CHECKS } from '../../../lib/model/scaling/custom-metric';
import { SCALING_BEHAVIOR_CHECKS, SCALING_STEP_CHECKS } from '../../../lib/model/scaling/scaling-behavior-checks';
import { inspectScaling, SCALING_CHECKS } from '../../../lib/model/scaling/scaling-checks';
import { SCALING_METRIC_CHECKS } from '../../../lib/model/scaling/scaling-metric-checks';
import { Cpu, Memory, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { policies } from '../../support/policies';

const cpu: ScalingMetric = { on: 'cpu', utilization: Percent.of(70) };
const memory: ScalingMetric = { on: 'memory', utilization: Percent.of(80) };
const requests: CustomMetric = { name: 'http_requests_per_second', series: 'acgs_requests_total' };
const gauge: CustomMetric = { name: 'queue_messages_ready', series: 'queue_messages_ready', kind: 'gauge' };
const queue: CustomMetric = { ...gauge, combine: 'max' };
const external = (custom: CustomMetric): Partial<ScalingPolicy> => ({
  metrics: [{ on: 'external', metric: custom, target: { average: 30 } }],
});
const latency: CustomMetric = {
  name: 'p99_latency_seconds',
  series: 'acgs_request_duration_seconds_bucket',
  kind: 'quantile',
  quantile: Percent.of(99),
};

const sound: ScalingPolicy = { min: 2, max: 10, metrics: [cpu] };

const amounts = (cores: Cpu, bytes: Memory) => ({ cpu: cores, memory: bytes, ephemeralStorage: Memory.gib(1) });

/** A container that may use as much memory over its request as given. */
const withMemory = (request: Memory, limit: Memory, cores: Cpu = Cpu.millis(500)): Resources => ({
  requests: amounts(cores, request),
  limits: amounts(cores, limit),
});

const found = (policy: Partial<ScalingPolicy>, resources?: Resources, version?: string) =>
  inspectScaling('shop/Scaling', { ...sound, ...policy }, resources, version);

const metric = (custom: Partial<CustomMetric>) => ({
  metrics: [{ on: 'pods' as const, metric: { ...requests, ...custom }, average: 500 }],
});
const queueOf = (selector: Record<string, string>) => ({
  metrics: [{ on: 'external' as const, metric: queue, selector, target: { average: 30 } }],
});
const object = (apiVersion: string, kind: string, name: string) => ({
  metrics: [{ on: 'object' as const, metric: requests, object: { apiVersion, kind, name }, target: { value: 1 } }],
});
const step = (change: number, periodSeconds: number, type: 'Pods' | 'Percent' = 'Percent') => ({
  scaleUp: { steps: [{ type, change, periodSeconds }] },
});

interface Row {
  readonly it: string;
  readonly policy: Partial<ScalingPolicy>;
  readonly resources?: Resources;
  readonly version?: string;
  readonly finds?: readonly string[];
}

const ROWS: readonly Row[] = [
  { it: 'a plain policy is sound', policy: {} },

  { it: 'no pods', policy: { min: 0 }, finds: ['scaling-min-is-in-range'] },
  { it: 'half a pod', policy: { min: 2.5 }, finds: ['scaling-min-is-in-range'] },
  {
    it: 'a minimum that is no number',
    policy: { min: Number.NaN },
    finds: ['scaling-min-is-in-range', 'scaling-min-is-at-most-max'],
  },
  { it: 'one pod works, and each drain is an outage', policy: { min: 1 }, finds: ['scaling-survives-a-drain'] },
  { it: 'two pods survive a drain', policy: { min: 2 } },
  { it: 'ten thousand pods', policy: { min: 9999, max: 10_000 } },
  { it: 'one more than ten thousand', policy: { max: 10_001 }, finds: ['scaling-max-is-in-range'] },
  {
    it: 'a maximum that is no number',
    policy: { max: Number.NaN },
    finds: ['scaling-max-is-in-range', 'scaling-min-is-at-most-max'],
  },
  { it: 'bounds one apart', policy: { min: 2, max: 3 } },
  { it: 'equal bounds', policy: { min: 3, max: 3 }, finds: ['scaling-has-room-to-move'] },
  { it: 'crossed bounds', policy: { min: 4, max: 3 }, finds: ['scaling-min-is-at-most-max'] },

  { it: 'no metric', policy: { metrics: [] }, finds: ['scaling-has-a-metric'] },
  {
    it: 'one measure twice',
    policy: { metrics: [cpu, { on: 'cpu', utilization: Percent.of(50) }] },
    finds: ['scaling-metrics-are-distinct'],
  },
  { it: 'share and amount of one resource', policy: { metrics: [cpu, { on: 'cpu', average: Cpu.millis(500) }] } },
  { it: 'cpu and memory', policy: { metrics: [cpu, memory] } },
  {
    it: 'one metric of two queues',
    policy: { metrics: [...queueOf({ queue: 'a' }).metrics, ...queueOf({ queue: 'b' }).metrics] },
  },
  {
    it: 'one metric of one queue twice, its labels in another order',
    policy: {
      metrics: [...queueOf({ queue: 'a', vhost: 'b' }).metrics, ...queueOf({ vhost: 'b', queue: 'a' }).metrics],
    },
    finds: ['scaling-metrics-are-distinct'],
  },
  {
    it: 'two containers',
    policy: {
      metrics: ['app', 'proxy'].map((container) => ({
        on: 'container',
        container,
        resource: 'cpu',
        utilization: Percent.of(60),
      })),
    },
  },

  { it: 'a target of 1 %', policy: { metrics: [{ on: 'cpu', utilization: Percent.of(1) }] } },
  {
    it: 'a target above 100 %, which a request allows',
    policy: { metrics: [{ on: 'cpu', utilization: Percent.of(150) }] },
  },
  {
    it: 'a target of 0 %',
    policy: { metrics: [{ on: 'cpu', utilization: Percent.of(0) }] },
    finds: ['scaling-utilization-is-whole-percent'],
  },
  {
    it: 'a target with a fraction',
    policy: { metrics: [{ on: 'cpu', utilization: Percent.of(62.5) }] },
    finds: ['scaling-utilization-is-whole-percent'],
  },
  {
    it: 'no millicores',
    policy: { metrics: [{ on: 'cpu', average: Cpu.millis(0) }] },
    finds: ['scaling-target-is-positive'],
  },
  {
    it: 'no bytes',
    policy: { metrics: [{ on: 'memory', average: Memory.bytes(0) }] },
    finds: ['scaling-target-is-positive'],
  },
  ...[0, -1, Number.NaN, 0.0004, 0.0015, Number.POSITIVE_INFINITY, 1e13].map((average) => ({
    it: `a custom target of ${average}`,
    policy: { metrics: [{ on: 'pods' as const, metric: requests, average }] },
    finds: ['scaling-target-is-positive'],
  })),
  ...[0.001, 0.1 + 0.2, 500, 1e9 + 0.001].map((average) => ({
    it: `a custom target of ${average} is sound`,
    policy: { metrics: [{ on: 'pods' as const, metric: requests, average }] },
  })),
  {
    it: 'nothing as the value of an object',
    policy: { metrics: [{ ...object('v1', 'Service', 'shop').metrics[0], target: { value: 0 } } as ScalingMetric] },
    finds: ['scaling-target-is-positive'],
  },
  {
    it: 'nothing as the average of a queue',
    policy: { metrics: [{ on: 'external', metric: queue, target: { average: 0 } }] },
    finds: ['scaling-target-is-positive'],
  },
  {
    it: 'a gauge outside the workload that may be exported by every pod',
    policy: external(gauge),
    finds: ['scaling-external-gauge-says-how-to-combine'],
  },
  { it: 'the largest of such gauges', policy: external({ ...gauge, combine: 'max' }) },
  { it: 'the sum of such gauges, said aloud', policy: external({ ...gauge, combine: 'sum' }) },
  { it: 'the sum of rates outside the workload', policy: external(requests) },
  { it: 'a gauge of the pods themselves', policy: metric({ series: 'depth', kind: 'gauge' }) },
  {
    it: 'a container without a name',
    policy: { metrics: [{ on: 'container', container: '', resource: 'cpu', utilization: Percent.of(60) }] },
    finds: ['scaling-container-is-named'],
  },
  { it: 'an object of the core API', policy: object('v1', 'Service', 'shop') },
  { it: 'an object of a group', policy: object('networking.k8s.io/v1', 'Ingress', 'shop.example') },
  {
    it: 'an object without a version',
    policy: object('networking.k8s.io', 'Ingress', 'shop'),
    finds: ['scaling-object-is-named'],
  },
  {
    it: 'an object of a resource instead of a kind',
    policy: object('v1', 'services', 'shop'),
    finds: ['scaling-object-is-named'],
  },
  { it: 'an object without a name', policy: object('v1', 'Service', ''), finds: ['scaling-object-is-named'] },
  { it: 'a queue by its labels', policy: queueOf({ queue: 'alfred-tasks' }) },
  {
    it: 'a selector that Prometheus cannot have',
    policy: queueOf({ 'app.kubernetes.io/name': 'a' }),
    finds: ['scaling-selector-matches-labels'],
  },
  { it: 'a selector of 63 characters', policy: queueOf({ queue: 'a'.repeat(63) }) },
  {
    it: 'a selector of 64 characters',
    policy: queueOf({ queue: 'a'.repeat(64) }),
    finds: ['scaling-selector-matches-labels'],
  },
  { it: 'a selector that is a pattern', policy: queueOf({ queue: 'a.*' }), finds: ['scaling-selector-matches-labels'] },

  { it: 'a metric without a name', policy: metric({ name: '' }), finds: ['metric-name-is-a-path-segment'] },
  { it: 'a metric with a slash', policy: metric({ name: 'a/b' }), finds: ['metric-name-is-a-path-segment'] },
  { it: 'a metric of 253 characters', policy: metric({ name: 'a'.repeat(253) }) },
  {
    it: 'a metric of 254 characters',
    policy: metric({ name: 'a'.repeat(254) }),
    finds: ['metric-name-is-a-path-segment'],
  },
  {
    it: 'a series with conditions',
    policy: metric({ series: 'a_total{b="c"}' }),
    finds: ['metric-series-is-a-prometheus-name', 'metric-kind-fits-series'],
  },
  {
    it: 'a label with a hyphen',
    policy: metric({ labels: { 'a-b': 'c' } }),
    finds: ['metric-labels-are-prometheus-labels'],
  },
  {
    it: "a label value that is the adapter's own",
    policy: metric({ labels: { a: '<<.Series>>' } }),
    finds: ['metric-labels-are-prometheus-labels'],
  },
  { it: 'a label with any other value', policy: metric({ labels: { path: '/"a"\\b' } }) },
  {
    it: 'a window of 14 s',
    policy: metric({ windowSeconds: 14 }),
    finds: ['metric-window-is-in-range', 'metric-window-holds-four-scrapes'],
  },
  { it: 'a window of 15 s', policy: metric({ windowSeconds: 15 }), finds: ['metric-window-holds-four-scrapes'] },
  { it: 'a window of 59 s', policy: metric({ windowSeconds: 59 }), finds: ['metric-window-holds-four-scrapes'] },
  { it: 'a window of 60 s', policy: metric({ windowSeconds: 60 }) },
  { it: 'a window of an hour', policy: metric({ windowSeconds: 3600 }) },
  {
    it: 'a window of more than an hour',
    policy: metric({ windowSeconds: 3601 }),
    finds: ['metric-window-is-in-range'],
  },
  {
    it: 'a window that is no number',
    policy: metric({ windowSeconds: Number.NaN }),
    finds: ['metric-window-is-in-range'],
  },
  {
    it: 'a gauge, whose window does not matter',
    policy: metric({ series: 'depth', kind: 'gauge', windowSeconds: 15 }),
  },
  { it: 'the rate of a gauge', policy: metric({ series: 'queue_length' }), finds: ['metric-kind-fits-series'] },
  { it: 'the value of a counter', policy: metric({ kind: 'gauge' }), finds: ['metric-kind-fits-series'] },
  { it: 'a recorded rate', policy: metric({ series: 'shop:requests:rate1m', kind: 'gauge' }) },
  { it: 'a quantile', policy: { metrics: [{ on: 'pods', metric: latency, average: 0.005 }] } },
  {
    it: 'a quantile of no buckets',
    policy: metric({ ...latency, series: 'duration_seconds' }),
    finds: ['metric-quantile-reads-buckets'],
  },
  {
    it: 'a quantile of nothing',
    policy: metric({ ...latency, quantile: Percent.of(0) }),
    finds: ['metric-quantile-is-given'],
  },
  {
    it: 'a quantile of all',
    policy: metric({ ...latency, quantile: Percent.of(100) }),
    finds: ['metric-quantile-is-given'],
  },
  { it: 'a quantile of a rate', policy: metric({ quantile: Percent.of(99) }), finds: ['metric-quantile-is-given'] },
  {
    it: 'a quantile of maxima',
    policy: metric({ ...latency, combine: 'max' }),
    finds: ['metric-quantile-adds-buckets'],
  },

  {
    it: 'no pod at most',
    policy: { min: 1, max: 0 },
    finds: ['scaling-max-is-in-range', 'scaling-min-is-at-most-max', 'scaling-survives-a-drain'],
  },
  { it: 'a mean of one byte', policy: { metrics: [{ on: 'memory', average: Memory.bytes(1) }] } },
  { it: 'a mean of two bytes', policy: { metrics: [{ on: 'memory', average: Memory.bytes(2) }] } },
  {
    it: 'a mean of no bytes',
    policy: { metrics: [{ on: 'memory', average: Memory.bytes(0) }] },
    finds: ['scaling-target-is-positive'],
  },
  { it: 'no stabilization', policy: { scaleUp: { stabilizationSeconds: 0 } } },
  { it: 'an hour of stabilization', policy: { scaleDown: { stabilizationSeconds: 3600 } } },
  ...[-1, 3601, 0.5, Number.NaN].map((stabilizationSeconds) => ({
    it: `${stabilizationSeconds} s of stabilization`,
    policy: { scaleDown: { stabilizationSeconds } },
    finds: ['scaling-stabilization-is-in-range'],
  })),
  { it: 'no steps at all', policy: { scaleUp: { steps: [] } }, finds: ['scaling-steps-are-declared-or-left-out'] },
  { it: 'a direction that is forbidden', policy: { scaleDown: { select: 'Disabled' } } },
  { it: 'a step of one', policy: step(1, 1, 'Pods') },
  { it: 'a step of 1000 %', policy: step(1000, 1800) },
  ...[0, -1, 1.5, Number.NaN].map((change) => ({
    it: `a step of ${change}`,
    policy: step(change, 60),
    finds: ['scaling-change-moves-a-pod'],
  })),
  ...[0, 1801, 1.5, Number.NaN].map((period) => ({
    it: `a period of ${period} s`,
    policy: step(10, period),
    finds: ['scaling-period-is-in-range'],
  })),
  { it: 'a tolerance', policy: { scaleUp: { tolerance: Percent.of(5) } } },
  {
    it: 'a tolerance of everything',
    policy: { scaleDown: { tolerance: Percent.of(100) } },
    finds: ['scaling-tolerance-leaves-a-target'],
  },
  { it: 'a tolerance just below', policy: { scaleDown: { tolerance: Percent.of(99.99) } } },
  {
    it: 'a tolerance on 1.34',
    policy: { scaleUp: { tolerance: Percent.of(5) } },
    version: '1.34',
    finds: ['scaling-tolerance-is-known'],
  },
  { it: 'no tolerance on 1.34', policy: { scaleUp: { select: 'Min' } }, version: '1.34' },

  {
    it: 'memory with a limit of 1.5 requests',
    policy: { metrics: [memory] },
    resources: withMemory(Memory.mib(512), Memory.mib(768)),
  },
  {
    it: 'memory with a limit just above',
    policy: { metrics: [memory] },
    resources: withMemory(Memory.mib(512), Memory.mib(769)),
    finds: ['scaling-memory-target-is-reachable'],
  },
  {
    it: "a container's memory likewise",
    policy: { metrics: [{ on: 'container', container: 'app', resource: 'memory', utilization: Percent.of(80) }] },
    resources: withMemory(Memory.mib(256), Memory.gib(1)),
    finds: ['scaling-memory-target-is-reachable'],
  },
  {
    it: 'an amount of memory, which no request moves',
    policy: { metrics: [{ on: 'memory', average: Memory.gib(1) }] },
    resources: withMemory(Memory.mib(256), Memory.gib(1)),
  },
  { it: 'cpu with a burst of memory', policy: {}, resources: withMemory(Memory.mib(256), Memory.gib(1)) },
  {
    it: 'a share of no request',
    policy: {},
    resources: withMemory(Memory.mib(256), Memory.mib(256), Cpu.millis(0)),
    finds: ['scaling-utilization-has-a-request'],
  },
  {
    it: 'a share of the least processor time',
    policy: {},
    resources: withMemory(Memory.mib(256), Memory.mib(256), Cpu.millis(1)),
  },
  {
    it: 'a share of the least memory',
    policy: { metrics: [memory] },
    resources: withMemory(Memory.bytes(1), Memory.bytes(1)),
  },
  {
    it: 'a share of no memory',
    policy: { metrics: [memory] },
    resources: withMemory(Memory.bytes(0), Memory.bytes(0)),
    finds: ['scaling-utilization-has-a-request'],
  },
  {
    it: 'an amount without a request',
    policy: { metrics: [{ on: 'cpu', average: Cpu.millis(500) }] },
    resources: withMemory(Memory.mib(256), Memory.mib(256), Cpu.millis(0)),
  },
];

const TABLES: readonly (readonly Check<never>[])[] = [
  SCALING_CHECKS,
  SCALING_METRIC_CHECKS,
  CUSTOM_METRIC_CHECKS,
  SCALING_BEHAVIOR_CHECKS,
  SCALING_STEP_CHECKS,
];

describe('inspectScaling', () => {
  test.each(ROWS)('$it', ({ policy, resources, version, finds }) => {
    expect(ids(found(policy, resources, version))).toEqual(finds ?? []);
  });

  test('every check has a failing row', () => {
    expect([...new Set(ROWS.flatMap(({ finds }) => finds ?? []))].sort()).toEqual(allIds(...TABLES));
  });

  test('warns about what works and is unwise, and refuses the rest', () => {
    const warnings = TABLES.flat().filter(({ severity }) => severity === 'warning');

    expect(warnings.map(({ id }) => id).sort()).toEqual([
      'metric-kind-fits-series',
      'metric-window-holds-four-scrapes',
      'scaling-external-gauge-says-how-to-combine',
      'scaling-has-room-to-move',
      'scaling-memory-target-is-reachable',
      'scaling-survives-a-drain',
      'scaling-tolerance-is-known',
    ]);
  });

  test('says all at once, each with its place', () => {
    const places = found({
      min: 0,
      metrics: [cpu, { on: 'pods', metric: { ...requests, windowSeconds: 5 }, average: 0 }],
      scaleUp: { stabilizationSeconds: -1 },
      scaleDown: {
        steps: [
          { type: 'Pods', change: 1, periodSeconds: 60 },
          { type: 'Pods', change: 0, periodSeconds: 0 },
        ],
      },
    }).map(({ path, prop, received }) => [path, prop, received]);

    expect(places).toEqual([
      ['shop/Scaling', 'min', '0'],
      ['shop/Scaling', 'metrics[1].average', '0'],
      ['shop/Scaling', 'metrics[1].metric.windowSeconds', '5'],
      ['shop/Scaling', 'metrics[1].metric.windowSeconds', '5'],
      ['shop/Scaling', 'scaleUp.stabilizationSeconds', '-1'],
      ['shop/Scaling', 'scaleDown.steps[1].change', '0'],
      ['shop/Scaling', 'scaleDown.steps[1].periodSeconds', '0'],
    ]);
  });

  // T-06, with the auth service of document 001: 256 MiB requested, 1 GiB allowed, a target of 70 %
  test('shows the arithmetic of a memory target that pins a workload at max', () => {
    const [finding] = found(
      { metrics: [{ on: 'memory', utilization: Percent.of(70) }] },
      withMemory(Memory.mib(256), Memory.gib(1)),
    );

    expect(finding).toMatchObject({ severity: 'warning', received: 'limit 1Gi to request 256Mi' });
    expect(finding?.rule).toContain('70 % of the memory request: that is 179.2 MiB of 256Mi');
    expect(finding?.rule).toContain('the limit of 1Gi lets each pod reach 400 %');
  });

  test('says what the value of a counter and the rate of a gauge should be instead', () => {
    const rules = [found(metric({ kind: 'gauge' })), found(metric({ series: 'queue_length' }))]
      .flat()
      .map(({ rule }) => rule);

    expect(rules[0]).toContain('should be rate: acgs_requests_total');
    expect(rules[1]).toContain('should be gauge: queue_length');
  });

  test('never throws, whatever the numbers', () => {
    const numbers = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(numbers, numbers, numbers, numbers, (min, max, average, seconds) => {
        expect(() =>
          found({
            min,
            max,
            metrics: [{ on: 'pods', metric: { ...requests, windowSeconds: seconds }, average }],
            scaleUp: {
              stabilizationSeconds: seconds,
              steps: [{ type: 'Pods', change: average, periodSeconds: seconds }],
            },
          }),
        ).not.toThrow();
      }),
    );
  });

  test('has nothing to refuse in any sound policy', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        expect(inspectScaling('p', policy).filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
    );
  });
});
