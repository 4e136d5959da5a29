/** What remains of the props of `P` once defaults `D` are in place. */
export type WithDefaults<P, D> = P & Required<Pick<P, keyof P & keyof D>>;

/**
 * Props over defaults. A prop that is given as `undefined` counts as left out: plain spreading would switch a default off,
 * silently, for callers whose compiler allows it.
 */
export function withDefaults<P extends object, D extends Partial<P>>(defaults: D, props: P): WithDefaults<P, D> {
  const planned: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(props)) if (value !== undefined) planned[key] = value;
  return planned as unknown as WithDefaults<P, D>;
}
