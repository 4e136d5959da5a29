import { check, jsonReport, type Report, RULES, sarifReport, textReport } from '../ledger';
import type { CheckArguments, Format } from './arguments';
import { complainOf, readGiven, STATUS, type Status } from './given';
import { COLOURS, type Terminal } from './terminal';

/** Reads everything, judges it, writes the report and says how it ended. What cannot be read is never passed over. */
export function runCheck(given: CheckArguments, terminal: Terminal): Status {
  const read = readGiven(given, terminal);
  if (read === undefined) return STATUS.unreadable;
  const { suppressions, reference } = read;
  const report = check(read.sources, read.assumptions, { suppressions, ...(reference !== undefined && { reference }) });
  terminal.write(written(report, given.format, terminal));
  const unreadable = report.skipped.filter((one) => one.unreadable === true);
  complainOf(unreadable, terminal);
  return unreadable.length > 0 ? STATUS.unreadable : statusOf(report, given);
}

function written(report: Report, format: Format, { hasColours }: Terminal): string {
  switch (format) {
    case 'json':
      return jsonReport(report);
    case 'sarif':
      return sarifReport(report, RULES);
    case 'text':
      return hasColours ? textReport(report, COLOURS) : textReport(report);
  }
}

function statusOf({ findings }: Report, { failOn }: CheckArguments): Status {
  const counted = findings.filter(({ severity }) => failOn === 'warning' || severity === 'error');
  return counted.length > 0 ? STATUS.found : STATUS.fine;
}
