import { type NginxProxyProps, nginxProxyPodPlan } from '../../kubernetes';
import {
  type EnvironmentSpec,
  type Footprint,
  footprint,
  type GatewaySpec,
  peakPods,
  type ServiceSpec,
} from '../../model';
import { publicRanges } from './plan-network';

/** Name of a service's upstream, as the documents write it: `auth_service_cluster`. */
const upstreamName = ({ name }: ServiceSpec): string => `${name.replaceAll('-', '_')}_cluster`;

/** The proxy in front of an environment's public services, each below its name; load balancers' subnets are believed. */
export function planGateway(platform: string, environment: EnvironmentSpec, gateway: GatewaySpec): NginxProxyProps {
  const { upstream, ...proxy } = gateway;
  const published = environment.services.filter(({ isPublic }) => isPublic);
  return {
    ...proxy,
    namespace: environment.namespace,
    partOf: platform,
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
    trustedProxies: publicRanges(environment),
    priorityClassName: 'critical',
    ...(environment.images?.nginx && { image: environment.images.nginx }),
    ...(environment.annotations && { annotations: environment.annotations }),
  };
}

/** What the gateway holds at most. */
export const gatewayFootprint = (platform: string, environment: EnvironmentSpec, gateway: GatewaySpec): Footprint =>
  footprint(peakPods(gateway.scaling.max), nginxProxyPodPlan(planGateway(platform, environment, gateway)).resources);
