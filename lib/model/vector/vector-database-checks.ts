import { type Check, type Finding, inspect, isWholeWithin } from '../../check';
import { Memory } from '../../units';
import { STORE_CHECKS } from '../store/store-checks';
import {
  VECTOR_METRICS_PORT,
  type VectorDatabasePlan,
  type VectorDatabaseSpec,
  vectorDatabasePlan,
} from './vector-database';

/** What is said about a vector database beside what every store has. */
export const VECTOR_DATABASE_CHECKS: readonly Check<VectorDatabasePlan>[] = [
  {
    id: 'vector-database-grpc-port-is-unprivileged',
    prop: 'grpcPort',
    holds: ({ grpcPort }) => isWholeWithin(grpcPort, 1024, 65_535),
    rule: 'must be a whole number from 1024 to 65535',
    remedy: 'leave it out for 6334',
  },
  {
    id: 'vector-database-ports-differ',
    prop: ({ port }) => (port === VECTOR_METRICS_PORT ? 'port' : 'grpcPort'),
    holds: ({ port, grpcPort }) => new Set([port, grpcPort, VECTOR_METRICS_PORT]).size === 3,
    rule: `must differ from the other port, and from ${VECTOR_METRICS_PORT}, which serves metrics`,
    remedy: 'use 6333 and 6334',
  },
  {
    id: 'vector-database-snapshot-volume-is-offered',
    prop: 'snapshots',
    holds: ({ snapshots }) => Memory.gib(1).isAtMost(snapshots) && snapshots.isAtMost(Memory.gib(16_384)),
    rule: 'must be from 1Gi to 16Ti, which a gp3 volume can be',
    remedy: 'leave it out for the size of storage',
  },
  {
    id: 'vector-database-snapshots-hold-the-data',
    prop: 'snapshots',
    severity: 'warning',
    holds: ({ snapshots, storage }) => storage.isAtMost(snapshots),
    rule: ({ storage }) => `should be at least storage, ${storage}: a full snapshot is a copy of it`,
    remedy: 'leave it out for the size of storage',
  },
];

/** Everything that is wrong with a declared database. */
export function inspectVectorDatabase(path: string, spec: VectorDatabaseSpec): Finding[] {
  const plan = vectorDatabasePlan(spec);
  return [...inspect(path, plan, STORE_CHECKS), ...inspect<VectorDatabasePlan>(path, plan, VECTOR_DATABASE_CHECKS)];
}
