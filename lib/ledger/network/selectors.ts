import { type Labels, matchesSelector } from '../labels';
import { isMembers, listAt, membersAt, textAt, textMembersAt } from '../members';
import type { Json } from '../source';
import { type Answer, answer } from './answers';

export type { Labels } from '../labels';

/** Label of each pod of a StatefulSet: its own name, such as `main-0`. */
export const POD_NAME = 'statefulset.kubernetes.io/pod-name';

/** Labels that controllers and webhooks give to pods, and no manifest says with which value. */
export const ADDED: readonly string[] = [
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-generation',
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'security.istio.io/tlsMode',
  'service.istio.io/canonical-name',
  'service.istio.io/canonical-revision',
  POD_NAME,
];

const keysOf = (selector: Json | undefined): string[] => [
  ...Object.keys(membersAt(selector, 'matchLabels')),
  ...listAt(selector, 'matchExpressions').flatMap((expression) => textAt(expression, 'key') ?? []),
];

/** Whether a selector takes pods that are written with some labels. Asked often, so it is looked through once. */
export function podSelector(selector: Json | undefined): (labels: Labels) => Answer {
  if (!isMembers(selector)) return () => 'no';
  const added = keysOf(selector).filter((key) => ADDED.includes(key));
  const isPlain = listAt(selector, 'matchExpressions').length === 0;
  const wanted = Object.entries(textMembersAt(selector, 'matchLabels'));
  return (labels) => {
    if (added.some((key) => !Object.hasOwn(labels, key))) return 'maybe';
    if (isPlain) return answer(wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value));
    return answer(matchesSelector(selector, labels));
  };
}

const NAME = 'kubernetes.io/metadata.name';

/** Whether a selector takes a namespace; labels are those of its manifest, where that was given. */
export function namespaceSelector(
  selector: Json | undefined,
): (namespace: string | undefined, labels: Labels | undefined) => Answer {
  const keys = keysOf(selector);
  const needsManifest = keys.some((key) => key !== NAME);
  return (namespace, labels) => {
    if (keys.length === 0) return 'yes';
    if (namespace === undefined || (labels === undefined && needsManifest)) return 'maybe';
    return answer(matchesSelector(selector, { ...labels, [NAME]: namespace }));
  };
}

/** Labels of the namespaces whose manifests were given. */
export const namespaceLabels = (objects: readonly { kind: string; apiVersion: string; name: string; value: Json }[]) =>
  new Map(
    objects
      .filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1')
      .map(({ name, value }) => [name, textMembersAt(value, 'metadata', 'labels')] as const),
  );

const EVERY = '';

/** Things that select pods, under one label of their selector, so that pods find theirs without looking at all. */
export class BySelector<T> {
  private readonly buckets = new Map<string, T[]>();
  private readonly found = new WeakMap<Labels, readonly T[]>();

  constructor(things: readonly T[], selectorOf: (thing: T) => Json | undefined) {
    for (const thing of things) {
      const [first] = Object.entries(textMembersAt(selectorOf(thing), 'matchLabels'));
      const key = first === undefined || ADDED.includes(first[0]) ? EVERY : first.join('=');
      const bucket = this.buckets.get(key);
      if (bucket === undefined) this.buckets.set(key, [thing]);
      else bucket.push(thing);
    }
  }

  /** All that may select pods with these labels, and some that do not. */
  near(labels: Labels): readonly T[] {
    const known = this.found.get(labels);
    if (known !== undefined) return known;
    const keys = [EVERY, ...Object.entries(labels).map((pair) => pair.join('='))];
    const near = keys.flatMap((key) => this.buckets.get(key) ?? []);
    this.found.set(labels, near);
    return near;
  }
}

/** Things under their labels, so that a selector finds candidates without looking at all. */
export class ByLabel<T> {
  private readonly buckets = new Map<string, T[]>();

  constructor(
    private readonly things: readonly T[],
    labelsOf: (thing: T) => Labels,
  ) {
    for (const thing of things)
      for (const pair of Object.entries(labelsOf(thing))) {
        const bucket = this.buckets.get(pair.join('='));
        if (bucket === undefined) this.buckets.set(pair.join('='), [thing]);
        else bucket.push(thing);
      }
  }

  /** All that a selector may take: those that have the rarest of its labels. */
  near(selector: Json | undefined): readonly T[] {
    const wanted = Object.entries(textMembersAt(selector, 'matchLabels'));
    const found = wanted.map((pair) => this.buckets.get(pair.join('=')) ?? []);
    return found.reduce<readonly T[]>((least, one) => (one.length < least.length ? one : least), this.things);
  }
}
