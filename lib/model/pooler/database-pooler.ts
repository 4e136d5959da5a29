import { isWholeWithin, withDefaults } from '../../check';
import { Cpu, Duration, Memory } from '../../units';
import { type PoolerPlan, type PoolerSpec, poolerPlan } from '../local/pooler';
import { servicePeak } from '../service/peak';
import type { ServiceSpec } from '../service/service';

/**
 * PgBouncer in the cluster, in front of one database. Services that connect to it find host and port of the pooler where they
 * would find the database's; a transaction holds a connection of the server, and nothing else does.
 */
export interface DatabasePoolerSpec extends PoolerSpec {
  /** Name of its Deployment and Service (DNS label of at most 40 characters), which nothing else has. */
  readonly name: string;
  /** Name of the declared database behind it; one pooler each. */
  readonly database: string;
  /**
   * Connections to the database that all its pods hold together (replicas to 10000). Each pod has an equal part of them,
   * and each role an equal share of that. While a release takes over, old and new pods hold twice as many.
   */
  readonly serverConnections: number;
  /** Pods that always run (2-20). @default 2 */
  readonly replicas?: number;
  /**
   * Services that keep connections of their own to the database, because they need a session: LISTEN, advisory locks,
   * settings that outlast a transaction. @default - none
   */
  readonly except?: readonly string[];
  /** How long a pod that has to go still takes clients, until none is led to it (whole seconds, 1 s to 5 min). @default Duration.seconds(15) */
  readonly leaveAfter?: Duration;
  /** How long transactions may then go on (whole seconds, 1 s to 1 h). @default Duration.seconds(60) */
  readonly drainFor?: Duration;
  /**
   * Certificates (PEM) of who signs that of the database. @default - RDS in the region of the environment, as far as
   * `RDS_AUTHORITIES` has it; of a PostgreSQL in the cluster, the authority of the environment
   */
  readonly serverAuthority?: string;
  /** Processor request of a pod; its one thread uses a core at the most (10 millicores to 1 core). @default Cpu.millis(250) */
  readonly cpu?: Cpu;
  /** Memory of a pod, request and limit (64 MiB or more). @default - 64 MiB, and 64 KiB for each client and connection that it may hold */
  readonly memory?: Memory;
}

/** A pooler in the cluster with every choice made, but for memory and what depends on the roles. */
export type DatabasePoolerPlan = PoolerPlan &
  Required<Pick<DatabasePoolerSpec, 'name' | 'database' | 'replicas' | 'except' | 'leaveAfter' | 'drainFor' | 'cpu'>> &
  Pick<DatabasePoolerSpec, 'memory' | 'serverAuthority'>;

/** The declaration with its defaults. */
export const databasePoolerPlan = (spec: DatabasePoolerSpec): DatabasePoolerPlan => ({
  ...poolerPlan(spec),
  ...withDefaults(
    {
      replicas: 2,
      except: [],
      leaveAfter: Duration.seconds(15),
      drainFor: Duration.seconds(60),
      cpu: Cpu.millis(250),
    },
    spec,
  ),
});

/** What each pod may hold of the declared connections; none where the numbers are none. */
export const connectionsPerPod = ({
  serverConnections,
  replicas,
}: Pick<DatabasePoolerPlan, 'serverConnections' | 'replicas'>): number =>
  isWholeWithin(replicas, 1, 20) ? Math.floor(serverConnections / replicas) : 0;

/** Pods at the most: while all old ones still drain, all new ones run. A Deployment does not wait for those that end. */
export const poolerPeak = ({ replicas }: Pick<DatabasePoolerPlan, 'replicas'>): number => 2 * replicas;

/** A pooler and the services that may use it. */
type Around = { readonly services: readonly ServiceSpec[] };

/** The services behind a pooler: all that connect to its database, but those that it leaves out. */
export const pooledServices = ({ database, except = [] }: DatabasePoolerSpec, { services }: Around): ServiceSpec[] =>
  services.filter(
    ({ name, connections }) =>
      !except.includes(name) &&
      connections.some(({ to, ...rest }) => to === 'database' && 'name' in rest && rest.name === database),
  );

/** The pooler that a service finds in front of a database, if there is one. */
export const poolerOf = (
  { poolers = [] }: { readonly poolers?: readonly DatabasePoolerSpec[] },
  service: string,
  database: string,
): DatabasePoolerSpec | undefined =>
  poolers.find((pooler) => pooler.database === database && !(pooler.except ?? []).includes(service));

/** Connections that the services behind a pooler may open to it, all of them at their peak. */
export const poolerDemand = (spec: DatabasePoolerSpec, around: Around): number =>
  pooledServices(spec, around).reduce(
    (sum, service) =>
      sum +
      service.connections.reduce(
        (pools, connection) =>
          connection.to === 'database' && connection.name === spec.database
            ? pools + servicePeak(service) * (service.processes ?? 1) * (connection.pool ?? 0)
            : pools,
        0,
      ),
    0,
  );

/** Memory of a pod: a client that is connected over TLS costs tens of kilobytes, also while it waits. */
export const poolerMemory = ({ memory }: DatabasePoolerPlan, clients: number, connections: number): Memory =>
  memory ?? Memory.mib(64 + Math.ceil((clients + connections) / 16));
