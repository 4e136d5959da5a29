import { regularPositions } from './regular-positions';
import { regularYaml } from './regular-yaml';
import { wholeYaml, type YamlDocument } from './whole-yaml';

/**
 * Documents of a text. Those in the plain style of programs are read by a fast reader, all others by one that knows the
 * whole language; what comes out is the same.
 */
export function yamlDocuments(text: string): readonly YamlDocument[] {
  return pieces(text).flatMap(({ text: piece, before }) => {
    const regular = piece.includes('\r') ? undefined : regularYaml(piece);
    if (regular !== undefined) {
      const position = regularPositions(piece);
      return [{ ...regular, lineOf: (pointer) => before + 1 + position(pointer), notes: [] }];
    }
    return wholeYaml(piece).map((document) => ({
      ...document,
      lineOf: (pointer: string) => before + document.lineOf(pointer),
    }));
  });
}

interface Piece {
  readonly text: string;
  /** Lines of the whole text that stand before it. */
  readonly before: number;
}

/** One piece for each document, or the whole text where its markers are not plain `---`. */
function pieces(text: string): readonly Piece[] {
  if (/^(---[^\s]|---[ \t]+\S|\.\.\.|%|\uFEFF)/m.test(text)) return [{ text, before: 0 }];
  const found: Piece[] = [];
  let before = 0;
  for (const piece of text.split(/^---[ \t]*\r?\n|^---[ \t]*$/m)) {
    found.push({ text: piece, before });
    before += newlines(piece) + 1;
  }
  return found;
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
