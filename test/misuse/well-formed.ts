import type { Finding } from '../../lib/check';

/** Text that shows what a program thinks and no reader does. */
const INTERNAL = /undefined|\[object|=>|function ?\(/;

/** A finding that its reader can act on: every part of it says something. */
export const isWellFormed = ({ check, severity, path, prop, rule, received, remedy }: Finding): boolean =>
  /^[a-z0-9]+(-[a-z0-9]+)*$/.test(check) &&
  ['error', 'warning'].includes(severity) &&
  !INTERNAL.test(path) &&
  [prop, rule, received, remedy].every((part) => part.length > 0 && !INTERNAL.test(part));

/** Whether a value holds a number that is none. */
export const holdsNaN = (value: unknown): boolean =>
  Number.isNaN(value) || (typeof value === 'object' && value !== null && Object.values(value).some(holdsNaN));
