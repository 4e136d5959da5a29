export { type Footprint, footprint, peakPods, SURGE_PERCENT, total } from './footprint';
export type { ImageSpec } from './image';
export type { MigrationSpec } from './migration';
export { servicePeak } from './peak';
export type { Amounts, Connection, HealthSpec, Resources, ServiceSpec } from './service';
export { inspectService, SERVICE_ADDRESS_CHECKS, SERVICE_SPEC_CHECKS } from './service-checks';
export { SERVICE_RUNTIME_CHECKS, type ServiceRuntime } from './service-runtime';
