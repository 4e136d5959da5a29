/** Things of two environments that stand for one another. */
export interface Paired<T> {
  readonly pairs: readonly { readonly here: T; readonly there: T }[];
  readonly onlyHere: readonly T[];
  readonly onlyThere: readonly T[];
}

/** Pairs things by the first name that both sides have just once; names go from the most to the least exact. */
export function paired<T>(
  here: readonly T[],
  there: readonly T[],
  namesOf: readonly ((thing: T) => string)[],
): Paired<T> {
  const pairs: { here: T; there: T }[] = [];
  let [left, right] = [here, there];
  for (const nameOf of namesOf) {
    const [mine, theirs] = [singles(left, nameOf), singles(right, nameOf)];
    const taken = new Set<T>();
    for (const [name, one] of mine) {
      const other = theirs.get(name);
      if (other === undefined) continue;
      pairs.push({ here: one, there: other });
      taken.add(one).add(other);
    }
    left = left.filter((one) => !taken.has(one));
    right = right.filter((one) => !taken.has(one));
  }
  return { pairs, onlyHere: left, onlyThere: right };
}

function singles<T>(things: readonly T[], nameOf: (thing: T) => string): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  const twice = new Set<string>();
  for (const thing of things) {
    const name = nameOf(thing);
    if (found.has(name)) twice.add(name);
    found.set(name, thing);
  }
  for (const name of twice) found.delete(name);
  return found;
}
