import type { TerraformResource } from 'cdktf';
import { DEFAULT_KUBERNETES_VERSION } from '../../catalog';
import { type Check, duplicates, type Finding, inspect, withDefaults } from '../../check';
import {
  type ClusterSpec,
  type EnvironmentSpec,
  inspectApiAccess,
  inspectClusterVersion,
  type NodeGroupSpec,
} from '../../model';
import { Duration } from '../../units';
import { LogGroup } from '../log-group';
import { NodeGroup } from '../nodes/node-group';
import type { EncryptionKey } from '../secrets/encryption-key';
import { tagsAreAllowed } from '../tags';
import { ACCESS_HOST_CHECKS, type AccessHostProps } from './access-host';
import { ClusterAccess, type ClusterAccessProps } from './cluster-access';
import { ClusterAddons, type ClusterAddonsProps } from './cluster-addons';
import type { JoiningNodes } from './cluster-ref';

/** The part of a network that a cluster stands in. A `Network` is one. */
export interface ClusterNetwork {
  /** VPC of the subnets, where the security group of the access host is made. */
  readonly vpcId: string;
  /** Range of the VPC, known at synthesis. */
  readonly cidr: string;
  /** Zones of the private subnets, in the same order: at least 2. */
  readonly zones: readonly string[];
  /** Subnets of control plane, nodes and access host, one in each zone; the host takes the first. */
  readonly privateSubnetIds: readonly string[];
  /** Prefix list of the gateway endpoint of S3, where Amazon Linux keeps its packages. @default - there is none */
  readonly s3PrefixListId?: string | undefined;
  /** Ways out that nodes need at start. @default - they stand */
  readonly outboundRoutes?: readonly TerraformResource[];
}

/** A cluster as declared: its version and nodes, who may use it, and the network it stands in. */
export interface EksClusterProps
  extends Omit<ClusterSpec, 'nodeGroups' | 'spot' | 'karpenter'>,
    Omit<ClusterAccessProps, 'clusterName'>,
    Pick<ClusterAddonsProps, 'volumeKey'> {
  /** Letters, digits, `-` and `_`, a letter or digit first (1-100), unique in account and region. */
  readonly name: string;
  /** VPC with private subnets in 2 zones or more. Nodes start there, so it needs a way out or endpoints. */
  readonly network: ClusterNetwork;
  /** Groups made with the cluster, one with nodes and without taints; more join with `addNodeGroup`. @default - none */
  readonly nodeGroups?: readonly NodeGroupSpec[];
  /** Day on which the support calendar is read (ISO date). */
  readonly asOf: string;
  /** Outside `development`, deletion is refused until the protection is switched off. @default 'production' */
  readonly stage?: EnvironmentSpec['stage'];
  /** How long control plane logs are kept (days that CloudWatch offers). @default Duration.days(365) */
  readonly logRetention?: Duration;
  /** Key of secrets and logs, whose users include `logs`. @default - one of the cluster's own */
  readonly key?: EncryptionKey;
  /** Ranges where the access host finds Session Manager; `0.0.0.0/0` without endpoints. @default - the VPC */
  readonly accessHostReaches?: readonly string[];
  /** Whether Session Manager may open shells on nodes. @default false */
  readonly nodeSessions?: boolean;
  /** Pull-through caches (prefixes such as `docker-hub`) that nodes may fill: a first pull makes the repository. @default - none */
  readonly imageCaches?: readonly string[];
  /** Tags of the cluster and of its nodes, volumes and interfaces; no key starts with `aws:`. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

type Optional = 'key' | 'addonVersions' | 'volumeKey' | 'deployNamespaces';

/** The props with every default in place, as the checks read them. */
export type EksClusterPlan = Required<Omit<EksClusterProps, Optional>> & Pick<EksClusterProps, Optional>;

/** What is asked of name, zones, groups and tags; version, access and add-ons have tables of their own. */
export const EKS_CLUSTER_CHECKS: readonly Check<EksClusterPlan>[] = [
  {
    id: 'cluster-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(name),
    rule: "must be 1-100 letters, digits, '-' or '_', starting with a letter or digit",
    remedy: 'use a name such as acgs-production',
  },
  {
    id: 'cluster-subnets-span-zones',
    prop: 'network.zones',
    holds: ({ network: { zones, privateSubnetIds } }) =>
      zones.length >= 2 && zones.length === privateSubnetIds.length && duplicates(zones).length === 0,
    rule: 'must be at least 2 different zones, one for each private subnet',
    received: ({ network }) => network.zones,
    remedy: 'EKS places its control plane in two zones or more',
  },
  {
    id: 'cluster-node-groups-are-distinct',
    prop: 'nodeGroups',
    holds: ({ nodeGroups }) => duplicates(nodeGroups.map(({ name }) => name)).length === 0,
    rule: 'must have distinct names',
    received: ({ nodeGroups }) => duplicates(nodeGroups.map(({ name }) => name)),
    remedy: 'rename or remove the second one',
  },
  tagsAreAllowed('cluster-tags-are-allowed'),
];

type Nodes = Pick<JoiningNodes, 'desired' | 'taints'>;

const keepsPodsAway = ({ effect }: JoiningNodes['taints'][number]): boolean => effect !== 'PreferNoSchedule';

/** Asked of declared groups at once, if there are any, and of all when they have joined. */
export const CLUSTER_NODES_CHECKS: readonly Check<readonly Nodes[]>[] = [
  {
    id: 'cluster-addons-have-nodes',
    prop: 'nodeGroups',
    holds: (joined) => joined.some(({ desired, taints }) => desired > 0 && !taints.some(keepsPodsAway)),
    rule: 'must include one with nodes and without taints in the stack of the cluster: DNS runs there',
    received: (joined) => `${joined.length} groups`,
    remedy: 'add a group without taints whose desired is 2 or more',
  },
];

/** Whether a cluster begins with nodes for its add-ons that nobody takes back. */
export const startsOnDemand = (groups: readonly NodeGroupSpec[]): boolean =>
  groups.some(
    ({ capacity, desired, taints = [] }) => capacity !== 'spot' && desired > 0 && !taints.some(keepsPodsAway),
  );

const DEFAULTS = {
  version: DEFAULT_KUBERNETES_VERSION,
  supportType: 'STANDARD',
  autoscaler: 'cluster-autoscaler',
  nodeGroups: [],
  stage: 'production',
  logRetention: Duration.days(365),
  nodeSessions: false,
  imageCaches: [],
  tags: {},
} as const satisfies Partial<EksClusterProps>;

/** The cluster with every default filled in. */
export const planEksCluster = (props: EksClusterProps): EksClusterPlan =>
  withDefaults({ ...DEFAULTS, accessHostReaches: [props.network.cidr] }, props);

const nodesOf = ({ desired, taints = [] }: NodeGroupSpec): Nodes => ({ desired, taints });

/** The log group that EKS writes to for a cluster of that name; it takes no other. */
export const controlPlaneLogGroup = (cluster: string): string => `/aws/eks/${cluster}/cluster`;

/** Everything wrong with the cluster and with its parts. */
export function inspectEksCluster(path: string, props: EksClusterProps): Finding[] {
  const plan = planEksCluster(props);
  const logs = { name: controlPlaneLogGroup(plan.name), retention: plan.logRetention };
  const cluster = { name: plan.name, version: plan.version, securityGroupId: '', nodeRoleArn: '' };
  // These checks read no ids, which exist no sooner than the stack.
  const host = { reaches: plan.accessHostReaches } as AccessHostProps;
  const renamed = (findings: readonly Finding[], prop: string) => findings.map((finding) => ({ ...finding, prop }));
  return [
    ...inspect(path, plan, EKS_CLUSTER_CHECKS),
    ...(plan.nodeGroups.length > 0 ? inspect(path, plan.nodeGroups.map(nodesOf), CLUSTER_NODES_CHECKS) : []),
    ...inspectClusterVersion(path, plan),
    ...inspectApiAccess(path, plan.apiAccess),
    ...ClusterAccess.inspect(path, { ...plan, clusterName: plan.name }),
    ...ClusterAddons.inspect(path, { ...plan, clusterName: plan.name }),
    ...renamed(LogGroup.inspect(path, logs), 'logRetention'),
    ...renamed(inspect(path, host, ACCESS_HOST_CHECKS), 'accessHostReaches'),
    ...plan.nodeGroups.flatMap((group) =>
      NodeGroup.inspect(`${path}/${group.name}`, {
        ...group,
        cluster,
        autoscaler: plan.autoscaler,
        subnetIds: plan.network.privateSubnetIds,
        zoneNames: plan.network.zones,
      }),
    ),
  ];
}
