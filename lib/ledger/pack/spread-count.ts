import { ZONE_LABELS } from './fits';
import type { NodeSet } from './shapes';
import { allowedBy, type SetTerms, type Term } from './terms';

/** How many pods each zone, or other place that a label names, holds of what must be spread. */
export class SpreadCount {
  private readonly counts = new Map<string, readonly [borne: number, own: number]>();

  constructor(private readonly nodes: readonly NodeSet[]) {}

  /** Pods that one set of nodes may take more before spread says no. `domain`: the nodes whose places are compared. */
  allowed(terms: readonly Term[], set: SetTerms, domain: readonly number[], index: number): number {
    let allowed = Number.POSITIVE_INFINITY;
    for (const term of terms) {
      const place = this.placeOf(term, index);
      if (place === undefined) {
        // Nodes without the label: anti-affinity does not see them, spread refuses them. Zones that nobody wrote bind nobody.
        if (term.kind === 'spread' && set.own.includes(term) && !ZONE_LABELS.includes(term.topologyKey)) return 0;
        continue;
      }
      const [borne, own] = this.counts.get(place) ?? [0, 0];
      allowed = Math.min(allowed, allowedBy(term, set, borne, own, this.least(term, domain)));
    }
    return allowed;
  }

  add(terms: readonly Term[], { own, borne }: SetTerms, index: number, pods: number): void {
    for (const term of terms) {
      const place = this.placeOf(term, index);
      if (place === undefined) continue;
      const [before, owned] = this.counts.get(place) ?? [0, 0];
      this.counts.set(place, [before + (borne.includes(term) ? pods : 0), owned + (own.includes(term) ? pods : 0)]);
    }
  }

  /** Fewest pods of a term in any place that has nodes. */
  private least(term: Term, domain: readonly number[]): number {
    if (term.kind === 'anti-affinity') return 0;
    const places = domain.flatMap((index) =>
      (this.nodes[index]?.count ?? 0) > 0 ? (this.placeOf(term, index) ?? []) : [],
    );
    return places.length === 0 ? 0 : Math.min(...places.map((place) => this.counts.get(place)?.[0] ?? 0));
  }

  private placeOf({ id, topologyKey }: Term, index: number): string | undefined {
    const labels = this.nodes[index]?.labels;
    const label = labels !== undefined && Object.hasOwn(labels, topologyKey) ? labels[topologyKey] : undefined;
    return label === undefined ? undefined : `${id} ${label}`;
  }
}
