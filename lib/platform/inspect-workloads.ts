import { DEFAULT_KUBERNETES_VERSION } from '../catalog';
import { type Finding, isError } from '../check';
import {
  AdmissionPolicies,
  BlueGreenRollout,
  CacheWarming,
  CanaryRollout,
  DatabaseMigration,
  MeshAccess,
  NginxProxy,
  ServiceRoutes,
  WebService,
} from '../kubernetes';
import { type EnvironmentSpec, inspectService, type PlatformSpec } from '../model';
import { planAdmission } from './plan/plan-admission';
import { planCacheWarming } from './plan/plan-cache-warming';
import { planEmergency } from './plan/plan-emergency';
import { planGateway } from './plan/plan-gateway';
import { planMeshAccess, planRoutes } from './plan/plan-mesh';
import { planMigrations } from './plan/plan-migrations';
import { planRelease, type ServicePlan } from './plan/plan-rollout';

/** All that is wrong with services, their gateway, and the rules that hold for both; makes nothing. */
export function inspectWorkloads(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const { gateway, services } = environment;
  const { version = DEFAULT_KUBERNETES_VERSION } = environment.cluster;
  const name = platform.name;
  const admission = planAdmission(name, environment);
  const emergency = planEmergency(name, environment);
  const warming = planCacheWarming(name, environment);
  return [
    ...services.flatMap((service) => [
      ...inspectService(`${path}/${service.name}`, service),
      ...inspectRelease(`${path}/${service.name}`, planRelease(platform, environment, service), version),
    ]),
    ...inspectMesh(path, name, environment),
    ...planMigrations(platform, environment).flatMap((migration) =>
      DatabaseMigration.inspect(`${path}/${migration.service}/Migration`, migration),
    ),
    ...(warming ? CacheWarming.inspect(`${path}/${warming.name}`, warming) : []),
    ...(emergency ? NginxProxy.inspect(`${path}/emergency`, emergency).filter(isError) : []),
    ...(admission ? AdmissionPolicies.inspect(`${path}/AdmissionPolicies`, admission, version) : []),
    ...(gateway ? NginxProxy.inspect(`${path}/${gateway.name}`, planGateway(name, environment, gateway)) : []),
  ];
}

function inspectMesh(path: string, platform: string, environment: EnvironmentSpec): Finding[] {
  const access = planMeshAccess(platform, environment);
  return [
    ...planRoutes(platform, environment).flatMap((routes) =>
      ServiceRoutes.inspect(`${path}/${routes.service}`, routes),
    ),
    ...(access ? MeshAccess.inspect(`${path}/mesh-access`, access) : []),
  ];
}

function inspectRelease(path: string, { as, props }: ServicePlan, version: string): Finding[] {
  if (as === 'deployment') return WebService.inspect(path, props, version);
  if (as === 'blue-green') return BlueGreenRollout.inspect(path, props, version);
  return CanaryRollout.inspect(path, props, version);
}
