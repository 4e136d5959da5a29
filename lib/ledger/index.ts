export type * from './facts';
export { NO_ASSUMPTIONS } from './facts/assumed';
export { factsOf } from './facts-of';
export { type AssumptionsFile, readAssumptions } from './read/assumptions-file';
export { type KubernetesText, readKubernetes } from './read/kubernetes-yaml';
export { readTerraform, type TerraformText } from './read/terraform';
export type * from './rule';
export type { Json, KubernetesObject, Place, Skipped, Sources, TerraformBlock } from './source';
export { blockName, objectName } from './source';
