import { type Check, type Finding, inspect } from '../check';
import { withInstances } from './capacity/instances';
import type { EnvironmentSpec, PlatformSpec } from './environment';
import type { PostgresSpec } from './postgres/postgres';
import type { PostgresReplicaSpec } from './postgres/postgres-replica';
import { isInstance, isReplica } from './stores';

/** A replica where it is declared. */
interface PlacedReplica {
  readonly replica: PostgresReplicaSpec;
  readonly environment: EnvironmentSpec;
  readonly platform: PlatformSpec;
}

/** What a replica follows: the environment and the instance, if both exist. */
export function primaryOf(
  { environments }: PlatformSpec,
  { of }: PostgresReplicaSpec,
): { readonly environment: EnvironmentSpec; readonly database: PostgresSpec } | undefined {
  const environment = environments.find(({ name }) => name === of.environment);
  const database = environment?.databases.filter(isInstance).find(({ name }) => name === of.database);
  return environment && database && { environment, database };
}

/** Environments with a replica of that database, in the order of declaration. */
export const readersOf = (
  { environments }: PlatformSpec,
  environment: EnvironmentSpec,
  database: PostgresSpec,
): EnvironmentSpec[] =>
  environments.filter(({ databases }) =>
    databases.filter(isReplica).some(({ of }) => of.environment === environment.name && of.database === database.name),
  );

const clients = (environment: EnvironmentSpec, database: string) =>
  withInstances(environment).services.flatMap(({ name, connections }) =>
    connections.flatMap((connection) =>
      connection.to === 'database' && connection.name === database ? [{ name, access: connection.access }] : [],
    ),
  );

/** Services without a role at the primary, and so without a password. */
function withoutRole({ replica, environment, platform }: PlacedReplica): string[] {
  const primary = primaryOf(platform, replica);
  if (primary === undefined) return [];
  const known = clients(primary.environment, primary.database.name).map(({ name }) => name);
  return clients(environment, replica.name)
    .map(({ name }) => name)
    .filter((name) => !known.includes(name));
}

const writers = ({ replica, environment }: PlacedReplica): string[] =>
  clients(environment, replica.name)
    .filter(({ access = 'write' }) => access === 'write')
    .map(({ name }) => name);

/** What is asked of a replica by what stands around it. */
export const REPLICA_RELATION_CHECKS: readonly Check<PlacedReplica>[] = [
  {
    id: 'replica-follows-a-declared-database',
    prop: 'of',
    holds: ({ replica, platform }) => primaryOf(platform, replica) !== undefined,
    rule: ({ platform }) => `must name an environment of ${platform.name} and an RDS instance that it declares`,
    received: ({ replica: { of } }) => `${of.environment}/${of.database}`,
    remedy: 'use the names of the environment and database that are written to',
  },
  {
    id: 'replica-follows-another-environment',
    prop: 'of.environment',
    holds: ({ replica, environment }) => replica.of.environment !== environment.name,
    rule: 'must be another environment: one of its own has the same names',
    received: ({ replica: { of } }) => of.environment,
    remedy: 'name the environment that writes',
  },
  {
    id: 'replica-clients-have-roles-at-the-primary',
    prop: 'of',
    holds: (placed) => withoutRole(placed).length === 0,
    rule: 'must be read by services that connect to its primary as well: a replica has no roles of its own',
    received: withoutRole,
    remedy: 'declare the service and its connection in the environment of the primary',
  },
  {
    id: 'replica-clients-only-read',
    prop: 'of',
    holds: (placed) => placed.environment.standbyFor !== undefined || writers(placed).length === 0,
    rule: "must have clients that say access: 'read': a replica refuses every write until it is promoted",
    received: writers,
    remedy: "say access: 'read', or make the environment a standby, which serves nobody before",
  },
];

/** Everything that is wrong with the replicas of an environment by what stands around them. */
export const inspectReplicas = (path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] =>
  environment.databases
    .filter(isReplica)
    .flatMap((replica) =>
      inspect(`${path}/${replica.name}`, { replica, environment, platform }, REPLICA_RELATION_CHECKS),
    );
