import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { Duration } from '../../units';

/** Where a server answers, checked by the server that it belongs to. */
export interface PostgresEndpointSecretProps {
  /** Full name in Secrets Manager, known before anything is created. */
  readonly name: string;
  /** Whose endpoint it is, for whoever finds it in the console. */
  readonly description: string;
  /** KMS key that encrypts it. */
  readonly keyArn: string;
  /** Host name that the server's certificate names. */
  readonly host: string;
  /** Port of the server. */
  readonly port: number;
  /** Name of the database inside the server. */
  readonly databaseName: string;
  /** Time in which the deleted secret can be restored (whole days, 7-30, or 0 for none). */
  readonly recoveryWindow: Duration;
}

/**
 * The half of a client's secret that is the server's own: `engine`, `host`, `port` and `dbname`. It is read after a copy of
 * the primary's secret, whose host it replaces. Nothing in it is secret, so that Terraform may keep it and see it change.
 */
export class PostgresEndpointSecret extends Construct {
  /** Makes the secret as `Resource` and its content as `Content`. */
  constructor(scope: Construct, id: string, props: PostgresEndpointSecretProps) {
    super(scope, id);
    const secret = new SecretsmanagerSecret(this, 'Resource', {
      name: props.name,
      description: props.description,
      kmsKeyId: props.keyArn,
      recoveryWindowInDays: props.recoveryWindow.toDays(),
    });
    new SecretsmanagerSecretVersion(this, 'Content', {
      secretId: secret.id,
      secretString: Fn.jsonencode({
        engine: 'postgres',
        host: props.host,
        port: props.port,
        dbname: props.databaseName,
      }),
    });
  }
}
