import { type Check, type Finding, inspect, isWholeWithin } from '../check';
import type { EnvironmentSpec } from './environment';
import {
  connectionsPerPod,
  type DatabasePoolerSpec,
  databasePoolerPlan,
  pooledServices,
  poolerPeak,
} from './pooler/database-pooler';
import { servicePeak } from './service/peak';
import type { ServiceSpec } from './service/service';
import type { DatabaseSpec } from './stores';

/** A database and everything that may connect to it. */
interface Demand {
  readonly database: DatabaseSpec;
  readonly services: readonly ServiceSpec[];
  /** What stands in front of it, for some of them. */
  readonly poolers: readonly DatabasePoolerSpec[];
  /** Services that run outside the cluster, where they reach no pooler. */
  readonly outside: readonly string[];
}

/** One service's part: pods at the peak, processes in each, connections of each. */
interface Part {
  readonly name: string;
  readonly pods: number;
  readonly processes: number;
  readonly pool: number;
}

/** Kept back by PostgreSQL for superusers and by RDS for itself. Source: PostgreSQL manual, superuser_reserved_connections. */
const RESERVED = 3;

/** Pods of a pooler, old and new ones, with what each holds. */
const pooled = ({ database, poolers }: Demand): Part[] =>
  poolers
    .filter((pooler) => pooler.database === database.name)
    .map(databasePoolerPlan)
    .map((plan) => ({ name: plan.name, pods: poolerPeak(plan), processes: 1, pool: connectionsPerPod(plan) }));

function direct({ database, services, poolers, outside }: Demand): Part[] {
  const reached = { services: services.filter(({ name }) => !outside.includes(name)) };
  const behind = poolers
    .filter((pooler) => pooler.database === database.name)
    .flatMap((pooler) => pooledServices(pooler, reached));
  return services.flatMap((service) =>
    service.connections.flatMap((connection) => {
      if (behind.includes(service)) return [];
      if (connection.to !== 'database' || connection.name !== database.name || connection.pool === undefined) return [];
      const { name, processes = 1 } = service;
      return [{ name, pods: servicePeak(service), processes, pool: connection.pool }];
    }),
  );
}

const parts = (demand: Demand): Part[] => [...direct(demand), ...pooled(demand)];

const count = ({ pods, processes, pool }: Part): number => pods * processes * pool;

const sum = (demand: Demand): number => parts(demand).reduce((total, part) => total + count(part), 0);

/** What is asked of a database by all pools together. */
export const CONNECTION_CHECKS: readonly Check<Demand>[] = [
  {
    id: 'database-connections-cover-pools',
    prop: 'maxConnections',
    severity: 'warning',
    holds: (demand) => sum(demand) <= demand.database.maxConnections - RESERVED,
    rule: (demand) => {
      const terms = parts(demand).map(({ name, pods, processes, pool }) => `${name} ${pods} x ${processes} x ${pool}`);
      return `should hold every pool of every process at the peak, ${sum(demand)} and ${RESERVED} in reserve: ${terms.join(', ')}`;
    },
    received: ({ database }) => database.maxConnections,
    remedy: 'lower the pools, raise maxConnections with the class, or declare a pooler for the database',
  },
];

/** What is said about the pools and processes of a service. */
export const POOL_CHECKS: readonly Check<ServiceSpec>[] = [
  {
    id: 'service-processes-are-counted',
    prop: 'processes',
    holds: ({ processes }) => processes === undefined || isWholeWithin(processes, 1, 64),
    rule: 'must be a whole number from 1 to 64',
    remedy: 'use the number of workers that the program is started with',
  },
  {
    id: 'service-pools-are-counted',
    prop: 'connections',
    holds: ({ connections }) =>
      connections.every(
        (connection) =>
          connection.to !== 'database' || connection.pool === undefined || isWholeWithin(connection.pool, 1, 10_000),
      ),
    rule: 'must have pools of 1 to 10000 connections a process',
    received: ({ connections }) =>
      connections.flatMap((connection) =>
        connection.to === 'database' && connection.pool !== undefined ? [connection.pool] : [],
      ),
    remedy: 'use the size of the pool and what it may overflow by, together',
  },
];

/** Databases that could run out of connections, and pools that are no number. */
export const inspectConnections = (
  path: string,
  { databases, services, poolers = [], instances = [] }: EnvironmentSpec,
): Finding[] => [
  ...databases.flatMap((database) =>
    inspect(
      `${path}/${database.name}`,
      { database, services, poolers, outside: instances.map(({ service }) => service.name) },
      CONNECTION_CHECKS,
    ),
  ),
  ...services.flatMap((service) => inspect(`${path}/${service.name}`, service, POOL_CHECKS)),
];
