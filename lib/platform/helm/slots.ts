import { type Each, type Json, same, sameNames } from './values';

/**
 * How a value stands in its template: as one `value`, as `part` of a text, or as what only some environments have: `entries`
 * of a mapping, `items` of a list, or a `member` with its key.
 */
export type Form = 'value' | 'part' | 'entries' | 'items' | 'member';

/** A place in templates that the values fill. */
export interface Slot {
  readonly form: Form;
  /** Component that it is of; none for what is of the whole chart. */
  readonly component: string | undefined;
  /** Its name below the component, then longer ones in case others have taken it. */
  readonly names: readonly (readonly string[])[];
  readonly values: Each<Json>;
  /** Where it is used, as a person would point at it. */
  readonly use: string;
  /** Of several components that say the same, one value is enough. */
  readonly canBeCommon?: boolean;
  /** Kubernetes refuses to change it on what exists. */
  readonly fixed?: boolean;
}

/** What one path of the values fills. */
export interface Value {
  readonly path: readonly string[];
  readonly form: Form;
  readonly component: string | undefined;
  readonly values: Map<string, Json>;
  readonly uses: Set<string>;
  fixed: boolean;
}

/** Left out of values files where an environment has none. */
export const isOptional = ({ form }: { readonly form: Form }): boolean =>
  form === 'entries' || form === 'items' || form === 'member';

/** Key of what several components share. */
const COMMON = 'common';

/** Gives each slot a path in the values; slots of one name whose values agree share it. */
export function allocate(slots: readonly Slot[]): { readonly values: readonly Value[]; readonly of: readonly Value[] } {
  const taken = new Map<string, Value>();
  const inner = new Set<string>();
  const common = commonSlots(slots);

  const fits = (path: readonly string[], slot: Slot): boolean => {
    const key = path.join('.');
    const found = taken.get(key);
    if (found !== undefined) return found.form === slot.form && agrees(found.values, slot);
    return !inner.has(key) && !prefixes(path).some((prefix) => taken.has(prefix));
  };
  const take = (path: readonly string[], slot: Slot): Value => {
    const key = path.join('.');
    const value: Value = taken.get(key) ?? {
      path,
      form: slot.form,
      component: path[0] === slot.component ? slot.component : undefined,
      values: new Map(),
      uses: new Set(),
      fixed: false,
    };
    taken.set(key, value);
    for (const prefix of prefixes(path)) inner.add(prefix);
    for (const [name, json] of slot.values) value.values.set(name, json);
    value.uses.add(slot.use);
    value.fixed ||= slot.fixed === true;
    return value;
  };

  const of = slots.map((slot) => {
    const paths = [
      ...(common.has(slot) ? [[COMMON, ...(slot.names[0] ?? [])]] : []),
      ...slot.names.map((name) => (slot.component === undefined ? name : [slot.component, ...name])),
    ];
    const free = paths.find((path) => fits(path, slot)) ?? numbered(paths[0] ?? [], (path) => fits(path, slot));
    return take(free, slot);
  });
  return { values: [...taken.values()], of };
}

/** A name that others have taken, with a number behind it: behind its end, or right below the component. */
function numbered(path: readonly string[], fits: (path: readonly string[]) => boolean): readonly string[] {
  const [first = '', second = '', ...rest] = path;
  for (let number = 2; ; number++) {
    const ended = [...path.slice(0, -1), `${path.at(-1)}${number}`];
    const found = [ended, [first, `${second}${number}`, ...rest]].find(fits);
    if (found !== undefined) return found;
  }
}

const prefixes = (path: readonly string[]): string[] => path.slice(1).map((_, at) => path.slice(0, at + 1).join('.'));

/** Two slots share a value if neither contradicts the other; what is optional, only if it is there in the same environments. */
const agrees = (values: Each<Json>, slot: Slot): boolean =>
  (!isOptional(slot) || sameNames(new Set(values.keys()), new Set(slot.values.keys()))) &&
  [...slot.values].every(([name, json]) => {
    const known = values.get(name);
    return known === undefined || same(known, json);
  });

const shortName = ({ form, names }: Slot): string => `${form} ${names[0]?.join('.')}`;

/** Slots of two or more components under one name and with one content. */
function commonSlots(slots: readonly Slot[]): Set<Slot> {
  const named = new Map<string, Slot[]>();
  for (const slot of slots) {
    if (!slot.canBeCommon) continue;
    const others = named.get(shortName(slot)) ?? [];
    named.set(shortName(slot), others);
    others.push(slot);
  }
  const common = new Set<Slot>();
  for (const group of named.values()) {
    for (const slot of group) {
      if (common.has(slot)) continue;
      const alike = group.filter((other) => other === slot || saysTheSame(slot, other));
      if (new Set(alike.map(({ component }) => component)).size > 1) for (const one of alike) common.add(one);
    }
  }
  return common;
}

const saysTheSame = ({ values: one }: Slot, { values: other }: Slot): boolean =>
  one.size === other.size &&
  [...one].every(([name, json]) => {
    const said = other.get(name);
    return said !== undefined && same(json, said);
  });
