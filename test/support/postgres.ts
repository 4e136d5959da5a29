import type { PostgresDatabaseProps } from '../../lib/aws/database/postgres-database-props';
import type { PostgresSpec } from '../../lib/model/postgres/postgres';
import type { PostgresTuning } from '../../lib/model/postgres/postgres-settings';
import { Duration, Memory } from '../../lib/units';

/** Day on which tests read support calendars. */
export const TODAY = '2026-11-21';

/** A declaration that breaks no check. */
export const DECLARED: PostgresSpec = {
  name: 'main',
  databaseName: 'acgs',
  version: '15',
  instanceClass: 'db.r5.xlarge',
  storage: Memory.gib(500),
  maxStorage: Memory.gib(1000),
  maxConnections: 1000,
  backupRetention: Duration.days(30),
};

/** The same as an instance that breaks no check. */
export const INSTANCE: PostgresDatabaseProps = {
  ...DECLARED,
  identifier: 'acgs-production-main',
  vpcId: 'vpc-0a1b',
  subnetIds: ['subnet-0a', 'subnet-0b'],
  allowedFrom: [{ cidr: '10.0.0.0/18', description: 'pods of the cluster' }],
  asOf: TODAY,
};

/** The 16 settings of Alfred's PostgreSQL. */
export const ALFRED: PostgresTuning = {
  maxConnections: 1000,
  parameters: {
    sharedBuffers: Memory.gib(1),
    effectiveCacheSize: Memory.gib(3),
    maintenanceWorkMem: Memory.mib(256),
    checkpointCompletionTarget: 0.9,
    walBuffers: Memory.mib(16),
    defaultStatisticsTarget: 100,
    randomPageCost: 1.1,
    effectiveIoConcurrency: 200,
    workMem: Memory.mib(4),
    minWalSize: Memory.gib(1),
    maxWalSize: Memory.gib(4),
    maxWorkerProcesses: 8,
    maxParallelWorkersPerGather: 4,
    maxParallelWorkers: 8,
    maxParallelMaintenanceWorkers: 4,
  },
};
