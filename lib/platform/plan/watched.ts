import type { AlarmSetActions } from '../../aws';
import { type EnvironmentSpec, type OperationsSpec, type PlatformSpec, RUNBOOKS_FOLDER, writersIn } from '../../model';
import { runbookFile } from './plan-runbook';

/** An environment that is watched. */
export type Watched = EnvironmentSpec & { readonly operations: OperationsSpec };

export const isWatched = (environment: EnvironmentSpec): environment is Watched => environment.operations !== undefined;

/** A section of a runbook: of the environment whose it is, by its heading, and by a database if it has several that take writes. */
export interface RunbookSection {
  readonly of: EnvironmentSpec;
  readonly section: string;
  /** @default - the first that takes writes */
  readonly database?: string;
}

/** Where a watched environment finds a section; undefined where no runbook is written, as without backups. */
export function runbookOf(
  platform: PlatformSpec,
  { operations: { runbooks = RUNBOOKS_FOLDER } }: Watched,
  { of, section, database }: RunbookSection,
): string | undefined {
  if (of.backups === undefined) return undefined;
  const writers = writersIn(platform, of).map(({ name }) => name);
  const name = database ?? writers[0];
  if (name === undefined || !writers.includes(name)) return undefined;
  return `${runbooks}/${platform.name}/${of.name}/${runbookFile(writers.indexOf(name), name)}#${section}`;
}

/** One runbook for alarms of these ids; none if there is none. */
export const named = (runbook: string | undefined, ...ids: readonly string[]): Pick<AlarmSetActions, 'runbooks'> =>
  runbook === undefined ? {} : { runbooks: Object.fromEntries(ids.map((id) => [id, runbook])) };
