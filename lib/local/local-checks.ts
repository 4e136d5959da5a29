import { type Check, duplicates, type Finding, inspect, inspectEach, isWholeWithin } from '../check';
import { NginxUpstreams } from '../config';
import { inspectPgBouncer } from '../config/pgbouncer/pgbouncer-checks';
import {
  type EnvironmentSpec,
  inspectPostgresServer,
  inspectRedis,
  inspectRedisServer,
  isInstance,
  isRedisServer,
  type LocalServiceSpec,
  type LocalSpec,
  localChoices,
  PUBLIC_IMAGES,
  postgresMajor,
} from '../model';
import { localProxy } from './gateway-container';
import {
  connectionsOf,
  type LocalPlan,
  localPlan,
  MOST_CONTAINERS,
  missingStores,
  pooledDatabases,
} from './local-plan';
import { LOCAL_PLAN_CHECKS } from './local-plan-checks';

/** A declaration beside the environment it is for. */
interface Declared {
  readonly environment: EnvironmentSpec;
  readonly local: LocalSpec;
}

const chosen = ({ local: { services = [] } }: Declared): string[] => services.map(({ name }) => name);

const strangers = (declared: Declared): string[] =>
  chosen(declared).filter((name) => !declared.environment.services.some((service) => service.name === name));

const storeNames = ({ environment: { databases, caches, vectorDatabases = [] } }: Declared): string[] =>
  [...databases, ...caches, ...vectorDatabases].map(({ name }) => name);

/** Stand-ins, names and ports of stores that the environment does not have. */
const strangeStores = (declared: Declared): string[] => {
  const { databases, caches, memberNames, publishStores } = localChoices(declared.local);
  const { environment } = declared;
  const isOf = (stores: readonly { readonly name: string }[]) => (name: string) =>
    stores.some((store) => store.name === name);
  return [
    ...databases.map(({ name }) => name).filter((name) => !isOf(environment.databases)(name)),
    ...[...caches.map(({ name }) => name), ...Object.keys(memberNames)].filter(
      (name) => !isOf(environment.caches)(name),
    ),
    ...Object.keys(publishStores).filter((name) => !storeNames(declared).includes(name)),
  ];
};

const image = ({ local }: Declared): string => local.images?.postgres ?? PUBLIC_IMAGES.postgres;

/** Databases whose declared major the image is not of. */
const otherMajors = (declared: Declared): string[] => {
  const [, major] = /:(\d+)/.exec(image(declared)) ?? [];
  return declared.environment.databases
    .filter(isInstance)
    .filter(({ version }) => version !== undefined && `${postgresMajor(version)}` !== major)
    .map(({ name, version }) => `${name} ${version}`);
};

/** What is said about the declaration against its environment. */
export const LOCAL_CHECKS: readonly Check<Declared>[] = [
  {
    id: 'local-services-are-declared',
    prop: 'services',
    holds: (declared) => strangers(declared).length === 0,
    rule: 'must name services of the environment',
    received: strangers,
    remedy: 'declare the service, or correct the name',
  },
  {
    id: 'local-services-are-named-once',
    prop: 'services',
    holds: (declared) => duplicates(chosen(declared)).length === 0,
    rule: 'must name each service once',
    received: (declared) => duplicates(chosen(declared)),
    remedy: 'remove the repetition',
  },
  {
    id: 'local-stores-are-declared',
    prop: 'databases, caches, memberNames, publishStores',
    holds: (declared) => strangeStores(declared).length === 0,
    rule: 'must name stores of the environment',
    received: strangeStores,
    remedy: 'use the name that services connect to',
  },
  {
    id: 'local-stores-run-in-containers',
    prop: 'databases, caches',
    holds: ({ environment, local }) => missingStores(environment, local).length === 0,
    rule: 'must have a server for each store that AWS runs',
    received: ({ environment, local }) => missingStores(environment, local),
    remedy: "add one of the same name, of kind 'server'",
  },
  {
    id: 'local-postgres-is-of-the-same-major',
    prop: 'images.postgres',
    holds: (declared) => otherMajors(declared).length === 0,
    rule: (declared) => `must be of the major that is declared: ${otherMajors(declared).join(', ')}`,
    received: image,
    remedy: 'name an image of that major',
  },
  {
    id: 'local-pools-are-declared',
    prop: 'pooler',
    holds: ({ environment, local }) => local.pooler === undefined || unpooled(environment).length === 0,
    rule: 'must know the pool of every service that uses a database',
    received: ({ environment }) => unpooled(environment),
    remedy: 'give its connection a pool',
  },
  {
    id: 'local-address-is-ipv4',
    prop: 'publishOn',
    holds: ({ local }) => /^(\d{1,3}\.){3}\d{1,3}$/.test(localChoices(local).publishOn),
    rule: 'must be an IPv4 address of the machine',
    received: ({ local }) => localChoices(local).publishOn,
    remedy: 'leave it out for 127.0.0.1',
  },
];

const unpooled = ({ services }: EnvironmentSpec): string[] =>
  services
    .filter((service) => connectionsOf(service, 'database').some(({ pool }) => pool === undefined))
    .map(({ name }) => name);

/** What is said about one service. */
export const LOCAL_SERVICE_CHECKS: readonly Check<LocalServiceSpec>[] = [
  {
    id: 'local-replicas-are-counted',
    prop: 'replicas',
    holds: ({ replicas }) => replicas === undefined || isWholeWithin(replicas, 1, MOST_CONTAINERS),
    rule: `must be 1-${MOST_CONTAINERS}`,
    remedy: 'leave it out for the minimum of its scaling policy',
  },
];

/** Everything that keeps an environment from running on one machine. */
export function inspectLocal(
  path: string,
  platform: string,
  environment: EnvironmentSpec,
  local: LocalSpec,
): Finding[] {
  const plan = localPlan(platform, environment, local);
  const { databases, caches } = plan.choices;
  return [
    ...inspect(path, { environment, local }, LOCAL_CHECKS),
    ...inspectEach(path, 'services', local.services ?? [], LOCAL_SERVICE_CHECKS),
    ...inspect(path, plan, LOCAL_PLAN_CHECKS),
    ...databases.flatMap((server) => inspectPostgresServer(`${path}/${server.name}`, server)),
    ...caches.flatMap((cache) =>
      isRedisServer(cache)
        ? inspectRedisServer(`${path}/${cache.name}`, cache)
        : inspectRedis(`${path}/${cache.name}`, cache, ONE_MACHINE),
    ),
    ...(local.pooler ? inspectPgBouncer(path, local.pooler, pooledDatabases(plan)) : []),
    ...inspectGateway(`${path}/gateway`, plan),
  ];
}

/** What is asked of the zones of a Redis Cluster means nothing here. */
const ONE_MACHINE = ['a', 'b', 'c', 'd', 'e', 'f'];

const inspectGateway = (path: string, plan: LocalPlan): Finding[] => {
  const { gateway } = plan.environment;
  return gateway ? NginxUpstreams.inspect(path, localProxy(plan, gateway)) : [];
};
