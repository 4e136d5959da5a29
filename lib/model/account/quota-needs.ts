import { instanceType } from '../../catalog';
import { Memory } from '../../units';
import type { NodeGroupSpec } from '../cluster/nodes';
import { QUOTA_NAMES, type QuotaName, serviceQuota } from './service-quotas';

/** What an environment may grow to, as far as quotas count it. */
export interface QuotaInput {
  /** Zones that it spans (1 or more). */
  readonly zones: number;
  /** Its node groups; each counts with its maximum, and with the nodes that an update adds. */
  readonly nodeGroups: readonly Pick<NodeGroupSpec, 'instanceTypes' | 'capacity' | 'max' | 'zones' | 'rootVolume'>[];
  /** vCPUs beside those: limits of Karpenter's pools, access hosts. @default - none */
  readonly otherVcpus?: { readonly onDemand?: number; readonly spot?: number };
  /** NAT gateways: one, or one in each zone. */
  readonly nat: 'per-zone' | 'single';
  /** Application Load Balancers, those that controllers make included (0 or more). */
  readonly loadBalancers: number;
  /** RDS instances: a standby of Multi-AZ counts with its instance, a replica counts itself (0 or more). */
  readonly databaseInstances: number;
  /** Nodes of all ElastiCache groups (0 or more). */
  readonly cacheNodes: number;
  /** Persistent volumes of pods, at their maxima. RDS has a quota of its own. @default - none */
  readonly volumes?: Memory;
  /** Pod Identity associations of its cluster (0 or more). */
  readonly associations: number;
}

/** How much of each quota is used up at most. */
export type QuotaNeeds = Readonly<Record<QuotaName, number>>;

/** What is needed, and instance types of which the need is not known. */
export interface QuotaPlan {
  readonly needs: QuotaNeeds;
  /** Types that the catalog lacks, or that count against quotas of their own. */
  readonly uncounted: readonly string[];
}

/** Nodes that an update of a group starts in each zone before it drains old ones; Terraform updates all groups at once. */
const SURGE_NODES_PER_ZONE = 2;

const DEFAULT_ROOT_VOLUME = Memory.gib(50);
const TIB = Memory.gib(1024).inBytes;

const isStandard = (type: string): boolean => /^[acdhimrtz]\d/.test(type);

const vcpusOf = (type: string): number | undefined => (isStandard(type) ? instanceType(type)?.vcpus : undefined);

type Group = QuotaInput['nodeGroups'][number];

const nodesOf = ({ max, zones: spread = 'all' }: Group, zones: number): number =>
  max * (spread === 'each' ? zones : 1) + SURGE_NODES_PER_ZONE * zones;

/** Of several types the largest counts: the autoscaler may take it for every node. */
const groupVcpus = (group: Group, zones: number): number =>
  nodesOf(group, zones) * Math.max(0, ...group.instanceTypes.map((type) => vcpusOf(type) ?? 0));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** What one environment uses up when everything declared is at its maximum at once, in the middle of an update. */
export function quotaNeeds(input: QuotaInput): QuotaPlan {
  const { zones, nodeGroups, nat, otherVcpus = {}, volumes = Memory.bytes(0) } = input;
  const vcpus = (capacity: Group['capacity']): number =>
    sum(
      nodeGroups
        .filter((group) => (group.capacity ?? 'on-demand') === capacity)
        .map((group) => groupVcpus(group, zones)),
    );
  const disk = sum(
    nodeGroups.map((group) => nodesOf(group, zones) * (group.rootVolume ?? DEFAULT_ROOT_VOLUME).inBytes),
  );
  return {
    needs: {
      onDemandVcpus: vcpus('on-demand') + (otherVcpus.onDemand ?? 0),
      spotVcpus: vcpus('spot') + (otherVcpus.spot ?? 0),
      elasticIps: nat === 'per-zone' ? zones : 1,
      natGateways: 1,
      vpcs: 1,
      applicationLoadBalancers: input.loadBalancers,
      databaseInstances: input.databaseInstances,
      cacheNodes: input.cacheNodes,
      gp3Tib: Math.ceil((disk + volumes.inBytes) / TIB),
      clusters: 1,
      podIdentityAssociations: input.associations,
    },
    uncounted: [
      ...new Set(
        nodeGroups.flatMap(({ instanceTypes }) => instanceTypes).filter((type) => vcpusOf(type) === undefined),
      ),
    ],
  };
}

/** What several environments of one account and region use up together: the largest, where a quota is about one cluster. */
export function combinedNeeds(plans: readonly QuotaPlan[]): QuotaPlan {
  const combine = (name: QuotaName): number => {
    const needs = plans.map((plan) => plan.needs[name]);
    return serviceQuota(name).per === 'cluster' ? Math.max(0, ...needs) : sum(needs);
  };
  return {
    needs: Object.fromEntries(QUOTA_NAMES.map((name) => [name, combine(name)])) as Record<QuotaName, number>,
    uncounted: [...new Set(plans.flatMap(({ uncounted }) => uncounted))],
  };
}
