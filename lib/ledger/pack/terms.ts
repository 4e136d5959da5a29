import type { SpreadRule } from '../facts';
import type { PodSet } from './shapes';

/** A required spread or anti-affinity, by the number under which its pods are counted. */
export interface Term {
  readonly id: number;
  readonly kind: SpreadRule['kind'];
  readonly topologyKey: string;
  readonly maxSkew: number;
  /** Whether there are fewer places than it asks for, so that the emptiest counts as empty. */
  readonly isShort: boolean;
}

/** What one set of pods must respect, and where it counts. */
export interface SetTerms {
  /** Terms that its pods have. */
  readonly own: readonly Term[];
  /** Terms whose labels its pods bear, own or of others. */
  readonly borne: readonly Term[];
}

export type Terms = readonly SetTerms[];

const NONE: SetTerms = { own: [], borne: [] };

/**
 * The required terms of each set, and which sets count in them. Terms look at pods of their own namespace. `places` is how many
 * values of a label the nodes have that a set, by index, may go to.
 */
export function termsOf(
  pods: readonly PodSet[],
  places: (set: number, topologyKey: string) => number = () => Number.POSITIVE_INFINITY,
): Terms {
  const all = new Map<string, { readonly term: Term; readonly owner: PodSet; readonly rule: SpreadRule }>();
  const owned = pods.map((set, index) =>
    set.shape.spread
      .filter(({ required }) => required)
      .map((rule) => {
        const { kind, topologyKey, maxSkew, minDomains = 1 } = rule;
        const isShort = minDomains > 1 && places(index, topologyKey) < minDomains;
        const key = JSON.stringify([
          set.namespace,
          set.colour,
          rule.kind,
          rule.topologyKey,
          rule.maxSkew,
          rule.matchLabels,
          isShort,
        ]);
        const found = all.get(key) ?? { term: { id: all.size, kind, topologyKey, maxSkew, isShort }, owner: set, rule };
        all.set(key, found);
        return found.term;
      }),
  );
  if (all.size === 0) return pods.map(() => NONE);
  const borne = pods.map((): Term[] => []);
  const candidates = byLabel(
    pods,
    new Set([...all.values()].flatMap(({ rule }) => Object.keys(rule.matchLabels)[0] ?? '')),
  );
  for (const { term, owner, rule } of all.values()) {
    const entries = Object.entries(rule.matchLabels);
    const [first] = entries;
    const near = candidates.get(keyOf(owner, ...(first ?? []))) ?? [];
    for (const index of near) {
      const labels = pods[index]?.shape.labels ?? {};
      if (entries.every(([label, value]) => labels[label] === value)) borne[index]?.push(term);
    }
  }
  return pods.map((_, index) => ({ own: owned[index] ?? [], borne: borne[index] ?? [] }));
}

/** No namespace, colour or label has a line break in it. */
const keyOf = ({ namespace = '', colour }: PodSet, label = '', value = ''): string =>
  `${namespace}\n${colour}\n${label}\n${value}`;

/** Sets by namespace, and by those labels of their pods that are looked for (empty: by none). */
function byLabel(pods: readonly PodSet[], wanted: ReadonlySet<string>): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  pods.forEach((set, index) => {
    for (const label of wanted) {
      const value = label === '' ? '' : Object.hasOwn(set.shape.labels, label) ? set.shape.labels[label] : undefined;
      if (value === undefined) continue;
      const key = keyOf(set, label, value);
      const same = found.get(key);
      if (same === undefined) found.set(key, [index]);
      else same.push(index);
    }
  });
  return found;
}

/** Pods that a term lets into a place that has `borne` pods with its labels, `own` with the term itself. */
export function allowedBy(
  term: Term,
  { own: ours, borne: labels }: SetTerms,
  borne: number,
  own: number,
  least: number,
): number {
  const [has, counts] = [ours.includes(term), labels.includes(term)];
  if (term.kind === 'anti-affinity') {
    if ((has && borne > 0) || (counts && own > 0)) return 0;
    return has && counts ? 1 : Number.POSITIVE_INFINITY;
  }
  if (!has) return Number.POSITIVE_INFINITY;
  const more = (term.isShort ? 0 : least) + term.maxSkew - borne;
  return counts ? Math.max(more, 0) : more >= 0 ? Number.POSITIVE_INFINITY : 0;
}
