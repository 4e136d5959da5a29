import { KarpenterSupport } from '../../aws';
import { type Check, type Finding, inspect } from '../../check';
import { Ec2NodeClass } from '../../kubernetes';
import {
  type CapacityNeed,
  type CapacityType,
  type EnvironmentSpec,
  type Footprint,
  footprint,
  inspectClusterNodes,
  isRedisCluster,
  onDemandRoom,
  type PlatformSpec,
  type Resources,
  type ServiceSpec,
  SPOT_FALLBACK_CHECKS,
  servicePeak,
  spotShareSpec,
  total,
  withSidecar,
} from '../../model';
import { gatewayFootprint } from './plan-gateway';
import { planKarpenterSupport, planNodeClass } from './plan-karpenter';
import { placementOn } from './plan-placement';

/**
 * What pods may hold on spot nodes, and what remains when those are gone. It counts what is declared, services and gateway, against
 * empty nodes: what breaks here breaks before anything runs. The ledger counts everything that is emitted, with DaemonSets, add-ons,
 * charts and stores, and seats it pod by pod; it therefore says earlier that spot nodes are missed.
 */
interface Fallback {
  /** Room of the untainted groups on demand at their maxima. */
  readonly room: CapacityNeed;
  /** Pods at the maxima of their autoscalers. */
  readonly need: CapacityNeed;
  /** The same while the service with the most to double is released. */
  readonly releasing: CapacityNeed & { readonly service: string };
}

const covers = (room: CapacityNeed, need: CapacityNeed): boolean =>
  need.cpu.isAtMost(room.cpu) && need.memory.isAtMost(room.memory);

const text = ({ cpu, memory }: CapacityNeed): string => `${cpu} CPU and ${Math.floor(memory.inBytes / 2 ** 20)}Mi`;

/** What is asked of the room on demand beside `SPOT_FALLBACK_CHECKS`. */
export const SPOT_RELEASE_CHECKS: readonly Check<Fallback>[] = [
  {
    id: 'spot-share-leaves-room-for-a-release',
    prop: 'onDemand',
    severity: 'warning',
    holds: ({ room, releasing }) => covers(room, releasing),
    rule: ({ releasing }) =>
      `at their maxima should seat ${text(releasing)}: everything at its maximum while ${releasing.service} is released`,
    received: ({ room }) => text(room),
    remedy: 'raise the maxima of on-demand groups, or expect pods of a release to wait when spot has nothing to give',
  },
];

/** Where the members of a Redis Cluster may run. */
interface Seated {
  readonly capacity: CapacityType;
}

/** What is asked of nodes of Redis Clusters; stores of one pod have a check of their own. */
export const LASTING_NODE_CHECKS: readonly Check<Seated>[] = [
  {
    id: 'redis-members-have-lasting-nodes',
    prop: 'nodes',
    holds: ({ capacity }) => capacity !== 'spot',
    rule: 'must name nodes on demand: spot nodes go together, and with them members of one shard',
    received: ({ capacity }) => capacity,
    remedy: "name a group with zones: 'each'",
  },
];

/** Pods of a service in this environment, at the most or while a release takes over. */
const podsOf = ({ mesh }: EnvironmentSpec, { resources }: ServiceSpec, pods: number): Footprint => {
  const inPods: Resources = mesh === undefined ? resources : withSidecar(resources);
  return footprint(pods, inPods);
};

function fallback(platform: string, environment: EnvironmentSpec): Fallback | undefined {
  const { cluster, services, gateway, zones } = environment;
  const share = spotShareSpec(cluster, zones.length);
  if (share === undefined) return undefined;
  const movable = services.filter(({ nodes }) => nodes === undefined);
  const door = gateway ? [gatewayFootprint(platform, environment, gateway)] : [];
  const atMost = movable.map((service) => podsOf(environment, service, service.scaling.max));
  const released = movable.map((service, index) => ({
    service: service.name,
    ...total([...atMost.with(index, podsOf(environment, service, servicePeak(service))), ...door]).requests,
  }));
  const need = total([...atMost, ...door]).requests;
  // also those that the share is not counted against
  const untainted = cluster.nodeGroups.filter(
    ({ capacity, taints = [] }) => capacity !== 'spot' && taints.length === 0,
  );
  return {
    room: onDemandRoom(untainted, zones.length),
    need,
    releasing: released.reduce((most, one) => (one.cpu.isAtMost(most.cpu) ? most : one), {
      service: 'nothing',
      ...need,
    }),
  };
}

/** Everything wrong with how the nodes of an environment are bought and made. */
export function inspectCapacity(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const { cluster, zones } = environment;
  const without = fallback(platform.name, environment);
  const support = planKarpenterSupport(platform.name, environment);
  const nodeClass = planNodeClass(platform.name, environment);
  const clusters = environment.caches.filter(isRedisCluster);
  return [
    ...inspectClusterNodes(`${path}/Cluster`, cluster, zones.length),
    ...(without ? inspect(`${path}/Cluster/spot`, without, [...SPOT_FALLBACK_CHECKS, ...SPOT_RELEASE_CHECKS]) : []),
    ...clusters.flatMap(({ name, nodes }) =>
      inspect(
        `${path}/${name}`,
        { capacity: placementOn(environment, nodes)?.capacity ?? 'on-demand' },
        LASTING_NODE_CHECKS,
      ),
    ),
    ...(support ? KarpenterSupport.inspect(`${path}/Karpenter`, support) : []),
    ...(nodeClass ? Ec2NodeClass.inspect(`${path}/NodeClass`, nodeClass) : []),
  ];
}
