import fc from 'fast-check';
import type { CustomMetric, ScalingBehavior, ScalingMetric, ScalingPolicy } from '../../lib/model';
import { Cpu, Memory, Percent } from '../../lib/units';

const percent = fc.integer({ min: 1, max: 300 }).map((n) => Percent.of(n));
const milli = fc.integer({ min: 1, max: 10_000_000 }).map((n) => n / 1000);

const custom: fc.Arbitrary<CustomMetric> = fc.record({
  name: fc.stringMatching(/^[a-z][a-z_]{0,20}$/),
  series: fc.stringMatching(/^[a-z]{1,20}_total$/),
  windowSeconds: fc.integer({ min: 60, max: 3600 }),
});

const target = fc.oneof(fc.record({ value: milli }), fc.record({ average: milli }));

const metric: fc.Arbitrary<ScalingMetric> = fc.oneof(
  fc.record({ on: fc.constant('cpu' as const), utilization: percent }),
  fc.record({ on: fc.constant('memory' as const), utilization: percent }),
  fc.record({ on: fc.constant('cpu' as const), average: fc.integer({ min: 1, max: 64_000 }).map(Cpu.millis) }),
  fc.record({ on: fc.constant('memory' as const), average: fc.integer({ min: 1, max: 65_536 }).map(Memory.mib) }),
  fc.record({
    on: fc.constant('container' as const),
    container: fc.stringMatching(/^[a-z]{1,10}$/),
    resource: fc.constantFrom('cpu' as const, 'memory' as const),
    utilization: percent,
  }),
  fc.record({ on: fc.constant('pods' as const), metric: custom, average: milli }),
  fc.record({
    on: fc.constant('object' as const),
    metric: custom,
    object: fc.record({
      apiVersion: fc.constantFrom('v1', 'networking.k8s.io/v1'),
      kind: fc.constantFrom('Service', 'Ingress'),
      name: fc.stringMatching(/^[a-z]{1,10}$/),
    }),
    target,
  }),
  fc.record({
    on: fc.constant('external' as const),
    metric: custom,
    selector: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.stringMatching(/^[a-z]{1,5}$/), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    target,
  }),
);

const behavior: fc.Arbitrary<ScalingBehavior> = fc.record(
  {
    stabilizationSeconds: fc.integer({ min: 0, max: 3600 }),
    steps: fc.array(
      fc.record({
        type: fc.constantFrom('Pods' as const, 'Percent' as const),
        change: fc.integer({ min: 1, max: 1000 }),
        periodSeconds: fc.integer({ min: 1, max: 1800 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    select: fc.constantFrom('Max' as const, 'Min' as const, 'Disabled' as const),
    tolerance: fc.integer({ min: 0, max: 99 }).map(Percent.of),
  },
  { requiredKeys: [] },
);

/** What two metrics must not share. */
const identity = (of: ScalingMetric): string =>
  'metric' in of ? of.metric.name : `${of.on}${'container' in of ? of.container + of.resource : ''}`;

/** Policies that Kubernetes accepts, from the plainest to the richest. */
export const policies: fc.Arbitrary<ScalingPolicy> = fc
  .record(
    {
      min: fc.integer({ min: 1, max: 100 }),
      more: fc.integer({ min: 0, max: 100 }),
      metrics: fc.uniqueArray(metric, { minLength: 1, maxLength: 5, selector: identity }),
      scaleUp: behavior,
      scaleDown: behavior,
    },
    { requiredKeys: ['min', 'more', 'metrics'] },
  )
  .map(({ min, more, ...rest }) => ({ min, max: min + more, ...rest }));
