import type { EnvironmentSpec, GatewaySpec } from '../environment';
import type { ServiceSpec } from '../service/service';
import type { NginxProxySpec } from './nginx-proxy';

/** Name of a service's upstream, as the documents write it: `auth_service_cluster`. */
export const upstreamName = ({ name }: Pick<ServiceSpec, 'name'>): string => `${name.replaceAll('-', '_')}_cluster`;

/** Services that users reach through the gateway. */
export const publicServices = ({ services }: Pick<EnvironmentSpec, 'services'>): ServiceSpec[] =>
  services.filter(({ isPublic }) => isPublic);

/** Upstreams and routes of a gateway, wherever it runs: each public service below its name. */
export function gatewayRoutes(
  environment: Pick<EnvironmentSpec, 'services'>,
  { upstream }: Pick<GatewaySpec, 'upstream'>,
): Pick<NginxProxySpec, 'upstreams' | 'routes'> {
  const published = publicServices(environment);
  return {
    upstreams: published.map((service) => ({
      ...upstream,
      name: upstreamName(service),
      service: service.name,
      port: service.port,
    })),
    routes: published.map((service) => ({
      path: `/${service.name}`,
      upstream: upstreamName(service),
      upstreamPath: '/',
    })),
  };
}
