export {
  AUTO_SCALING_GROUP_CHECKS,
  type AutoScalingGroupPlan,
  type AutoScalingGroupSpec,
  autoScalingGroupPlan,
  inspectAutoScalingGroup,
  type SpotPart,
} from './auto-scaling-group';
export {
  type CapacityDomains,
  capacityDomains,
  inspectNodePoolPair,
  NODE_POOL_PAIR_CHECKS,
  type NodePoolPairSpec,
  nodePoolPair,
} from './capacity-domains';
export {
  allNodes,
  type KarpenterSpec,
  managedNodeGroups,
  maxNodes,
  nodePools,
  poolPairs,
  type SpotSpec,
  singlePools,
  spotShareSpec,
} from './cluster-nodes';
export { CLUSTER_NODE_CHECKS, inspectClusterNodes } from './cluster-nodes-checks';
export {
  asNodeGroup,
  type InstancesSpec,
  instanceCapacity,
  instanceGroupName,
  withInstances,
} from './instances';
export { INSTANCES_CHECKS, INSTANCES_PLACE_CHECKS, inspectInstances } from './instances-checks';
export {
  CAPACITY_SPREAD_LABEL,
  CAPACITY_TYPE_LABEL,
  KARPENTER,
  KARPENTER_DISCOVERY,
  karpenterInstanceProfile,
  karpenterQueue,
} from './karpenter';
export {
  type DisruptionBudget as NodeDisruptionBudget,
  type DisruptionReason,
  type NodePoolPlan,
  type NodePoolSpec,
  nodePoolPlan,
} from './node-pool';
export { inspectNodePool, NODE_POOL_CHECKS } from './node-pool-checks';
export { SPOT_SHARE_DEFAULTS, type SpotShare, type SpotShareSpec, spotShare } from './spot-share';
export {
  type CapacityNeed,
  inspectSpotShare,
  onDemandRoom,
  SPOT_FALLBACK_CHECKS,
  SPOT_OUTCOME_CHECKS,
  SPOT_SHARE_CHECKS,
} from './spot-share-checks';
export { TARGET_TRACKING_CHECKS, type TargetTracking, type TrackedTarget } from './target-tracking';
