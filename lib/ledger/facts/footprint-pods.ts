import type { Workload, WorkloadKind } from '../facts';
import { HOSTNAME_LABEL } from '../pack/fits';
import type { Evidence } from '../rule';
import type { KubernetesObject, TerraformBlock } from '../source';
import { type Footprint, PODS_ANNOTATION } from './footprint';
import { DEFAULT_GRACE_SECONDS } from './pod-shape';
import { deploymentRelease, type ReleaseBounds, UNRELEASED } from './release';

/** Who makes the pods, and where that is written. */
interface Origin {
  readonly id: string;
  readonly namespace: string | undefined;
  readonly source: KubernetesObject | TerraformBlock;
  readonly evidence: () => Evidence;
}

/** Pods of a footprint as what would run them: what has volumes as a StatefulSet, else as a Deployment. */
export function ofFootprint(set: Footprint, { id, namespace, source, evidence }: Origin): Workload {
  const kind: WorkloadKind = set.count === 'each-node' ? 'DaemonSet' : set.volumes > 0 ? 'StatefulSet' : 'Deployment';
  const labels: Record<string, string> = set.apart ? { [PODS_ANNOTATION]: id } : {};
  return {
    object: objectOf(source, namespace),
    kind,
    id,
    namespace,
    name: set.name ?? id,
    replicas: set.count === 'each-node' ? 1 : set.count,
    ...releaseOf(kind, set.surge),
    shape: {
      requests: set.requests,
      limits: set.limits,
      labels,
      nodeSelector: {},
      nodeAffinity: set.on.length === 0 ? [] : [set.on],
      tolerations: set.tolerations,
      spread: set.apart
        ? [{ kind: 'anti-affinity', topologyKey: HOSTNAME_LABEL, maxSkew: 1, matchLabels: labels, required: true }]
        : [],
      hostNetwork: set.hostNetwork,
      hostPorts: [],
      terminationGraceSeconds: DEFAULT_GRACE_SECONDS,
      priorityClass: undefined,
      serviceAccount: undefined,
      volumeClaims: Array.from({ length: set.volumes }, (_, index) => `${id} ${index + 1}`),
    },
    selector: labels,
    pod: {},
    podPointer: '',
    evidence,
  };
}

function releaseOf(kind: WorkloadKind, surge: number | undefined): ReleaseBounds {
  if (surge === undefined) return kind === 'Deployment' ? deploymentRelease({}) : UNRELEASED;
  return { surge: () => surge, unavailable: (pods) => Math.min(pods, surge > 0 ? 0 : 1), doubles: false };
}

/** What a workload says of its object; of a release it is a stand-in. */
const objectOf = (source: KubernetesObject | TerraformBlock, namespace: string | undefined): KubernetesObject =>
  source.side === 'kubernetes'
    ? source
    : { side: 'kubernetes', apiVersion: '', kind: source.type, name: source.name, namespace, value: {}, at: source.at };
