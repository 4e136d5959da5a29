import { templateOf } from './hardening-pods';
import { sameNamespace } from './hardening-views';
import type { Manifest } from './manifests';

/** Whether labels satisfy a selector: every label of it, and every expression. */
export function selects(selector: Manifest, labels: Manifest = {}): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector ?? {};
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }: Manifest) => {
      if (operator === 'In') return values.includes(labels[key]);
      if (operator === 'NotIn') return !values.includes(labels[key]);
      return operator === 'Exists' ? key in labels : !(key in labels);
    })
  );
}

export const isEmptySelector = ({ matchLabels = {}, matchExpressions = [] }: Manifest): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;

export const podLabels = (workload: Manifest): Manifest => templateOf(workload)?.metadata?.labels ?? {};

export const podPorts = (workload: Manifest): Manifest[] =>
  templateOf(workload)?.spec.containers.flatMap(({ ports = [] }: Manifest) => ports) ?? [];

/** Objects of one application as their relations need them. */
export class Surroundings {
  constructor(private readonly objects: readonly Manifest[]) {}

  /** Objects of that kind in the namespace of the subject. */
  near(subject: Manifest, kind: string): Manifest[] {
    return this.objects.filter((object) => object.kind === kind && sameNamespace(object, subject));
  }

  /** Objects of that kind, wherever they are. */
  all(kind: string): Manifest[] {
    return this.objects.filter((object) => object.kind === kind);
  }

  /** Workloads in the namespace of the subject whose pods the selector selects. */
  selected(subject: Manifest, selector: Manifest): Manifest[] {
    return this.objects.filter(
      (object) =>
        templateOf(object) !== undefined && sameNamespace(object, subject) && selects(selector, podLabels(object)),
    );
  }

  /** Objects of that kind whose selector takes in the pods of the workload. */
  covering(workload: Manifest, kind: string, selector: (object: Manifest) => Manifest): Manifest[] {
    return this.near(workload, kind).filter((object) => selects(selector(object), podLabels(workload)));
  }

  services(workload: Manifest): Manifest[] {
    return this.covering(workload, 'Service', ({ spec }) => ({ matchLabels: spec.selector ?? { none: 'none' } }));
  }

  policies(workload: Manifest, type: 'Ingress' | 'Egress'): Manifest[] {
    return this.covering(workload, 'NetworkPolicy', ({ spec }) => spec.podSelector).filter(({ spec }) =>
      spec.policyTypes?.includes(type),
    );
  }

  scalers(workload: Manifest): Manifest[] {
    return this.near(workload, 'HorizontalPodAutoscaler').filter(
      ({ spec: { scaleTargetRef: ref } }) => ref.kind === workload.kind && ref.name === workload.metadata.name,
    );
  }

  /** Pods that a workload never has fewer of. */
  floor(workload: Manifest): number {
    return this.scalers(workload)[0]?.spec.minReplicas ?? workload.spec.replicas ?? 1;
  }
}
