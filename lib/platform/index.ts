export { EnvironmentChart } from './environment-chart';
export { EnvironmentStack } from './environment-stack';
export { inspectPlatform, PLATFORM_RELATION_CHECKS } from './inspect-platform';
export { INSTANCE_NAME_CHECKS } from './instances-stack';
export { Layer, MANIFEST_LAYERS, type ManifestLayer } from './layer';
export { OBSERVABILITY_ROOM_CHECKS } from './observability';
export { manifestFiles } from './output/manifest-files';
export { LASTING_NODE_CHECKS, SPOT_RELEASE_CHECKS } from './plan/plan-capacity';
export { PLATFORMS_CHECKS, type Synthesis, type SynthesizeOptions, synthesize } from './synthesize';
