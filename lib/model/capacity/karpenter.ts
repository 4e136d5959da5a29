/** Names that both planes know where Karpenter makes the nodes of a cluster. */

/** Namespace and service account of its controller. */
export const KARPENTER = { namespace: 'kube-system', serviceAccount: 'karpenter' } as const;

/** Tag of subnets and security groups that its node classes select, with the name of the cluster. */
export const KARPENTER_DISCOVERY = 'karpenter.sh/discovery';

/** Queue of the notices that nodes will go: value of the chart's `settings.interruptionQueue`. */
export const karpenterQueue = (cluster: string): string => `${cluster}-karpenter`;

/** Instance profile of the nodes that it makes: `spec.instanceProfile` of each node class. */
export const karpenterInstanceProfile = (cluster: string): string => `${cluster}-karpenter-node`;

/** Label by whose values pods are spread, so that spot has its share of them. */
export const CAPACITY_SPREAD_LABEL = 'headroom.dev/capacity-spread';

/** Label that Karpenter keeps on its nodes: `on-demand` or `spot`. */
export const CAPACITY_TYPE_LABEL = 'karpenter.sh/capacity-type';
