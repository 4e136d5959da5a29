import type { PostgresDatabaseProps, PostgresReplicaProps, PostgresRoleSecretsProps } from '../../aws';
import {
  ASSUMPTION_NAMES,
  databaseIdentifier,
  databaseSecret,
  type EnvironmentSpec,
  endpointSecret,
  type PlatformSpec,
  type PostgresReplicaSpec,
  type PostgresServerSpec,
  type PostgresSpec,
  postgresServerPlan,
  primaryOf,
  readersOf,
  recoveryGoal,
  SUPERUSER_ROLE,
  secretRoot,
  storeHost,
  withInstances,
} from '../../model';
import { loginVersions, secondLogin } from '../../model/postgres/role-rotation';
import { clientsOf } from './connections';
import { plannedNetwork } from './plan-cluster';
import { passwordRecovery } from './plan-secrets';

/** Where a managed store stands and who reaches it: known to Terraform only. */
export type StorePlace = Pick<PostgresDatabaseProps, 'vpcId' | 'subnetIds' | 'allowedFrom'>;

const rolesOf = (environment: EnvironmentSpec, database: string): string[] =>
  clientsOf(withInstances(environment), 'database', database).map(({ name }) => name);

/** With logins that take turns, each role has two, and each login a password of its own. */
function logins(
  roles: readonly string[],
  { roleRotation, rolePasswordVersion }: PostgresSpec,
): Pick<PostgresDatabaseProps, 'roles' | 'roleVersions'> {
  if (roleRotation === undefined) return { roles };
  const { first, second } = loginVersions(roleRotation, rolePasswordVersion);
  return {
    roles: [...roles, ...roles.map(secondLogin)],
    roleVersions: Object.fromEntries(
      roles.flatMap((role) => [
        [role, first],
        [secondLogin(role), second],
      ]),
    ),
  };
}

/** Another account copies backups of the databases only with their own key. */
const sharing = ({ backups }: EnvironmentSpec): Pick<PostgresDatabaseProps, 'keySharedWith'> =>
  backups?.otherAccount === undefined ? {} : { keySharedWith: [backups.otherAccount.id] };

/** What is promised of a loss, as the instance carries it: whoever judges the stack finds it there. */
function promisedRecovery({ backups }: EnvironmentSpec): Readonly<Record<string, string>> {
  if (backups === undefined) return {};
  const { rpo, rto } = recoveryGoal(backups.goal);
  return { [ASSUMPTION_NAMES.rpo]: `${rpo.toSeconds()}s`, [ASSUMPTION_NAMES.rto]: `${rto.toSeconds()}s` };
}

/** What a declared database is in AWS: one role and one secret for each service that connects to it. */
export function planDatabase(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  database: PostgresSpec,
  place: StorePlace,
): PostgresDatabaseProps {
  const regions = [...new Set(readersOf(platform, environment, database).map(({ region }) => region))];
  const elsewhere = regions.filter((region) => region !== environment.region);
  return {
    ...database,
    ...place,
    identifier: databaseIdentifier(platform.name, environment.name, database.name),
    secretPrefix: `${secretRoot(platform.name, environment.name)}/${database.name}`,
    ...logins(rolesOf(environment, database.name), database),
    asOf: environment.asOf,
    ...sharing(environment),
    tags: promisedRecovery(environment),
    ...(regions.length > 0 && { readReplicas: true, secretReplicas: elsewhere.map((region) => ({ region })) }),
  };
}

/** What a declared replica is in AWS; undefined while what it follows is not declared. */
export function planReplica(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  replica: PostgresReplicaSpec,
  place: StorePlace,
): PostgresReplicaProps | undefined {
  const primary = primaryOf(platform, replica);
  if (primary === undefined) return undefined;
  const source = primary.environment;
  return {
    ...replica,
    ...place,
    ...sharing(environment),
    primary: primary.database,
    identifier: databaseIdentifier(platform.name, environment.name, replica.name),
    source: {
      identifier: databaseIdentifier(platform.name, source.name, primary.database.name),
      region: source.region,
    },
    region: environment.region,
    endpointSecretName: endpointSecret(secretRoot(platform.name, environment.name), replica.name),
  };
}

/** Passwords of a PostgreSQL in the cluster, under the names that those of RDS would have. */
export function planServerSecrets(
  platform: string,
  environment: EnvironmentSpec,
  server: PostgresServerSpec,
): Omit<PostgresRoleSecretsProps, 'key'> {
  const root = secretRoot(platform, environment.name);
  const secretRecoveryWindow = passwordRecovery(environment);
  return {
    identifier: databaseIdentifier(platform, environment.name, server.name),
    host: storeHost(server, environment.namespace),
    port: postgresServerPlan(server).port,
    databaseName: server.databaseName,
    masterUsername: 'postgres',
    roles: rolesOf(environment, server.name),
    secretPrefix: `${root}/${server.name}`,
    secretName: databaseSecret(root, server.name, SUPERUSER_ROLE),
    ...(server.passwordVersion !== undefined && { passwordVersion: server.passwordVersion }),
    ...(server.rolePasswordVersion !== undefined && { rolePasswordVersion: server.rolePasswordVersion }),
    ...(secretRecoveryWindow && { secretRecoveryWindow }),
  };
}

/** The place as far as it is known before it exists: what inspection needs. */
export function plannedPlace(environment: EnvironmentSpec): StorePlace {
  const { vpcId, zones } = plannedNetwork(environment);
  return { vpcId, subnetIds: zones, allowedFrom: [] };
}
