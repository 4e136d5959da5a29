import { fitJson, fitNumbers, fitText } from '../ledger';
import type { CheckArguments } from './arguments';
import { complainOf, readGiven, STATUS, type Status } from './given';
import { COLOURS, type Terminal } from './terminal';

/** Reads everything, looks for the numbers that would do, and says what no number alone mends. */
export function runFit(given: CheckArguments, terminal: Terminal): Status {
  const read = readGiven(given, terminal);
  if (read === undefined) return STATUS.unreadable;
  const unreadable = read.sources.skipped.filter((one) => one.unreadable === true);
  complainOf(unreadable, terminal);
  if (unreadable.length > 0) return STATUS.unreadable;
  const fitted = fitNumbers(read, { counting: given.failOn, suppressions: read.suppressions });
  if (given.format === 'json') terminal.write(fitJson(fitted));
  else terminal.write(terminal.hasColours ? fitText(fitted, COLOURS) : fitText(fitted));
  return fitted.unmet.length > 0 ? STATUS.found : STATUS.fine;
}
