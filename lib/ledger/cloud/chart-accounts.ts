import type { Facts } from '../facts';
import { at, isMembers, textAt } from '../members';
import type { Json } from '../source';
import { chartsNamed } from './chart-values';

/** Deeper values are looked into no further. */
const DEEPEST = 12;

/**
 * Service accounts that charts are told to make, as `namespace/name`. Charts call them `serviceAccount`, with a `name` in
 * it or a part for each component.
 */
export const accountsOfCharts = (facts: Facts): ReadonlySet<string> =>
  new Set(
    chartsNamed(facts, () => true).flatMap(({ namespace, documents }) =>
      namespace === undefined
        ? []
        : documents.flatMap((values) => named(values, 0)).map((name) => `${namespace}/${name}`),
    ),
  );

function named(values: Json, depth: number): readonly string[] {
  if (!isMembers(values) || depth > DEEPEST) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    if (key !== 'serviceAccount' || !isMembers(value)) return named(value, depth + 1);
    return [value, ...Object.values(value)].flatMap((account) =>
      at(account, 'create') === false ? [] : (textAt(account, 'name') ?? []),
    );
  });
}
