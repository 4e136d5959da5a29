import { CAPACITY_SPREAD_LABEL } from '../../model/capacity/karpenter';
import type { TopologySpreadConstraint } from '../k8s';
import type { Labels } from '../labels';

/**
 * Spreads pods evenly over the values that the pools of a pair have between them, so that spot gets its share of the
 * pods. It asks and does not insist: when spot has nothing to give, pods start on demand instead of waiting.
 *
 * For pods of others: a `WebService` says `spreadOver: [CAPACITY_SPREAD_LABEL]`.
 *
 * The share holds over many pods: three pods stand on three of ten values, whichever have room.
 */
export const capacitySpread = (selector: Labels): TopologySpreadConstraint => ({
  topologyKey: CAPACITY_SPREAD_LABEL,
  maxSkew: 1,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selector },
});
