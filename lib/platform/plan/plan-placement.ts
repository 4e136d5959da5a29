import type { NodePlacement } from '../../kubernetes';
import { type EnvironmentSpec, NODE_GROUP_LABEL } from '../../model';

/** Nodes of a declared group, with its taints tolerated; undefined for any untainted node. */
export function placementOn({ cluster }: EnvironmentSpec, nodes: string | undefined): NodePlacement | undefined {
  const group = cluster.nodeGroups.find(({ name }) => name === nodes);
  if (group === undefined) return undefined;
  return {
    labels: { [NODE_GROUP_LABEL]: group.name },
    tolerates: group.taints ?? [],
    capacity: group.capacity ?? 'on-demand',
  };
}
