import type { Guard } from './guards';
import type { Json } from './values';

/** What stands in a template in place of JSON. Slots are meant by their number. */
export type Mark =
  | { readonly kind: 'value'; readonly slot: number }
  | { readonly kind: 'optional'; readonly slot: number; readonly member?: string }
  | { readonly kind: 'choice'; readonly guard: Guard; readonly value: Json; readonly otherwise: Json }
  | { readonly kind: 'open'; readonly guard: Guard }
  | { readonly kind: 'close' };

/** Around the number of a mark, which takes the place of a whole key, item or value. */
export const MARK = { open: '\ue000', close: '\ue001' } as const;

export const marked = (number: number): string => `${MARK.open}${number}${MARK.close}`;
