import { instanceType } from '../catalog';
import { type Check, duplicates, type Finding, inspect } from '../check';
import { Memory } from '../units';
import { type Allocatable, allocatable } from './cluster/allocatable';
import type { NodeGroupSpec } from './cluster/cluster';
import { nodeGroupPlan } from './cluster/node-group';
import type { EnvironmentSpec } from './environment';
import type { Amounts } from './service/service';

/** One pod and the nodes it may run on. */
interface Seat {
  readonly requests: Amounts;
  /** Declared group; undefined for any untainted one. */
  readonly nodes: string | undefined;
  readonly groups: readonly NodeGroupSpec[];
}

/** Disk of a node that pods share: kubelet keeps 1 GiB back and evicts below a tenth. */
const diskOf = (group: NodeGroupSpec): Memory => {
  const { rootVolume } = nodeGroupPlan(group, 'none');
  return Memory.bytes(Math.max(0, rootVolume.share(9, 10).inBytes - Memory.gib(1).inBytes));
};

const mayUse = ({ nodes, groups }: Seat): NodeGroupSpec[] =>
  groups.filter(({ name, taints = [] }) => (nodes === undefined ? taints.length === 0 : name === nodes));

/** Whether an empty node of that kind seats the pod. */
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

/** Names of files and policies that every environment has. */
const RESERVED = ['secrets', 'certificates', 'default-deny'] as const;

/** Names that Kubernetes objects of an environment will have; two of one kind would overwrite one another. */
const workloadNames = ({ services, caches, gateway }: EnvironmentSpec): string[] => [
  ...RESERVED,
  ...services.map(({ name }) => name),
  ...caches.flatMap(({ name }) => [name, `${name}-members`, `${name}-reconciler`]),
  ...(gateway ? [gateway.name, ...services.filter(({ isPublic }) => isPublic).map(({ name }) => `${name}-pods`)] : []),
];

const autoscalerNames = ({ services, gateway }: EnvironmentSpec): string[] => [
  ...services.map(({ name, autoscalerName }) => autoscalerName ?? name),
  ...(gateway ? [gateway.name] : []),
];

/** The caches whose members have volumes on groups that an autoscaler cannot grow in a chosen zone. */
const unzonedCaches = ({ caches, cluster }: EnvironmentSpec): string[] =>
  caches
    .filter(({ nodes }) => cluster.nodeGroups.some(({ name, zones }) => name === nodes && zones !== 'each'))
    .map(({ name }) => name);

export const WORKLOAD_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'environment-workloads-have-distinct-names',
    prop: 'services',
    holds: (environment) => duplicates(workloadNames(environment)).length === 0,
    rule: `must differ in name from caches, the gateway, what these make (-members, -reconciler, -pods) and ${RESERVED.join(', ')}`,
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
    holds: ({ databases, caches }) => duplicates([...databases, ...caches].map(({ name }) => name)).length === 0,
    rule: 'must differ in name from databases: secrets of both are named after them',
    received: ({ databases, caches }) => duplicates([...databases, ...caches].map(({ name }) => name)),
    remedy: 'rename one of the two',
  },
  {
    id: 'environment-volumes-have-nodes-in-their-zone',
    prop: 'caches',
    severity: 'warning',
    holds: (environment) => unzonedCaches(environment).length === 0,
    rule: "should run on a node group with zones: 'each': a volume stays in its zone, and a group that spans several cannot be grown in one",
    received: unzonedCaches,
    remedy: "give the group zones: 'each'",
  },
];

/** Every pod that no node can seat, and every name that two workloads claim. */
export const inspectSeats = (path: string, environment: EnvironmentSpec): Finding[] => [
  ...inspect(path, environment, WORKLOAD_CHECKS),
  ...environment.services.flatMap(({ name, nodes, resources }) =>
    inspect(
      `${path}/${name}`,
      { requests: resources.requests, nodes, groups: environment.cluster.nodeGroups },
      SEAT_CHECKS,
    ),
  ),
];
