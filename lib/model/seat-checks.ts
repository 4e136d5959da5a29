import { instanceType } from '../catalog';
import { type Check, duplicates, type Finding, inspect } from '../check';
import { Memory } from '../units';
import { allNodes } from './capacity/cluster-nodes';
import { type Allocatable, allocatable, diskForPods } from './cluster/allocatable';
import { nodeGroupPlan } from './cluster/node-group';
import type { NodeGroupSpec } from './cluster/nodes';
import type { EnvironmentSpec } from './environment';
import { withSidecar } from './mesh/sidecar';
import { ENDPOINT, MASTER_ROLE, SUPERUSER_ROLE } from './names';
import { blueGreenPlan, canaryPlan } from './rollout/rollout-plan';
import type { Amounts, ServiceSpec } from './service/service';
import { membersName } from './store/store';
import { isDatabaseServer, isRedisCluster, isRedisServer, podStores } from './stores';

/** One pod and the nodes it may run on. */
interface Seat {
  readonly requests: Amounts;
  /** Declared group; undefined for any untainted one. */
  readonly nodes: string | undefined;
  readonly groups: readonly NodeGroupSpec[];
}

const diskOf = (group: NodeGroupSpec): Memory =>
  Memory.bytes(diskForPods(nodeGroupPlan(group, 'none').rootVolume.inBytes));

const mayUse = ({ nodes, groups }: Seat): NodeGroupSpec[] =>
  groups.filter(({ name, taints = [] }) => (nodes === undefined ? taints.length === 0 : name === nodes));

/**
 * Whether an empty node of that kind seats the pod, before DaemonSets and add-ons take theirs: what fails here fits nowhere. The
 * ledger takes them off first, so that its `pods-fit-a-node` is the stricter of the two.
 */
const seats = ({ cpu, memory, ephemeralStorage }: Amounts, node: Allocatable, disk: Memory): boolean =>
  cpu.isAtMost(node.cpu) && memory.isAtMost(node.memory) && ephemeralStorage.isAtMost(disk);

const nodesOf = (seat: Seat) =>
  mayUse(seat).flatMap((group) =>
    group.instanceTypes.flatMap((name) => {
      const type = instanceType(name);
      return type === undefined ? [] : [{ name, node: allocatable(type), disk: diskOf(group) }];
    }),
  );

const text = ({ cpu, memory, ephemeralStorage }: Amounts): string =>
  `${cpu} CPU, ${memory} memory and ${ephemeralStorage} disk`;

/** Groups and types that are unknown have findings of their own. */
export const SEAT_CHECKS: readonly Check<Seat>[] = [
  {
    id: 'pod-fits-a-node',
    prop: 'resources.requests',
    holds: (seat) => {
      const nodes = nodesOf(seat);
      return nodes.length === 0 || nodes.some(({ node, disk }) => seats(seat.requests, node, disk));
    },
    rule: (seat) => {
      const nodes = nodesOf(seat).map(
        ({ name, node, disk }) =>
          `${name} (${node.cpu} CPU, ${Math.floor(node.memory.inBytes / 2 ** 20)}Mi, ${Math.floor(disk.inBytes / 2 ** 30)}Gi)`,
      );
      return `must fit an empty node that it may use: ${nodes.join(', ')}`;
    },
    received: ({ requests }) => text(requests),
    remedy: 'lower the requests, or add a larger type to the group',
  },
];

/** Whether any of its nodes seats a pod. */
export const inspectSeat = (path: string, seat: Seat): Finding[] => inspect(path, seat, SEAT_CHECKS);

/** Names of files, policies and database roles that every environment has. */
const RESERVED = [
  'secrets',
  'certificates',
  'mesh-traffic',
  'default-deny',
  MASTER_ROLE,
  SUPERUSER_ROLE,
  ENDPOINT,
] as const;

/** Names that a service's objects have: with a rollout, those of its further Services too. */
function serviceNames({ name, rollout }: ServiceSpec): string[] {
  if (rollout === undefined) return [name];
  const smoke = rollout.smokeTest === undefined ? [] : [`${name}-smoke`];
  if (rollout.strategy === 'canary') {
    const { stableServiceName, canaryServiceName } = canaryPlan({ ...rollout, name });
    return [name, stableServiceName, canaryServiceName, ...smoke];
  }
  const { activeServiceName, previewServiceName } = blueGreenPlan({ ...rollout, name });
  return [name, activeServiceName, previewServiceName, ...smoke];
}

/** Names that the objects of stores have. */
const storeNames = ({ databases, caches, vectorDatabases = [] }: EnvironmentSpec): string[] => [
  ...caches.filter(isRedisCluster).flatMap(({ name }) => [name, membersName(name), `${name}-reconciler`]),
  ...[...databases.filter(isDatabaseServer), ...caches.filter(isRedisServer), ...vectorDatabases].flatMap(
    ({ name, objectName = name, aliases = [] }) => [objectName, membersName(objectName), ...aliases],
  ),
];

/** Names that Kubernetes objects of an environment will have; two of one kind would overwrite one another. */
const workloadNames = ({ services, gateway, ...stores }: EnvironmentSpec): string[] => [
  ...RESERVED,
  ...services.flatMap(serviceNames),
  ...storeNames({ services, ...stores }),
  ...(gateway ? [gateway.name, ...services.filter(({ isPublic }) => isPublic).map(({ name }) => `${name}-pods`)] : []),
];

const storeSecretNames = ({ databases, caches, vectorDatabases = [] }: EnvironmentSpec): string[] =>
  [...databases, ...caches, ...vectorDatabases].map(({ name }) => name);

const autoscalerNames = ({ services, gateway }: EnvironmentSpec): string[] => [
  ...services.map(({ name, autoscalerName }) => autoscalerName ?? name),
  ...(gateway ? [gateway.name] : []),
];

/** The stores whose pods have volumes on groups that an autoscaler cannot grow in a chosen zone. */
const unzonedStores = (environment: EnvironmentSpec): string[] =>
  podStores(environment)
    .filter(({ nodes }) => environment.cluster.nodeGroups.some(({ name, zones }) => name === nodes && zones !== 'each'))
    .map(({ name }) => name);

export const WORKLOAD_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'environment-workloads-have-distinct-names',
    prop: 'services',
    holds: (environment) => duplicates(workloadNames(environment)).length === 0,
    rule: `must differ in name from caches, the gateway, what these make (-members, -reconciler, -pods, -active, -preview, -stable, -canary, -ping, -pong, -smoke) and ${RESERVED.join(', ')}`,
    received: (environment) => duplicates(workloadNames(environment)),
    remedy: 'rename one of the two',
  },
  {
    id: 'environment-autoscalers-have-distinct-names',
    prop: 'services',
    holds: (environment) => duplicates(autoscalerNames(environment)).length === 0,
    rule: 'must have distinct autoscaler names, or one overwrites the other',
    received: (environment) => duplicates(autoscalerNames(environment)),
    remedy: 'leave autoscalerName out',
  },
  {
    id: 'environment-stores-have-distinct-names',
    prop: 'caches',
    holds: (environment) => duplicates(storeSecretNames(environment)).length === 0,
    rule: 'must differ in name from databases of both kinds: secrets of all are named after them',
    received: (environment) => duplicates(storeSecretNames(environment)),
    remedy: 'rename one of the two',
  },
  {
    id: 'environment-volumes-have-nodes-in-their-zone',
    prop: 'caches',
    severity: 'warning',
    holds: (environment) => unzonedStores(environment).length === 0,
    rule: "should run on a node group with zones: 'each': a volume stays in its zone, and a group that spans several cannot be grown in one",
    received: unzonedStores,
    remedy: "give the group zones: 'each'",
  },
];

/** Every pod that no node can seat, and every name that two workloads claim. */
export const inspectSeats = (path: string, environment: EnvironmentSpec): Finding[] => [
  ...inspect(path, environment, WORKLOAD_CHECKS),
  ...environment.services.flatMap(({ name, nodes, resources }) =>
    inspect(
      `${path}/${name}`,
      {
        requests: environment.mesh === undefined ? resources.requests : withSidecar(resources).requests,
        nodes,
        groups: allNodes(environment.cluster, environment.zones.length),
      },
      SEAT_CHECKS,
    ),
  ),
];
