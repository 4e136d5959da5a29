import type { Check } from '../../check';
import { Memory } from '../../units';
import type { PostgresPlan } from './postgres';

const GIB = Memory.gib(1).inBytes;

/** Share of the storage that may be log which replicas have not fetched, unless it is declared. */
const KEPT = { numerator: 1, denominator: 5 };

/**
 * Log that a primary keeps for its replicas unless it is declared: a fifth of its storage, in whole GiB and at least one.
 * Storage that is yet to grow does not count: it grows once in six hours at most, log does not wait.
 */
export const slotWalKeepSize = ({ storage }: Pick<PostgresPlan, 'storage'>): Memory =>
  Memory.gib(Math.max(1, Math.floor((storage.inBytes * KEPT.numerator) / KEPT.denominator / GIB)));

type Kept = Pick<PostgresPlan, 'parameters' | 'storage'>;

const kept = ({ parameters }: Kept): Memory | undefined => parameters.maxSlotWalKeepSize;

/** The bound on what is kept for replicas, against the disk that it stands on and the log between two checkpoints. */
export const POSTGRES_SLOT_CHECKS: readonly Check<Kept>[] = [
  {
    id: 'postgres-slots-end-before-the-disk',
    prop: 'parameters.maxSlotWalKeepSize',
    holds: (plan) => (kept(plan)?.inBytes ?? 0) < plan.storage.inBytes,
    rule: ({ storage }) => `must be less than the storage, ${storage}, or the disk is full before the bound is reached`,
    received: kept,
    remedy: 'leave it out for a fifth of the storage',
  },
  {
    id: 'postgres-slots-leave-room-for-data',
    prop: 'parameters.maxSlotWalKeepSize',
    severity: 'warning',
    holds: (plan) => {
      const size = kept(plan)?.inBytes ?? 0;
      return size * 2 <= plan.storage.inBytes || size >= plan.storage.inBytes;
    },
    rule: ({ storage }) => `should be at most half of the storage, ${storage}: the other half is for data`,
    received: kept,
    remedy: 'leave it out for a fifth of the storage',
  },
  {
    id: 'postgres-slots-outlast-a-checkpoint',
    prop: 'parameters.maxSlotWalKeepSize',
    severity: 'warning',
    holds: (plan) => {
      const size = kept(plan);
      return size === undefined || (plan.parameters.maxWalSize?.isAtMost(size) ?? true);
    },
    rule: ({ parameters }) =>
      `should be at least maxWalSize, ${parameters.maxWalSize}: a replica is lost by falling one checkpoint behind`,
    received: kept,
    remedy: 'raise it, or take more storage',
  },
];
