import type { RunbookWorkload } from '../../config/runbook/runbook-props';
import { meshPodResources } from '../../kubernetes';
import { webServicePlan } from '../../kubernetes/workload/web-service-props';
import {
  blueGreenPlan,
  canaryPlan,
  type EnvironmentSpec,
  migrationName,
  type PlatformSpec,
  type ScalingMetric,
  type ScalingPolicy,
  type ServiceSpec,
} from '../../model';
import { Duration } from '../../units';
import { planService } from './plan-service';

const NAMES: Readonly<Record<'cpu' | 'memory', string>> = { cpu: 'CPU', memory: 'memory' };

/** A target as people say it. */
function spoken(metric: ScalingMetric): string {
  switch (metric.on) {
    case 'cpu':
    case 'memory':
      return `${NAMES[metric.on]} ${'utilization' in metric ? metric.utilization : metric.average}`;
    case 'container':
      return `${NAMES[metric.resource]} ${metric.utilization}`;
    case 'pods':
      return `${metric.metric.name} ${metric.average} a pod`;
    default:
      return `${metric.metric.name} ${'value' in metric.target ? metric.target.value : `${metric.target.average} a pod`}`;
  }
}

/** Kubernetes' own where nothing is said: at once up, 5 minutes down. */
const waits = ({ scaleUp, scaleDown }: ScalingPolicy): RunbookWorkload['waits'] => ({
  up: `${Duration.seconds(scaleUp?.stabilizationSeconds ?? 0)}`,
  down: `${Duration.seconds(scaleDown?.stabilizationSeconds ?? 300)}`,
});

function released({ name, rollout }: ServiceSpec): Pick<RunbookWorkload, 'kind' | 'object' | 'release' | 'back'> {
  if (rollout === undefined) return { kind: 'Deployment', object: name, release: 'rolling' };
  if (rollout.strategy === 'canary') {
    const { rolloutName, rollbackRevisions, abortScaleDownDelay } = canaryPlan({ ...rollout, name });
    const back = { revisions: rollbackRevisions, keptFor: `${abortScaleDownDelay}` };
    return { kind: 'Rollout', object: rolloutName, release: 'canary', back };
  }
  const { rolloutName, rollbackRevisions, scaleDownDelay } = blueGreenPlan({ ...rollout, name });
  const back = { revisions: rollbackRevisions, keptFor: `${scaleDownDelay}` };
  return { kind: 'Rollout', object: rolloutName, release: 'blue-green', back };
}

const pools = ({ connections, processes = 1 }: ServiceSpec): Readonly<Record<string, number>> =>
  Object.fromEntries(
    connections.flatMap((connection) =>
      connection.to === 'database' && connection.pool !== undefined
        ? [[connection.name, connection.pool * processes]]
        : [],
    ),
  );

/** A service as runbooks speak of it: by the names of its objects, and by its numbers. */
export function runbookWorkload(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  service: ServiceSpec,
): RunbookWorkload {
  const { name, autoscalerName = name, scaling, health, port, isPublic = false, migration } = service;
  const plan = webServicePlan(planService(platform, environment, service));
  const { requests } = meshPodResources(plan);
  return {
    service: name,
    ...released(service),
    autoscaler: autoscalerName,
    scaledBy: environment.externalMetrics === 'keda' ? 'ScaledObject' : 'HorizontalPodAutoscaler',
    min: scaling.min,
    max: scaling.max,
    targets: scaling.metrics.map(spoken),
    waits: waits(scaling),
    budget: name,
    pod: { cpu: `${requests.cpu}`, memory: `${requests.memory}`, memoryLimit: `${service.resources.limits.memory}` },
    pools: pools(service),
    port,
    healthPath: health.readinessPath,
    startsWithin: `${health.startWithin ?? Duration.minutes(2)}`,
    endsWithinSeconds: plan.gracePeriod.toSeconds(),
    isPublic,
    ...(migration && { migration: migrationName(name) }),
  };
}
