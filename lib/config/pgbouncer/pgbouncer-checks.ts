import { type Check, duplicates, type Finding, inspect } from '../../check';
import { inspectPooler, type PoolerPlan, type PoolerSpec, poolerPlan } from '../../model/local/pooler';
import { type PooledDatabase, poolShare } from './pgbouncer-ini';

/** One database behind a pool. */
interface Pooled {
  readonly plan: PoolerPlan;
  readonly database: PooledDatabase;
}

/** Kept back by PostgreSQL for superusers, and what looks after roles and health beside the pool. */
const BESIDE = 3 + 2;

/** What is said about a pool against the server behind it. */
export const POOLED_DATABASE_CHECKS: readonly Check<Pooled>[] = [
  {
    id: 'pooler-leaves-room-on-the-server',
    prop: 'pooler.serverConnections',
    holds: ({ plan, database }) => plan.serverConnections <= database.maxConnections - BESIDE,
    rule: ({ database }) =>
      `must be at most ${database.maxConnections - BESIDE}: ${database.host} takes ${database.maxConnections}, ` +
      `of which ${BESIDE} are for superusers, roles and health`,
    received: ({ plan }) => plan.serverConnections,
    remedy: 'lower it, or raise maxConnections of the database',
  },
  {
    id: 'pooler-has-a-connection-for-each-role',
    prop: 'pooler.serverConnections',
    holds: ({ plan, database }) => poolShare(plan, database) >= 1,
    rule: ({ database }) => `must be at least ${database.roles.length}, one for each role of ${database.databaseName}`,
    received: ({ plan }) => plan.serverConnections,
    remedy: 'raise it',
  },
  {
    id: 'pooler-least-pool-fits-the-share',
    prop: 'pooler.minPoolSize',
    holds: ({ plan, database }) => plan.minPoolSize === undefined || plan.minPoolSize <= poolShare(plan, database),
    rule: ({ plan, database }) =>
      `must be at most ${poolShare(plan, database)}, the share of each of ${database.roles.length} roles`,
    received: ({ plan }) => plan.minPoolSize,
    remedy: 'lower it, or raise serverConnections',
  },
];

/** What is said about all databases of a pool together. */
export const POOLED_DATABASES_CHECKS: readonly Check<readonly PooledDatabase[]>[] = [
  {
    id: 'pooler-databases-differ',
    prop: 'databases',
    holds: (databases) => duplicates(databases.map(({ databaseName }) => databaseName)).length === 0,
    rule: 'must have distinct names inside their servers: clients of a pool ask for nothing else',
    received: (databases) => duplicates(databases.map(({ databaseName }) => databaseName)),
    remedy: 'rename one',
  },
  {
    id: 'pooler-roles-have-one-database',
    prop: 'databases',
    holds: (databases) => duplicates(databases.flatMap(({ roles }) => roles)).length === 0,
    rule: 'must not share roles: a pool knows one password of each',
    received: (databases) => duplicates(databases.flatMap(({ roles }) => roles)),
    remedy: 'let each service use one database',
  },
];

/** Everything that is wrong with a pool in front of those databases. */
export function inspectPgBouncer(path: string, spec: PoolerSpec, databases: readonly PooledDatabase[]): Finding[] {
  const plan = poolerPlan(spec);
  return [
    ...inspectPooler(path, spec),
    ...inspect(path, databases, POOLED_DATABASES_CHECKS),
    ...databases.flatMap((database) => inspect(path, { plan, database }, POOLED_DATABASE_CHECKS)),
  ];
}
