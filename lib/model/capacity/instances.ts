import { type Percent, Rate } from '../../units';
import type { NodeGroupSpec } from '../cluster/nodes';
import type { EnvironmentSpec } from '../environment';
import type { ServiceSpec } from '../service/service';
import type { AutoScalingGroupSpec } from './auto-scaling-group';

/** A service on EC2 instances that no cluster owns, behind the load balancer of the environment's edge. */
export interface InstancesSpec extends Omit<AutoScalingGroupSpec, 'name' | 'tracks' | 'capacity'> {
  /**
   * What runs on each instance, and as pods nowhere in the environment: image, port, health, limits, settings and stores.
   * Users reach it below its name. What only pods have is left aside: scaling, rollout, nodes.
   */
  readonly service: ServiceSpec;
  /** Average CPU at which the group is held (more than 0, at most 100 %). @default - CPU does not count */
  readonly cpu?: Percent;
  /** Requests a minute and instance at which it is held (whole, 1 or more). @default - requests do not count */
  readonly requestsPerMinute?: number;
  /** Name that each instance shows (tag `Name`). @default - the name of the group */
  readonly instanceName?: string;
}

/** Name of an Auto Scaling group: `alfred-production-agent-core`. */
export const instanceGroupName = (cluster: string, { service }: InstancesSpec): string => `${cluster}-${service.name}`;

/** What an instance was measured to serve: the containers of a pod and of an instance are the same. */
export const instanceCapacity = ({ service: { measuredRps } }: InstancesSpec): Rate | undefined =>
  measuredRps === undefined ? undefined : Rate.perSecond(measuredRps);

/** The service as if it had as many pods as there are instances: what pools of connections are counted with. */
function asPods({ service, min, max }: InstancesSpec): ServiceSpec {
  const { rollout: _release, ...rest } = service;
  return { ...rest, scaling: { ...service.scaling, min, max } };
}

/** The environment as if what runs on instances ran as pods: who needs roles, secrets and connections. */
export const withInstances = (environment: EnvironmentSpec): EnvironmentSpec =>
  environment.instances === undefined
    ? environment
    : { ...environment, services: [...environment.services, ...environment.instances.map(asPods)] };

/** The instances as a group of nodes: what bills and quotas are reckoned with. */
export const asNodeGroup = ({
  service,
  instanceTypes,
  min,
  max,
  desired,
  rootVolume,
}: InstancesSpec): NodeGroupSpec => ({
  name: service.name,
  instanceTypes,
  min,
  max,
  desired,
  ...(rootVolume && { rootVolume }),
});
