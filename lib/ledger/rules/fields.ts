import type { Autoscaler, NodeGroup, Workload } from '../facts';
import type { Bounds } from '../pack/demand';
import type { Evidence } from '../rule';

/** The field that bounds a group of nodes: pointer, and the name that people know it by. */
export function maximumOf({ id }: NodeGroup): { readonly pointer: string; readonly name: string } {
  if (id.startsWith('aws_autoscaling_group.')) return { pointer: '/max_size', name: 'max_size' };
  if (id.startsWith('NodePool ')) return { pointer: '/spec/limits', name: 'limits' };
  return { pointer: '/scaling_config/max_size', name: 'max_size' };
}

/** The field that bounds an autoscaler. */
export const maximumOfScaler = ({ object }: Autoscaler): { readonly pointer: string; readonly name: string } =>
  object.kind === 'ScaledObject'
    ? { pointer: '/spec/maxReplicaCount', name: 'maxReplicaCount' }
    : { pointer: '/spec/maxReplicas', name: 'maxReplicas' };

/** The field that bounds an autoscaler below. */
export const minimumOfScaler = ({ object }: Autoscaler): { readonly pointer: string; readonly name: string } =>
  object.kind === 'ScaledObject'
    ? { pointer: '/spec/minReplicaCount', name: 'minReplicaCount' }
    : { pointer: '/spec/minReplicas', name: 'minReplicas' };

export const ofGroup = (group: NodeGroup): Evidence => group.evidence(maximumOf(group).pointer);

/** Where the most pods of a workload are written. */
export const ofWorkload = (workload: Workload, { autoscaler }: Bounds): Evidence =>
  autoscaler === undefined
    ? workload.evidence('/spec/replicas')
    : autoscaler.evidence(maximumOfScaler(autoscaler).pointer);

const MOST = 4;

/** `general, spot and 3 more`. */
export const named = (all: readonly { readonly name: string }[]): string =>
  all
    .slice(0, MOST)
    .map(({ name }) => name)
    .join(', ') + (all.length > MOST ? ` and ${all.length - MOST} more` : '');
