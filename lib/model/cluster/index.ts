export {
  ADDRESSES_PER_PREFIX,
  type Allocatable,
  allocatable,
  podsByPrefix,
  podsBySecondaryAddress,
} from './allocatable';
export { API_ACCESS_CHECKS, inspectApiAccess } from './api-access';
export {
  type AddonName,
  type ApiAccess,
  type ClusterSpec,
  DEPLOYERS_GROUP,
  type NodeAutoscaler,
  type SupportType,
} from './cluster';
export { CLUSTER_VERSION_CHECKS, type ClusterVersion, inspectClusterVersion } from './cluster-version';
export {
  inspectNodeGroup,
  NODE_GROUP_CHECKS,
  type NodeGroupPlan,
  nodeBounds,
  nodeGroupPlan,
} from './node-group';
export { NODE_TYPE_CHECKS, type NodeTypes, nearestTypes, nodeArchitecture, nodePods } from './node-types';
export { type CapacityType, NODE_GROUP_LABEL, type NodeGroupSpec, type Taint, type TaintEffect } from './nodes';
