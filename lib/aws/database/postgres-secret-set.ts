import type { Construct } from 'constructs';
import type { EncryptionKey } from '../secrets/encryption-key';
import { EphemeralPassword } from '../secrets/ephemeral-password';
import { type DatabasePlan, roleSecretName } from './postgres-database-props';
import { contentVersion, type KeyedReplica, PostgresSecret, type PostgresSecretProps } from './postgres-secret';

type Declared =
  | 'databaseName'
  | 'identifier'
  | 'masterUsername'
  | 'passwordVersion'
  | 'port'
  | 'rolePasswordVersion'
  | 'roleVersions'
  | 'secretName'
  | 'secretPrefix'
  | 'secretRecoveryWindow';

/** The secrets of one server, wherever it runs. */
export interface SecretSet extends Pick<DatabasePlan, Declared> {
  /** Where the server answers. */
  readonly host: string;
  /** Changes with the host and is known at synthesis, which the host may not be. */
  readonly place: string;
  /** Encrypts all of them in the region of the stack. */
  readonly key: EncryptionKey;
  /** Copies in other regions; none if empty. */
  readonly replicas: readonly KeyedReplica[];
}

type Versioned = Pick<SecretSet, 'place' | 'port' | 'databaseName'>;

/** Changes with the password's version and with all that a secret says, so that none keeps an old port. */
export const secretVersion = ({ place, port, databaseName }: Versioned, username: string, version: number): number =>
  contentVersion(place, port, databaseName, username, version);

const common = (set: SecretSet, username: string) => ({
  keyArn: set.key.arn,
  connection: { host: set.host, port: set.port, databaseName: set.databaseName, username },
  recoveryWindow: set.secretRecoveryWindow,
  replicas: set.replicas,
});

/** Writes the secret of the master user, whose password somebody else takes as well. */
export function publishMaster(
  scope: Construct,
  set: SecretSet,
  master: Pick<PostgresSecretProps, 'password' | 'renewedBy'>,
): void {
  new PostgresSecret(scope, 'Master', {
    ...common(set, set.masterUsername),
    ...master,
    name: set.secretName,
    description: `Master user of the database ${set.identifier}, for migrations only`,
    contentVersion: secretVersion(set, set.masterUsername, set.passwordVersion),
  });
}

/** Draws the password of a role and writes its secret: the password exists there first, and is set by who reads it there. */
export function publishRole(scope: Construct, set: SecretSet, role: string): void {
  const own = set.roleVersions[role];
  new PostgresSecret(scope, `Role-${role}`, {
    ...common(set, role),
    name: roleSecretName(set, role),
    description: `Role ${role} of the database ${set.identifier}`,
    password: new EphemeralPassword(scope, `Password-${role}`),
    contentVersion: secretVersion(set, role, own ?? set.rolePasswordVersion),
    ...(own !== undefined && { version: own }),
  });
}

/** The declared name of each role's secret. */
export const namesOfRoles = (plan: Pick<DatabasePlan, 'roles' | 'secretPrefix'>): Readonly<Record<string, string>> =>
  Object.fromEntries(plan.roles.map((role) => [role, roleSecretName(plan, role)]));
