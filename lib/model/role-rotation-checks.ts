import { type Check, type Finding, inspect } from '../check';
import { withInstances } from './capacity/instances';
import type { EnvironmentSpec, PlatformSpec } from './environment';
import { isRotationStep, secondLogin } from './postgres/role-rotation';
import { primaryOf } from './replica-relation-checks';
import { type DatabaseSpec, isDatabaseServer, isReplica } from './stores';

type Rotated = Exclude<DatabaseSpec, { readonly kind: 'server' }>;

/** A database where it is declared. */
interface Placed {
  readonly database: Rotated;
  readonly environment: EnvironmentSpec;
  readonly platform: PlatformSpec;
}

const namesTaken = ({ environment }: Placed): string[] => {
  const names = withInstances(environment).services.map(({ name }) => name);
  return names.filter((name) => names.includes(secondLogin(name))).map(secondLogin);
};

const primarys = ({ database, platform }: Placed): number | undefined =>
  isReplica(database) ? primaryOf(platform, database)?.database.roleRotation : database.roleRotation;

/** What is said about logins that take turns. */
export const ROLE_ROTATION_CHECKS: readonly Check<Placed>[] = [
  {
    id: 'role-rotation-is-a-step',
    prop: 'roleRotation',
    holds: ({ database: { roleRotation } }) => roleRotation === undefined || isRotationStep(roleRotation),
    rule: 'must be a whole number from 1 to 1000000',
    received: ({ database }) => database.roleRotation,
    remedy: 'start at 1 and add 1 for each step',
  },
  {
    id: 'role-rotation-has-somebody-to-make-logins',
    prop: 'roleRotation',
    holds: ({ database, environment }) =>
      database.roleRotation === undefined || isReplica(database) || environment.databaseRoles !== undefined,
    rule: 'must stand beside databaseRoles of the environment, which make the second logins and set their passwords',
    received: ({ database }) => database.roleRotation,
    remedy: 'declare databaseRoles',
  },
  {
    id: 'role-rotation-has-free-names',
    prop: 'roleRotation',
    holds: (placed) => placed.database.roleRotation === undefined || namesTaken(placed).length === 0,
    rule: 'must leave the names of second logins to them: no service may be called like another and -b',
    received: namesTaken,
    remedy: 'rename the service',
  },
  {
    id: 'replica-rotation-is-that-of-its-primary',
    prop: 'roleRotation',
    holds: (placed) => placed.database.roleRotation === primarys(placed),
    rule: (placed) =>
      `must be that of its primary, ${primarys(placed) ?? 'none'}: a replica has the logins of its primary`,
    received: ({ database }) => database.roleRotation,
    remedy: 'use one constant for both',
  },
];

/** Everything that is wrong with the logins of an environment's databases. */
export const inspectRoleRotation = (path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] =>
  environment.databases.flatMap((database) =>
    isDatabaseServer(database)
      ? []
      : inspect(`${path}/${database.name}`, { database, environment, platform }, ROLE_ROTATION_CHECKS),
  );
