import { brokenPodRules, isLongRunning, templateOf } from './hardening-pods';
import { relations } from './hardening-relations';
import type { Manifest } from './manifests';

const IGNORE = 'ignore-check.kube-linter.io/';

/** Rules an object is excused from, each with a reason in an annotation. */
const isExcused = ({ metadata }: Manifest, rule: string): boolean =>
  (metadata.annotations?.[`${IGNORE}${rule}`] ?? '').trim() !== '';

/**
 * What kube-linter, kube-score, polaris and checkov would say about these objects as one application, as lines of
 * `Kind/name: rule`. An annotation `ignore-check.kube-linter.io/<rule>: <reason>` on the object excuses it.
 */
export function violations(objects: readonly Manifest[]): string[] {
  const rules = relations(objects);
  return objects.flatMap((object) => {
    const applicable = [
      ...(rules[object.kind] ?? []),
      ...(templateOf(object) === undefined ? [] : (rules.workload ?? [])),
      ...(isLongRunning(object) ? (rules.longRunning ?? []) : []),
    ];
    const broken = [
      ...brokenPodRules(object),
      ...applicable.filter(([, holds]) => !holds(object)).map(([rule]) => rule),
      ...(object.metadata.namespace === 'default' ? ['use-namespace'] : []),
    ];
    return broken
      .filter((rule) => !isExcused(object, rule))
      .map((rule) => `${object.kind}/${object.metadata.name}: ${rule}`);
  });
}
