import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { matchesSelector } from '../labels';
import { isMembers, listAt, type Members, membersAt, pointerTo, textAt, textMembersAt, textsAt } from '../members';
import type { Rule, Verdict } from '../rule';
import { type KubernetesObject, objectName } from '../source';
import { objectsOf } from './behind';

const KINDS = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const;

/** What a cluster needs to make in `kube-system` to come back by itself, with the groups that they are in. */
const VITAL: readonly (readonly [group: string, resource: string])[] = [
  ['', 'pods'],
  ['', 'endpoints'],
  ['apps', 'replicasets'],
  ['apps', 'deployments'],
  ['apps', 'daemonsets'],
  ['coordination.k8s.io', 'leases'],
];

/** A webhook that is down does not keep a cluster from repairing itself. */
export const webhooksSpareKubeSystem: Rule = {
  id: 'webhooks-spare-kube-system',
  severity: 'error',
  protects:
    'a webhook that fails closed for kube-system keeps out the very pods that would bring it back: DNS, CNI, itself',
  formula:
    'failurePolicy is Ignore, or namespaceSelector leaves kube-system out, or its rules name nothing that kube-system needs',
  source:
    'kubernetes.io, Dynamic Admission Control: avoiding deadlocks in self-hosted webhooks, avoiding operating on the kube-system namespace',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const labels = labelsOfKubeSystem(facts);
    return KINDS.flatMap((kind) => objectsOf(facts, kind)).flatMap((object) =>
      listAt(object.value, 'webhooks').flatMap((webhook, index) =>
        isMembers(webhook) ? [verdictOf(object, webhook, index, labels)] : [],
      ),
    );
  },
};

function labelsOfKubeSystem(facts: Facts): Readonly<Record<string, string>> {
  const namespace = objectsOf(facts, 'Namespace').find(({ name }) => name === 'kube-system');
  return {
    ...textMembersAt(namespace?.value, 'metadata', 'labels'),
    'kubernetes.io/metadata.name': 'kube-system',
  };
}

function verdictOf(
  object: KubernetesObject,
  webhook: Members,
  index: number,
  labels: Readonly<Record<string, string>>,
): Verdict {
  const subject = `${objectName(object)} ${textAt(webhook, 'name') ?? index}`;
  const field = pointerTo('webhooks', index);
  const evidence = [
    evidenceIn(object, `${field}/failurePolicy`),
    evidenceIn(object, `${field}/namespaceSelector`),
    evidenceIn(object, `${field}/rules`),
  ];
  const vital = vitalOf(webhook);
  const why =
    textAt(webhook, 'failurePolicy') === 'Ignore'
      ? 'it fails open'
      : !matches(webhook, labels)
        ? 'its namespaceSelector leaves kube-system out'
        : vital.length === 0
          ? 'its rules name nothing that kube-system needs'
          : undefined;
  return why === undefined
    ? {
        outcome: 'broken',
        subject,
        evidence,
        arithmetic: `it fails closed for ${vital.join(', ')} of kube-system`,
        remedy:
          'set failurePolicy: Ignore, or add to namespaceSelector.matchExpressions ' +
          '{ key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system] }',
      }
    : { outcome: 'holds', subject, evidence, arithmetic: why };
}

/** What of the vital things its rules name. */
function vitalOf(webhook: Members): string[] {
  const rules = listAt(webhook, 'rules').filter((rule) => textAt(rule, 'scope') !== 'Cluster');
  const named = rules.flatMap((rule) => {
    const groups = textsAt(rule, 'apiGroups');
    const resources = textsAt(rule, 'resources').map((resource) => resource.replace(/\/\*$/, ''));
    const operations = textsAt(rule, 'operations');
    if (!operations.some((operation) => ['CREATE', 'UPDATE', '*'].includes(operation))) return [];
    return VITAL.filter(
      ([group, resource]) =>
        (groups.includes('*') || groups.includes(group)) && (resources.includes('*') || resources.includes(resource)),
    ).map(([, resource]) => resource);
  });
  return [...new Set(named)];
}

/** Whether a namespaceSelector takes a namespace with these labels. None takes all. */
const matches = (webhook: Members, labels: Readonly<Record<string, string>>): boolean =>
  matchesSelector(membersAt(webhook, 'namespaceSelector'), labels);
