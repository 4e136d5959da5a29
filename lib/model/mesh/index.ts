export {
  MESH_CALLERS,
  type MeshCallers,
  type MeshPolicySpec,
  MUTUAL_TLS,
  type MutualTls,
} from './mesh-policy';
export {
  IDEMPOTENT_METHODS,
  type IdempotentMethod,
  inspectMeshRetries,
  MESH_RETRY_CHECKS,
  type MeshRetryPlan,
  type MeshRetrySpec,
  meshRetryPlan,
} from './retries';
export { SIDECAR_CHECKS, type SidecarSpec, sidecarPlan, withSidecar } from './sidecar';
export {
  inspectMeshTraffic,
  MESH_BALANCING,
  MESH_TRAFFIC_CHECKS,
  type MeshBalancing,
  type MeshTrafficPlan,
  type MeshTrafficSpec,
  meshTrafficPlan,
  type OutlierSpec,
} from './traffic';
