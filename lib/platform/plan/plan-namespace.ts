import type { NamespaceQuota, PlatformNamespaceProps } from '../../kubernetes';
import { type EnvironmentSpec, type Footprint, footprint, peakPods, total } from '../../model';
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
    ...environment.services.map(({ scaling, resources }) => footprint(peakPods(scaling.max), resources)),
    ...caches.map(cacheFootprint),
    ...(environment.gateway ? [gatewayFootprint(platform, environment, environment.gateway)] : []),
  ]);
  return { ...withSlack(peak), volumeClaims: caches.reduce((sum, cache) => sum + cacheFootprint(cache).pods, 0) };
}

const withSlack = ({ pods, requests, limits }: Footprint): Footprint => ({
  pods: Math.ceil((pods * (100 + SLACK_PERCENT)) / 100),
  requests: {
    cpu: requests.cpu.share(100 + SLACK_PERCENT, 100),
    memory: requests.memory.share(100 + SLACK_PERCENT, 100),
  },
  limits: { cpu: limits.cpu.share(100 + SLACK_PERCENT, 100), memory: limits.memory.share(100 + SLACK_PERCENT, 100) },
});
