import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { Duration } from '../../units';

/**
 * A region that keeps a copy of the secrets under the same names, for reading there and for use after the loss of this one.
 * A copy says what the original says: whoever uses it next to a replica takes host and port from the replica's own secret.
 * It goes with the original; to keep it, detach it first (`aws secretsmanager stop-replication-to-replica`, in its region).
 * Its key stays, or what was detached could be read by nobody.
 */
export interface SecretReplica {
  /** AWS region other than the stack's, for example `us-east-1`. */
  readonly region: string;
  /** ARN of a KMS key in that region. @default - one that the original's stack makes there, which Terraform keeps */
  readonly keyArn?: string;
}

/** A copy whose key is known. */
export type KeyedReplica = Required<SecretReplica>;

/** A secret and its content, checked by the database that it belongs to. */
export interface PostgresSecretProps {
  /** Full name in Secrets Manager, known before anything is created: pods and policies refer to it. */
  readonly name: string;
  /** Who uses it for what, for whoever finds it in the console. */
  readonly description: string;
  /** KMS key that encrypts it in the region of the stack; replicas have their own. */
  readonly keyArn: string;
  /** An ephemeral value, taken only when `contentVersion` changes or what `renewedBy` names. */
  readonly password: { readonly result: string };
  /** The content is sent when this number changes, and at no other time. */
  readonly contentVersion: number;
  /** What the secret says beside the password. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly databaseName: string;
    readonly username: string;
  };
  /** Version of the password, for whoever has to know that it has arrived. @default - not said */
  readonly version?: number;
  /** Time in which a deleted secret can be restored; its name stays taken (whole days, 7-30, or 0 for none). */
  readonly recoveryWindow: Duration;
  /** Copies in other regions; none if empty. */
  readonly replicas: readonly KeyedReplica[];
  /** Addresses of attributes whose change sends the content anew: `aws_db_instance.x.resource_id`. @default - none */
  readonly renewedBy?: readonly string[];
}

/**
 * A secret with everything a client needs to connect: `engine`, `host`, `port`, `username`, `password` and `dbname`.
 * Its content is write-only: Terraform sends it and keeps no copy.
 */
export class PostgresSecret extends Construct {
  /** Makes the secret as `Resource` and its content as `Content`. */
  constructor(scope: Construct, id: string, props: PostgresSecretProps) {
    super(scope, id);
    const { connection, password, renewedBy = [], version } = props;

    const secret = new SecretsmanagerSecret(this, 'Resource', {
      name: props.name,
      description: props.description,
      kmsKeyId: props.keyArn,
      recoveryWindowInDays: props.recoveryWindow.toDays(),
      ...(props.replicas.length > 0 && {
        replica: props.replicas.map(({ region, keyArn }) => ({ region, kmsKeyId: keyArn })),
      }),
    });
    new SecretsmanagerSecretVersion(this, 'Content', {
      secretId: secret.id,
      secretStringWo: Fn.jsonencode({
        engine: 'postgres',
        host: connection.host,
        port: connection.port,
        username: connection.username,
        password: password.result,
        dbname: connection.databaseName,
        ...(version !== undefined && { version }),
      }),
      secretStringWoVersion: props.contentVersion,
      ...(renewedBy.length > 0 && { lifecycle: { replaceTriggeredBy: [...renewedBy] } }),
    });
  }
}

/** FNV-1a of 32 bits, of which 31 are kept: the provider's numbers have a sign. */
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * A whole number (0 to 2^31 - 1) that changes with any of the facts. Write-only content cannot be compared with what
 * was sent before; a version made of all it says does not miss a new port or name.
 */
export const contentVersion = (...facts: readonly (string | number)[]): number => {
  const hash = [...JSON.stringify(facts)].reduce(
    (soFar, character) => Math.imul(soFar ^ (character.codePointAt(0) ?? 0), PRIME) >>> 0,
    OFFSET_BASIS,
  );
  return hash >>> 1;
};
