import type { CustomMetric, ScalingBehavior, ScalingMetric, ScalingPolicy, VerticalPolicy } from '../../../lib/model';
import { Cpu, Memory, Percent } from '../../../lib/units';
import type { Draw } from './draw';

const REQUESTS: CustomMetric = { name: 'requests_per_second', series: 'shop_requests_total' };
const LATENCY: CustomMetric = {
  name: 'latency_seconds',
  series: 'shop_duration_seconds_bucket',
  kind: 'quantile',
  quantile: Percent.of(99),
  windowSeconds: 120,
};
const QUEUE: CustomMetric = { name: 'queue_messages', series: 'shop_queue_messages', kind: 'gauge', combine: 'max' };
const ORDERS: CustomMetric = {
  name: 'orders_per_second',
  series: 'shop_orders_total',
  labels: { currency: 'EUR' },
};

/** What surrounds a service that scales. */
export interface Pace {
  readonly version: string;
  readonly keda: boolean;
  readonly mesh: boolean;
}

const minor = (version: string): number => Number(version.slice(2));

const target = (draw: Draw) => (draw.chance(50) ? { value: draw.whole(1, 500) } : { average: draw.whole(1, 50) });

/** Metrics of distinct kinds; in a mesh the pod's own mean would count the sidecar. */
function metrics(draw: Draw, name: string, { mesh, keda }: Pace): ScalingMetric[] {
  const whole = { utilization: Percent.of(draw.whole(30, 90)) };
  const cpu: ScalingMetric = draw.one<ScalingMetric>(
    { on: 'cpu', ...whole },
    mesh ? { on: 'cpu', ...whole } : { on: 'cpu', average: Cpu.millis(draw.whole(50, 400)) },
    { on: 'container', container: name, resource: 'cpu', ...whole },
  );
  const others: ScalingMetric[] = [
    mesh ? { on: 'memory', ...whole } : { on: 'memory', average: Memory.mib(draw.whole(32, 200)) },
    { on: 'pods', metric: REQUESTS, average: draw.one(1, 25, 100, 0.5, 1000) },
    { on: 'pods', metric: LATENCY, average: draw.one(0.005, 1, 0.25) },
    { on: 'external', metric: QUEUE, selector: { queue: `${name}-tasks` }, target: target(draw) },
  ];
  const object: ScalingMetric = {
    on: 'object',
    metric: ORDERS,
    object: { apiVersion: 'v1', kind: 'Service', name },
    target: target(draw),
  };
  return [cpu, ...draw.some(keda ? others : [...others, object], 18)];
}

function behavior(draw: Draw, { version, keda }: Pace): ScalingBehavior {
  return {
    ...draw.maybe(60, 'stabilizationSeconds', () => draw.one(0, 60, 300, 3600)),
    ...draw.maybe(60, 'steps', () =>
      draw.one<NonNullable<ScalingBehavior['steps']>>(
        [{ type: 'Percent', change: draw.whole(10, 100), periodSeconds: draw.whole(15, 1800) }],
        [
          { type: 'Percent', change: 50, periodSeconds: 60 },
          { type: 'Pods', change: draw.whole(1, 8), periodSeconds: 60 },
        ],
      ),
    ),
    ...draw.maybe(20, 'select', () => draw.one('Max' as const, 'Min' as const)),
    ...(minor(version) >= 35 && !keda ? draw.maybe(15, 'tolerance', () => Percent.of(draw.whole(1, 30))) : {}),
  };
}

export function scaling(draw: Draw, name: string, pace: Pace): ScalingPolicy {
  const min = draw.whole(1, 4);
  return {
    min,
    max: min + draw.whole(1, 6),
    metrics: metrics(draw, name, pace),
    ...draw.maybe(30, 'scaleUp', () => behavior(draw, pace)),
    ...draw.maybe(30, 'scaleDown', () => behavior(draw, pace)),
  };
}

/** May change what no horizontal autoscaler reads. */
export function vertical(draw: Draw, name: string, { version }: Pace, min: number): VerticalPolicy {
  const modes = ['Off', 'Off', 'Initial', ...(min > 1 ? ['Recreate'] : [])] as VerticalPolicy['mode'][];
  if (minor(version) >= 33 && min > 1) modes.push('InPlaceOrRecreate');
  const mode = modes[draw.whole(0, modes.length - 1)] ?? 'Off';
  return {
    mode,
    containers: [
      {
        container: draw.one('*', name),
        resources: mode === 'Off' ? ['cpu', 'memory'] : ['memory'],
        min: { memory: Memory.mib(32) },
        max: { memory: Memory.mib(draw.whole(1024, 2048)) },
        ...draw.maybe(40, 'controls', () => draw.one('RequestsOnly' as const, 'RequestsAndLimits' as const)),
      },
    ],
    ...draw.maybe(20, 'minReplicas', () => draw.whole(1, 2)),
  };
}
