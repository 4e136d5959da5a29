import {
  check,
  jsonReport,
  placeText,
  type Report,
  RULES,
  readAssumptions,
  readSuppressions,
  type Skipped,
  sarifReport,
  textReport,
} from '../ledger';
import type { CheckArguments, Format } from './arguments';
import { filesOf, isManifest, isTerraformJson, isUnread, type ReadFile, read } from './files';
import { readSources, type SourceFile } from './read-sources';
import { COLOURS, type Terminal } from './terminal';

/** What a command ends with. */
export const STATUS = { fine: 0, found: 1, misunderstood: 2, unreadable: 3 } as const;

/** One of them. */
export type Status = (typeof STATUS)[keyof typeof STATUS];

/** Reads everything, judges it, writes the report and says how it ended. What cannot be read is never passed over. */
export function runCheck(given: CheckArguments, terminal: Terminal): Status {
  const named = [
    ...filesOf(given.kubernetes, isManifest).map((file) => ({ file, side: 'kubernetes' as const })),
    ...filesOf(given.terraform, isTerraformJson).map((file) => ({ file, side: 'terraform' as const })),
  ];
  const { sources, unread } = readSources(
    named.filter((one): one is SourceFile => typeof one.file === 'string'),
    terminal,
  );
  const assumptions = given.assumptions.map(read);
  const suppressions = given.suppressions.map(read);
  const faults = [...named.map(({ file }) => file), ...unread, ...assumptions, ...suppressions].filter(isUnread);
  for (const { file, why } of faults) terminal.complain(`headroom: ${file}: ${why}\n`);
  if (faults.length > 0) return STATUS.unreadable;
  if (sources.kubernetes.length + sources.terraform.length === 0) {
    complainOf(sources.skipped, terminal);
    terminal.complain('headroom: nothing to check: no object and no resource in what was given\n');
    return STATUS.unreadable;
  }
  const assumed = readAssumptions(assumptions.filter(isRead), given.asOf);
  const accepted = suppressions.filter(isRead).map(({ file, text }) => readSuppressions(file, text));
  const skipped = [...sources.skipped, ...assumed.skipped, ...accepted.flatMap((file) => file.skipped)];
  const report = check({ ...sources, skipped }, assumed.assumptions, {
    suppressions: accepted.flatMap((file) => file.suppressions),
  });
  terminal.write(written(report, given.format, terminal));
  const unreadable = report.skipped.filter((one) => one.unreadable === true);
  complainOf(unreadable, terminal);
  return unreadable.length > 0 ? STATUS.unreadable : statusOf(report, given);
}

const isRead = (file: ReturnType<typeof read>): file is ReadFile => !isUnread(file);

function complainOf(skipped: readonly Skipped[], { complain }: Terminal): void {
  for (const { place, what, why } of skipped) complain(`headroom: ${placeText(place)}: ${what} ${why}\n`);
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
