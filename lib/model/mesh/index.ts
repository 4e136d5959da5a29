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
