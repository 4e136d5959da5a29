import type { Dated } from './dated';

/** What one of a parameter's numbers stands for. RDS takes numbers without a unit, `postgresql.conf` takes both. */
export type ParameterUnit = '8kB' | 'kB' | 'MB' | 'ms' | 'min' | 'count' | 'ratio' | 'switch' | 'list';

/** What RDS and the server know about a parameter. */
export interface PostgresParameter {
  /** What one of the number that RDS takes stands for: 1 of `shared_buffers` is 8 kB. */
  readonly unit: ParameterUnit;
  /** A static one waits for a restart; RDS refuses to apply it at once. */
  readonly apply: 'static' | 'dynamic';
  /** Smallest value, in `unit`. */
  readonly min: number;
  /** Largest value, in `unit`. */
  readonly max: number;
}

/** The largest number most parameters take. */
const INT = 2_147_483_647;

const row = (
  unit: ParameterUnit,
  apply: PostgresParameter['apply'],
  min: number,
  max: number = INT,
): PostgresParameter => ({ unit, apply, min, max });

const FACTS = {
  max_connections: row('count', 'static', 6, 262_143),
  shared_buffers: row('8kB', 'static', 16, 1_073_741_823),
  effective_cache_size: row('8kB', 'dynamic', 1),
  maintenance_work_mem: row('kB', 'dynamic', 1024),
  work_mem: row('kB', 'dynamic', 64),
  wal_buffers: row('8kB', 'static', 0, 262_143),
  min_wal_size: row('MB', 'dynamic', 128),
  max_wal_size: row('MB', 'dynamic', 128),
  max_slot_wal_keep_size: row('MB', 'dynamic', 128),
  checkpoint_completion_target: row('ratio', 'dynamic', 0, 1),
  default_statistics_target: row('count', 'dynamic', 1, 10_000),
  random_page_cost: row('ratio', 'dynamic', 0, 1.79769e308),
  effective_io_concurrency: row('count', 'dynamic', 0, 1000),
  max_worker_processes: row('count', 'static', 0, 262_143),
  max_parallel_workers: row('count', 'dynamic', 0, 1024),
  max_parallel_workers_per_gather: row('count', 'dynamic', 0, 1024),
  max_parallel_maintenance_workers: row('count', 'dynamic', 0, 1024),
  max_wal_senders: row('count', 'static', 0, 262_143),
  max_prepared_transactions: row('count', 'static', 0, 262_143),
  max_locks_per_transaction: row('count', 'static', 10),
  log_min_duration_statement: row('ms', 'dynamic', 0),
  idle_in_transaction_session_timeout: row('ms', 'dynamic', 0),
  statement_timeout: row('ms', 'dynamic', 0),
  log_lock_waits: row('switch', 'dynamic', 0, 1),
  log_connections: row('switch', 'dynamic', 0, 1),
  log_disconnections: row('switch', 'dynamic', 0, 1),
  shared_preload_libraries: row('list', 'static', 0),
  'rds.force_ssl': row('switch', 'dynamic', 0, 1),
  'rds.log_retention_period': row('min', 'dynamic', 1440, 10_080),
} as const satisfies Record<string, PostgresParameter>;

/** Name of a parameter in the catalog, as the server spells it. */
export type PostgresParameterName = keyof typeof FACTS;

/**
 * Parameters by their PostgreSQL names. Ranges are the server's, narrower where RDS is: it keeps connections for
 * itself, its WAL segments are 64 MB and each bound of the WAL holds two. Values below 0 (`off` or `automatic`) are
 * left out:
 * the typed form says them by absence.
 */
export const POSTGRES_PARAMETERS: Dated<Readonly<Record<PostgresParameterName, PostgresParameter>>> = {
  asOf: '2026-11-21',
  source: 'pg_settings of PostgreSQL 15.18; Amazon RDS user guide, parameters and log files of RDS for PostgreSQL',
  facts: FACTS,
};
