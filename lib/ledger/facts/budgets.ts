import type { Budget } from '../facts';
import { matchesSelector } from '../labels';
import { at, textMembersAt } from '../members';
import { type Json, type KubernetesObject, objectName } from '../source';
import { scaled } from './amounts';
import { evidenceOf, groupOf, type View } from './view';

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
