import { withDefaults } from '../../check';
import { Duration, type Memory } from '../../units';
import type { RoleRotation } from './role-rotation';

/** Deletion leaves neither a snapshot nor automated backups. */
export interface NoFinalSnapshot {
  /** Why that loses nothing, for whoever reviews the declaration: `made anew from fixtures`. */
  readonly noneBecause: string;
}

/** A PostgreSQL database with one writer, managed by RDS. */
export interface PostgresSpec extends RoleRotation {
  /** An RDS instance, as opposed to a replica or a server in the cluster. @default 'instance' */
  readonly kind?: 'instance';
  /** DNS label, the name by which services refer to it. */
  readonly name: string;
  /** Name of the database inside the server (letter first, then letters, digits, underscores; 1-63). */
  readonly databaseName: string;
  /** PostgreSQL major (`15`), which follows the newest minor, or a minor that RDS still creates (`15.18`). */
  readonly version: string;
  /** Pay for a major whose standard support has ended. @default false */
  readonly allowExtendedSupport?: boolean;
  /** RDS instance class, for example `db.r5.xlarge`. */
  readonly instanceClass: string;
  /** Storage at creation (whole GiB, 20-65536). It never shrinks. */
  readonly storage: Memory;
  /**
   * Storage it may grow to by itself (whole GiB, at least 10 % above `storage`, up to 65536).
   * @default - it does not grow
   */
  readonly maxStorage?: Memory;
  /** I/O operations a second (12000-64000), from 400 GiB on. @default - 3000 below 400 GiB, 12000 from there */
  readonly iops?: number;
  /**
   * Throughput (MiB a second, 500-4000, at most a quarter of `iops`), from 400 GiB on.
   * @default - 125 below 400 GiB, 500 from there
   */
  readonly throughputMibps?: number;
  /** A synchronous standby in another zone. @default true */
  readonly multiAz?: boolean;
  /** Port of the server (1150-65535). @default 5432 */
  readonly port?: number;
  /** Automated backups and point-in-time recovery (whole days, 1-35). @default Duration.days(30) */
  readonly backupRetention?: Duration;
  /** Refuses deletion until switched off. @default true */
  readonly deletionProtection?: boolean;
  /**
   * Name of the snapshot that remains after deletion (1-255 letters, digits and single hyphens, a letter first). It
   * stays: whoever deletes a second instance of this identifier names another first. `{ noneBecause }` leaves nothing
   * behind, and is refused beside `deletionProtection`.
   * @default - the name of the instance and `-final`
   */
  readonly finalSnapshot?: string | NoFinalSnapshot;
  /**
   * Time in which deleted secrets can be restored; their names stay taken (whole days, 7-30). 0 days delete at once: the
   * names are free again, and after a slip nothing brings the passwords back.
   * @default Duration.days(30)
   */
  readonly secretRecoveryWindow?: Duration;
  /**
   * Raise it to give the master user a new password (whole number, 1 or more). Refused beside a password that RDS manages.
   * @default 1
   */
  readonly passwordVersion?: number;
  /**
   * Raise it to write new passwords for all roles (whole number, 1 or more); who creates the roles then sets them.
   * @default 1
   */
  readonly rolePasswordVersion?: number;
  /** Daily, UTC, 30 minutes or more: `07:00-08:00`. @default - RDS picks one in the region's night */
  readonly backupWindow?: string;
  /**
   * Weekly, UTC, 30 minutes or more, apart from backups: `sun:09:00-sun:10:00`.
   * @default - RDS picks one in the region's night
   */
  readonly maintenanceWindow?: string;
  /** Requests a second that it serves, as measured (whole number, 1 or more). @default - not known */
  readonly measuredRps?: number;
  /** Connections the server accepts (6-262143); set explicitly so that pools can be checked against it. */
  readonly maxConnections: number;
  /**
   * Server parameters beside `max_connections`, in their typed form.
   * @default - the engine's own, and for a primary with read replicas a bound on `maxSlotWalKeepSize`
   */
  readonly parameters?: PostgresParameters;
}

/**
 * Server parameters by their PostgreSQL names, in units that cannot be mistaken. What is left out stays the engine's
 * own.
 */
export interface PostgresParameters {
  /** Pages the server keeps itself (8 kB steps, 128 KiB or more). */
  readonly sharedBuffers?: Memory;
  /** What the planner may expect to be cached, here or in the system (8 kB steps). */
  readonly effectiveCacheSize?: Memory;
  /** For each vacuum, index build or foreign key (1 MiB or more). */
  readonly maintenanceWorkMem?: Memory;
  /** For each sort or hash of each query (64 KiB or more). */
  readonly workMem?: Memory;
  /** Log that is not yet on disk (8 kB steps, below 2 GiB). */
  readonly walBuffers?: Memory;
  /** Log that is recycled rather than removed (whole MiB, 128 or more). */
  readonly minWalSize?: Memory;
  /** Log after which a checkpoint starts (whole MiB, 128 or more). */
  readonly maxWalSize?: Memory;
  /**
   * Log that is kept for replicas which do not fetch it (whole MiB, 128 or more, less than the storage); a replica further
   * behind is lost. Without a bound, one that is gone fills the disk of the writer.
   * @default - on RDS, a fifth of the storage of a primary with read replicas; otherwise the engine's own: no bound
   */
  readonly maxSlotWalKeepSize?: Memory;
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
  /** Of those, for parallel queries (0-1024). */
  readonly maxParallelWorkers?: number;
  /** Of those, for one step of one query (0-1024). */
  readonly maxParallelWorkersPerGather?: number;
  /** Of those, for one index build or vacuum (0-1024). */
  readonly maxParallelMaintenanceWorkers?: number;
  /** Connections that replicas and backups may take (0-262143). @default - 20 on RDS, elsewhere 10 */
  readonly maxWalSenders?: number;
  /** Transactions that wait for the second phase of a commit (0-262143). @default - the engine's own: none */
  readonly maxPreparedTransactions?: number;
  /** Locked objects a transaction, on average (10-2147483647). @default - the engine's own: 64 */
  readonly maxLocksPerTransaction?: number;
  /** Statements slower than this are logged; 0 logs all (0-2147483647 ms). @default - 1 s on RDS, elsewhere none is */
  readonly logMinDurationStatement?: Duration;
  /** Ends sessions that hold a transaction and do nothing; 0 never does (0-2147483647 ms). */
  readonly idleInTransactionSessionTimeout?: Duration;
  /** Ends statements that run longer; 0 never does (0-2147483647 ms). */
  readonly statementTimeout?: Duration;
}

const POSTGRES_DEFAULTS = {
  allowExtendedSupport: false,
  multiAz: true,
  port: 5432,
  backupRetention: Duration.days(30),
  deletionProtection: true,
  parameters: {},
} as const;

/** A declared database with its defaults. */
export type PostgresPlan = PostgresSpec & Required<Pick<PostgresSpec, keyof typeof POSTGRES_DEFAULTS>>;

/** Fills in the defaults of a declaration; storage, version and class have none. */
export const postgresPlan = (spec: PostgresSpec): PostgresPlan => withDefaults(POSTGRES_DEFAULTS, spec);
