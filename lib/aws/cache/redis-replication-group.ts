import {
  ElasticacheReplicationGroup,
  type ElasticacheReplicationGroupConfig,
} from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, inspectEach } from '../../check';
import { inspectReplicationGroup } from '../../model/redis/replication-group-checks';
import { EncryptionKey } from '../secrets/encryption-key';
import { CacheAccess } from './cache-access';
import { cacheFields } from './cache-fields';
import { CacheLogin } from './cache-login';
import { CacheLogs } from './cache-logs';
import { CacheParameterGroup } from './cache-parameter-group';
import { engineArguments, protectionArguments, shapeArguments } from './redis-replication-group-arguments';
import { CACHE_CLIENT_CHECKS, REDIS_REPLICATION_GROUP_CHECKS } from './redis-replication-group-checks';
import {
  type CachePlan,
  cachePlan,
  leavesSnapshot,
  type RedisReplicationGroupProps,
} from './redis-replication-group-props';

/**
 * Redis or Valkey on ElastiCache that survives the loss of a zone, speaks TLS only, and whose password is in no plan, state
 * or output. Services find the same secret as of an in-cluster cache: `host`, `port`, `nodes` and `password`. Clients trust
 * Amazon's public authorities, and follow the cluster protocol if `clusterMode` is on.
 * Needs Terraform or OpenTofu 1.11, and the right to make CloudFormation stacks; who plans or applies reads the password.
 *
 * **Password.** Raise `passwordVersion` with `acceptedPasswords: 'current-and-previous'`, let services take the new one, then
 * return to `'current'`. Connections that stand are kept.
 *
 * **Upgrade.** Raise `version`, or change `engine` from `redis` to `valkey`: in place, with the same endpoints, one node after
 * another. It waits for the maintenance window unless `changes: 'at-once'`; until it is over ElastiCache keeps the old
 * parameter group, and the apply that cannot delete it is repeated after the window. A lower version replaces the group: when
 * an automatic minor upgrade has overtaken the declaration, `deletionProtection` refuses that plan, and raising `version` is
 * the way on.
 *
 * **Scaling.** Shards in cluster mode and replicas are added and removed online, and a larger `nodeType` takes over online;
 * all without a new endpoint. Nothing is ignored: a policy of Application Auto Scaling would be undone by the next apply.
 *
 * **Destroy.** Takes `deletionProtection: false` first, leaves the final snapshot, and keeps the names of both secrets taken
 * until their recovery window is over. Only its key reads the snapshot, so that Terraform refuses to destroy a key of its own:
 * take `Key` out of the state first, with `terraform state rm` and the addresses of key and alias.
 *
 * @example
 * new RedisReplicationGroup(stack, 'Cache', {
 *   kind: 'replication-group',
 *   name: 'cache',
 *   identifier: 'acgs-production-cache',
 *   nodeType: 'cache.r7g.large',
 *   shards: 3,
 *   vpcId: 'vpc-0a1b',
 *   subnetIds: ['subnet-0a', 'subnet-0b'],
 *   allowedFrom: [{ cidr: '10.0.0.0/18', description: 'pods of the cluster' }],
 *   secretName: 'acgs/production/cache/auth',
 *   asOf: '2026-11-21',
 * });
 */
export class RedisReplicationGroup extends Construct {
  /** All that is wrong with declaration, group, clients and log retention; makes nothing. */
  static inspect(path: string, props: RedisReplicationGroupProps): Finding[] {
    const plan = cachePlan(props);
    return [
      ...inspectReplicationGroup(path, props, props.asOf),
      ...inspect<CachePlan>(path, plan, REDIS_REPLICATION_GROUP_CHECKS),
      ...inspectEach(path, 'allowedFrom', plan.allowedFrom, CACHE_CLIENT_CHECKS),
      ...CacheLogs.inspect(path, plan),
    ];
  }

  /** As declared, known at synthesis; the dimension `ReplicationGroupId` of its metrics. */
  readonly identifier: string;
  /** Host that clients start from: the configuration endpoint in cluster mode, else that of the primary. A reference. */
  readonly host: string;
  /** Port of the data protocol, known at synthesis. */
  readonly port: number;
  /** Host that follows the primary; undefined in cluster mode. A reference. */
  readonly primaryEndpoint: string | undefined;
  /** Host that answers where each slot is; undefined without cluster mode. A reference. */
  readonly configurationEndpoint: string | undefined;
  /** Names the group by its identifier. */
  readonly arn: string;
  /** Group of the nodes: the declared clients come in, nothing goes out. */
  readonly securityGroupId: string;
  /** Users that may enter; others, for IAM for instance, can join it. A reference. */
  readonly userGroupId: string;
  /** Key of data, logs and secrets. Who reads a secret must be allowed to decrypt with it. */
  readonly key: EncryptionKey;
  /** Declared name of the secret with `host`, `port`, `nodes` and `password`. */
  readonly secretName: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: RedisReplicationGroupProps) {
    super(scope, id);
    const plan = cachePlan(props);
    enforce(this, RedisReplicationGroup.inspect(this.node.path, props));

    this.key = plan.key ?? this.ownKey(plan);
    const access = new CacheAccess(this, 'Access', plan);
    const login = new CacheLogin(this, 'Login', plan, this.key);
    const group = new ElasticacheReplicationGroup(this, 'Resource', {
      ...engineArguments(plan),
      ...shapeArguments(plan),
      ...protectionArguments(plan),
      ...new CacheLogs(this, 'Logs', plan, this.key).arguments,
      kmsKeyId: this.key.arn,
      parameterGroupName: new CacheParameterGroup(this, 'Parameters', plan).name,
      subnetGroupName: access.subnetGroupName,
      securityGroupIds: [access.securityGroupId],
      userGroupIds: [login.userGroupId],
    } satisfies ElasticacheReplicationGroupConfig);

    this.identifier = plan.identifier;
    this.port = plan.port;
    this.primaryEndpoint = plan.clusterMode ? undefined : group.primaryEndpointAddress;
    this.configurationEndpoint = plan.clusterMode ? group.configurationEndpointAddress : undefined;
    this.host = plan.clusterMode ? group.configurationEndpointAddress : group.primaryEndpointAddress;
    this.arn = group.arn;
    this.securityGroupId = access.securityGroupId;
    this.userGroupId = login.userGroupId;
    this.secretName = plan.secretName;
    login.publish(
      group,
      cacheFields(this.host, plan.port),
      plan.clusterMode ? 'configuration_endpoint_address' : 'primary_endpoint_address',
    );
  }

  private ownKey(plan: CachePlan): EncryptionKey {
    const { identifier } = plan;
    return new EncryptionKey(this, 'Key', {
      alias: `elasticache/${identifier}`,
      description: `Data, snapshots, logs and secrets of the cache ${identifier}`,
      users: ['logs'],
      keptOnDestroy: leavesSnapshot(plan),
    });
  }
}
