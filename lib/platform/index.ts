export { EnvironmentChart } from './environment-chart';
export { EnvironmentStack } from './environment-stack';
export { inspectPlatform, PLATFORM_RELATION_CHECKS } from './inspect-platform';
export { Layer, MANIFEST_LAYERS, type ManifestLayer } from './layer';
export { manifestFiles } from './output/manifest-files';
export { PLATFORMS_CHECKS, type Synthesis, type SynthesizeOptions, synthesize } from './synthesize';
