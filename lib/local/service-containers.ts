import { postgresServerPlan, type ServiceSpec, sharedSettings, vectorDatabasePlan } from '../model';
import { DEFAULT_DRAIN, DEFAULT_START_WITHIN } from '../model/service/service-runtime';
import { Duration } from '../units';
import type { ComposeService } from './compose-file';
import {
  connectFolder,
  container,
  inMemory,
  mounted,
  published,
  SERVICES_NETWORK,
  STORES_NETWORK,
  serviceHealth,
} from './container';
import { connectionsOf, type LocalPlan, type LocalService, REST_PROFILE } from './local-plan';
import type { Part } from './parts';
import { POOLER } from './pooler-container';
import { rolePassword } from './postgres-containers';
import { cacheAddresses, cacheGuard, cachePassword } from './redis-containers';
import { vectorKey } from './vector-container';

/** What a service needs for one of its stores. */
interface Access {
  /** Files that hold no secret, by name: host, port. */
  readonly files: Readonly<Record<string, string>>;
  /** Name of the store, and of its folder. */
  readonly store: string;
  readonly password: string;
  /** Service of the stack that is healthy once the store can be used. */
  readonly guard: string;
  readonly settings: Readonly<Record<string, string>>;
}

const databaseAccess = (plan: LocalPlan, service: ServiceSpec): Access[] =>
  connectionsOf(service, 'database').flatMap(({ name }) =>
    plan.databases
      .filter((database) => database.name === name)
      .map((database) => {
        const { objectName, port, databaseName } = postgresServerPlan(database);
        const { pooler } = plan;
        const [host, open] = pooler === undefined ? [objectName, port] : [POOLER, pooler.port];
        return {
          store: name,
          files: { username: service.name, host, port: `${open}`, dbname: databaseName },
          password: rolePassword(service.name, name),
          guard: pooler === undefined ? `${objectName}-roles` : POOLER,
          settings: {},
        };
      }),
  );

const cacheAccess = (plan: LocalPlan, service: ServiceSpec): Access[] =>
  connectionsOf(service, 'cache').flatMap(({ name, addressesIn }) =>
    plan.caches
      .filter((cache) => cache.name === name)
      .map((cache) => {
        const nodes = cacheAddresses(plan, cache);
        const [host = '', port = ''] = nodes[0]?.split(':') ?? [];
        return {
          store: name,
          files: { host, port, nodes: nodes.join(',') },
          password: cachePassword(cache),
          guard: cacheGuard(plan, cache),
          settings:
            addressesIn === undefined
              ? {}
              : { [addressesIn]: nodes.join(','), [`${addressesIn}_FILE`]: `${connectFolder(plan, name)}/nodes` },
        };
      }),
  );

const vectorAccess = (plan: LocalPlan, service: ServiceSpec): Access[] =>
  connectionsOf(service, 'vector-database').flatMap(({ name }) =>
    plan.vectorDatabases
      .filter((database) => database.name === name)
      .map((database) => {
        const { objectName, port } = vectorDatabasePlan(database);
        return {
          store: name,
          files: { host: objectName, port: `${port}` },
          password: vectorKey(database),
          guard: objectName,
          settings: {},
        };
      }),
  );

/** The ways to ask for a page and fail on an error, by the program that does it. */
const PROBES = {
  curl: (url: string) => ['curl', '-f', url],
  wget: (url: string) => ['wget', '-q', '-O', '/dev/null', url],
  python: (url: string) => [
    'python3',
    '-c',
    `import urllib.request as request; request.urlopen('${url}', timeout=8).close()`,
  ],
} as const;

/** Where the file of a service's store is, beside the Compose file. */
const fileOf = (service: ServiceSpec, store: string, file: string): string =>
  `connect/${service.name}/${store}/${file}`;

/** What the image runs: a command replaces its entry point, as it does in a cluster. */
const program = ({ command, args }: ServiceSpec): Pick<ComposeService, 'entrypoint' | 'command'> => ({
  ...(command && { entrypoint: command }),
  ...(args && { command: args }),
});

const imageOf = ({ choices: { registry } }: LocalPlan, { image }: ServiceSpec): string =>
  `${registry === undefined ? '' : `${registry}/`}${image.repository}:${image.tag}${image.digest === undefined ? '' : `@${image.digest}`}`;

/** Other names it is known by, and its own with underscores, as the documents write it. */
function otherNames({ name, aliases = [] }: ServiceSpec): { readonly aliases?: readonly string[] } {
  const underscored = name.replaceAll('-', '_');
  const others = [...aliases, ...(underscored === name ? [] : [underscored])];
  return others.length === 0 ? {} : { aliases: others };
}

/** A service as it runs in a cluster: image, health, limits, settings, and the same files for its stores in the same folders. */
export function servicePart(plan: LocalPlan, { service, replicas, publish, isStarted }: LocalService): Part {
  const stores = [...databaseAccess(plan, service), ...cacheAccess(plan, service), ...vectorAccess(plan, service)];
  const { health, drainFor = DEFAULT_DRAIN } = service;
  const url = `http://localhost:${service.port}${health.readinessPath}`;
  const files = stores.flatMap(({ store, files }) =>
    Object.entries(files).map(([file, text]) => ({ store, file, text })),
  );
  const settings = Object.assign(
    {},
    sharedSettings(plan.environment),
    ...stores.map((store) => store.settings),
    service.settings,
  );
  return {
    services: {
      [service.name]: container(
        {
          image: imageOf(plan, service),
          ...program(service),
          ...(isStarted ? {} : { profiles: [REST_PROFILE] }),
          init: true,
          ...(Object.keys(settings).length === 0 ? {} : { environment: settings }),
          ...(stores.length === 0
            ? {}
            : {
                secrets: stores.map(({ store, password }) => ({
                  source: password,
                  target: `${connectFolder(plan, store)}/password`,
                })),
                volumes: files.map(({ store, file }) =>
                  mounted(fileOf(service, store, file), `${connectFolder(plan, store)}/${file}`),
                ),
              }),
          tmpfs: [inMemory('/tmp', 64)],
          ...(publish === undefined ? {} : { ports: [published(plan, publish, service.port)] }),
          networks: {
            [SERVICES_NETWORK]: otherNames(service),
            ...(stores.length === 0 ? {} : { [STORES_NETWORK]: {} }),
          },
          ...(stores.length === 0
            ? {}
            : {
                depends_on: Object.fromEntries(
                  stores.map(({ guard }) => [guard, { condition: 'service_healthy' as const }]),
                ),
              }),
          healthcheck: serviceHealth(PROBES[plan.choices.probe](url), health.startWithin ?? DEFAULT_START_WITHIN),
          stop_grace_period: `${drainFor.plus(Duration.seconds(5))}`,
        },
        { replicas, resources: service.resources },
      ),
    },
    files: Object.fromEntries(files.map(({ store, file, text }) => [fileOf(service, store, file), `${text}\n`])),
  };
}
