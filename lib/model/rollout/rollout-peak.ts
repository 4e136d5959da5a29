import { isWholeWithin } from '../../check';
import { MOST_PODS } from '../service/footprint';
import type { RolloutSpec } from './rollout';

/**
 * Pods of a service at most while a release is under way: twice its maximum, whatever the strategy. Blue-green runs the new
 * set beside the old one from the start; a canary grows to all users while the old set stays full, so that going back
 * needs no new pod. No previewReplicaCount saves any: an autoscaler does not move it.
 *
 * A next release that starts while the old set of the last one is still kept makes a third set; with a quota of twice the
 * maximum it waits until that is gone. None if the maximum cannot be, which a check of its own reports.
 */
export function rolloutPeakPods(max: number, rollout: RolloutSpec): number {
  if (!isWholeWithin(max, 0, MOST_PODS)) return 0;
  switch (rollout.strategy) {
    case 'blue-green':
    case 'canary':
      return 2 * max;
    default: {
      const unknown: never = rollout;
      return unknown;
    }
  }
}
