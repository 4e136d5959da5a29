import type { Facts } from './facts';
import type { Place } from './source';

/** An error is a promise that cannot be kept; a warning works and is unwise. */
export type RuleSeverity = 'error' | 'warning';

/** A field that a verdict rests on. */
export interface Evidence {
  /** As `objectName` or `blockName` writes it. */
  readonly of: string;
  /** Pointer of the field: `/spec/maxReplicas`. */
  readonly field: string;
  readonly place: Place;
}

/** How much of something is left, in a unit that its rule names. Negative where it does not suffice. */
export interface Margin {
  /** What is measured: `memory of nodes general`. */
  readonly of: string;
  readonly needed: number;
  readonly available: number;
  /** `Mi`, `m`, `pods`, `connections`, `s`. */
  readonly unit: string;
}

/** What a rule found out about one subject. */
export type Verdict =
  | {
      readonly outcome: 'holds';
      /** What was looked at: `Deployment acgs/auth-service`. */
      readonly subject: string;
      readonly evidence: readonly Evidence[];
      /** The sum in words: `20 pods x 500m + 3 DaemonSets x 100m = 10.3 of 23.1 CPU`. */
      readonly arithmetic: string;
      readonly margin?: Margin;
    }
  | {
      readonly outcome: 'broken';
      readonly subject: string;
      readonly evidence: readonly Evidence[];
      readonly arithmetic: string;
      /** Computed ways out: `raise max_size 6 to 9, or lower maxReplicas 20 to 14`. */
      readonly remedy: string;
      readonly margin?: Margin;
      /** Milder than its rule says, for this subject. */
      readonly severity?: RuleSeverity;
    }
  | {
      readonly outcome: 'not-evaluated';
      readonly subject: string;
      /** What is missing: `the rate per pod (annotation headroom.dev/rate-per-pod, or services.<name>.ratePerPod in --assumptions)`. */
      readonly needs: string;
    };

/** What may happen to what was read. Rules that it concerns say so; all others judge the ordinary day. */
export type Scenario =
  | 'ordinary'
  | 'zone-lost'
  | 'zone-replaced'
  | 'spot-lost'
  | 'region-lost'
  | 'promotion'
  | 'node-update';

/** A named relation between objects: a pure function of facts. */
export interface Rule {
  /** Stable kebab-case name of the healthy state: `peak-pods-have-seats`. */
  readonly id: string;
  readonly severity: RuleSeverity;
  /** One sentence: what happens in production where it is broken. */
  readonly protects: string;
  /** The relation, as `docs/rules.md` prints it. */
  readonly formula: string;
  /** Where the relation comes from: documentation with its day, or the arithmetic itself. */
  readonly source: string;
  /** Scenarios in which it says something. */
  readonly scenarios: readonly Scenario[];
  readonly judge: (facts: Facts, scenario: Scenario) => readonly Verdict[];
}
