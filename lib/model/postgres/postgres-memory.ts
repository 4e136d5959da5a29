import { Memory } from '../../units';

/** What the engine takes where nothing is written. Source: PostgreSQL 17, 20.4 Resource Consumption and 20.10 Automatic Vacuuming. */
export const POSTGRES_MEMORY_DEFAULTS = {
  sharedBuffers: Memory.mib(128),
  workMem: Memory.mib(4),
  maintenanceWorkMem: Memory.mib(64),
  autovacuumWorkers: 3,
} as const;

/** Catalogue caches and stacks of one process; 5 to 10 MiB were seen where many tables are used. */
export const BACKEND_MEMORY = Memory.mib(8);
