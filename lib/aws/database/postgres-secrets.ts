import type { DbInstance, DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import { Construct } from 'constructs';
import type { EncryptionKey } from '../secrets/encryption-key';
import { EphemeralPassword } from '../secrets/ephemeral-password';
import { type DatabasePlan, roleSecretName } from './postgres-database-props';
import { contentVersion, PostgresSecret } from './postgres-secret';

/** Changes with the password's version and with all that a secret says, so that none keeps an old port. */
const versionFor = ({ identifier, port, databaseName }: DatabasePlan, username: string, version: number): number =>
  contentVersion(identifier, port, databaseName, username, version);

/**
 * The passwords of a database: one that the instance and the master secret take in the same run, and one for each role.
 * A role's password exists in its secret first; who creates the role reads it there.
 */
export class PostgresSecrets extends Construct {
  /** Arguments of the instance that name its master user and give it a password. */
  readonly login: Partial<DbInstanceConfig>;
  /** Declared name of the master secret; undefined when RDS keeps it. */
  readonly masterSecretName: string | undefined;
  /** Declared name of each role's secret. */
  readonly roleSecretNames: Readonly<Record<string, string>>;
  private readonly password: EphemeralPassword | undefined;

  /** Draws the password of the master; secrets are written by `publish`, after the instance. */
  constructor(
    scope: Construct,
    id: string,
    private readonly plan: DatabasePlan,
    private readonly key: EncryptionKey,
  ) {
    super(scope, id);
    const { credentials, masterUsername, secretName, roles } = plan;
    this.password = credentials.kind === 'declared-secret' ? new EphemeralPassword(this, 'Password') : undefined;
    this.masterSecretName = this.password && secretName;
    this.roleSecretNames = Object.fromEntries(roles.map((role) => [role, roleSecretName(plan, role)]));
    this.login = {
      username: masterUsername,
      iamDatabaseAuthenticationEnabled: true,
      ...(this.password
        ? { passwordWo: this.password.result, passwordWoVersion: this.masterVersion() }
        : { manageMasterUserPassword: true, masterUserSecretKmsKeyId: key.arn }),
    };
  }

  /** Writes the secrets, now that there is an address to put into them. */
  publish(instance: DbInstance): void {
    if (this.password) this.publishMaster(instance, this.password);
    for (const role of this.plan.roles) this.publishRole(instance, role);
  }

  private masterVersion(): number {
    return versionFor(this.plan, this.plan.masterUsername, this.plan.passwordVersion);
  }

  /** Renewed with the instance: one made anew has taken another password. */
  private publishMaster(instance: DbInstance, password: EphemeralPassword): void {
    new PostgresSecret(this, 'Master', {
      ...this.common(instance, this.plan.masterUsername),
      name: this.plan.secretName,
      description: `Master user of the database ${this.plan.identifier}, for migrations only`,
      password,
      contentVersion: this.masterVersion(),
      renewedBy: [`aws_db_instance.${instance.friendlyUniqueId}.resource_id`],
    });
  }

  private publishRole(instance: DbInstance, role: string): void {
    new PostgresSecret(this, `Role-${role}`, {
      ...this.common(instance, role),
      name: roleSecretName(this.plan, role),
      description: `Role ${role} of the database ${this.plan.identifier}`,
      password: new EphemeralPassword(this, `Password-${role}`),
      contentVersion: versionFor(this.plan, role, this.plan.rolePasswordVersion),
    });
  }

  private common({ address: host }: DbInstance, username: string) {
    const { port, databaseName, secretRecoveryWindow, secretReplicas } = this.plan;
    return {
      keyArn: this.key.arn,
      connection: { host, port, databaseName, username },
      recoveryWindow: secretRecoveryWindow,
      replicas: secretReplicas,
    };
  }
}
