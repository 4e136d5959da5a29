import { CloudformationStack } from '@cdktf/provider-aws/lib/cloudformation-stack';
import type { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { ElasticacheUserGroup } from '@cdktf/provider-aws/lib/elasticache-user-group';
import { Construct } from 'constructs';
import type { EncryptionKey } from '../secrets/encryption-key';
import { EphemeralSecretPassword } from '../secrets/ephemeral-secret-password';
import { PasswordSecret, type SecretFields } from '../secrets/password-secret';
import { type CachePlan, userSecretName } from './redis-replication-group-props';

/** Engine of user and user group. Groups of `redis` serve both engines, so that an upgrade to Valkey leaves them alone. */
const ENGINE = 'redis';

/** All keys, channels and commands, as the only user of an in-cluster Redis has. */
const EVERYTHING = 'on ~* &* +@all';

/** What CloudFormation puts the password for when it makes or changes the user; neither it nor Terraform keeps the value. */
const reference = (secret: string, stage: string, version: string): string =>
  `{{resolve:secretsmanager:${secret}:SecretString:password:${stage}:${version}}}`;

/** A template with the one user. The version in the reference makes each new password a change of the template. */
function userTemplate(plan: CachePlan, versionId: string): string {
  const secret = userSecretName(plan);
  const passwords = [
    reference(secret, '', versionId),
    ...(plan.acceptedPasswords === 'current' ? [] : [reference(secret, 'AWSPREVIOUS', '')]),
  ];
  return JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `User of the cache ${plan.identifier}`,
    Resources: {
      User: {
        Type: 'AWS::ElastiCache::User',
        Properties: {
          Engine: ENGINE,
          UserId: plan.identifier,
          UserName: 'default',
          AccessString: EVERYTHING,
          AuthenticationMode: { Type: 'password', Passwords: passwords },
        },
      },
    },
  });
}

/**
 * Who may enter a group: the user `default`, whom clients become that send a password alone.
 *
 * `auth_token` and the passwords of `aws_elasticache_user` would stand in Terraform's state, in plain text. Here they do not:
 * the password is drawn while Terraform runs and goes into a secret by a write-only argument; a CloudFormation stack of one
 * resource makes the user from that secret, by a reference that CloudFormation resolves and never stores.
 */
export class CacheLogin extends Construct {
  /** Id of the user group, a reference: who takes it comes after the user. */
  readonly userGroupId: string;
  private readonly password: PasswordSecret;

  /** Makes the password, the user and the user group. */
  constructor(
    scope: Construct,
    id: string,
    private readonly plan: CachePlan,
    private readonly key: EncryptionKey,
  ) {
    super(scope, id);
    const { identifier, passwordVersion, secretRecoveryWindow } = plan;

    this.password = new PasswordSecret(this, 'Password', {
      name: userSecretName(plan),
      description: `Password that the user of the cache ${identifier} is made with`,
      key,
      version: passwordVersion,
      recoveryWindow: secretRecoveryWindow,
    });
    const user = new CloudformationStack(this, 'User', {
      name: `${identifier}-user`,
      templateBody: userTemplate(plan, this.password.versionId),
      onFailure: 'DELETE',
    });
    this.userGroupId = new ElasticacheUserGroup(this, 'Resource', {
      engine: ENGINE,
      userGroupId: identifier,
      userIds: [identifier],
      dependsOn: [user],
    }).userGroupId;
  }

  /** Writes what clients need, now that there is an address: the same password, read from the first secret. */
  publish(group: ElasticacheReplicationGroup, fields: SecretFields, endpoint: string): void {
    const { secretName, identifier, passwordVersion, secretRecoveryWindow } = this.plan;
    const { name, versionId, versionAddress } = this.password;

    new PasswordSecret(this, 'Secret', {
      name: secretName,
      description: `Services reach and enter the cache ${identifier} with it`,
      key: this.key,
      version: passwordVersion,
      recoveryWindow: secretRecoveryWindow,
      fields,
      password: new EphemeralSecretPassword(this, 'Known', { secretId: name, versionId }),
      renewedBy: [versionAddress, `aws_elasticache_replication_group.${group.friendlyUniqueId}.${endpoint}`],
    });
  }
}
