import type { Report } from '../check-sources';
import { countsOf, headroomOf } from './summary';

/** Raised when a member changes its meaning or goes away; new members come without a new number. */
const VERSION = 1;

/** For programs: everything that the text has, and all that it leaves out. */
export function jsonReport(report: Report): string {
  const { asOf, findings, suppressed, notEvaluated, skipped, held } = report;
  const document = {
    version: VERSION,
    ...(asOf === undefined ? {} : { asOf }),
    counts: countsOf(report),
    findings,
    suppressed,
    headroom: headroomOf(report),
    held,
    notEvaluated,
    skipped,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
