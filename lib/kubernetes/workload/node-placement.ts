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
