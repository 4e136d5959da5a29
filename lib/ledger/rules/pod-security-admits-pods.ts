import { evidenceIn } from '../configured';
import type { Facts, Workload } from '../facts';
import { takesMeshProxy } from '../facts/mesh-sidecar';
import { at, pointerTo, textAt } from '../members';
import { type PodSecurityLevel, podSecurityViolations } from '../pod-security';
import { type PodTemplate, podTemplateOf } from '../pod-template';
import type { Rule, Verdict } from '../rule';
import type { KubernetesObject } from '../source';
import { objectsOf } from './behind';
import { unknown } from './compared';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Fields that are named; the rest is counted. */
const MOST_NAMED = 5;

/** Pods are admitted by the level that their namespace enforces. */
export const podSecurityAdmitsPods: Rule = {
  id: 'pod-security-admits-pods',
  severity: 'error',
  protects: 'a namespace refuses pods that ask for more than its level: a Deployment is applied and no pod ever comes',
  formula:
    'every pod meets the Pod Security Standard that pod-security.kubernetes.io/enforce of its namespace names, injected containers among them',
  source: 'kubernetes.io, Pod Security Standards and Pod Security Admission (1.35)',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const namespaces = new Map(objectsOf(facts, 'Namespace').map((namespace) => [namespace.name, namespace]));
    return facts.workloads.flatMap((workload) => {
      const namespace = namespaces.get(workload.namespace ?? '');
      const template = podTemplateOf(workload.object);
      return namespace === undefined || template === undefined ? [] : verdictOf(facts, workload, namespace, template);
    });
  },
};

const levelOf = ({ value }: KubernetesObject): PodSecurityLevel | undefined => {
  const level = textAt(value, 'metadata', 'labels', ENFORCE);
  if (level === undefined) return undefined;
  return level === 'privileged' || level === 'baseline' ? level : 'restricted';
};

function verdictOf(facts: Facts, workload: Workload, namespace: KubernetesObject, template: PodTemplate): Verdict[] {
  const level = levelOf(namespace);
  if (level === undefined) return [];
  const violations = podSecurityViolations(template, level);
  const enforced = evidenceIn(namespace, pointerTo('metadata', 'labels', ENFORCE));
  const subject = workload.id;
  if (violations.length > 0) {
    const named = violations.slice(0, MOST_NAMED).map(({ words }) => words);
    const rest = violations.length - named.length;
    return [
      {
        outcome: 'broken',
        subject,
        evidence: [enforced, ...violations.slice(0, MOST_NAMED).map(({ field }) => evidenceIn(workload.object, field))],
        arithmetic: `${level} does not admit: ${[...named, ...(rest > 0 ? [`${rest} more`] : [])].join('; ')}`,
        remedy: `change these fields, or let it run in a namespace that enforces ${levelThatAdmits(template)}`,
      },
    ];
  }
  if (
    level !== 'privileged' &&
    takesMeshProxy({ ...template, namespace, pod: template.spec }) &&
    !hasMeshAgent(facts)
  ) {
    return [
      unknown(
        subject,
        'the CNI agent of the mesh among what is read: without it the container that is injected needs NET_ADMIN',
      ),
    ];
  }
  return [{ outcome: 'holds', subject, evidence: [enforced], arithmetic: `${level} admits its pods` }];
}

const levelThatAdmits = (template: PodTemplate): PodSecurityLevel =>
  podSecurityViolations(template, 'baseline').length === 0 ? 'baseline' : 'privileged';

/** The node agent of Istio, as pods or as a chart that an Application names. */
const hasMeshAgent = ({ objects }: Facts): boolean =>
  objects.some(
    ({ kind, name, value }) =>
      (kind === 'DaemonSet' && /istio-cni/.test(name)) ||
      (kind === 'Application' &&
        (/istio.*cni/.test(name) ||
          (at(value, 'spec', 'source', 'chart') === 'cni' && /istio/.test(JSON.stringify(value))))),
  );
