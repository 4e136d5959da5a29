import { type MeshAccessProps, type MeshServer, type ServiceRoutesProps, selectorLabels } from '../../kubernetes';
import { smokeName } from '../../kubernetes/rollout/smoke-test';
import {
  blueGreenPlan,
  canaryPlan,
  type EnvironmentSpec,
  probedPaths,
  requiredHeader,
  retriesOf,
  type ServiceSpec,
} from '../../model';
import { clientsOf } from './connections';
import { loadBalancerOf, loadBalancerRanges } from './plan-network';
import { askersOf } from './warmers';

/** Services at which requests end up in a mesh: of a canary, those of its two versions. */
export const meshHosts = ({ mesh, services }: EnvironmentSpec): string[] =>
  mesh === undefined
    ? []
    : services.flatMap(({ name, rollout }) => {
        if (rollout?.strategy !== 'canary') return [name];
        const { stableServiceName, canaryServiceName } = canaryPlan({ ...rollout, name });
        return [stableServiceName, canaryServiceName];
      });

/** The Service that requests are sent to: of a blue-green one, what the plain name is an alias of. */
const addressed = ({ name, rollout }: ServiceSpec): string =>
  rollout?.strategy === 'blue-green' ? blueGreenPlan({ ...rollout, name }).activeServiceName : name;

/** How requests are repeated, but for those to canaries through Istio, which have routes of their own. */
export const planRoutes = (platform: string, environment: EnvironmentSpec): ServiceRoutesProps[] =>
  environment.mesh === undefined || environment.meshPolicy === undefined
    ? []
    : environment.services
        .filter(({ rollout }) => rollout?.strategy !== 'canary' || rollout.traffic.through !== 'istio')
        .map((service) => {
          const retries = retriesOf(environment, service);
          return { service: addressed(service), partOf: platform, ...(retries && { retries }) };
        });

/** Whoever declares a connection, the gateway, and the smoke test of its own releases, each by its service account. */
function accountsOf(environment: EnvironmentSpec, { name, isPublic, rollout }: ServiceSpec): string[] {
  const { gateway } = environment;
  return [
    ...(isPublic && gateway ? [gateway.name] : []),
    ...clientsOf(environment, 'service', name).map((client) => client.name),
    ...(rollout?.smokeTest ? [smokeName(name)] : []),
    ...askersOf(environment, name),
  ];
}

/** What sidecars ask of each request, as the gateway does: callers within are to carry it on. */
function headerOf(environment: EnvironmentSpec, service: ServiceSpec): Pick<MeshServer, 'requiredHeader'> {
  const header = requiredHeader(environment);
  return header === undefined || environment.requiredHeader?.scope === 'from-outside'
    ? {}
    : { requiredHeader: { ...header, exempt: probedPaths(environment, service) } };
}

/** The load balancer that weighs a canary holds its pods itself, and has no sidecar. */
function server(environment: EnvironmentSpec, service: ServiceSpec): MeshServer {
  const { name, port } = service;
  const loadBalancer = loadBalancerOf(service);
  return {
    name,
    selector: selectorLabels(name),
    port,
    accounts: accountsOf(environment, service),
    ...headerOf(environment, service),
    ...(loadBalancer && { ranges: loadBalancerRanges(environment, loadBalancer) }),
  };
}

/**
 * Who may call whom in a mesh. The gateway is nobody's server there: load balancers reach it past its sidecar. Undefined
 * where the mesh insists on nothing.
 */
export function planMeshAccess(platform: string, environment: EnvironmentSpec): MeshAccessProps | undefined {
  const { mesh, meshPolicy, namespace, services } = environment;
  if (mesh === undefined || meshPolicy === undefined) return undefined;
  const { mtls, callers } = meshPolicy;
  return {
    namespace,
    servers: services.map((service) => server(environment, service)),
    partOf: platform,
    ...(mtls && { mtls }),
    ...(callers && { callers }),
  };
}
