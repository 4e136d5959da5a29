import { daysBetween, isIsoDate } from '../check';
import type { LedgerFinding } from './findings';
import { pointerTo, textAt } from './members';
import { OWN_RULES, type RuleText } from './own-rules';
import type { Evidence } from './rule';
import { type KubernetesObject, objectName, type Place } from './source';

/** A finding that somebody accepts, for a reason and for a time. */
export interface Suppression {
  /** Id of the rule. */
  readonly rule: string;
  /** The subject of a finding, or an object that it rests on. */
  readonly of: string;
  /** Why it is accepted (at least 10 characters). */
  readonly reason: string;
  /** Last day on which it holds (ISO date), at most 366 days ahead. */
  readonly until: string;
  /** Where it is written. */
  readonly place: Place;
  /** Pointer of it there. */
  readonly field: string;
}

/** A finding that is accepted. */
export interface SuppressedFinding extends LedgerFinding {
  readonly suppression: Suppression;
}

/** Findings after suppressions. */
export interface Accepted {
  readonly findings: readonly LedgerFinding[];
  readonly suppressed: readonly SuppressedFinding[];
}

/** Annotation of an object: one suppression a line, `<rule> until <day>: <reason>`. */
export const SUPPRESS_ANNOTATION = 'headroom.dev/suppress';

const ANNOTATION_POINTER = pointerTo('metadata', 'annotations', SUPPRESS_ANNOTATION);

const LEAST_REASON = 10;
const MOST_DAYS = 366;

/** What objects say about themselves. A line that cannot be read becomes a suppression without a rule, which is then found. */
export function annotatedSuppressions(objects: readonly KubernetesObject[]): Suppression[] {
  return objects.flatMap((object) => {
    const text = textAt(object.value, 'metadata', 'annotations', SUPPRESS_ANNOTATION);
    if (text === undefined) return [];
    const place = object.at(ANNOTATION_POINTER);
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const [, rule = '', until = '', reason = ''] = /^\s*([\w-]+)\s+until\s+([\d-]+)\s*:(.*)$/.exec(line) ?? [];
        return { rule, of: objectName(object), reason: reason.trim(), until, place, field: ANNOTATION_POINTER };
      });
  });
}

/** Sets apart what is accepted, and adds what is wrong with the suppressions themselves. */
export function accept(
  findings: readonly LedgerFinding[],
  suppressions: readonly Suppression[],
  rules: readonly string[],
  asOf: string | undefined,
): Accepted {
  const faults = suppressions.map((suppression) => faultOf(suppression, rules, asOf));
  const sound = suppressions.filter((_, index) => faults[index] === undefined);
  const matched = (finding: LedgerFinding) => sound.find((suppression) => concerns(suppression, finding));
  const standing = findings.filter((finding) => matched(finding) === undefined);
  const suppressed = findings.flatMap((finding) => {
    const suppression = matched(finding);
    return suppression === undefined ? [] : [{ ...finding, suppression }];
  });
  const idle = sound.filter((suppression) => !findings.some((finding) => concerns(suppression, finding)));
  return {
    findings: [...standing, ...faults.filter((fault) => fault !== undefined), ...idle.map(notNeeded)],
    suppressed,
  };
}

/** Whether any suppression that is sound accepts what a rule says of a subject. */
export function accepts(
  suppressions: readonly Suppression[],
  rules: readonly string[],
  asOf: string | undefined,
): (finding: Accepting) => boolean {
  const sound = suppressions.filter((suppression) => faultOf(suppression, rules, asOf) === undefined);
  return (finding) => sound.some((suppression) => concerns(suppression, finding));
}

type Accepting = Pick<LedgerFinding, 'rule' | 'subject' | 'evidence'>;

const concerns = ({ rule, of }: Suppression, finding: Accepting): boolean =>
  finding.rule === rule && (finding.subject === of || finding.evidence.some((evidence) => evidence.of === of));

/** What is wrong with a suppression by itself, if anything is. */
function faultOf(suppression: Suppression, rules: readonly string[], asOf: string | undefined) {
  const { rule, reason, until } = suppression;
  const missing = [
    ...(rules.includes(rule) ? [] : [rule === '' ? 'a rule' : `a rule that exists, not ${rule}`]),
    ...(isIsoDate(until) ? [] : ['a last day such as 2027-01-31']),
    ...(reason.length >= LEAST_REASON ? [] : [`a reason of at least ${LEAST_REASON} characters`]),
  ];
  if (missing.length > 0) {
    return about(OWN_RULES.complete, suppression, `lacks ${missing.join(' and ')}`, 'write what is missing');
  }
  if (asOf === undefined) {
    return about(OWN_RULES.current, suppression, `ends on ${until}, and today is not known`, 'say --as-of DAY');
  }
  if (until < asOf) {
    return about(
      OWN_RULES.current,
      suppression,
      `ended on ${until}, before ${asOf}`,
      'mend the finding, or decide anew',
    );
  }
  const days = daysBetween(asOf, until) ?? Number.NaN;
  return days > MOST_DAYS
    ? about(OWN_RULES.complete, suppression, `lasts ${days} days, more than ${MOST_DAYS}`, 'let it end within a year')
    : undefined;
}

const notNeeded = (suppression: Suppression): LedgerFinding =>
  about(OWN_RULES.needed, suppression, `matches no finding of ${suppression.rule}`, 'remove it');

function about(rule: RuleText, { of, place, field }: Suppression, arithmetic: string, remedy: string): LedgerFinding {
  const evidence: Evidence = { of, field, place };
  return {
    rule: rule.id,
    severity: rule.severity,
    scenarios: ['ordinary'],
    subject: of,
    evidence: [evidence],
    arithmetic: `the suppression ${arithmetic}`,
    remedy,
  };
}
