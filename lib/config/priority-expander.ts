import { yamlText } from './yaml-text';

/** Namespace and name of the ConfigMap that Cluster Autoscaler's priority expander reads, both fixed by the program. */
export const PRIORITY_EXPANDER = { namespace: 'kube-system', name: 'cluster-autoscaler-priority-expander' } as const;

/** Priority of groups that are tried first, and of all others. The higher number wins. */
const FIRST = 50;
const OTHERS = 10;

/** EKS names the Auto Scaling group of a node group `eks-<node group>-<id>`. */
const pattern = (nodeGroup: string): string => `^eks-${nodeGroup}-.*`;

/** Regular expressions of Auto Scaling groups by priority. */
export type ExpanderPriorities = Readonly<Record<string, readonly string[]>>;

/**
 * Which groups Cluster Autoscaler grows first: the preferred ones, as those of spot nodes, then whichever wastes least.
 *
 * @param preferred Names of declared node groups. With none, all are alike.
 */
export const expanderPriorities = (preferred: readonly string[]): ExpanderPriorities => ({
  [OTHERS]: ['.*'],
  ...(preferred.length > 0 && { [FIRST]: preferred.map(pattern) }),
});

/**
 * Text of the key `priorities` in that ConfigMap, for a Cluster Autoscaler that no chart installs; the chart writes the
 * same from its `expanderPriorities`. Source: kubernetes/autoscaler, expander/priority/readme.md.
 */
export const priorityExpanderText = (preferred: readonly string[]): string =>
  yamlText(expanderPriorities(preferred)).replace(/^"(\d+)":/gm, '$1:');
