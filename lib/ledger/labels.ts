import { isMembers, listAt, textAt, textMembersAt } from './members';
import type { Json } from './source';

export type Labels = Readonly<Record<string, string>>;

/** Value of a label; never a member of a prototype. */
export const labelOf = (labels: Labels, key: string): string | undefined =>
  Object.hasOwn(labels, key) ? labels[key] : undefined;

/** Whether a label meets an operator that selectors and node affinity share; undefined for any other operator. */
export function meets(label: string | undefined, operator: string, values: readonly string[]): boolean | undefined {
  switch (operator) {
    case 'In':
      return label !== undefined && values.includes(label);
    case 'NotIn':
      return label === undefined || !values.includes(label);
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    default:
      return undefined;
  }
}

/** Whether a label selector of Kubernetes takes an object with these labels. None at all takes nothing; an empty one everything. */
export function matchesSelector(selector: Json | undefined, labels: Labels): boolean {
  if (!isMembers(selector)) return false;
  const wanted = Object.entries(textMembersAt(selector, 'matchLabels'));
  return (
    wanted.every(([name, value]) => labelOf(labels, name) === value) &&
    listAt(selector, 'matchExpressions').every(
      (expression) =>
        meets(
          labelOf(labels, textAt(expression, 'key') ?? ''),
          textAt(expression, 'operator') ?? '',
          listAt(expression, 'values').map(String),
        ) === true,
    )
  );
}
