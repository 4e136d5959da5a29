import type { Duration, Memory } from '../units';

/** A PostgreSQL database with one writer, managed by RDS. */
export interface PostgresSpec {
  /** DNS label, the name by which services refer to it. */
  readonly name: string;
  /** Name of the database inside the server (letter first, then letters, digits, underscores; 1-63). */
  readonly databaseName: string;
  /** PostgreSQL major (`15`), or a minor that RDS still creates (`15.18`). */
  readonly version: string;
  /** RDS instance class, for example `db.r5.xlarge`. */
  readonly instanceClass: string;
  /** Storage at creation (GiB, 20-65536). */
  readonly storage: Memory;
  /** Storage it may grow to by itself, at least 10 % above `storage`. @default - it does not grow */
  readonly maxStorage?: Memory;
  /** A synchronous standby in another zone. @default true */
  readonly multiAz?: boolean;
  /** Port of the server (1150-65535). @default 5432 */
  readonly port?: number;
  /** Automated backups and point-in-time recovery (days, 1-35). @default Duration.days(30) */
  readonly backupRetention?: Duration;
  /** Refuses deletion until switched off. @default true */
  readonly deletionProtection?: boolean;
  /** Connections the server accepts (6-262143); set explicitly so that pools can be checked against it. */
  readonly maxConnections: number;
  /** Server parameters beside `max_connections`, in their typed form. @default - the engine's own */
  readonly parameters?: PostgresParameters;
}

/** Server parameters by their PostgreSQL names, in units that cannot be mistaken. */
export interface PostgresParameters {
  readonly sharedBuffers?: Memory;
  readonly effectiveCacheSize?: Memory;
  readonly maintenanceWorkMem?: Memory;
  readonly workMem?: Memory;
  readonly walBuffers?: Memory;
  readonly minWalSize?: Memory;
  readonly maxWalSize?: Memory;
  /** Share of the checkpoint interval that writes are spread over (0-1). */
  readonly checkpointCompletionTarget?: number;
  /** Sample size of statistics (1-10000). */
  readonly defaultStatisticsTarget?: number;
  /** Planner's cost of a random page, against 1 for a sequential one (0 or more). */
  readonly randomPageCost?: number;
  /** Reads the disk can serve at once (0-1000). */
  readonly effectiveIoConcurrency?: number;
  /** Background processes (0-262143). */
  readonly maxWorkerProcesses?: number;
  readonly maxParallelWorkers?: number;
  readonly maxParallelWorkersPerGather?: number;
  readonly maxParallelMaintenanceWorkers?: number;
  /** Statements slower than this are logged; 0 logs all. */
  readonly logMinDurationStatement?: Duration;
  readonly idleInTransactionSessionTimeout?: Duration;
  readonly statementTimeout?: Duration;
}
