import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file with its text. */
export interface ReadFile {
  readonly file: string;
  readonly text: string;
}

/** A file that is there and cannot be read, or is not there. */
export interface UnreadFile {
  readonly file: string;
  readonly why: string;
}

/** Standard input as a path. */
export const STANDARD_INPUT = '-';

/** What holds manifests. */
export const isManifest = (file: string): boolean => /\.(ya?ml|json)$/i.test(file);

/** What holds configuration of Terraform in JSON. */
export const isTerraformJson = (file: string): boolean => /\.tf\.json$/i.test(file);

/** Folders that hold what tools keep for themselves. */
const isPassedOver = (folder: string): boolean => folder.startsWith('.') || folder === 'node_modules';

/** Every file that paths name, those of folders in one order on every machine. Links to folders are not followed. */
export function filesOf(paths: readonly string[], isWanted: (file: string) => boolean): (string | UnreadFile)[] {
  const found = paths.flatMap((path) =>
    path === STANDARD_INPUT ? [path] : attempt(path, () => under(path, isWanted)),
  );
  const seen = new Set<string>();
  return found.filter((file) => typeof file !== 'string' || (!seen.has(file) && seen.add(file)));
}

function under(path: string, isWanted: (file: string) => boolean): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) return isPassedOver(entry.name) ? [] : under(inside, isWanted);
    return isWanted(entry.name) ? [inside] : [];
  });
}

/** The text of a file; of `-` what is piped in. */
export function read(file: string): ReadFile | UnreadFile {
  const [result = { file, why: 'nothing was read' }] = attempt<ReadFile>(file, () => [
    {
      file: file === STANDARD_INPUT ? 'standard input' : file,
      text: textOf(readFileSync(file === STANDARD_INPUT ? 0 : file)),
    },
  ]);
  return result;
}

/** What PowerShell redirects into a file is UTF-16 and says so by its first two bytes. */
const textOf = (content: Buffer): string =>
  content[0] === 0xff && content[1] === 0xfe ? content.toString('utf16le') : content.toString('utf8');

function attempt<T>(file: string, action: () => T[]): (T | UnreadFile)[] {
  try {
    return action();
  } catch (error) {
    return [{ file, why: messageOf(error) }];
  }
}

/** What an error of the file system says; it need not be an `Error` of this realm. */
const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

export const isUnread = (file: unknown): file is UnreadFile =>
  typeof file === 'object' && file !== null && 'why' in file;
