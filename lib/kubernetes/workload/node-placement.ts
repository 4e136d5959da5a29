import { type Check, type Finding, inspect, invalidLabels, isLabelKey, isLabelValue } from '../../check';
import type { CapacityType, Taint } from '../../model';
import type { PodSpec, Toleration } from '../k8s';
import type { Labels } from '../labels';

/** Which nodes a workload runs on. */
export interface NodePlacement {
  /** Labels a node must carry, for example `{ 'headroom.dev/node-group': 'compute' }`. @default - any node */
  readonly labels?: Labels;
  /** Taints of those nodes, each of which is tolerated. @default - none */
  readonly tolerates?: readonly Taint[];
  /** Whether AWS may take the nodes back with two minutes' notice. @default 'on-demand' */
  readonly capacity?: CapacityType;
}

const EFFECTS: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const CAPACITIES: readonly (string | undefined)[] = [undefined, 'on-demand', 'spot'];

const wrongTaints = ({ tolerates = [] }: NodePlacement): string[] =>
  tolerates
    .filter(({ key, value, effect }) => !isLabelKey(key) || !isLabelValue(value) || !EFFECTS.includes(effect))
    .map(({ key, value, effect }) => `${key}=${value}:${effect}`);

/** What is said about a placement: labels and taints that a node can carry. */
export const NODE_PLACEMENT_CHECKS: readonly Check<NodePlacement>[] = [
  {
    id: 'node-placement-labels-are-valid',
    prop: 'labels',
    holds: ({ labels = {} }) => invalidLabels(labels).length === 0,
    rule: 'must be Kubernetes labels: values of at most 63 letters, digits and inner . _ -',
    received: ({ labels = {} }) => invalidLabels(labels),
    remedy: 'copy the label of the node group',
  },
  {
    id: 'node-placement-tolerations-are-taints',
    prop: 'tolerates',
    holds: (placement) => wrongTaints(placement).length === 0,
    rule: `must have keys and values of labels, and effects of ${EFFECTS.join(', ')}`,
    received: wrongTaints,
    remedy: 'copy the taint of the node group',
  },
  {
    id: 'node-placement-capacity-is-known',
    prop: 'capacity',
    holds: ({ capacity }) => CAPACITIES.includes(capacity),
    rule: 'must be on-demand or spot',
    remedy: 'leave it out for on-demand',
  },
];

/** Everything that is wrong with a placement, below the property that holds it. */
export const inspectPlacement = (path: string, prop: string, placement: NodePlacement): Finding[] =>
  inspect(path, placement, NODE_PLACEMENT_CHECKS).map((finding) => ({ ...finding, prop: `${prop}.${finding.prop}` }));

const toleration = ({ key, value, effect }: Taint): Toleration => ({ key, operator: 'Equal', value, effect });

/** What the scheduler needs to know; absent where any node will do. */
export function placement({
  labels = {},
  tolerates = [],
}: NodePlacement): Pick<PodSpec, 'nodeSelector' | 'tolerations'> {
  return {
    ...(Object.keys(labels).length === 0 ? {} : { nodeSelector: labels }),
    ...(tolerates.length === 0 ? {} : { tolerations: tolerates.map(toleration) }),
  };
}
