import { type Given, placeText, readAssumptions, readSuppressions, type Skipped, type Suppression } from '../ledger';
import type { CheckArguments } from './arguments';
import { filesOf, isManifest, isTerraformJson, isUnread, type ReadFile, read } from './files';
import { readSources, type SourceFile } from './read-sources';
import type { Terminal } from './terminal';

/** What a command ends with. */
export const STATUS = { fine: 0, found: 1, misunderstood: 2, unreadable: 3 } as const;

/** One of them. */
export type Status = (typeof STATUS)[keyof typeof STATUS];

/** Everything that a command line names, as it was read. */
export interface ReadGiven extends Given {
  readonly suppressions: readonly Suppression[];
}

/** Reads what a command line names, and complains of what cannot be read: then there is nothing. */
export function readGiven(given: CheckArguments, terminal: Terminal): ReadGiven | undefined {
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
  if (faults.length > 0) return undefined;
  if (sources.kubernetes.length + sources.terraform.length === 0) {
    complainOf(sources.skipped, terminal);
    terminal.complain('headroom: nothing to check: no object and no resource in what was given\n');
    return undefined;
  }
  const assumed = readAssumptions(assumptions.filter(isRead), given.asOf);
  const accepted = suppressions.filter(isRead).map(({ file, text }) => readSuppressions(file, text));
  const skipped = [...sources.skipped, ...assumed.skipped, ...accepted.flatMap((file) => file.skipped)];
  return {
    sources: { ...sources, skipped },
    assumptions: assumed.assumptions,
    suppressions: accepted.flatMap((file) => file.suppressions),
  };
}

const isRead = (file: ReturnType<typeof read>): file is ReadFile => !isUnread(file);

/** Says of each what it is and what is wrong with it. */
export function complainOf(skipped: readonly Skipped[], { complain }: Terminal): void {
  for (const { place, what, why } of skipped) complain(`headroom: ${placeText(place)}: ${what} ${why}\n`);
}
