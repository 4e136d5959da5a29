import { type ParameterUnit, POSTGRES_PARAMETERS, type PostgresParameterName } from '../../catalog';
import { Duration, Memory } from '../../units';
import type { PostgresParameters, PostgresSpec } from './postgres';

/** The part of a declaration that becomes server parameters. */
export type PostgresTuning = Pick<PostgresSpec, 'maxConnections' | 'parameters'>;

/** One declared server parameter. */
export interface PostgresSetting {
  /** Where it was declared: `parameters.sharedBuffers`. */
  readonly prop: string;
  /** As the server spells it: `shared_buffers`. */
  readonly name: PostgresParameterName;
  /** As declared; `settingAmount` turns it into a number of the parameter's unit. */
  readonly value: Memory | Duration | number;
}

const NAMES: Readonly<Record<keyof PostgresParameters, PostgresParameterName>> = {
  sharedBuffers: 'shared_buffers',
  effectiveCacheSize: 'effective_cache_size',
  maintenanceWorkMem: 'maintenance_work_mem',
  workMem: 'work_mem',
  walBuffers: 'wal_buffers',
  minWalSize: 'min_wal_size',
  maxWalSize: 'max_wal_size',
  maxSlotWalKeepSize: 'max_slot_wal_keep_size',
  checkpointCompletionTarget: 'checkpoint_completion_target',
  defaultStatisticsTarget: 'default_statistics_target',
  randomPageCost: 'random_page_cost',
  effectiveIoConcurrency: 'effective_io_concurrency',
  maxWorkerProcesses: 'max_worker_processes',
  maxParallelWorkers: 'max_parallel_workers',
  maxParallelWorkersPerGather: 'max_parallel_workers_per_gather',
  maxParallelMaintenanceWorkers: 'max_parallel_maintenance_workers',
  maxWalSenders: 'max_wal_senders',
  maxPreparedTransactions: 'max_prepared_transactions',
  maxLocksPerTransaction: 'max_locks_per_transaction',
  logMinDurationStatement: 'log_min_duration_statement',
  idleInTransactionSessionTimeout: 'idle_in_transaction_session_timeout',
  statementTimeout: 'statement_timeout',
};

/** Bytes or milliseconds in one of a parameter's units. */
const SCALE: Readonly<Record<ParameterUnit, number>> = {
  '8kB': 8192,
  kB: 1024,
  MB: 1024 * 1024,
  ms: 1,
  min: 60_000,
  count: 1,
  ratio: 1,
  switch: 1,
  list: 1,
};

/** The declared parameters, always in the same order. */
export function postgresSettings({ maxConnections, parameters = {} }: PostgresTuning): PostgresSetting[] {
  const properties = Object.keys(NAMES) as (keyof PostgresParameters)[];
  return [
    { prop: 'maxConnections', name: 'max_connections', value: maxConnections },
    ...properties.flatMap((property) => {
      const value = parameters[property];
      return value === undefined ? [] : [{ prop: `parameters.${property}`, name: NAMES[property], value }];
    }),
  ];
}

/** A setting as a number of the parameter's own units: 16 MiB of `wal_buffers` is 2048 pages of 8 kB. */
export function settingAmount({ name, value }: PostgresSetting): number {
  const scale = SCALE[POSTGRES_PARAMETERS.facts[name].unit];
  if (value instanceof Memory) return value.inBytes / scale;
  if (value instanceof Duration) return value.inMillis / scale;
  return value;
}
