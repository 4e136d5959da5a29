import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, inspectEach } from '../../check';
import { postgresMajor } from '../../model';
import { inspectReplica } from '../../model/postgres/postgres-replica';
import { inspectFirstStart } from '../../model/postgres/postgres-replica-start';
import { AwsAccount } from '../aws-account';
import type { EncryptionKey } from '../secrets/encryption-key';
import { PostgresAccess } from './postgres-access';
import { instanceArguments, placeArguments, protectionArguments, volumeArguments } from './postgres-arguments';
import { POSTGRES_CLIENT_CHECKS } from './postgres-client-checks';
import { PostgresEndpointSecret } from './postgres-endpoint-secret';
import { POSTGRES_INSTANCE_CHECKS } from './postgres-instance-checks';
import type { InstancePlan } from './postgres-instance-props';
import { postgresKey } from './postgres-key';
import { PostgresObservation } from './postgres-observation';
import { PostgresParameterGroup } from './postgres-parameter-group';
import { POSTGRES_REPLICA_PLACE_CHECKS } from './postgres-replica-checks';
import {
  isInSourceRegion,
  type PostgresReplicaProps,
  type ReplicaInstancePlan,
  replicaInstancePlan,
} from './postgres-replica-props';

/** A copy in another region starts with a snapshot that travels there. */
const TIMEOUTS = { create: '240m', update: '120m', delete: '120m' } as const;

/** RDS makes no final snapshot of a replica, and refuses to delete one that asks for it. */
const NOTHING_LEFT = { noneBecause: 'the primary has the data' } as const;

const remains = ({ promoted, finalSnapshot }: ReplicaInstancePlan): InstancePlan['finalSnapshot'] =>
  promoted ? finalSnapshot : NOTHING_LEFT;

/**
 * A copy of a PostgreSQL database on RDS that follows it from another region, or from the same: readers use it, and a region
 * that is lost is carried on from it. It has users and passwords of its primary, and a secret of its own with its address.
 * Readers merge both: first the copy of the primary's secret, then `endpointSecretName`.
 *
 * The primary must exist first, with `readReplicas: true` and copies of its secrets in this region (`secretReplicas`).
 * Its minors and storage are followed. A new major is not: RDS upgrades replicas with a primary of their own region; those
 * of others are made anew.
 *
 * In another region RDS creates it under the default parameters of its class, and Terraform applies its own afterwards. A
 * primary that has more (connections, workers, senders, prepared transactions, locks) has a replica that never starts:
 * 1. Declare both with no more than a finding asks for, and apply the primary, then the replica.
 * 2. Raise the replica's own `maxConnections` and `parameters`, say `established: true`, apply and restart it.
 * 3. Raise the primary, apply and restart it.
 *
 * It is lost if it stays away while the primary writes more than its `maxSlotWalKeepSize`. RDS catches a replica of the
 * primary's region up from archived log; one of another region is destroyed and made anew, with `established: false`.
 *
 * Promotion, once the primary is lost or stopped, for RDS does not stop it:
 * 1. Declare `promoted: true` and apply. The instance restarts and takes writes; host, users and passwords stay. In a hurry,
 *    `aws rds promote-read-replica` does the same: until `promoted` is declared, Terraform then refuses to touch it.
 * 2. Only then send users. Nothing goes back by itself, and no promoted database becomes a replica again.
 * 3. When all is calm, detach the copies of the secrets, and make a `PostgresDatabase` with the same id, identifier and
 *    master user instead. Everything that holds data keeps its address; the plan must replace nothing. Roles get new
 *    passwords, which whoever creates roles sets.
 *
 * Destroying it takes `deletionProtection: false` first. It leaves nothing until it is promoted, and then what a
 * `PostgresDatabase` leaves.
 *
 * @example
 * const primary: PostgresSpec = {
 *   name: 'main',
 *   databaseName: 'acgs',
 *   version: '15',
 *   instanceClass: 'db.r5.xlarge',
 *   storage: Memory.gib(500),
 *   maxConnections: 1000,
 * };
 * new PostgresReplica(stack, 'Database', {
 *   kind: 'replica',
 *   name: 'main',
 *   of: { environment: 'production', database: 'main' },
 *   primary,
 *   instanceClass: 'db.r5.xlarge',
 *   maxConnections: 1000,
 *   identifier: 'acgs-production-dr-main',
 *   source: { identifier: 'acgs-production-main', region: 'us-west-2' },
 *   region: 'us-east-1',
 *   vpcId: 'vpc-0c1d',
 *   subnetIds: ['subnet-0c', 'subnet-0d'],
 *   allowedFrom: [{ cidr: '10.1.0.0/18', description: 'pods of the cluster' }],
 *   endpointSecretName: 'acgs/production-dr/main/endpoint',
 * });
 */
export class PostgresReplica extends Construct {
  /** All that is wrong with replica, instance, clients and log retention, also against the primary; makes nothing. */
  static inspect(path: string, props: PostgresReplicaProps): Finding[] {
    const plan = replicaInstancePlan(props);
    return [
      ...inspectReplica(path, props, props.primary),
      ...(isInSourceRegion(plan) ? [] : inspectFirstStart(path, props, props.primary)),
      ...inspect<InstancePlan>(path, plan, POSTGRES_INSTANCE_CHECKS),
      ...inspect(path, plan, POSTGRES_REPLICA_PLACE_CHECKS),
      ...inspectEach(path, 'allowedFrom', plan.allowedFrom, POSTGRES_CLIENT_CHECKS),
      ...PostgresObservation.inspect(path, plan),
    ];
  }

  /** As declared, known at synthesis; the dimension `DBInstanceIdentifier` of its metrics, `ReplicaLag` among them. */
  readonly identifier: string;
  /** Host name that the server's certificate names; promotion does not change it. */
  readonly endpointAddress: string;
  /** Port of the server (1150-65535), known at synthesis. */
  readonly port: number;
  /** Names the instance by its identifier, and so stays the same when it is replaced. */
  readonly arn: string;
  /** Name of the instance in IAM policies for `rds-db:connect`; another one after each replacement. */
  readonly resourceId: string;
  /** Group of the instance: the declared clients come in, nothing goes out. */
  readonly securityGroupId: string;
  /** Subnet group of the instance. */
  readonly subnetGroupName: string;
  /** Group of the primary's major. */
  readonly parameterGroupName: string;
  /** Key of logs and the endpoint's secret, and of storage in another region than the source's. */
  readonly key: EncryptionKey;
  /** Declared name of the secret with `engine`, `host`, `port` and `dbname`. */
  readonly endpointSecretName: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: PostgresReplicaProps) {
    super(scope, id);
    const plan = replicaInstancePlan(props);
    enforce(this, PostgresReplica.inspect(this.node.path, props));

    const remaining = { ...plan, finalSnapshot: remains(plan) };
    this.key = plan.key ?? postgresKey(this, remaining);
    const access = new PostgresAccess(this, 'Access', plan);
    const parameters = new PostgresParameterGroup(this, 'Parameters', {
      namePrefix: plan.identifier,
      major: postgresMajor(plan.version),
      maxConnections: plan.maxConnections,
      parameters: plan.parameters,
    });
    const instance = new DbInstance(this, 'Resource', {
      ...instanceArguments(plan),
      ...volumeArguments(plan),
      ...protectionArguments(remaining),
      ...new PostgresObservation(this, 'Observation', plan, this.key).arguments,
      ...this.sourceArguments(plan),
      iamDatabaseAuthenticationEnabled: true,
      ...placeArguments(plan, access, parameters),
      timeouts: TIMEOUTS,
      lifecycle: { ignoreChanges: ['engine_version'] },
    });
    new PostgresEndpointSecret(this, 'Endpoint', {
      name: plan.endpointSecretName,
      description: `Where the replica ${plan.identifier} answers`,
      keyArn: this.key.arn,
      host: instance.address,
      port: plan.port,
      databaseName: plan.databaseName,
      recoveryWindow: plan.secretRecoveryWindow,
    });

    this.identifier = plan.identifier;
    this.endpointAddress = instance.address;
    this.port = plan.port;
    this.arn = instance.arn;
    this.resourceId = instance.resourceId;
    this.securityGroupId = access.securityGroupId;
    this.subnetGroupName = access.subnetGroupName;
    this.parameterGroupName = parameters.name;
    this.endpointSecretName = plan.endpointSecretName;
  }

  /** By ARN also in the same region, where RDS takes a subnet group of its own only so. */
  private sourceArguments(plan: ReplicaInstancePlan) {
    const { identifier, region } = plan.source;
    return {
      ...(plan.promoted ? {} : { replicateSourceDb: AwsAccount.of(this).arn('rds', `db:${identifier}`, region) }),
      ...(isInSourceRegion(plan) ? {} : { kmsKeyId: this.key.arn }),
    };
  }
}
