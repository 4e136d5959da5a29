import {
  type Facts,
  factsOf,
  type Given,
  placeText,
  readAssumptions,
  readSuppressions,
  type Skipped,
  type Sources,
  type Suppression,
} from '../ledger';
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
  /** The environment that this one should resemble; undefined where none was named. */
  readonly reference: Facts | undefined;
}

/** Reads what a command line names, and complains of what cannot be read: then there is nothing. */
export function readGiven(given: CheckArguments, terminal: Terminal): ReadGiven | undefined {
  const { named, sources, unread } = environment(given.kubernetes, given.terraform, terminal);
  const like = environment(given.likeKubernetes, given.likeTerraform, terminal);
  const assumptions = given.assumptions.map(read);
  const suppressions = given.suppressions.map(read);
  const files = [...named, ...like.named].map(({ file }) => file);
  const faults = [...files, ...unread, ...like.unread, ...assumptions, ...suppressions].filter(isUnread);
  for (const { file, why } of faults) terminal.complain(`headroom: ${file}: ${why}\n`);
  if (faults.length > 0) return undefined;
  if (isEmpty(sources)) {
    complainOf(sources.skipped, terminal);
    terminal.complain('headroom: nothing to check: no object and no resource in what was given\n');
    return undefined;
  }
  if (like.named.length > 0 && isEmpty(like.sources)) {
    complainOf(like.sources.skipped, terminal);
    terminal.complain('headroom: nothing to compare with: no object and no resource in what --like-… gave\n');
    return undefined;
  }
  const assumed = readAssumptions(assumptions.filter(isRead), given.asOf);
  const accepted = suppressions.filter(isRead).map(({ file, text }) => readSuppressions(file, text));
  const unclear = like.sources.skipped.filter((one) => one.unreadable === true);
  const skipped = [...sources.skipped, ...unclear, ...assumed.skipped, ...accepted.flatMap((file) => file.skipped)];
  return {
    sources: { ...sources, skipped },
    assumptions: assumed.assumptions,
    suppressions: accepted.flatMap((file) => file.suppressions),
    reference: like.named.length > 0 ? factsOf(like.sources) : undefined,
  };
}

const isEmpty = ({ kubernetes, terraform }: Sources): boolean => kubernetes.length + terraform.length === 0;

/** What is given of one environment. */
function environment(kubernetes: readonly string[], terraform: readonly string[], terminal: Terminal) {
  const named = [
    ...filesOf(kubernetes, isManifest).map((file) => ({ file, side: 'kubernetes' as const })),
    ...filesOf(terraform, isTerraformJson).map((file) => ({ file, side: 'terraform' as const })),
  ];
  const files = named.filter((one): one is SourceFile => typeof one.file === 'string');
  return { named, ...readSources(files, terminal) };
}

const isRead = (file: ReturnType<typeof read>): file is ReadFile => !isUnread(file);

/** Says of each what it is and what is wrong with it. */
export function complainOf(skipped: readonly Skipped[], { complain }: Terminal): void {
  for (const { place, what, why } of skipped) complain(`headroom: ${placeText(place)}: ${what} ${why}\n`);
}
