import { pointerTo } from '../members';

/** Names and places that a pointer of RFC 6901 goes through: `/spec/template/0` is `spec`, `template`, `0`. */
export const steps = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

/** A pointer to a member of what `base` points to: `within('/metadata', 'labels', 'a/b')` is `/metadata/labels/a~1b`. */
export const within = (base: string, ...path: readonly (string | number)[]): string => `${base}${pointerTo(...path)}`;
