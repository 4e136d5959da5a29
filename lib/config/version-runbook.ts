import type { CalendarEntry } from '../model/operations/version-calendar';

/** A chart as installed, with the last day on which its project mends it, if that is known. */
export interface InstalledChart {
  readonly name: string;
  readonly version: string;
  /** ISO date. @default - not published, or not in the catalog */
  readonly endOfSupport?: string;
}

/** What is known of the versions of an environment on a day. */
export interface VersionRunbookProps {
  /** Platform, `acgs`. */
  readonly platform: string;
  /** Environment, `production`. */
  readonly environment: string;
  /** Day on which the calendars were read (ISO date). */
  readonly asOf: string;
  /** What ends, the first end in front. */
  readonly calendar: readonly CalendarEntry[];
  /** What Argo CD installs, by name. */
  readonly charts: readonly InstalledChart[];
  /** Kubernetes version in force, and those that follow it, in their order. */
  readonly kubernetes: { readonly version: string; readonly next: readonly string[] };
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly string[][]): string[] => [
  row(...head),
  `|${head.map(() => '---|').join('')}`,
  ...rows.map((cells) => row(...cells)),
];

const UNKNOWN = 'not announced';

const entryRow = ({ name, version, state, standardUntil, extendedUntil, daysLeft }: CalendarEntry): string[] => [
  name,
  version,
  state,
  standardUntil ?? UNKNOWN,
  daysLeft === undefined ? '' : `${daysLeft}`,
  extendedUntil ?? '',
];

const upgrade = ({ kubernetes: { version, next } }: VersionRunbookProps): string =>
  next.length === 0
    ? `The catalog knows nothing after Kubernetes ${version}.`
    : `Kubernetes goes up one minor at a time: ${[version, ...next].join(', ')}.`;

/** Until when each version of an environment is supported, and the order in which it is left: Markdown. */
export const versionRunbook = (props: VersionRunbookProps): string =>
  [
    `# Versions of ${props.platform} ${props.environment}`,
    '',
    `As on ${props.asOf}. Written from the declarations and the calendars of this library; changes belong there.`,
    '',
    '## What ends',
    '',
    ...table(['what', 'version', 'support', 'standard until', 'days left', 'paid until'], props.calendar.map(entryRow)),
    '',
    '## Charts',
    '',
    ...table(
      ['chart', 'version', 'mended until'],
      props.charts.map(({ name, version, endOfSupport }) => [name, version, endOfSupport ?? UNKNOWN]),
    ),
    '',
    '## Upgrading',
    '',
    `${upgrade(props)} Each environment in turn, development first:`,
    '',
    '1. Raise `version` of the cluster by one and deploy its cluster stack: the control plane goes first, its nodes follow.',
    '2. Deploy the manifests: controllers of that Kubernetes version come with them.',
    '3. Databases take minors by themselves, in their windows. A major is a migration: rehearse it on a restored copy, replicas included.',
    '4. Move `asOf` on, and read what synthesis says.',
    '',
  ].join('\n');
