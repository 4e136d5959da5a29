import type { Evidence } from '../rule';
import { blockName, type KubernetesObject, objectName, type Skipped, type TerraformBlock } from '../source';

/** What a view makes of the sources, and what it had to leave out. */
export interface View<T> {
  readonly found: readonly T[];
  readonly skipped: readonly Skipped[];
}

/** Evidence about fields of one object. */
export const evidenceOf =
  (source: KubernetesObject | TerraformBlock): ((pointer: string) => Evidence) =>
  (field) => ({
    of: source.side === 'kubernetes' ? objectName(source) : blockName(source),
    field,
    // looked for only where somebody goes there: most of what is judged holds
    get place() {
      return source.at(field);
    },
  });

/** Group of an `apiVersion`: `apps` of `apps/v1`, empty of `v1`. */
export const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';

/** Something that a view lacks for the object. */
export const leftOut = (
  source: KubernetesObject | TerraformBlock,
  view: NonNullable<Skipped['view']> | undefined,
  why: string,
  pointer = '',
): Skipped => ({
  place: source.at(pointer),
  what: source.side === 'kubernetes' ? objectName(source) : blockName(source),
  why,
  ...(view === undefined ? {} : { view }),
});
