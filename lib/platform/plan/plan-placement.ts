import type { NodePlacement, WebServiceProps } from '../../kubernetes';
import {
  allNodes,
  CAPACITY_SPREAD_LABEL,
  type EnvironmentSpec,
  NODE_GROUP_LABEL,
  type NodeGroupSpec,
} from '../../model';

/** Label of nodes that EKS manages: how they are bought. */
const EKS_CAPACITY_LABEL = 'eks.amazonaws.com/capacityType';

const untainted = ({ taints = [] }: NodeGroupSpec): boolean => taints.length === 0;

/**
 * The kinds of node that a pod may run on: those of a name; without one all untainted ones, where spot nodes or pools were
 * declared beside the groups, and unknown where groups alone were, as whoever declares a group of spot nodes knows of it.
 */
function usable({ cluster, zones }: EnvironmentSpec, nodes: string | undefined): NodeGroupSpec[] {
  const all = allNodes(cluster, zones.length);
  if (nodes !== undefined) return all.filter(({ name }) => name === nodes);
  return cluster.spot === undefined && cluster.karpenter === undefined ? [] : all.filter(untainted);
}

/**
 * Nodes of a declared group or pool, with its taints tolerated; for any untainted node only how it may be bought, and
 * nothing where that is on demand alone.
 */
export function placementOn(environment: EnvironmentSpec, nodes: string | undefined): NodePlacement | undefined {
  const groups = usable(environment, nodes);
  const [group] = groups;
  const onSpot = groups.some(({ capacity }) => capacity === 'spot');
  if (group === undefined || (nodes === undefined && !onSpot)) return undefined;
  return {
    ...(nodes !== undefined && { labels: { [NODE_GROUP_LABEL]: group.name }, tolerates: group.taints ?? [] }),
    capacity: onSpot ? 'spot' : 'on-demand',
  };
}

/**
 * Labels over which pods are spread where some of their nodes are spot: not all of a service goes when all spot nodes go at
 * once, and of a pair of pools spot gets its share.
 */
function spreadOver(environment: EnvironmentSpec, nodes: string | undefined): readonly string[] {
  const bought = new Set(usable(environment, nodes).map(({ capacity = 'on-demand' }) => capacity));
  if (bought.size < 2) return [];
  return [environment.cluster.autoscaler === 'karpenter' ? CAPACITY_SPREAD_LABEL : EKS_CAPACITY_LABEL];
}

/** Which nodes the pods of a service or gateway run on, and over what they are spread there. */
export function planNodes(environment: EnvironmentSpec, nodes?: string): Pick<WebServiceProps, 'nodes' | 'spreadOver'> {
  const placement = placementOn(environment, nodes);
  const over = spreadOver(environment, nodes);
  return { ...(placement && { nodes: placement }), ...(over.length > 0 && { spreadOver: over }) };
}
