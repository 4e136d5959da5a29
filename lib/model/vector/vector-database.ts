import { Cpu, Memory } from '../../units';
import { type StorePlan, type StoreSpec, storePlan } from '../store/store';

/** One Qdrant inside Kubernetes. `port` is that of its HTTP interface. */
export interface VectorDatabaseSpec extends StoreSpec {
  /** Port of its gRPC interface (1024-65535), another than `port`. @default 6334 */
  readonly grpcPort?: number;
  /** Volume for snapshots (1 GiB to 16 TiB), apart from the data so that they cannot fill its volume. @default - as large as `storage` */
  readonly snapshots?: Memory;
}

type Chosen = Required<Pick<VectorDatabaseSpec, 'grpcPort' | 'snapshots'>>;

/** A declared database with its defaults. */
export type VectorDatabasePlan = VectorDatabaseSpec & StorePlan & Chosen;

const DEFAULTS = { port: 6333, cpu: Cpu.cores(1), cpuLimit: Cpu.cores(2), storage: Memory.gib(20) } as const;

const MEMORY = { request: Memory.gib(2), limit: Memory.gib(4) } as const;

/** Its metrics have a port of their own, which asks for no key. */
export const VECTOR_METRICS_PORT = 6336;

/** Fills in the defaults of a declaration. A smaller limit lowers the request with it. */
export function vectorDatabasePlan<S extends VectorDatabaseSpec>(spec: S): S & VectorDatabasePlan {
  const { memory = MEMORY.limit, grpcPort = 6334 } = spec;
  const memoryRequest = MEMORY.request.isAtMost(memory) ? MEMORY.request : memory;
  const plan = storePlan({ ...DEFAULTS, memory, memoryRequest }, spec);
  return { ...plan, grpcPort, snapshots: spec.snapshots ?? plan.storage };
}
