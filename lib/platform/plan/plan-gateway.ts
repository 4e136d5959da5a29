import { VIEWER_ADDRESS_HEADER } from '../../aws';
import { meshPodResources, type NginxProxyProps, nginxProxyPodPlan } from '../../kubernetes';
import {
  blueGreenPlan,
  type EnvironmentSpec,
  type Footprint,
  footprint,
  type GatewaySpec,
  gatewayHeader,
  gatewayRoutes,
  imageFor,
  peakPods,
  publicServices,
  type ServiceSpec,
  upstreamName,
} from '../../model';
import { Cpu, Memory } from '../../units';
import { gatewayAssumptions } from './plan-assumptions';
import { publicRanges } from './plan-network';
import { planNodes } from './plan-placement';
import { planWorkload } from './plan-workload';

/**
 * All requests leave the gateway through its sidecar: half a core, as the sidecars of other pods have it, would be used up
 * before nginx has used its own.
 */
const SIDECAR = {
  limits: { cpu: Cpu.cores(1), memory: Memory.mib(256) },
} as const satisfies NonNullable<NginxProxyProps['sidecar']>;

/** Of a blue-green service the active Service itself is headless: any other would hold both versions. */
const activeServices = (services: readonly ServiceSpec[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    services.flatMap((service) =>
      service.rollout?.strategy === 'blue-green'
        ? [[upstreamName(service), blueGreenPlan({ ...service.rollout, name: service.name }).activeServiceName]]
        : [],
    ),
  );

/** The proxy in front of an environment's public services, each below its name; load balancers' subnets are believed. */
export function planGateway(platform: string, environment: EnvironmentSpec, gateway: GatewaySpec): NginxProxyProps {
  const { upstream: _, ...proxy } = gateway;
  const image = imageFor(environment, 'nginx');
  const published = publicServices(environment);
  const requiredHeader = gatewayHeader(environment, published);
  return {
    ...proxy,
    ...planWorkload(platform, environment),
    namespace: environment.namespace,
    ...gatewayRoutes(environment, gateway),
    ...(requiredHeader && { requiredHeader }),
    trustedProxies: publicRanges(environment),
    ...(environment.edge?.delivery === 'cloudfront' && { addressHeader: VIEWER_ADDRESS_HEADER }),
    ...(environment.mesh === undefined
      ? { podsServices: activeServices(published) }
      : { mesh: 'sidecar' as const, sidecar: SIDECAR }),
    priorityClassName: 'critical',
    workloadAnnotations: gatewayAssumptions(environment),
    ...planNodes(environment),
    ...(image && { image }),
  };
}

/** What the gateway holds at most. */
export const gatewayFootprint = (platform: string, environment: EnvironmentSpec, gateway: GatewaySpec): Footprint =>
  footprint(
    peakPods(gateway.scaling.max),
    meshPodResources(nginxProxyPodPlan(planGateway(platform, environment, gateway))),
  );
