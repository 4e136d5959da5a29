import { textAt } from '../members';
import type { Evidence, Rule, Verdict } from '../rule';
import type { KubernetesObject } from '../source';
import { unknown } from './compared';
import { type PodReference, podReferences } from './pod-references';

/** Everything that a pod names is made by something that was read. */
export const referencesExist: Rule = {
  id: 'references-exist',
  severity: 'error',
  protects:
    'pods hang in CreateContainerConfigError or ContainerCreating, or are never created, because a name differs',
  formula:
    'each ConfigMap, Secret, ServiceAccount, claim, StorageClass and PriorityClass that a pod names exists, or something makes it',
  source: 'Kubernetes, "Configure a Pod to Use a ConfigMap", "Secrets", "Pod Priority and Preemption"',
  scenarios: ['ordinary'],
  judge: ({ workloads, objects }) => {
    const known = new Set(objects.flatMap(madeBy));
    const hasStorageClasses = objects.some(({ kind }) => kind === 'StorageClass');
    return workloads.flatMap((workload): readonly Verdict[] => {
      const references = podReferences(workload).filter((reference) => !isBuiltIn(reference));
      if (references.length === 0) return [];
      const missing = references.filter(({ kind, name }) => !known.has(keyOf(kind, workload.namespace, name)));
      const unique = [...new Map(missing.map((one) => [`${one.kind} ${one.name}`, one])).values()];
      const subject = workload.id;
      if (unique.length === 0)
        return [
          {
            outcome: 'holds',
            subject,
            evidence: [workload.evidence(workload.podPointer)],
            arithmetic: `${new Set(references.map(({ kind, name }) => `${kind} ${name}`)).size} names, all of which exist`,
          },
        ];
      return unique.map((one) =>
        // clusters come with classes of their vendor, which nobody has to write
        one.kind === 'StorageClass' && !hasStorageClasses
          ? unknown(subject, `the StorageClasses of the cluster, ${one.name} among them`)
          : verdictOn(subject, one, workload.evidence(one.pointer)),
      );
    });
  },
};

/** Secrets are often made by hand, or by something that is not read here. */
function verdictOn(subject: string, { kind, name }: PodReference, evidence: Evidence): Verdict {
  const isSecret = kind === 'Secret';
  return {
    outcome: 'broken',
    subject: `${subject}: ${kind} ${name}`,
    evidence: [evidence],
    arithmetic: `${kind} ${name} is named and nothing that was read makes it`,
    remedy: isSecret
      ? 'create it (an ExternalSecret, a Certificate, a SealedSecret), correct the name, or mark it optional'
      : 'create it, correct the name, or give its manifest to the check as well',
    ...(isSecret && { severity: 'warning' }),
  };
}

const CLUSTER_WIDE: readonly PodReference['kind'][] = ['PriorityClass', 'StorageClass'];

const keyOf = (kind: string, namespace: string | undefined, name: string): string =>
  `${kind} ${CLUSTER_WIDE.some((one) => one === kind) ? '' : (namespace ?? '')}/${name}`;

/** What every cluster has. */
const isBuiltIn = ({ kind, name }: PodReference): boolean =>
  (kind === 'ServiceAccount' && name === 'default') ||
  (kind === 'ConfigMap' && (name === 'kube-root-ca.crt' || name === 'istio-ca-root-cert')) ||
  (kind === 'PriorityClass' && name.startsWith('system-')) ||
  (kind === 'StorageClass' && name === 'gp2');

/** What an object is, and what a controller makes of it. */
function madeBy({ kind, namespace, name, value }: KubernetesObject): readonly string[] {
  const own = keyOf(kind, namespace, name);
  switch (kind) {
    case 'ExternalSecret':
      return [own, keyOf('Secret', namespace, textAt(value, 'spec', 'target', 'name') ?? name)];
    case 'Certificate':
      return [own, keyOf('Secret', namespace, textAt(value, 'spec', 'secretName') ?? '')];
    case 'SealedSecret':
      return [own, keyOf('Secret', namespace, name)];
    default:
      return [own];
  }
}
