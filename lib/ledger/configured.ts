import { evidenceOf } from './facts/view';
import { membersAt, pointerTo } from './members';
import { onceFor } from './once-for';
import type { Evidence } from './rule';
import type { KubernetesObject, TerraformBlock } from './source';

/** A text that a ConfigMap carries. */
export interface ConfiguredText {
  readonly object: KubernetesObject;
  /** Name of the entry: `nginx.conf`. */
  readonly entry: string;
  readonly text: string;
  /** The entry, as evidence. */
  readonly evidence: Evidence;
}

/** Every text of every ConfigMap. */
export const configuredTexts = onceFor((objects: readonly KubernetesObject[]): ConfiguredText[] =>
  objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap((object) =>
      Object.entries(membersAt(object.value, 'data')).flatMap(([entry, text]) => {
        if (typeof text !== 'string') return [];
        return [{ object, entry, text, evidence: evidenceIn(object, pointerTo('data', entry)) }];
      }),
    ),
);

/** A field of an object or a block, as evidence. */
export const evidenceIn = (source: KubernetesObject | TerraformBlock, field: string): Evidence =>
  evidenceOf(source)(field);
