import { type OpenPeer, selectorLabels, type WebServiceProps } from '../../kubernetes';
import { type EnvironmentSpec, isWithinRange, postgresPlan, type ServiceSpec } from '../../model';
import { type ConnectionTo, clientsOf, connectionsTo, pick } from './connections';
import { cacheEndpoint } from './plan-cache';
import { databaseRanges } from './plan-network';
import { placementOn } from './plan-placement';
import { serviceSecrets } from './plan-secrets';

/** The image with its registry, by digest where one is known. */
const imageOf = ({ registry }: EnvironmentSpec, { image: { repository, tag, digest } }: ServiceSpec): string =>
  `${registry}/${repository}${digest === undefined ? `:${tag}` : `@${digest}`}`;

/** A range that encloses the environment's own network means what lies outside it. */
function outsideTheNetwork(
  { network }: EnvironmentSpec,
  { cidr, port, except = [] }: ConnectionTo<'network'>,
): OpenPeer {
  const closed = isWithinRange(network.cidr, cidr) ? [...except, network.cidr] : except;
  return { cidr, port, ...(closed.length > 0 && { except: closed }) };
}

/** Whom a service may connect to: exactly what it declares, at the port that the other side declares. */
function egress(environment: EnvironmentSpec, service: ServiceSpec): OpenPeer[] {
  return [
    ...pick(environment.services, connectionsTo(service, 'service')).map(({ name, port }) => ({
      pods: selectorLabels(name),
      port,
    })),
    ...pick(environment.databases, connectionsTo(service, 'database')).flatMap((database) =>
      databaseRanges(environment).map((cidr) => ({ cidr, port: postgresPlan(database).port })),
    ),
    ...pick(environment.caches, connectionsTo(service, 'cache')).map((cache) => {
      const { selector, port } = cacheEndpoint(environment, cache);
      return { pods: selector, port };
    }),
    ...connectionsTo(service, 'network').map((connection) => outsideTheNetwork(environment, connection)),
  ];
}

/** Settings of the environment, addresses of the caches, and the service's own, which win. */
const settings = (environment: EnvironmentSpec, service: ServiceSpec): Readonly<Record<string, string>> => ({
  ...environment.settings,
  ...Object.fromEntries(
    connectionsTo(service, 'cache').flatMap(({ name, addressesIn }) =>
      pick(environment.caches, [{ name }]).flatMap((cache) =>
        addressesIn === undefined ? [] : [[addressesIn, cacheEndpoint(environment, cache).addresses.join(',')]],
      ),
    ),
  ),
  ...service.settings,
});

/** What a declared service is in Kubernetes. */
export function planService(platform: string, environment: EnvironmentSpec, service: ServiceSpec): WebServiceProps {
  const callers = clientsOf(environment, 'service', service.name).map(({ name }) => ({ pods: selectorLabels(name) }));
  const { gateway } = environment;
  const nodes = placementOn(environment, service.nodes);
  const viaGateway = service.isPublic && gateway ? [{ pods: selectorLabels(gateway.name) }] : [];
  return {
    name: service.name,
    image: imageOf(environment, service),
    port: service.port,
    partOf: platform,
    health: service.health,
    resources: service.resources,
    scaling: service.scaling,
    ...(service.vertical && { vertical: service.vertical }),
    ...(service.autoscalerName && { autoscalerName: service.autoscalerName }),
    ...(service.verticalAutoscalerName && { verticalAutoscalerName: service.verticalAutoscalerName }),
    ...(service.drainFor && { drainFor: service.drainFor }),
    ...(service.metricsPath && { metricsPath: service.metricsPath }),
    ...(environment.annotations && { annotations: environment.annotations }),
    settings: settings(environment, service),
    secretFiles: serviceSecrets(platform, environment, service).map(({ name, mountPath }) => ({
      secret: name,
      mountPath,
    })),
    ingressFrom: [...viaGateway, ...callers],
    egressTo: egress(environment, service),
    priorityClassName: 'standard',
    ...(nodes && { nodes }),
  };
}
