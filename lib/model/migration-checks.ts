import { type Check, type Finding, inspect } from '../check';
import type { EnvironmentSpec } from './environment';
import type { ServiceSpec } from './service/service';
import { type DatabaseSpec, isReplica } from './stores';

/** The database that a service writes to: the first, if there are several. A replica has nothing to migrate. */
export function migratedDatabase(
  { databases }: Pick<EnvironmentSpec, 'databases'>,
  { connections }: Pick<ServiceSpec, 'connections'>,
): DatabaseSpec | undefined {
  const written = connections.flatMap((connection) =>
    connection.to === 'database' && connection.access !== 'read' ? [connection.name] : [],
  );
  return databases.find((database) => database.name === written[0] && !isReplica(database));
}

const readOnly = ({ databases }: EnvironmentSpec): boolean => databases.some(isReplica);

const homeless = (environment: EnvironmentSpec): string[] =>
  environment.services.flatMap((service) =>
    service.migration !== undefined && !readOnly(environment) && migratedDatabase(environment, service) === undefined
      ? [service.name]
      : [],
  );

/** What is said about migrations and the databases that they are of. */
export const MIGRATION_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'service-migration-has-a-database',
    prop: 'services',
    holds: (environment) => homeless(environment).length === 0,
    rule: 'must write to a declared database where they have a migration',
    received: homeless,
    remedy: 'declare the connection, or drop the migration',
  },
];

/** Migrations without a database. */
export const inspectMigrations = (path: string, environment: EnvironmentSpec): Finding[] =>
  inspect(path, environment, MIGRATION_CHECKS);
