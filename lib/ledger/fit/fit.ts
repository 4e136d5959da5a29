import type { Facts } from '../facts';
import { factsOf } from '../facts-of';
import type { Rule, RuleSeverity } from '../rule';
import { RULES } from '../rules';
import { accepts, annotatedSuppressions, type Suppression } from '../suppressions';
import { type Given, type Knob, knobsOf } from './knobs';

/** What may be told beside what is read. */
export interface FitOptions {
  /** Rules that must hold. @default - all */
  readonly rules?: readonly Rule[];
  /** Whether warnings count, too. @default 'error' */
  readonly counting?: RuleSeverity;
  /** What is accepted beside what objects say of themselves. @default - nothing */
  readonly suppressions?: readonly Suppression[];
}

/** A number as it is, and as it could be without anything breaking that does not break anyway. */
export interface Fit {
  /** `max_size of general`. */
  readonly of: string;
  readonly sought: Knob['sought'];
  readonly now: number | string;
  /** The least that suffices, or the most that is safe. Undefined where nothing that was tried satisfies every rule. */
  readonly fits: number | string | undefined;
  /** Whether it may be anything that was tried: no rule is concerned. */
  readonly isFree: boolean;
  /** Rules that break one step further; empty where the last of what was tried still fits. */
  readonly bounds: readonly string[];
}

/** A rule that is broken at a subject, whatever any one of the numbers is. */
export interface Unmet {
  readonly rule: string;
  readonly subject: string;
}

/** What every number could be, and what no number alone mends. */
export interface Fitted {
  readonly fits: readonly Fit[];
  readonly unmet: readonly Unmet[];
}

/**
 * The smallest maximum of each node group and class of each database, the largest maximum of each autoscaler and pool,
 * each with everything else as it is. Searched by judging what would be read if that number alone were another.
 */
export function fitNumbers(
  given: Given,
  { rules = RULES, counting = 'error', suppressions = [] }: FitOptions = {},
): Fitted {
  const isAccepted = accepts(
    [...annotatedSuppressions(given.sources.kubernetes), ...suppressions],
    rules.map(({ id }) => id),
    given.assumptions.asOf,
  );
  const broken = (choice: Given, by: readonly Rule[]): ReadonlySet<string> => {
    const facts = factsOf(choice.sources, choice.assumptions);
    return new Set(by.flatMap((rule) => breaches(rule, facts, counting, isAccepted)));
  };
  const facts = factsOf(given.sources, given.assumptions);
  const found = knobsOf(given, facts).map((knob) => fitted(knob, rules, broken));
  const unmet = [...broken(given, rules)].filter((breach) => found.every(({ anyway }) => anyway.has(breach)));
  return {
    fits: found.map(({ fits }) => fits),
    unmet: [...new Map(unmet.map(partsOf).map((one) => [`${one.rule} ${one.subject}`, one])).values()],
  };
}

/** One of `rule`'s subjects, in one scenario. */
const breaches = (
  rule: Rule,
  facts: Facts,
  counting: RuleSeverity,
  isAccepted: ReturnType<typeof accepts>,
): readonly string[] =>
  rule.scenarios.flatMap((scenario) =>
    rule
      .judge(facts, scenario)
      .filter(
        (verdict) =>
          verdict.outcome === 'broken' &&
          (counting === 'warning' || (verdict.severity ?? rule.severity) === 'error') &&
          !isAccepted({ rule: rule.id, subject: verdict.subject, evidence: verdict.evidence }),
      )
      .map(({ subject }) => JSON.stringify([rule.id, scenario, subject])),
  );

function partsOf(breach: string): Unmet {
  const [rule, , subject] = JSON.parse(breach);
  return { rule: String(rule), subject: String(subject) };
}

const ruleIn = (breach: string): string => partsOf(breach).rule;

interface Found {
  readonly fits: Fit;
  /** What is broken at both ends of what was tried. */
  readonly anyway: ReadonlySet<string>;
}

function fitted(
  knob: Knob,
  rules: readonly Rule[],
  broken: (given: Given, by: readonly Rule[]) => ReadonlySet<string>,
): Found {
  const { of, sought, now, choices } = knob;
  // towards the end of the list a node group has more room, and an autoscaler asks for more
  const kind = sought === 'least' ? choices : [...choices].reverse();
  const first = kind[0] ?? now;
  const last = kind.at(-1) ?? now;
  const said = { of, sought, now };
  const [worst, best] = [broken(knob.with(first), rules), broken(knob.with(last), rules)];
  const anyway = new Set([...best].filter((breach) => worst.has(breach)));
  const concerned = new Set([...worst, ...best].filter((breach) => !anyway.has(breach)).map(ruleIn));
  const found = (fits: Fit): Found => ({ fits, anyway });
  if (concerned.size === 0) return found({ ...said, fits: first, isFree: true, bounds: [] });
  const judges = rules.filter(({ id }) => concerned.has(id));
  const added = (index: number): readonly string[] =>
    [...broken(knob.with(kind[index] ?? last), judges)].filter((breach) => !anyway.has(breach));
  const isEnough = (index: number): boolean => added(index).every((breach) => best.has(breach));
  let [low, high] = [0, kind.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  const left = added(high);
  if (left.length > 0) return found({ ...said, fits: undefined, isFree: false, bounds: namesOf(left) });
  return found({ ...said, fits: kind[high], isFree: false, bounds: high === 0 ? [] : namesOf(added(high - 1)) });
}

const namesOf = (breaches: readonly string[]): readonly string[] => [...new Set(breaches.map(ruleIn))].sort();
