import type { DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import { ASSUMPTION_NAMES, type PostgresPlan } from '../../model';
import type { PostgresAccess } from './postgres-access';
import type { DatabasePlan } from './postgres-database-props';
import { type InstancePlan, leavesBackups } from './postgres-instance-props';
import type { PostgresParameterGroup } from './postgres-parameter-group';

/** Operations that come with striped storage; RDS wants them spelled out beside a throughput. */
const INCLUDED_IOPS = 12_000;

/** A large instance with a standby, and the last snapshot of one, take longer than the provider waits by default. */
const TIMEOUTS = { create: '60m', update: '120m', delete: '120m' } as const;

type Arguments = Partial<DbInstanceConfig>;

/** What was measured goes with the instance, where whoever judges the stack finds it. */
function tagArguments({
  tags,
  measuredRps,
}: Pick<InstancePlan, 'tags'> & Pick<PostgresPlan, 'measuredRps'>): Arguments {
  const all = { ...(measuredRps !== undefined && { [ASSUMPTION_NAMES.ratePerPod]: `${measuredRps}` }), ...tags };
  return Object.keys(all).length === 0 ? {} : { tags: all };
}

/** What any instance runs as, and when that may change: in the maintenance window, never between. */
export const instanceArguments = (
  plan: Pick<InstancePlan, 'identifier' | 'maintenanceWindow' | 'tags'> &
    Pick<PostgresPlan, 'version' | 'instanceClass' | 'measuredRps'>,
) =>
  ({
    identifier: plan.identifier,
    engineVersion: plan.version,
    instanceClass: plan.instanceClass,
    autoMinorVersionUpgrade: true,
    applyImmediately: false,
    timeouts: TIMEOUTS,
    ...(plan.maintenanceWindow !== undefined && { maintenanceWindow: plan.maintenanceWindow }),
    ...tagArguments(plan),
  }) satisfies Arguments & { instanceClass: string };

/** Where any instance stands, what it runs with, and the authority that vouches for it. */
export const placeArguments = (
  { port }: Pick<PostgresPlan, 'port'>,
  access: PostgresAccess,
  parameters: PostgresParameterGroup,
): Arguments => ({
  parameterGroupName: parameters.name,
  dbSubnetGroupName: access.subnetGroupName,
  vpcSecurityGroupIds: [access.securityGroupId],
  port,
  publiclyAccessible: false,
  caCertIdentifier: 'rds-ca-rsa2048-g1',
});

/** What a database of its own runs: its engine, and whether that may become another major. */
export const engineArguments = (plan: DatabasePlan) =>
  ({
    ...instanceArguments(plan),
    engine: 'postgres',
    engineLifecycleSupport: plan.allowExtendedSupport
      ? 'open-source-rds-extended-support'
      : 'open-source-rds-extended-support-disabled',
    dbName: plan.databaseName,
    allowMajorVersionUpgrade: plan.allowMajorVersionUpgrade,
  }) satisfies Arguments & { instanceClass: string };

/** Encrypted gp3, and how far it grows; a throughput without `iops` takes the 12000 that are included. */
export const volumeArguments = ({
  maxStorage,
  iops,
  throughputMibps,
}: Pick<PostgresPlan, 'maxStorage' | 'iops' | 'throughputMibps'>): Arguments => ({
  storageType: 'gp3',
  storageEncrypted: true,
  ...(maxStorage && { maxAllocatedStorage: maxStorage.toGib() }),
  ...(iops !== undefined && { iops }),
  ...(throughputMibps !== undefined && { iops: iops ?? INCLUDED_IOPS, storageThroughput: throughputMibps }),
});

/** What is left after a failure of the zone, of the data, or of whoever types `destroy`. */
export const protectionArguments = (
  plan: Pick<InstancePlan, 'deletionProtection' | 'finalSnapshot' | 'backupWindow'> &
    Pick<PostgresPlan, 'multiAz' | 'backupRetention'>,
): Arguments => ({
  multiAz: plan.multiAz,
  deletionProtection: plan.deletionProtection,
  backupRetentionPeriod: plan.backupRetention.toDays(),
  deleteAutomatedBackups: !leavesBackups(plan),
  copyTagsToSnapshot: true,
  skipFinalSnapshot: !leavesBackups(plan),
  ...(typeof plan.finalSnapshot === 'string' && { finalSnapshotIdentifier: plan.finalSnapshot }),
  ...(plan.backupWindow !== undefined && { backupWindow: plan.backupWindow }),
});
