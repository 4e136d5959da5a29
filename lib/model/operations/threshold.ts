import type { Check } from '../../check';
import type { Percent } from '../../units';

/** Names of the members of `T` that hold a value of type `V`. */
type KeyOf<T, V> = { [K in keyof T]-?: V extends NonNullable<T[K]> ? K : never }[keyof T] & string;

/** A check that a share lies between two others, both in percent and included. */
export const shareWithin = <T>(
  id: string,
  prop: KeyOf<T, Percent>,
  [least, most]: readonly [least: number, most: number],
  remedy: string,
): Check<T> => ({
  id,
  prop,
  holds: (subject) => {
    const points = (subject[prop] as Percent).inBasisPoints;
    return points >= least * 100 && points <= most * 100;
  },
  rule: `must be ${least} % to ${most} %`,
  remedy,
});

/** A check that a number lies between two others, both included. */
export const numberWithin = <T>(
  id: string,
  prop: KeyOf<T, number>,
  [least, most]: readonly [least: number, most: number],
  remedy: string,
): Check<T> => ({
  id,
  prop,
  holds: (subject) => {
    const value = subject[prop] as number;
    return value >= least && value <= most;
  },
  rule: `must be ${least} to ${most}`,
  remedy,
});
