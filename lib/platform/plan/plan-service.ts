import { type OpenPeer, selectorLabels, type WebServiceProps } from '../../kubernetes';
import { warmingSelector } from '../../kubernetes/redis/cache-warming-pod';
import {
  type DatabaseSpec,
  databasePoolerPlan,
  type EnvironmentSpec,
  isDatabaseServer,
  isInstance,
  isWithinRange,
  type PlatformSpec,
  postgresPlan,
  postgresServerPlan,
  primaryOf,
  replicaPlan,
  type ServiceSpec,
  sharedSettings,
  vectorDatabasePlan,
} from '../../model';
import { type ConnectionTo, clientPods, connectionsTo, pick, storesOf } from './connections';
import { planAssumptions } from './plan-assumptions';
import { cacheAddresses, cacheEndpoint } from './plan-cache';
import { databaseRanges, loadBalancerOf, loadBalancerRanges } from './plan-network';
import { planNodes } from './plan-placement';
import { poolerBefore, serviceSecrets } from './plan-secrets';
import { traceSettings, traceStore } from './plan-traces';
import { planWorkload } from './plan-workload';
import { secretsFolder } from './secret-names';
import { askersOf } from './warmers';

/** The image with its registry, by digest where one is known. */
export const imageOf = (
  { registry }: EnvironmentSpec,
  { image: { repository, tag, digest } }: Pick<ServiceSpec, 'image'>,
): string => `${registry}/${repository}${digest === undefined ? `:${tag}` : `@${digest}`}`;

/** A range that encloses the environment's own network means what lies outside it. */
function outsideTheNetwork(
  { network }: EnvironmentSpec,
  { cidr, port, except = [] }: ConnectionTo<'network'>,
): OpenPeer {
  const closed = isWithinRange(network.cidr, cidr) ? [...except, network.cidr] : except;
  return { cidr, port, ...(closed.length > 0 && { except: closed }) };
}

/** Managed stores stand in the subnets for databases. */
const inDatabaseSubnets = (environment: EnvironmentSpec, port: number): OpenPeer[] =>
  databaseRanges(environment).map((cidr) => ({ cidr, port }));

/** Port of a database; undefined for a replica of something that is not declared, which is reported. */
function portOf(platform: PlatformSpec, database: DatabaseSpec): number | undefined {
  if (isInstance(database)) return postgresPlan(database).port;
  if (isDatabaseServer(database)) return postgresServerPlan(database).port;
  const primary = primaryOf(platform, database);
  return primary && replicaPlan(database, primary.database).port;
}

/** Where a database answers. */
export function toDatabase(platform: PlatformSpec, environment: EnvironmentSpec, database: DatabaseSpec): OpenPeer[] {
  const port = portOf(platform, database);
  if (port === undefined) return [];
  if (!isDatabaseServer(database)) return inDatabaseSubnets(environment, port);
  return [{ pods: selectorLabels(postgresServerPlan(database).objectName), port }];
}

/** The stores that a service may connect to, at the ports that they declare. Each has TLS of its own. */
export function storePeers(platform: PlatformSpec, environment: EnvironmentSpec, service: ServiceSpec): OpenPeer[] {
  const { databases, caches, vectorDatabases } = storesOf(environment, service);
  return [
    ...databases.flatMap((database) => {
      const pooler = poolerBefore(environment, service.name, database.name);
      return pooler === undefined
        ? toDatabase(platform, environment, database)
        : [{ pods: selectorLabels(pooler.name), port: databasePoolerPlan(pooler).port }];
    }),
    ...caches.flatMap((cache) => {
      const { selector, port } = cacheEndpoint(environment, cache);
      return selector === undefined ? inDatabaseSubnets(environment, port) : [{ pods: selector, port }];
    }),
    ...vectorDatabases.flatMap((database) => {
      const { objectName, port, grpcPort } = vectorDatabasePlan(database);
      return [port, grpcPort].map((open) => ({ pods: selectorLabels(objectName), port: open }));
    }),
  ];
}

/** Whom a service may connect to: exactly what it declares, at the port that the other side declares. */
const egress = (environment: EnvironmentSpec, service: ServiceSpec, stores: readonly OpenPeer[]): OpenPeer[] => [
  ...pick(environment.services, connectionsTo(service, 'service')).map(({ name, port }) => ({
    pods: selectorLabels(name),
    port,
  })),
  ...stores,
  ...traceStore(environment),
  ...connectionsTo(service, 'network').map((connection) => outsideTheNetwork(environment, connection)),
];

/** Variables that hold the addresses of caches, and the cache of each. */
const addressVariables = (environment: EnvironmentSpec, service: ServiceSpec) =>
  connectionsTo(service, 'cache').flatMap(({ name, addressesIn }) =>
    addressesIn === undefined
      ? []
      : pick(environment.caches, [{ name }]).map((cache) => ({ variable: addressesIn, name, cache })),
  );

/** Settings of the environment, addresses of the caches, and the service's own, which win. */
const settings = (environment: EnvironmentSpec, service: ServiceSpec): Readonly<Record<string, string>> => ({
  ...sharedSettings(environment),
  ...Object.fromEntries(
    addressVariables(environment, service).flatMap(({ variable, cache }) => {
      const addresses = cacheAddresses(cacheEndpoint(environment, cache));
      return addresses === undefined ? [] : [[variable, addresses.join(',')]];
    }),
  ),
  ...service.settings,
});

/** The file that says the same, whatever kind of cache it is: ElastiCache's addresses are known to Terraform alone. */
const addressFiles = (
  platform: string,
  environment: EnvironmentSpec,
  service: ServiceSpec,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    addressVariables(environment, service).map(({ variable, name }) => [
      `${variable}_FILE`,
      `${secretsFolder(platform, name)}/nodes`,
    ]),
  );

/** What sidecars do to a service: its own traffic goes through them, that to stores past them. */
function inMesh({ mesh }: EnvironmentSpec, stores: readonly OpenPeer[]): Pick<WebServiceProps, 'mesh' | 'bypassMesh'> {
  if (mesh === undefined) return {};
  return { mesh: 'sidecar', bypassMesh: [...new Set(stores.map(({ port }) => port))].sort((a, b) => a - b) };
}

/** The load balancer that weighs a canary connects to its pods itself. */
function fromLoadBalancer(environment: EnvironmentSpec, service: ServiceSpec): { readonly cidr: string }[] {
  const loadBalancer = loadBalancerOf(service);
  return loadBalancer ? loadBalancerRanges(environment, loadBalancer).map((cidr) => ({ cidr })) : [];
}

/** Argo CD holds its pods back until the migration of the same release, which stands in the wave before, is over. */
const AFTER_MIGRATION = { 'argocd.argoproj.io/sync-wave': '1' } as const;

/** What a declared service is in Kubernetes, however it is released. */
export function planService(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  service: ServiceSpec,
): WebServiceProps {
  const { gateway } = environment;
  const stores = storePeers(platform, environment, service);
  const viaGateway = service.isPublic && gateway ? [{ pods: selectorLabels(gateway.name) }] : [];
  return {
    ...planWorkload(platform.name, environment),
    name: service.name,
    image: imageOf(environment, service),
    port: service.port,
    health: service.health,
    resources: service.resources,
    scaling: service.scaling,
    ...(service.command && { command: service.command }),
    ...(service.args && { args: service.args }),
    ...(service.vertical && { vertical: service.vertical }),
    ...(service.autoscalerName && { autoscalerName: service.autoscalerName }),
    ...(service.verticalAutoscalerName && { verticalAutoscalerName: service.verticalAutoscalerName }),
    ...(service.drainFor && { drainFor: service.drainFor }),
    ...(service.metricsPath && { metricsPath: service.metricsPath }),
    settings: {
      ...traceSettings(platform.name, environment, service),
      ...addressFiles(platform.name, environment, service),
      ...settings(environment, service),
    },
    secretFiles: serviceSecrets(platform.name, environment, service).map(({ name, mountPath }) => ({
      secret: name,
      mountPath,
    })),
    ingressFrom: [
      ...fromLoadBalancer(environment, service),
      ...viaGateway,
      ...clientPods(environment, 'service', service.name),
      ...askersOf(environment, service.name).map((name) => ({ pods: warmingSelector(name) })),
    ],
    egressTo: egress(environment, service, stores),
    priorityClassName: 'standard',
    ...planNodes(environment, service.nodes),
    ...inMesh(environment, stores),
    annotations: {
      ...environment.annotations,
      ...(service.migration && AFTER_MIGRATION),
    },
    workloadAnnotations: planAssumptions(platform, environment, service),
  };
}
