/**
 * What follows from facts or from an object of theirs, worked out when the first rule asks and once for all that do. What
 * was read never changes, so nobody can tell but by the time it takes; what is kept goes when its key goes.
 */
export function onceFor<Key extends object, T>(make: (key: Key) => T): (key: Key) => T {
  const known = new WeakMap<Key, { readonly made: T }>();
  return (key) => {
    const found = known.get(key) ?? { made: make(key) };
    known.set(key, found);
    return found.made;
  };
}
