import type { DbInstance, DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { EncryptionKey } from '../secrets/encryption-key';
import { EphemeralSecretPassword } from '../secrets/ephemeral-secret-password';
import { PasswordSecret } from '../secrets/password-secret';
import { type DatabasePlan, drawnSecretName } from './postgres-database-props';
import { keyedReplicas } from './postgres-secret-replicas';
import { namesOfRoles, publishMaster, publishRole } from './postgres-secret-set';

/** The password of the master as it was drawn and kept, for whoever takes it. */
interface KnownPassword {
  readonly drawn: PasswordSecret;
  readonly known: EphemeralSecretPassword;
}

/** Another whole number (below 2^28) for another version: what the instance was given cannot be read back and compared. */
const numberOf = (versionId: string): number => Token.asNumber(Fn.parseint(Fn.substr(Fn.sha1(versionId), 0, 7), 16));

/**
 * The passwords of a database: one for the master, and one for each role. Each exists in a secret first. The instance and the
 * master secret both take the master's from there: a run that ends between them, or at the instance, is finished by the next
 * one with the same password. A role's is read by who creates the role.
 */
export class PostgresSecrets extends Construct {
  /** Arguments of the instance that name its master user and give it a password. */
  readonly login: Partial<DbInstanceConfig>;
  /** Declared name of the master secret; undefined when RDS keeps it. */
  readonly masterSecretName: string | undefined;
  /** Declared name of each role's secret. */
  readonly roleSecretNames: Readonly<Record<string, string>>;
  private readonly password: KnownPassword | undefined;

  /** Draws the password of the master into its secret; the others are written by `publish`, after the instance. */
  constructor(
    scope: Construct,
    id: string,
    private readonly plan: DatabasePlan,
    private readonly key: EncryptionKey,
  ) {
    super(scope, id);
    const { credentials, masterUsername, secretName } = plan;
    this.password = credentials.kind === 'declared-secret' ? this.draw() : undefined;
    this.masterSecretName = this.password && secretName;
    this.roleSecretNames = namesOfRoles(plan);
    this.login = {
      username: masterUsername,
      iamDatabaseAuthenticationEnabled: true,
      ...(this.password
        ? { passwordWo: this.password.known.result, passwordWoVersion: numberOf(this.password.drawn.versionId) }
        : { manageMasterUserPassword: true, masterUserSecretKmsKeyId: key.arn }),
    };
  }

  /** Writes the secrets, now that there is an address to put into them. The master's is renewed with password and instance. */
  publish(instance: DbInstance): void {
    const { identifier, roles } = this.plan;
    const set = {
      ...this.plan,
      host: instance.address,
      place: identifier,
      key: this.key,
      replicas: keyedReplicas(this, this.plan),
    };
    if (this.password) {
      const { known, drawn } = this.password;
      const renewedBy = [drawn.versionAddress, `aws_db_instance.${instance.friendlyUniqueId}.resource_id`];
      publishMaster(this, set, { password: known, renewedBy });
    }
    for (const role of roles) publishRole(this, set, role);
  }

  private draw(): KnownPassword {
    const { identifier, passwordVersion, secretRecoveryWindow } = this.plan;
    const drawn = new PasswordSecret(this, 'Drawn', {
      name: drawnSecretName(this.plan),
      description: `Password that the master user of the database ${identifier} is given`,
      key: this.key,
      version: passwordVersion,
      recoveryWindow: secretRecoveryWindow,
    });
    const known = new EphemeralSecretPassword(this, 'Known', { secretId: drawn.name, versionId: drawn.versionId });
    return { drawn, known };
  }
}
