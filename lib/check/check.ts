import type { Finding, Severity } from './finding';

/** A value, or how to work it out from the subject of a check. */
type From<T, V> = V | ((subject: T) => V);

/**
 * A named invariant as data: what must hold, and what to say when it does not.
 *
 * @example
 * const CHECKS: readonly Check<{ readonly zones: readonly string[] }>[] = [
 *   {
 *     id: 'standby-is-in-another-zone',
 *     prop: 'zones',
 *     holds: ({ zones }) => new Set(zones).size >= 2,
 *     rule: 'must name at least 2 different zones',
 *     remedy: 'add a zone of the same region',
 *   },
 * ];
 */
export interface Check<T> {
  /** Stable kebab-case name of the healthy state. */
  readonly id: string;
  /** The property at fault. A name of the subject's own also supplies the value received. */
  readonly prop: From<T, string>;
  /** Stated positively, so that `NaN` fails closed. */
  readonly holds: (subject: T) => boolean;
  /** The end of a sentence that starts with the property: `must be from 1 to 35 days`. */
  readonly rule: From<T, string>;
  /** The value received. @default - the subject's property named by `prop` */
  readonly received?: (subject: T) => unknown;
  /** What to change, and to what if that is known. */
  readonly remedy: From<T, string>;
  /** @default 'error' */
  readonly severity?: Severity;
}

const resolve = <T, V extends string>(value: From<T, V>, subject: T): V =>
  typeof value === 'function' ? value(subject) : value;

/** A value as a reader of an error would write it. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === '') return 'an empty string';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(show).join(', ');
  if (typeof value !== 'object' || hasText(value)) return String(value);
  return JSON.stringify(value, (_key, member: unknown) => (hasText(member) ? String(member) : member));
}

/** Whether an object says itself what it is, as quantities and constructs do. */
const hasText = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  typeof value.toString === 'function' &&
  value.toString !== Object.prototype.toString;

const property = (subject: unknown, name: string): unknown =>
  typeof subject === 'object' && subject !== null ? (subject as Record<string, unknown>)[name] : undefined;

/** Every check the subject breaks, in the order the checks are listed. Never throws for a broken check. */
export function inspect<T>(path: string, subject: T, checks: readonly Check<T>[]): Finding[] {
  return checks
    .filter((check) => !check.holds(subject))
    .map((check) => {
      const prop = resolve(check.prop, subject);
      return {
        check: check.id,
        severity: check.severity ?? 'error',
        path,
        prop,
        rule: resolve(check.rule, subject),
        received: show(check.received ? check.received(subject) : property(subject, prop)),
        remedy: resolve(check.remedy, subject),
      };
    });
}

/** The same checks over a list; each finding's property starts with the item's place, for example `nodeGroups[2].`. */
export function inspectEach<T>(
  path: string,
  prop: string,
  items: readonly T[],
  checks: readonly Check<T>[],
): Finding[] {
  return items.flatMap((item, index) =>
    inspect(path, item, checks).map((finding) => ({ ...finding, prop: `${prop}[${index}].${finding.prop}` })),
  );
}

/** The findings without repetitions: two parts of a declaration may be checked by the same rule. */
export function distinct(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map(findings.map((finding) => [[finding.path, finding.prop, finding.check].join('\n'), finding]));
  return [...byPlace.values()];
}
