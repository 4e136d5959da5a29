import { CHAOS_MESH_NAMESPACE, OBSERVABILITY_NAMESPACES } from '../../model';
import type { PodSecurityLevel } from '../cluster/pod-security';
import type { ServiceApplication } from './service-application';

/** A namespace of controllers, and what their pods may do to their node. */
export interface ServiceNamespace {
  /** DNS label. */
  readonly name: string;
  /** `restricted` unless its pods reach into their node. */
  readonly level: PodSecurityLevel;
  /** Why the level is not `restricted`. @default - it is */
  readonly reason?: string;
}

/** Those whose pods reach into their node. */
const OPEN: Readonly<Record<string, Omit<ServiceNamespace, 'name'>>> = {
  [CHAOS_MESH_NAMESPACE]: {
    level: 'privileged',
    reason: 'The agents of Chaos Mesh enter the network of other pods through the container runtime of their node',
  },
  [OBSERVABILITY_NAMESPACES.agents]: {
    level: 'privileged',
    reason:
      'The log agent of each node reads what its pods write, and keeps how far it has read, in folders of the node',
  },
  'istio-system': {
    level: 'privileged',
    reason: 'The node agents of the mesh set up the network of other pods, in the place of privileged init containers',
  },
};

/** Kubernetes makes it, and EKS runs its own agents there. */
const OF_KUBERNETES = 'kube-system';

/**
 * The namespaces of these applications and of Argo CD, each once and by name; `kube-system` stands by itself. That of Argo CD
 * is there already: it only gets its level.
 */
export function serviceNamespaces(
  applications: readonly ServiceApplication[],
  argocdNamespace: string,
): readonly ServiceNamespace[] {
  const names = new Set([argocdNamespace, ...applications.map(({ namespace }) => namespace)]);
  names.delete(OF_KUBERNETES);
  return [...names].sort().map((name) => ({ name, ...(OPEN[name] ?? { level: 'restricted' as const }) }));
}

/** Namespaces that applications may write to: their own, and those of Kubernetes where they find its certificates. */
export const writableNamespaces = (applications: readonly ServiceApplication[]): readonly string[] =>
  [...new Set([...applications.map(({ namespace }) => namespace), OF_KUBERNETES])].sort();
