import { type Check, type Finding, inspect } from '../check';
import type { Duration } from '../units';
import type { EnvironmentSpec } from './environment';
import { isInstance } from './stores';

/** How roles of managed databases are made and kept. Those of a PostgreSQL in the cluster are its own pod's business. */
export interface DatabaseRolesSpec {
  /** How often they are looked after: a new password works that much later at the most (5, 6, 10, 12, 15, 20 or 30 min). @default Duration.minutes(15) */
  readonly every?: Duration;
}

/** What an environment says of its databases' roles. */
export const DATABASE_ROLES_SPEC_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'database-roles-have-a-database',
    prop: 'databaseRoles',
    holds: ({ databaseRoles, databases }) => databaseRoles === undefined || databases.some(isInstance),
    rule: 'must be left out without a managed database of its own: a replica has the roles of its primary',
    received: ({ databaseRoles }) => databaseRoles,
    remedy: 'leave it out',
  },
];

/** Everything that is wrong with it. */
export const inspectDatabaseRoles = (path: string, environment: EnvironmentSpec): Finding[] =>
  inspect(path, environment, DATABASE_ROLES_SPEC_CHECKS);
