import type { Workload } from '../facts';
import { at, isMembers, listAt, type Members, numberAt, textAt } from '../members';
import type { Json } from '../source';
import { scaled } from './amounts';

/** How many pods more and fewer there are while a new version comes. */
export type ReleaseBounds = Pick<Workload, 'surge' | 'unavailable' | 'doubles'>;

const DEFAULT_SHARE = '25%';

const none = (): number => 0;
const all = (pods: number): number => pods;

/** Replaced all at once: none more, all gone for a while. */
const RECREATED: ReleaseBounds = { surge: none, unavailable: all, doubles: false };

/** Nothing replaces these. */
export const UNRELEASED: ReleaseBounds = { surge: none, unavailable: none, doubles: false };

/**
 * Surge rounds up and unavailable down; where both come to nothing, one pod goes.
 * Source: kubernetes, `deployment/util/deployment_util.go`, `ResolveFenceposts`. Argo Rollouts has the same.
 */
function rolling(maxSurge: Json | undefined, maxUnavailable: Json | undefined): ReleaseBounds {
  const surge = (pods: number): number => scaled(maxSurge ?? DEFAULT_SHARE, pods, Math.ceil) ?? 0;
  return {
    surge,
    unavailable: (pods) => {
      const down = scaled(maxUnavailable ?? DEFAULT_SHARE, pods, Math.floor) ?? 0;
      return Math.min(pods, down === 0 && surge(pods) === 0 ? 1 : down);
    },
    doubles: false,
  };
}

export function deploymentRelease(spec: Members): ReleaseBounds {
  if (textAt(spec, 'strategy', 'type') === 'Recreate') return RECREATED;
  const update = at(spec, 'strategy', 'rollingUpdate');
  return rolling(at(update, 'maxSurge'), at(update, 'maxUnavailable'));
}

/** One at a time, or `maxUnavailable`, at least 1 (Kubernetes 1.35+ heeds it; before, it is 1). */
export function statefulSetRelease(spec: Members): ReleaseBounds {
  const update = at(spec, 'updateStrategy');
  const written = at(update, 'rollingUpdate', 'maxUnavailable');
  return {
    surge: none,
    unavailable: (pods) => Math.min(pods, Math.max(1, scaled(written ?? 1, pods, Math.floor) ?? 1)),
    doubles: false,
  };
}

/** Both round up; where both come to nothing, one goes. Source: kubernetes, `daemon/util/daemonset_util.go`. */
export function daemonSetRelease(spec: Members): ReleaseBounds {
  const update = at(spec, 'updateStrategy', 'rollingUpdate');
  const surge = (pods: number): number => scaled(at(update, 'maxSurge') ?? 0, pods, Math.ceil) ?? 0;
  return {
    surge,
    unavailable: (pods) => {
      const down = scaled(at(update, 'maxUnavailable') ?? 1, pods, Math.ceil) ?? 1;
      return Math.min(pods, down === 0 && surge(pods) === 0 ? 1 : down);
    },
    doubles: false,
  };
}

/**
 * Blue-green runs both colours in full before it switches. A canary behind a traffic router keeps the stable version in
 * full until the new one is in full too, unless the stable one shrinks with its weight; one without is a rolling update.
 * Source: argo-rollouts, `utils/replicaset/canary.go`.
 */
export function rolloutRelease(spec: Members): ReleaseBounds {
  const canary = at(spec, 'strategy', 'canary');
  if (isMembers(at(spec, 'strategy', 'blueGreen'))) return { surge: all, unavailable: none, doubles: true };
  if (!isMembers(at(canary, 'trafficRouting'))) return rolling(at(canary, 'maxSurge'), at(canary, 'maxUnavailable'));
  if (at(canary, 'dynamicStableScale') !== true) return { surge: all, unavailable: none, doubles: true };
  const steps = listAt(canary, 'steps');
  const largest = (name: string): number =>
    Math.max(0, ...steps.map((step) => numberAt(step, 'setCanaryScale', name) ?? 0));
  return {
    surge: (pods) => Math.max(1, Math.ceil((pods * largest('weight')) / 100), largest('replicas')),
    unavailable: none,
    doubles: false,
  };
}
