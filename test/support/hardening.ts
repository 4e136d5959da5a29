import { networks } from './hardening-networks';
import { OBJECT_KIND_RULES, OBJECT_RULES } from './hardening-objects';
import { brokenPodRules, isLongRunning, POD_RULE_IDS, type Rule, templateOf } from './hardening-pods';
import { relations } from './hardening-relations';
import { ROLES } from './hardening-roles';
import { Surroundings } from './hardening-selection';
import { linterViews } from './hardening-views';
import type { Manifest } from './manifests';

const IGNORE = 'ignore-check.kube-linter.io/';

/** A rule that an object breaks, and of which kind and name it is. */
export interface Violation {
  readonly rule: string;
  readonly object: string;
}

/**
 * Rules an object is excused from, each with a reason in an annotation. What dangles is not: linters need that excuse
 * where they do not know the kind on the other side, and here all kinds are known.
 */
const isExcused = ({ metadata }: Manifest, rule: string): boolean =>
  !rule.startsWith('dangling-') && (metadata.annotations?.[`${IGNORE}${rule}`] ?? '').trim() !== '';

/** polaris finds a workload's pods by this label, whatever else they are called. */
const WORKLOAD_RULES: readonly Rule[] = [
  [
    'metadata-and-instance-mismatched',
    ({ metadata }) => metadata.labels?.['app.kubernetes.io/instance'] === metadata.name,
  ],
];

/** Tables of rules by kind; `workload` and `longRunning` stand for whatever has pods. */
const tables = (around: Surroundings) => [relations(around), networks(around), ROLES, OBJECT_KIND_RULES];

/** Everything that `findViolations` may report. */
export const RULE_IDS: readonly string[] = [
  ...new Set([
    ...POD_RULE_IDS,
    ...[...OBJECT_RULES, ...WORKLOAD_RULES].map(([id]) => id),
    ...tables(new Surroundings([])).flatMap((table) =>
      Object.values(table).flatMap((rules) => rules.map(([id]) => id)),
    ),
  ]),
].sort();

/**
 * What kube-linter, kube-score, polaris and checkov would say about these objects as one application. An annotation
 * `ignore-check.kube-linter.io/<rule>: <reason>` on the object excuses it.
 */
export function findViolations(objects: readonly Manifest[]): Violation[] {
  const views = linterViews(objects);
  const rulesByKind = tables(new Surroundings(views.map(({ view }) => view)));
  return views.flatMap(({ view, object }) => {
    const kinds = [
      view.kind,
      ...(templateOf(view) === undefined ? [] : ['workload']),
      ...(isLongRunning(view) ? ['longRunning'] : []),
    ];
    const rules = [
      ...OBJECT_RULES,
      ...(templateOf(view) === undefined ? [] : WORKLOAD_RULES),
      ...rulesByKind.flatMap((table) => kinds.flatMap((kind) => table[kind] ?? [])),
    ];
    return [...brokenPodRules(view), ...rules.filter(([, holds]) => !holds(view)).map(([rule]) => rule)]
      .filter((rule) => !isExcused(object, rule))
      .map((rule) => ({ rule, object: `${object.kind}/${object.metadata.name}` }));
  });
}

/** The same as lines of `Kind/name: rule`. */
export const violations = (objects: readonly Manifest[]): string[] =>
  findViolations(objects).map(({ rule, object }) => `${object}: ${rule}`);
