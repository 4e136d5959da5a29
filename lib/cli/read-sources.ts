import { readKubernetes, readTerraform, type Skipped, type Sources } from '../ledger';
import { isUnread, read, type UnreadFile } from './files';
import { progress, type Terminal } from './terminal';

/** A file, and what is looked for in it. */
export interface SourceFile {
  readonly file: string;
  readonly side: 'kubernetes' | 'terraform';
}

/** What files hold, and which of them could not be read. */
export interface ReadSources {
  readonly sources: Sources;
  readonly unread: readonly UnreadFile[];
}

/** Reads one file after the other, and says how far it is where somebody watches. */
export function readSources(files: readonly SourceFile[], terminal: Terminal): ReadSources {
  const kubernetes: Sources['kubernetes'][number][] = [];
  const terraform: Sources['terraform'][number][] = [];
  const skipped: Skipped[] = [];
  const unread: UnreadFile[] = [];
  const tell = progress(terminal, files.length);
  for (const [index, { file, side }] of files.entries()) {
    const found = read(file);
    if (isUnread(found)) unread.push(found);
    else if (side === 'kubernetes') {
      const { objects, skipped: left } = readKubernetes(found.file, found.text);
      for (const object of objects) kubernetes.push(object);
      skipped.push(...left);
    } else {
      const { blocks, skipped: left } = readTerraform(found.file, found.text);
      for (const block of blocks) terraform.push(block);
      skipped.push(...left);
    }
    tell(index + 1);
  }
  return { sources: { kubernetes, terraform, skipped }, unread };
}
