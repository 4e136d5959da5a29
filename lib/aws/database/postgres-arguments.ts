import type { DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import { type DatabasePlan, leavesBackups } from './postgres-database-props';

/** Operations that come with striped storage; RDS wants them spelled out beside a throughput. */
const INCLUDED_IOPS = 12_000;

/** A large instance with a standby, and the last snapshot of one, take longer than the provider waits by default. */
const TIMEOUTS = { create: '60m', update: '120m', delete: '120m' } as const;

type Arguments = Partial<DbInstanceConfig>;

/** What runs, and when it may change: in the maintenance window, never between. */
export const engineArguments = (plan: DatabasePlan) =>
  ({
    identifier: plan.identifier,
    engine: 'postgres',
    engineVersion: plan.version,
    engineLifecycleSupport: plan.allowExtendedSupport
      ? 'open-source-rds-extended-support'
      : 'open-source-rds-extended-support-disabled',
    instanceClass: plan.instanceClass,
    dbName: plan.databaseName,
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: plan.allowMajorVersionUpgrade,
    applyImmediately: false,
    timeouts: TIMEOUTS,
    ...(plan.maintenanceWindow !== undefined && { maintenanceWindow: plan.maintenanceWindow }),
  }) satisfies Arguments & { instanceClass: string };

/** Encrypted gp3, and how far it grows; a throughput without `iops` takes the 12000 that are included. */
export const storageArguments = ({ storage, maxStorage, iops, throughputMibps }: DatabasePlan): Arguments => ({
  storageType: 'gp3',
  allocatedStorage: storage.toGib(),
  storageEncrypted: true,
  ...(maxStorage && { maxAllocatedStorage: maxStorage.toGib() }),
  ...(iops !== undefined && { iops }),
  ...(throughputMibps !== undefined && { iops: iops ?? INCLUDED_IOPS, storageThroughput: throughputMibps }),
});

/** What is left after a failure of the zone, of the data, or of whoever types `destroy`. */
export const protectionArguments = (plan: DatabasePlan): Arguments => ({
  multiAz: plan.multiAz,
  deletionProtection: plan.deletionProtection,
  backupRetentionPeriod: plan.backupRetention.toDays(),
  deleteAutomatedBackups: !leavesBackups(plan),
  copyTagsToSnapshot: true,
  skipFinalSnapshot: !leavesBackups(plan),
  ...(typeof plan.finalSnapshot === 'string' && { finalSnapshotIdentifier: plan.finalSnapshot }),
  ...(plan.backupWindow !== undefined && { backupWindow: plan.backupWindow }),
});
