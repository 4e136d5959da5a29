import type { NodeRequirement, PodShape, SpreadRule, Toleration } from '../facts';
import { at, listAt, type Members, membersAt, numberAt, textAt, textMembersAt, textsAt } from '../members';
import type { Json } from '../source';
import { type ContainerDefaults, podAmounts } from './requests';

/** Seconds that Kubernetes gives a pod to end, where it says nothing. */
export const DEFAULT_GRACE_SECONDS = 30;

const OPERATORS: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];

/** What a pod asks of the scheduler. `claims` are those that its controller adds; `unclear` hears of what is not understood. */
export function podShape(
  template: { readonly pod: Members; readonly labels: Readonly<Record<string, string>> },
  defaults: ContainerDefaults,
  claims: readonly string[],
  unclear: (pointer: string, why: string) => void,
): PodShape {
  const { pod, labels } = template;
  const hostNetwork = at(pod, 'hostNetwork') === true;
  return {
    ...podAmounts(pod, defaults, (name) =>
      unclear('/containers', `asks for ${name} that is no quantity; counted as nothing`),
    ),
    labels,
    nodeSelector: textMembersAt(pod, 'nodeSelector'),
    nodeAffinity: listAt(
      pod,
      ...['affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'],
    ).map((term) => [...requirements(at(term, 'matchExpressions')), ...requirements(at(term, 'matchFields'))]),
    tolerations: listAt(pod, 'tolerations').map(toleration),
    spread: [...spreadConstraints(pod, labels, unclear), ...antiAffinity(pod, labels, unclear)],
    hostNetwork,
    hostPorts: hostPorts(pod, hostNetwork),
    terminationGraceSeconds: numberAt(pod, 'terminationGracePeriodSeconds') ?? DEFAULT_GRACE_SECONDS,
    priorityClass: textAt(pod, 'priorityClassName'),
    serviceAccount: textAt(pod, 'serviceAccountName') ?? textAt(pod, 'serviceAccount'),
    volumeClaims: [...claims, ...listAt(pod, 'volumes').flatMap(claimOf)],
  };
}

/** Requirements on labels; one that cannot be read is one that no node meets. */
export const requirements = (expressions: Json | undefined): NodeRequirement[] =>
  (Array.isArray(expressions) ? expressions : []).map((expression) => {
    const operator = textAt(expression, 'operator') ?? 'In';
    return {
      key: textAt(expression, 'key') ?? '',
      operator: OPERATORS.includes(operator) ? (operator as NodeRequirement['operator']) : 'In',
      values: listAt(expression, 'values').map(String),
    };
  });

function toleration(written: Json): Toleration {
  const key = textAt(written, 'key');
  const value = textAt(written, 'value');
  const effect = textAt(written, 'effect');
  return {
    operator: textAt(written, 'operator') === 'Exists' ? 'Exists' : 'Equal',
    ...(key === undefined || key === '' ? {} : { key }),
    ...(value === undefined ? {} : { value }),
    ...(effect === undefined || effect === '' ? {} : { effect }),
  };
}

/** Labels that controllers give the pods of one revision. */
const REVISIONS: readonly string[] = ['pod-template-hash', 'controller-revision-hash', 'rollouts-pod-template-hash'];

/** Labels that are selected by key: those of the template with its values; of a revision each counts by itself. */
function byKeys(
  written: Json,
  labels: Readonly<Record<string, string>>,
  matchLabels: Readonly<Record<string, string>>,
): Pick<SpreadRule, 'matchLabels' | 'eachRevision'> {
  const keys = textsAt(written, 'matchLabelKeys');
  const known = keys.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]]));
  const isOfRevision = keys.some((key) => REVISIONS.includes(key) && labels[key] === undefined);
  return { matchLabels: { ...matchLabels, ...Object.fromEntries(known) }, ...(isOfRevision && { eachRevision: true }) };
}

function spreadConstraints(
  pod: Members,
  labels: Readonly<Record<string, string>>,
  unclear: (pointer: string, why: string) => void,
): SpreadRule[] {
  return listAt(pod, 'topologySpreadConstraints').flatMap((constraint, index) => {
    const pointer = `/topologySpreadConstraints/${index}`;
    const matchLabels = labelsOf(at(constraint, 'labelSelector'), `${pointer}/labelSelector`, unclear);
    if (textAt(constraint, 'nodeAffinityPolicy') === 'Ignore')
      unclear(
        pointer,
        'counts nodes that its selectors refuse (nodeAffinityPolicy: Ignore), which is left out of account',
      );
    const minDomains = numberAt(constraint, 'minDomains');
    return {
      topologyKey: textAt(constraint, 'topologyKey') ?? '',
      maxSkew: numberAt(constraint, 'maxSkew') ?? 1,
      ...byKeys(constraint, labels, matchLabels),
      required: textAt(constraint, 'whenUnsatisfiable') !== 'ScheduleAnyway',
      kind: 'spread' as const,
      ...(minDomains !== undefined && minDomains > 1 && { minDomains }),
      ...(textAt(constraint, 'nodeTaintsPolicy') === 'Honor' && { honorsTaints: true }),
    };
  });
}

function antiAffinity(
  pod: Members,
  labels: Readonly<Record<string, string>>,
  unclear: (pointer: string, why: string) => void,
): SpreadRule[] {
  const base = 'affinity/podAntiAffinity';
  const rule = (term: Json, required: boolean, pointer: string): SpreadRule => ({
    topologyKey: textAt(term, 'topologyKey') ?? '',
    maxSkew: 1,
    ...byKeys(term, labels, labelsOf(at(term, 'labelSelector'), `${pointer}/labelSelector`, unclear)),
    required,
    kind: 'anti-affinity',
  });
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  return [
    ...listAt(pod, ...base.split('/'), required).map((term, index) =>
      rule(term, true, `/${base}/${required}/${index}`),
    ),
    ...listAt(pod, ...base.split('/'), preferred).map((term, index) =>
      rule(at(term, 'podAffinityTerm') ?? null, false, `/${base}/${preferred}/${index}`),
    ),
  ];
}

/** Labels that a selector asks for. Expressions with one value are such labels too; others are reported. */
export function labelsOf(
  selector: Json | undefined,
  pointer: string,
  unclear: (pointer: string, why: string) => void,
): Readonly<Record<string, string>> {
  const labels: Record<string, string> = { ...textMembersAt(selector, 'matchLabels') };
  for (const expression of listAt(selector, 'matchExpressions')) {
    const key = textAt(expression, 'key');
    const [value, ...more] = listAt(expression, 'values');
    if (key !== undefined && at(expression, 'operator') === 'In' && typeof value === 'string' && more.length === 0)
      labels[key] = value;
    else unclear(`${pointer}/matchExpressions`, 'selects by an expression that is left out of account');
  }
  return labels;
}

/** Ports of nodes that a pod takes. On the host's network each port of a container is one. */
function hostPorts(pod: Members, hostNetwork: boolean): number[] {
  const containers = [
    ...listAt(pod, 'containers'),
    ...listAt(pod, 'initContainers').filter((container) => at(container, 'restartPolicy') === 'Always'),
  ];
  const ports = containers.flatMap((container) =>
    listAt(container, 'ports').flatMap((port) => {
      const number = numberAt(port, 'hostPort') ?? (hostNetwork ? numberAt(port, 'containerPort') : undefined);
      return number === undefined || number === 0 ? [] : [number];
    }),
  );
  return [...new Set(ports)].sort((a, b) => a - b);
}

function claimOf(volume: Json): string[] {
  const claim = textAt(volume, 'persistentVolumeClaim', 'claimName');
  if (claim !== undefined) return [claim];
  const name = textAt(volume, 'name');
  return name !== undefined && Object.keys(membersAt(volume, 'ephemeral', 'volumeClaimTemplate')).length > 0
    ? [name]
    : [];
}
