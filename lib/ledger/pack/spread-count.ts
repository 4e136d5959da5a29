import { ZONE_LABELS } from './fits';
import type { NodeSet } from './shapes';
import { allowedBy, type SetTerms, type Term } from './terms';

/** How many pods each zone, or other place that a label names, holds of what must be spread. */
export class SpreadCount {
  /** By term and place. */
  private readonly counts = new Map<number, Map<string, readonly [borne: number, own: number]>>();

  /** Places that have nodes, by list of nodes and label: many pods ask for the same. */
  private readonly known = new Map<readonly number[], Map<string, readonly string[]>>();

  constructor(private readonly nodes: readonly NodeSet[]) {}

  /** Pods that one set of nodes may take more before spread says no. `domain`: the nodes whose places are compared. */
  allowed(terms: readonly Term[], set: SetTerms, domain: readonly number[], index: number): number {
    let allowed = Number.POSITIVE_INFINITY;
    for (const term of terms) {
      const place = this.labelOf(term.topologyKey, index);
      if (place === undefined) {
        // Nodes without the label: anti-affinity does not see them, spread refuses them. Zones that nobody wrote bind nobody.
        if (term.kind === 'spread' && set.own.includes(term) && !ZONE_LABELS.includes(term.topologyKey)) return 0;
        continue;
      }
      const [borne, own] = this.counts.get(term.id)?.get(place) ?? NOBODY;
      allowed = Math.min(allowed, allowedBy(term, set, borne, own, this.least(term, domain)));
    }
    return allowed;
  }

  add(terms: readonly Term[], { own, borne }: SetTerms, index: number, pods: number): void {
    for (const term of terms) {
      const place = this.labelOf(term.topologyKey, index);
      if (place === undefined) continue;
      const ofTerm = this.counts.get(term.id) ?? new Map<string, readonly [number, number]>();
      this.counts.set(term.id, ofTerm);
      const [before, owned] = ofTerm.get(place) ?? NOBODY;
      ofTerm.set(place, [before + (borne.includes(term) ? pods : 0), owned + (own.includes(term) ? pods : 0)]);
    }
  }

  /** Fewest pods of a term in any place that has nodes. */
  private least({ id, kind, topologyKey }: Term, domain: readonly number[]): number {
    if (kind === 'anti-affinity') return 0;
    let least = Number.POSITIVE_INFINITY;
    const ofTerm = this.counts.get(id);
    for (const label of this.labelsOf(topologyKey, domain)) least = Math.min(least, ofTerm?.get(label)?.[0] ?? 0);
    return least === Number.POSITIVE_INFINITY ? 0 : least;
  }

  private labelsOf(topologyKey: string, domain: readonly number[]): readonly string[] {
    const ofDomain = this.known.get(domain) ?? new Map<string, readonly string[]>();
    this.known.set(domain, ofDomain);
    const labels = ofDomain.get(topologyKey) ?? [
      ...new Set(
        domain.flatMap((index) =>
          (this.nodes[index]?.count ?? 0) > 0 ? (this.labelOf(topologyKey, index) ?? []) : [],
        ),
      ),
    ];
    ofDomain.set(topologyKey, labels);
    return labels;
  }

  private labelOf(topologyKey: string, index: number): string | undefined {
    const labels = this.nodes[index]?.labels;
    return labels !== undefined && Object.hasOwn(labels, topologyKey) ? labels[topologyKey] : undefined;
  }
}

const NOBODY = [0, 0] as const;
