import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Files by their path below some folder, with `/` as the separator. */
export type FileTree = ReadonlyMap<string, string>;

/** Writes a tree into an empty folder beside its target, so that nothing visible changes yet. */
export function stage(folder: string, files: FileTree): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Puts a staged folder in the place of `target`. What stood there before is gone only once the new one is in place. */
export function swapFolder(staged: string, target: string): void {
  const previous = `${target}.previous`;
  recoverSwap(target);
  mkdirSync(dirname(target), { recursive: true });
  if (existsSync(target)) renameSync(target, previous);
  try {
    renameSync(staged, target);
  } finally {
    recoverSwap(target);
  }
}

/** Brings back what an interrupted swap left aside. */
export function recoverSwap(target: string): void {
  const previous = `${target}.previous`;
  if (!existsSync(previous)) return;
  if (existsSync(target)) rmSync(previous, { recursive: true });
  else renameSync(previous, target);
}

/**
 * Moves staged files into a folder that also holds what others own (`.terraform`, lock files), one rename each.
 * Files of ours that are no longer generated go; `isOurs` says which those are.
 */
export function mergeFolder(staged: string, target: string, isOurs: (path: string) => boolean): void {
  const fresh = new Set(filesBelow(staged));
  for (const path of [...fresh].sort()) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    renameSync(join(staged, path), join(target, path));
  }
  for (const path of filesBelow(target)) if (isOurs(path) && !fresh.has(path)) rmSync(join(target, path));
  rmSync(staged, { recursive: true, force: true });
}

/** Paths of the files below a folder, sorted; none if it is not there. Symbolic links are not followed. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => lstatSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort();
}
