import { allNodes } from './capacity/cluster-nodes';
import type { NodeGroupSpec } from './cluster/nodes';
import type { EnvironmentSpec } from './environment';
import { podStores } from './stores';

/** Groups and pools that are declared. Spot nodes are not: what asked for them alone could not fall back. */
function declaredNodes({ cluster, zones }: EnvironmentSpec): NodeGroupSpec[] {
  const { spot: _any, ...declared } = cluster;
  return allNodes(declared, zones.length);
}

/** Names by which pods ask for nodes: of groups and of pools. */
export const namedNodes = (environment: EnvironmentSpec): string[] => [
  ...new Set(declaredNodes(environment).map(({ name }) => name)),
];

/** Tainted groups and pools that nothing names. */
export function unusedTaintedNodes(environment: EnvironmentSpec): string[] {
  const { services, observability = { nodes: undefined } } = environment;
  const used = new Set([...services, ...podStores(environment), observability].map(({ nodes }) => nodes));
  const idle = declaredNodes(environment).filter(({ name, taints = [] }) => taints.length > 0 && !used.has(name));
  return [...new Set(idle.map(({ name }) => name))];
}
