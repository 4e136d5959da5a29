import { Cpu, Memory } from '../../units';
import { type StorePlan, type StoreSpec, storePlan } from '../store/store';
import type { PostgresParameters } from './postgres';

/**
 * One PostgreSQL inside Kubernetes, for development: no standby, no backups, no point-in-time recovery. Production data
 * belongs into RDS, under the same `name`, so that services see no difference.
 */
export interface PostgresServerSpec extends StoreSpec {
  /** A pod of the cluster, as opposed to an RDS instance or a replica. */
  readonly kind: 'server';
  /** Name of the database inside the server (letter first, then letters, digits, underscores; 1-63). */
  readonly databaseName: string;
  /** Connections the server accepts (6-262143); set explicitly so that pools can be checked against it. */
  readonly maxConnections: number;
  /** Server parameters beside `max_connections`, in their typed form. @default - the engine's own */
  readonly parameters?: PostgresParameters;
  /** Raise it to draw new passwords for all roles (whole number, 1 or more). @default 1 */
  readonly rolePasswordVersion?: number;
  /**
   * Memory that parallel workers share (`/dev/shm`, 64 MiB to half of `memory`), a part of `memory`; the 64 MiB of a
   * container's own end parallel queries with an error.
   * @default - an eighth of `memory`, at least 64 MiB
   */
  readonly sharedMemory?: Memory;
}

type Chosen = Required<Pick<PostgresServerSpec, 'parameters' | 'sharedMemory'>>;

/** A declared server with its defaults. */
export type PostgresServerPlan = PostgresServerSpec & StorePlan & Chosen;

const DEFAULTS = {
  port: 5432,
  cpu: Cpu.cores(2),
  cpuLimit: Cpu.cores(4),
  storage: Memory.gib(20),
} as const;

const MEMORY = { request: Memory.gib(4), limit: Memory.gib(8) } as const;

/** What a container has without being asked. */
export const LEAST_SHARED_MEMORY = Memory.mib(64);

/** Fills in the defaults of a declaration. A smaller limit lowers the request with it. */
export function postgresServerPlan<S extends PostgresServerSpec>(spec: S): S & PostgresServerPlan {
  const { memory = MEMORY.limit, parameters = {} } = spec;
  const memoryRequest = MEMORY.request.isAtMost(memory) ? MEMORY.request : memory;
  const eighth = memory.share(1, 8);
  const sharedMemory = spec.sharedMemory ?? (LEAST_SHARED_MEMORY.isAtMost(eighth) ? eighth : LEAST_SHARED_MEMORY);
  return { ...storePlan({ ...DEFAULTS, memory, memoryRequest }, spec), parameters, sharedMemory };
}
