import type { PromisedLoss, RecoveryPromise } from '../facts';
import { seconds } from '../facts/amounts';
import { at, isMembers } from '../members';
import type { Json } from '../source';

/** How a promise must look. */
export const PROMISE_FORM =
  'rpo, rto or both, as times, and what it survives: { rpo: 5m, rto: 1h, survives: [zone, region] }';

const LOSSES: readonly PromisedLoss[] = ['zone', 'region'];

/** Losses by their names; all where none are given, undefined where something is no loss. */
export function lossesOf(names: readonly Json[] | undefined): readonly PromisedLoss[] | undefined {
  if (names === undefined) return LOSSES;
  const isKnown = names.length > 0 && names.every((name) => (LOSSES as readonly Json[]).includes(name));
  return isKnown ? LOSSES.filter((loss) => names.includes(loss)) : undefined;
}

/** A promise as a file of assumptions has it; undefined where it promises nothing, or something that is not understood. */
export function promiseOf(value: Json): RecoveryPromise | undefined {
  if (!isMembers(value) || Object.keys(value).some((name) => !/^(rpo|rto|survives)$/.test(name))) return undefined;
  const { survives: named } = value;
  const survives = named === undefined || Array.isArray(named) ? lossesOf(named) : undefined;
  const rpoSeconds = seconds(at(value, 'rpo'));
  const rtoSeconds = seconds(at(value, 'rto'));
  const isUnread = (name: string, read: number | undefined) => at(value, name) !== undefined && read === undefined;
  if (survives === undefined || isUnread('rpo', rpoSeconds) || isUnread('rto', rtoSeconds)) return undefined;
  return rpoSeconds === undefined && rtoSeconds === undefined ? undefined : { rpoSeconds, rtoSeconds, survives };
}
