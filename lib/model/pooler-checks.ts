import { RDS_AUTHORITIES } from '../catalog';
import { type Check, duplicates, type Finding, inspect } from '../check';
import type { EnvironmentSpec } from './environment';
import {
  connectionsPerPod,
  type DatabasePoolerSpec,
  databasePoolerPlan,
  pooledServices,
  poolerPeak,
} from './pooler/database-pooler';
import { inspectDatabasePooler } from './pooler/database-pooler-checks';
import { type DatabaseSpec, isDatabaseServer, podStores } from './stores';

/** A pooler in its environment, and the database behind it, if that is declared. */
interface Pooled {
  readonly pooler: DatabasePoolerSpec;
  readonly environment: EnvironmentSpec;
  readonly database: DatabaseSpec | undefined;
}

/** Kept back by PostgreSQL for superusers, and what looks after roles and health beside the pool. */
const BESIDE = 3 + 2;

const clients = ({ pooler, environment }: Pooled): string[] =>
  environment.services
    .filter(({ connections }) => connections.some((one) => one.to === 'database' && one.name === pooler.database))
    .map(({ name }) => name);

const strangers = (pooled: Pooled): string[] =>
  (pooled.pooler.except ?? []).filter((name) => !clients(pooled).includes(name));

const uncounted = ({ pooler, environment }: Pooled): string[] =>
  pooledServices(pooler, environment)
    .filter(({ connections }) =>
      connections.some((one) => one.to === 'database' && one.name === pooler.database && one.pool === undefined),
    )
    .map(({ name }) => name);

const peak = ({ pooler }: Pooled): number => {
  const plan = databasePoolerPlan(pooler);
  return poolerPeak(plan) * connectionsPerPod(plan);
};

const room = ({ database }: Pooled): number => (database?.maxConnections ?? Number.POSITIVE_INFINITY) - BESIDE;

const knowsAuthority = ({ pooler, environment, database }: Pooled): boolean =>
  pooler.serverAuthority !== undefined ||
  database === undefined ||
  isDatabaseServer(database) ||
  RDS_AUTHORITIES.facts.has(environment.region);

/** What is said about one pooler and what stands around it. */
export const POOLED_CHECKS: readonly Check<Pooled>[] = [
  {
    id: 'pooler-database-is-declared',
    prop: 'database',
    holds: ({ database }) => database !== undefined,
    rule: 'must be a declared database',
    received: ({ pooler }) => pooler.database,
    remedy: 'use the name of the database',
  },
  {
    id: 'pooler-has-clients',
    prop: 'database',
    holds: ({ pooler, environment }) => pooledServices(pooler, environment).length > 0,
    rule: 'must be one that services connect to, beside those in except',
    received: ({ pooler }) => pooler.database,
    remedy: 'leave the pooler out',
  },
  {
    id: 'pooler-exceptions-are-clients',
    prop: 'except',
    holds: (pooled) => strangers(pooled).length === 0,
    rule: 'must be services that connect to the database',
    received: strangers,
    remedy: 'remove the others',
  },
  {
    id: 'pooler-clients-are-counted',
    prop: 'services',
    holds: (pooled) => uncounted(pooled).length === 0,
    rule: 'must say how many connections a process opens, which is how many clients the pooler takes',
    received: uncounted,
    remedy: 'give pool to their connections',
  },
  {
    id: 'pooler-peak-fits-the-database',
    prop: 'serverConnections',
    holds: (pooled) => peak(pooled) <= room(pooled),
    rule: (pooled) =>
      `must leave room for old and new pods during a roll-out, ${peak(pooled)} connections together: ` +
      `${pooled.pooler.database} has ${room(pooled)} for it`,
    received: ({ pooler }) => pooler.serverConnections,
    remedy: 'lower it to half of what the database takes, or less',
  },
  {
    id: 'pooler-knows-who-signs-the-database',
    prop: 'serverAuthority',
    holds: knowsAuthority,
    rule: ({ environment }) =>
      `must be given in ${environment.region}, whose root certificates of RDS are not in the catalog`,
    remedy: ({ environment: { region } }) =>
      `use the text of https://truststore.pki.rds.amazonaws.com/${region}/${region}-bundle.pem`,
  },
];

const namesOf = ({ poolers = [] }: EnvironmentSpec): string[] => poolers.map(({ name }) => name);

/** Names that Services of the namespace have already. */
const taken = (environment: EnvironmentSpec): string[] => {
  const { services, gateway, caches } = environment;
  const others = new Set([
    ...services.map(({ name }) => name),
    ...(gateway ? [gateway.name] : []),
    ...caches.map(({ name }) => name),
    ...podStores(environment).flatMap((store) => [
      store.name,
      ...('objectName' in store ? [store.objectName ?? ''] : []),
    ]),
  ]);
  return [...namesOf(environment).filter((name) => others.has(name)), ...duplicates(namesOf(environment))];
};

/** What is said about all poolers of an environment. */
export const POOLERS_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'pooler-names-are-free',
    prop: 'poolers',
    holds: (environment) => taken(environment).length === 0,
    rule: 'must have names that nothing else in the namespace has',
    received: taken,
    remedy: 'use the name of the database and -pooler',
  },
  {
    id: 'pooler-is-the-only-one-of-its-database',
    prop: 'poolers',
    holds: ({ poolers = [] }) => duplicates(poolers.map(({ database }) => database)).length === 0,
    rule: 'must be one for each database: services would not know which to use',
    received: ({ poolers = [] }) => duplicates(poolers.map(({ database }) => database)),
    remedy: 'raise replicas of the first',
  },
];

/** Everything that is wrong with the poolers of an environment; what their configuration says is another's to check. */
export const inspectPoolers = (path: string, environment: EnvironmentSpec): Finding[] => [
  ...inspect(path, environment, POOLERS_CHECKS),
  ...(environment.poolers ?? []).flatMap((pooler) => {
    const database = environment.databases.find(({ name }) => name === pooler.database);
    const at = `${path}/${pooler.name}`;
    return [...inspectDatabasePooler(at, pooler), ...inspect(at, { pooler, environment, database }, POOLED_CHECKS)];
  }),
];
