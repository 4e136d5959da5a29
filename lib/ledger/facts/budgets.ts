import type { Budget } from '../facts';
import { at, isMembers, listAt, textAt, textMembersAt } from '../members';
import { type Json, type KubernetesObject, objectName } from '../source';
import { scaled } from './amounts';
import { evidenceOf, groupOf, type View } from './view';

type Labels = Readonly<Record<string, string>>;

/** Pod disruption budgets. */
export function budgetsOf(objects: readonly KubernetesObject[]): View<Budget> {
  const found = objects
    .filter(({ kind, apiVersion }) => kind === 'PodDisruptionBudget' && groupOf(apiVersion) === 'policy')
    .map((object): Budget => {
      const spec = at(object.value, 'spec');
      const selector = at(spec, 'selector');
      return {
        object,
        id: objectName(object),
        namespace: object.namespace,
        matchLabels: textMembersAt(selector, 'matchLabels'),
        matches: (labels) => matchesSelector(selector, labels),
        allowed: (pods) => allowed(spec, pods),
        evidence: evidenceOf(object),
      };
    });
  return { found, skipped: [] };
}

/**
 * Evictions that are allowed while all `pods` are healthy. Shares round up, of both kinds: of the pods that must stay that
 * is one more, of those that may go as well. Where neither is written, none may go.
 * Source: kubernetes, `controller/disruption/disruption.go`.
 */
function allowed(spec: Json | undefined, pods: number): number {
  const most = at(spec, 'maxUnavailable');
  const least = at(spec, 'minAvailable');
  if (most !== undefined && most !== null) return Math.min(pods, scaled(most, pods, Math.ceil) ?? 0);
  if (least === undefined || least === null) return 0;
  return Math.max(0, pods - (scaled(least, pods, Math.ceil) ?? pods));
}

/** Whether a label selector of Kubernetes takes an object with these labels. None at all takes nothing; an empty one everything. */
export function matchesSelector(selector: Json | undefined, labels: Labels): boolean {
  if (!isMembers(selector)) return false;
  const value = (name: string): string | undefined => (Object.hasOwn(labels, name) ? labels[name] : undefined);
  const all = Object.entries(textMembersAt(selector, 'matchLabels')).every(([name, wanted]) => value(name) === wanted);
  return (
    all &&
    listAt(selector, 'matchExpressions').every((expression) => {
      const has = value(textAt(expression, 'key') ?? '');
      const values = listAt(expression, 'values').map(String);
      switch (textAt(expression, 'operator')) {
        case 'In':
          return has !== undefined && values.includes(has);
        case 'NotIn':
          return has === undefined || !values.includes(has);
        case 'Exists':
          return has !== undefined;
        case 'DoesNotExist':
          return has === undefined;
        default:
          return false;
      }
    })
  );
}
