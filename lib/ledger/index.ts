export type * from './facts';
export type * from './rule';
export type { Json, KubernetesObject, Place, Skipped, Sources, TerraformBlock } from './source';
export { blockName, objectName } from './source';
