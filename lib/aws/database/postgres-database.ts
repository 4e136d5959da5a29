import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, inspectEach } from '../../check';
import { inspectPostgres, postgresMajor } from '../../model';
import type { EncryptionKey } from '../secrets/encryption-key';
import { PostgresAccess } from './postgres-access';
import { engineArguments, placeArguments, protectionArguments, volumeArguments } from './postgres-arguments';
import { POSTGRES_CLIENT_CHECKS } from './postgres-client-checks';
import { POSTGRES_DATABASE_CHECKS } from './postgres-database-checks';
import { type DatabasePlan, databasePlan, type PostgresDatabaseProps } from './postgres-database-props';
import { postgresKey } from './postgres-key';
import { PostgresObservation } from './postgres-observation';
import { PostgresParameterGroup } from './postgres-parameter-group';
import { PostgresSecrets } from './postgres-secrets';

/**
 * A PostgreSQL on RDS that survives the loss of a zone, loses nothing by a slip, and whose password nobody has seen:
 * it is in no plan, state or output. Clients find it through secrets with declared names.
 * Needs Terraform or OpenTofu 1.11 when it has a secret of its own or roles.
 *
 * The master's password is drawn into a secret of its own, and read back from it for instance and master secret: an apply that
 * ends half-way is simply repeated. So whoever plans or applies must be allowed `secretsmanager:GetSecretValue`, and
 * `kms:Decrypt` with the key: for that read, and because this provider reads the value of each secret when it refreshes, also
 * of those that it only writes (later releases list versions instead). Who may plan production can therefore read its
 * passwords. Give that right to the pipeline, and to nobody's pull request.
 *
 * Destroying it takes `deletionProtection: false` first, leaves the final snapshot and the automated backups, and keeps
 * the names of its secrets taken until their recovery window is over. What is left can be read with its key only, so
 * Terraform refuses to destroy a key of its own: take key and alias out of the state first, with `terraform state rm` and
 * the addresses of `Key`, and import them if the same database is made again.
 *
 * What is to be destroyed and made again at will says so: `deletionProtection: false`, `finalSnapshot: { noneBecause: … }`
 * and `secretRecoveryWindow: Duration.days(0)`. Then nothing is left but the keys of copies in other regions, and no name stays
 * taken.
 *
 * Changes wait for the maintenance window. After a major upgrade the old parameter group remains, for somebody to delete.
 *
 * @example
 * new PostgresDatabase(stack, 'Database', {
 *   identifier: 'acgs-production-main',
 *   name: 'main',
 *   databaseName: 'acgs',
 *   version: '15',
 *   instanceClass: 'db.r5.xlarge',
 *   storage: Memory.gib(500),
 *   maxConnections: 1000,
 *   vpcId: 'vpc-0a1b',
 *   subnetIds: ['subnet-0a', 'subnet-0b'],
 *   allowedFrom: [{ cidr: '10.0.0.0/18', description: 'pods of the cluster' }],
 *   roles: ['auth-service'],
 *   asOf: '2026-11-21',
 * });
 */
export class PostgresDatabase extends Construct {
  /** All that is wrong with declaration, instance, clients and log retention; makes nothing. */
  static inspect(path: string, props: PostgresDatabaseProps): Finding[] {
    const plan = databasePlan(props);
    return [
      ...inspectPostgres(path, plan, props.asOf),
      ...inspect<DatabasePlan>(path, plan, POSTGRES_DATABASE_CHECKS),
      ...inspectEach(path, 'allowedFrom', plan.allowedFrom, POSTGRES_CLIENT_CHECKS),
      ...PostgresObservation.inspect(path, plan),
    ];
  }

  /** As declared, known at synthesis; the dimension `DBInstanceIdentifier` of its metrics. */
  readonly identifier: string;
  /** Host name that the server's certificate names. */
  readonly endpointAddress: string;
  /** Port of the server (1150-65535), known at synthesis. */
  readonly port: number;
  /** Names the instance by its identifier, and so stays the same when it is replaced. */
  readonly arn: string;
  /** Name of the instance in IAM policies for `rds-db:connect`; another one after each replacement. */
  readonly resourceId: string;
  /** Group of the instance: the declared clients come in, nothing goes out. */
  readonly securityGroupId: string;
  /** Subnet group that a read replica in the same VPC can share. */
  readonly subnetGroupName: string;
  /** Group of the declared major; another one after a major upgrade. */
  readonly parameterGroupName: string;
  /** Key of storage, logs and secrets. Who reads a secret must be allowed to decrypt with it. */
  readonly key: EncryptionKey;
  /** Declared name of the master secret; undefined when RDS keeps it. */
  readonly masterSecretName: string | undefined;
  /** Declared name of each role's secret. */
  readonly roleSecretNames: Readonly<Record<string, string>>;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: PostgresDatabaseProps) {
    super(scope, id);
    const plan = databasePlan(props);
    enforce(this, PostgresDatabase.inspect(this.node.path, props));

    this.key = plan.key ?? postgresKey(this, plan);
    const access = new PostgresAccess(this, 'Access', plan);
    const parameters = new PostgresParameterGroup(this, 'Parameters', {
      namePrefix: plan.identifier,
      major: postgresMajor(plan.version),
      maxConnections: plan.maxConnections,
      parameters: plan.parameters,
    });
    const secrets = new PostgresSecrets(this, 'Secrets', plan, this.key);
    const instance = new DbInstance(this, 'Resource', {
      ...engineArguments(plan),
      ...volumeArguments(plan),
      allocatedStorage: plan.storage.toGib(),
      ...protectionArguments(plan),
      ...new PostgresObservation(this, 'Observation', plan, this.key).arguments,
      ...secrets.login,
      kmsKeyId: this.key.arn,
      ...placeArguments(plan, access, parameters),
    });
    secrets.publish(instance);

    this.identifier = plan.identifier;
    this.endpointAddress = instance.address;
    this.port = plan.port;
    this.arn = instance.arn;
    this.resourceId = instance.resourceId;
    this.securityGroupId = access.securityGroupId;
    this.subnetGroupName = access.subnetGroupName;
    this.parameterGroupName = parameters.name;
    this.masterSecretName = secrets.masterSecretName;
    this.roleSecretNames = secrets.roleSecretNames;
  }
}
