import type { NamespaceQuota, PlatformNamespaceProps } from '../../kubernetes';
import {
  type EnvironmentSpec,
  type Footprint,
  footprint,
  type Resources,
  type ServiceSpec,
  servicePeak,
  total,
  withSidecar,
} from '../../model';
import { following } from '../../model/service/footprint';
import { gatewayFootprint } from './plan-gateway';
import { loadBalancerOf } from './plan-network';
import { poolerFootprint } from './plan-pooler';
import { storesFootprint } from './plan-stores';

/** Room for jobs and for pods that are still stopping while their successors start, in percent of the rest. */
const SLACK_PERCENT = 10;

/** Makes the AWS Load Balancer Controller hold a pod back until its load balancer finds it healthy. */
const READINESS_GATES = { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' } as const;

/** The namespace of a platform's workloads. Its quota is the most that they can ask for, so that only strangers meet it. */
export const planNamespace = (platform: string, environment: EnvironmentSpec): PlatformNamespaceProps => ({
  name: environment.namespace,
  labels: {
    'app.kubernetes.io/part-of': platform,
    ...((environment.edge || environment.services.some(loadBalancerOf)) && READINESS_GATES),
  },
  // Faults are made in no namespace that lacks it.
  ...(environment.chaos && { annotations: { 'chaos-mesh.org/inject': 'enabled' } }),
  quota: quota(platform, environment),
});

function quota(platform: string, environment: EnvironmentSpec): NamespaceQuota {
  const stores = storesFootprint(platform, environment);
  const peak = total([
    ...environment.services.map((service) => footprint(servicePeak(service), inPods(environment, largest(service)))),
    stores,
    ...(environment.poolers ?? []).map((pooler) => poolerFootprint(platform, environment, pooler)),
    ...(environment.gateway ? [gatewayFootprint(platform, environment, environment.gateway)] : []),
  ]);
  return { ...withSlack(peak), volumeClaims: stores.claims };
}

/** The container's part, and a sidecar's beside it. */
const inPods = ({ mesh }: EnvironmentSpec, resources: Resources): Resources =>
  mesh === undefined ? resources : withSidecar(resources);

/** The lower of two amounts; one that is not given does not count. */
const lower = <A extends { isAtMost(other: A): boolean }>(bound: A | undefined, cap: A | undefined): A | undefined =>
  bound === undefined || cap === undefined || bound.isAtMost(cap) ? bound : cap;

/** What a pod may hold once the vertical autoscaler has raised it to its bounds: limits follow in their ratio, or hold it back. */
function largest({ name, resources, vertical }: ServiceSpec): Resources {
  const policy = vertical?.containers.find(({ container }) => container === name || container === '*');
  if (vertical === undefined || vertical.mode === 'Off' || policy === undefined) return resources;

  const { requests, limits } = resources;
  const follow = policy.controls !== 'RequestsOnly';
  const cpu = policy.resources.includes('cpu') ? lower(policy.max?.cpu, follow ? undefined : limits.cpu) : undefined;
  const memory = policy.resources.includes('memory')
    ? lower(policy.max?.memory, follow ? undefined : limits.memory)
    : undefined;
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
      ...(raisesCpu && follow && { cpu: following.cpu(limits.cpu, cpu, requests.cpu) }),
      ...(raisesMemory && follow && { memory: following.memory(limits.memory, memory, requests.memory) }),
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
