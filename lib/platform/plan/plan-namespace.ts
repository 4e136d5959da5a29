import type { NamespaceQuota, PlatformNamespaceProps } from '../../kubernetes';
import {
  type EnvironmentSpec,
  type Footprint,
  footprint,
  peakPods,
  type Resources,
  type ServiceSpec,
  total,
} from '../../model';
import { cacheFootprint, planCache } from './plan-cache';
import { gatewayFootprint } from './plan-gateway';

/** Room for jobs and for pods that are still stopping while their successors start, in percent of the rest. */
const SLACK_PERCENT = 10;

/** The namespace of a platform's workloads. Its quota is the most that they can ask for, so that only strangers meet it. */
export const planNamespace = (platform: string, environment: EnvironmentSpec): PlatformNamespaceProps => ({
  name: environment.namespace,
  labels: { 'app.kubernetes.io/part-of': platform },
  quota: quota(platform, environment),
});

function quota(platform: string, environment: EnvironmentSpec): NamespaceQuota {
  const caches = environment.caches.map((cache) => planCache(platform, environment, cache));
  const peak = total([
    ...environment.services.map((service) => footprint(peakPods(service.scaling.max), largest(service))),
    ...caches.map(cacheFootprint),
    ...(environment.gateway ? [gatewayFootprint(platform, environment, environment.gateway)] : []),
  ]);
  return { ...withSlack(peak), volumeClaims: caches.reduce((sum, cache) => sum + cacheFootprint(cache).pods, 0) };
}

/** What a pod may hold once the vertical autoscaler has raised it to its bounds; limits follow in their ratio. */
function largest({ name, resources, vertical }: ServiceSpec): Resources {
  const policy = vertical?.containers.find(({ container }) => container === name || container === '*');
  if (vertical === undefined || vertical.mode === 'Off' || policy === undefined) return resources;

  const { requests, limits } = resources;
  const cpu = policy.resources.includes('cpu') ? policy.max?.cpu : undefined;
  const memory = policy.resources.includes('memory') ? policy.max?.memory : undefined;
  const follow = policy.controls !== 'RequestsOnly';
  const raisesCpu = cpu !== undefined && requests.cpu.inMillis > 0 && requests.cpu.isAtMost(cpu);
  const raisesMemory = memory !== undefined && requests.memory.inBytes > 0 && requests.memory.isAtMost(memory);
  return {
    requests: {
      ...requests,
      ...(raisesCpu && { cpu }),
      ...(raisesMemory && { memory }),
    },
    limits: {
      ...limits,
      ...(raisesCpu && follow && { cpu: limits.cpu.share(cpu.inMillis, requests.cpu.inMillis) }),
      ...(raisesMemory && follow && { memory: limits.memory.share(memory.inBytes, requests.memory.inBytes) }),
    },
  };
}

const withSlack = ({ pods, requests, limits }: Footprint): Footprint => ({
  pods: Math.ceil((pods * (100 + SLACK_PERCENT)) / 100),
  requests: {
    cpu: requests.cpu.share(100 + SLACK_PERCENT, 100),
    memory: requests.memory.share(100 + SLACK_PERCENT, 100),
  },
  limits: { cpu: limits.cpu.share(100 + SLACK_PERCENT, 100), memory: limits.memory.share(100 + SLACK_PERCENT, 100) },
});
