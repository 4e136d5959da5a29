import type { Guard } from './guards';
import type { Path } from './readable';
import type { Each } from './values';

/** Where merging stands: in one object of one component. */
export interface Place {
  readonly component: string;
  /** Its name as declared. */
  readonly name: string;
  readonly alias: string;
  readonly kind: string;
  readonly path: Path;
  /** What tells forms of the component apart. */
  readonly guards: readonly Guard[];
  /** Components that not all environments have. */
  readonly owners: readonly { readonly name: string; readonly guard: Guard }[];
  /** Names of the object where they differ, and the slot that holds them. */
  readonly called?: { readonly names: Each<string>; readonly slot: number };
}

/** One step further. */
export const below = (place: Place, step: Path[number]): Place => ({ ...place, path: [...place.path, step] });

/** The guard of what only these environments have. */
export const guardFor = (names: Each<unknown>, among: Each<unknown>, { guards }: Place): Guard | undefined =>
  guards.find((guard) => names.size < among.size && isWhere(guard, names, among));

/** Whether, of these environments, a guard lets in exactly those with the names. */
export function isWhere(
  guard: Guard,
  names: { readonly size: number; has(name: string): boolean },
  among: Each<unknown>,
): boolean {
  for (const name of among.keys()) if (guard.names.has(name) !== names.has(name)) return false;
  return names.size > 0;
}
