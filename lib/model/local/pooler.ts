import { type Check, type Finding, inspect, isWholeWithin, withDefaults } from '../../check';
import { Duration } from '../../units';

/** PgBouncer between services and databases. Transactions share connections: a session of the server belongs to nobody. */
export interface PoolerSpec {
  /** Connections to each database, of all roles together (1-10000); every role has an equal share. */
  readonly serverConnections: number;
  /** Connections of each role that stay open after its first (0 to its share). @default 10, or the share if that is less */
  readonly minPoolSize?: number;
  /** Port of PostgreSQL's protocol (1024-65535). @default 6432 */
  readonly port?: number;
  /** Release of PgBouncer, major and minor (1.18 or later): `1.25`. @default '1.25' */
  readonly version?: string;
  /**
   * Prepared statements that each connection to the server keeps for clients (0-10000; 0 refuses them). Needs 1.21.
   * @default 200, or 0 before 1.21
   */
  readonly maxPreparedStatements?: number;
  /** How long an idle connection to the server may go unasked before it is tested (whole seconds, 1 s to 1 h). @default Duration.seconds(30) */
  readonly checkAfter?: Duration;
  /** How long a client waits for a connection to the server before it is told (whole seconds, 1 s to 1 h). @default Duration.seconds(30) */
  readonly waitFor?: Duration;
}

/** A pooler with every choice made, but for what depends on the roles. */
export type PoolerPlan = Required<Omit<PoolerSpec, 'minPoolSize'>> & Pick<PoolerSpec, 'minPoolSize'>;

/** Since 1.21 statements that a client has prepared follow it from connection to connection. */
const PREPARES_SINCE = [1, 21] as const;
const OLDEST = [1, 18] as const;

const isAtLeast = (version: string, [major, minor]: readonly [number, number]): boolean => {
  const [, its = 'x', part = 'x'] = /^(\d+)\.(\d+)$/.exec(version) ?? [];
  return Number(its) > major || (Number(its) === major && Number(part) >= minor);
};

/** Whether that release lets clients prepare statements while transactions share connections. */
export const preparesStatements = (version: string): boolean => isAtLeast(version, PREPARES_SINCE);

/** The declaration with its defaults. */
export const poolerPlan = (spec: PoolerSpec): PoolerPlan => {
  const { version = '1.25' } = spec;
  return withDefaults(
    {
      port: 6432,
      version,
      maxPreparedStatements: preparesStatements(version) ? 200 : 0,
      checkAfter: Duration.seconds(30),
      waitFor: Duration.seconds(30),
    },
    spec,
  );
};

const isBounded = ({ inMillis }: Duration): boolean => isWholeWithin(inMillis / 1000, 1, 3600);

/** What is said about a pooler by itself. */
export const POOLER_CHECKS: readonly Check<PoolerPlan>[] = [
  {
    id: 'pooler-connections-are-counted',
    prop: 'serverConnections',
    holds: ({ serverConnections }) => isWholeWithin(serverConnections, 1, 10_000),
    rule: 'must be 1-10000',
    remedy: 'use a few for each core of the database',
  },
  {
    id: 'pooler-least-pool-is-counted',
    prop: 'minPoolSize',
    holds: ({ minPoolSize, serverConnections }) =>
      minPoolSize === undefined || isWholeWithin(minPoolSize, 0, serverConnections),
    rule: ({ serverConnections }) => `must be 0-${serverConnections}`,
    remedy: 'leave it out for 10',
  },
  {
    id: 'pooler-port-is-unprivileged',
    prop: 'port',
    holds: ({ port }) => isWholeWithin(port, 1024, 65_535),
    rule: 'must be 1024-65535',
    remedy: 'use 6432',
  },
  {
    id: 'pooler-version-is-known',
    prop: 'version',
    holds: ({ version }) => isAtLeast(version, OLDEST),
    rule: 'must be major and minor of 1.18 or later',
    remedy: "use '1.25'",
  },
  {
    id: 'pooler-prepares-statements',
    prop: 'maxPreparedStatements',
    holds: ({ maxPreparedStatements, version }) =>
      isWholeWithin(maxPreparedStatements, 0, preparesStatements(version) ? 10_000 : 0),
    rule: ({ version }) =>
      preparesStatements(version)
        ? 'must be 0-10000'
        : `must be 0: release ${version} does not start with the setting, which came with 1.21`,
    remedy: 'leave it out, or take a newer release',
  },
  {
    id: 'pooler-tests-idle-connections',
    prop: 'checkAfter',
    holds: ({ checkAfter }) => isBounded(checkAfter),
    rule: 'must be 1 s to 1 h in whole seconds',
    remedy: 'leave it out for 30 s',
  },
  {
    id: 'pooler-wait-is-bounded',
    prop: 'waitFor',
    holds: ({ waitFor }) => isBounded(waitFor),
    rule: 'must be 1 s to 1 h in whole seconds',
    remedy: 'use what the slowest client waits for a query',
  },
];

/** Everything that is wrong with a declared pooler. */
export const inspectPooler = (path: string, spec: PoolerSpec): Finding[] =>
  inspect(path, poolerPlan(spec), POOLER_CHECKS);
