import type { ElasticacheReplicationGroupConfig } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import type { CachePlan } from './redis-replication-group-props';

/** Resharding and the replacement of many nodes take longer than the provider waits by default. */
const TIMEOUTS = { create: '60m', update: '180m', delete: '60m' } as const;

type Arguments = Partial<ElasticacheReplicationGroupConfig>;

/** `transit_encryption_mode` exists from engine version 7 on; before, TLS is fixed at creation and always required. */
const requiresTls = ({ version }: CachePlan): boolean => Number.parseInt(version, 10) >= 7;

/** What runs, and when it may change. */
export const engineArguments = (plan: CachePlan) =>
  ({
    replicationGroupId: plan.identifier,
    description: `Cache ${plan.name}`,
    engine: plan.engine,
    engineVersion: plan.version,
    nodeType: plan.nodeType,
    port: plan.port,
    autoMinorVersionUpgrade: 'true',
    applyImmediately: plan.changes === 'at-once',
    timeouts: TIMEOUTS,
    ...(plan.maintenanceWindow !== undefined && { maintenanceWindow: plan.maintenanceWindow }),
    ...(plan.notificationTopicArn !== undefined && { notificationTopicArn: plan.notificationTopicArn }),
    ...(Object.keys(plan.tags).length > 0 && { tags: plan.tags }),
  }) satisfies Arguments;

/** Nodes, and what happens when one is lost: a replica takes over, and clients keep their endpoint. */
export const shapeArguments = ({ clusterMode, shards, replicasPerShard, multiAz }: CachePlan): Arguments => ({
  clusterMode: clusterMode ? 'enabled' : 'disabled',
  ...(clusterMode
    ? { numNodeGroups: shards, replicasPerNodeGroup: replicasPerShard }
    : { numCacheClusters: 1 + replicasPerShard }),
  automaticFailoverEnabled: clusterMode || replicasPerShard > 0,
  multiAzEnabled: multiAz,
});

/** Encrypted at rest and on the way, with snapshots, and out of reach of a slip. */
export const protectionArguments = (plan: CachePlan): Arguments => ({
  atRestEncryptionEnabled: 'true',
  transitEncryptionEnabled: true,
  ...(requiresTls(plan) && { transitEncryptionMode: 'required' }),
  snapshotRetentionLimit: plan.snapshotRetention.toDays(),
  ...(plan.snapshotWindow !== undefined && { snapshotWindow: plan.snapshotWindow }),
  ...(typeof plan.finalSnapshot === 'string' && { finalSnapshotIdentifier: plan.finalSnapshot }),
  ...(plan.deletionProtection && { lifecycle: { preventDestroy: true } }),
});
