import { metricWindow } from '../scaling/custom-metric';
import type { ScalingMetric, ScalingPolicy, ScalingStep } from '../scaling/scaling-policy';
import type { ServiceSpec } from '../service/service';
import type { ScalingLoadSpec } from './load-test';

/** Requests a second at which one pod is at its target, and why. */
export interface PodRate {
  readonly perSecond: number;
  readonly because: string;
  /** Whether a pod is asked for more than it serves: failures then say nothing. */
  readonly saturates: boolean;
}

/** A load that makes an autoscaler act, computed from its declaration. */
export interface ScalingLoad {
  readonly pod: PodRate;
  /** Requests a second that make it add pods to its minimum. */
  readonly first: number;
  /** Requests a second that take it to its maximum. */
  readonly full: number;
  /** Deviation that autoscalers ignore: 0.1. */
  readonly tolerance: number;
  /** Seconds that the first load is kept: until new pods have been asked for. */
  readonly firstSeconds: number;
  /** Seconds that the full load is kept: until the last pod has been asked for. */
  readonly fullSeconds: number;
}

/** Deviation from a target that controllers ignore, unless a policy says otherwise. */
const TOLERANCE = 0.1;

/** Controllers look every 15 s. */
const SYNC_SECONDS = 15;

/** What Kubernetes does where nothing is declared. */
const DEFAULT_STEPS: readonly ScalingStep[] = [
  { type: 'Pods', change: 4, periodSeconds: 15 },
  { type: 'Percent', change: 100, periodSeconds: 15 },
];

const toleranceOf = ({ scaleUp }: ScalingPolicy): number => scaleUp?.tolerance?.toRatio() ?? TOLERANCE;

/** How far above the target the processor is when a pod can do no more: it is at its limit, the target is of the request. */
function saturation({ resources: { requests, limits } }: ServiceSpec, target: number): number {
  return limits.cpu.inMillis / (requests.cpu.inMillis * target);
}

function podRate(
  service: ServiceSpec,
  metric: ScalingMetric,
  { eventsPerRequest }: ScalingLoadSpec,
  fastest: number | undefined,
): PodRate | undefined {
  if (metric.on === 'pods') {
    const events = eventsPerRequest[metric.metric.name];
    if (events === undefined) return undefined;
    const perSecond = metric.average / events;
    const each = events === 1 ? 'one' : `${events}`;
    return {
      perSecond,
      saturates: false,
      because: `target ${metric.average} ${metric.metric.name} a pod, ${each} for each request: ${perSecond} requests/s`,
    };
  }
  const isCpu = metric.on === 'cpu' || (metric.on === 'container' && metric.resource === 'cpu');
  if (!isCpu || !('utilization' in metric)) return undefined;
  const perSecond = service.measuredRps ?? fastest;
  const above = saturation(service, metric.utilization.toRatio());
  if (perSecond === undefined || above <= 1 + toleranceOf(service.scaling)) return undefined;
  const measured =
    service.measuredRps === undefined
      ? `no pod of it was measured; the fastest one of the platform serves ${perSecond} requests/s`
      : `one pod was measured to serve ${perSecond} requests/s`;
  return {
    perSecond,
    saturates: true,
    because: `${measured}; with more it is at its CPU limit, ${above.toFixed(2)} times the target of ${metric.utilization} of the request`,
  };
}

/** Pods after one more period of the declared pace. */
function grown(pods: number, { scaleUp }: ScalingPolicy): { readonly pods: number; readonly seconds: number } {
  const steps = scaleUp?.steps ?? DEFAULT_STEPS;
  const to = steps.map(({ type, change, periodSeconds }) => ({
    pods: type === 'Pods' ? pods + change : Math.max(pods + 1, Math.ceil(pods * (1 + change / 100))),
    seconds: periodSeconds,
  }));
  const ordered = [...to].sort((a, b) => b.pods - a.pods);
  const chosen = scaleUp?.select === 'Min' ? ordered.at(-1) : ordered[0];
  return chosen ?? { pods: pods + 1, seconds: SYNC_SECONDS };
}

/** Seconds from the minimum to the maximum at the declared pace. */
export function climb(policy: ScalingPolicy): number {
  let pods = policy.min;
  let seconds = 0;
  while (pods < policy.max && seconds < 86_400) {
    const next = grown(pods, policy);
    pods = next.pods;
    seconds += next.seconds;
  }
  return seconds;
}

/** Seconds until a new load is seen and believed: the window of the rate, two looks, and the stabilization. */
function seen({ scaleUp, metrics }: ScalingPolicy): number {
  const windows = metrics.map((metric) => ('metric' in metric ? metricWindow(metric.metric) : 60));
  return Math.max(...windows) + 2 * SYNC_SECONDS + (scaleUp?.stabilizationSeconds ?? 0);
}

/** Without what binary fractions add: 3 x 10 x 1.1 is 33. */
const exact = (value: number): number => Number(value.toFixed(6));

const minutes = (seconds: number): number => Math.ceil(seconds / 60) * 60;

/**
 * The load that makes the autoscaler of a service act, or nothing if no metric of it says how many requests that takes. The
 * highest recommendation wins, so that the metric that asks for a pod first decides.
 *
 * From `n` pods there are more once `rate / (n x target)` exceeds 1 and the tolerance (Kubernetes 1.35:
 * `podautoscaler/replica_calculator.go`); from one below the maximum, that is what the full rate exceeds.
 *
 * @param fastest Requests a second of the fastest measured pod of the platform, for services of which none was measured.
 */
export function scalingLoad(service: ServiceSpec, spec: ScalingLoadSpec, fastest?: number): ScalingLoad | undefined {
  const { scaling } = service;
  const rates = scaling.metrics.flatMap((metric) => podRate(service, metric, spec, fastest) ?? []);
  const pod = [...rates].sort((a, b) => a.perSecond - b.perSecond)[0];
  if (pod === undefined || scaling.max <= scaling.min || scaling.scaleUp?.select === 'Disabled') return undefined;
  const tolerance = toleranceOf(scaling);
  const above = (pods: number): number => Math.floor(exact(pods * pod.perSecond * (1 + tolerance))) + 1;
  return {
    pod,
    tolerance,
    first: above(scaling.min),
    full: Math.max(above(scaling.max - 1), Math.ceil(scaling.max * pod.perSecond)),
    firstSeconds: minutes(seen(scaling) + 60),
    fullSeconds: minutes(seen(scaling) + climb(scaling) + 60),
  };
}

/** Names of files that make an autoscaler act begin with this. */
export const SCALING_PREFIX = 'scale-';

/** Requests a second of the fastest pod that was measured. */
export function fastestPod({ services }: { readonly services: readonly ServiceSpec[] }): number | undefined {
  const measured = services.flatMap(({ measuredRps }) => measuredRps ?? []);
  return measured.length === 0 ? undefined : Math.max(...measured);
}
