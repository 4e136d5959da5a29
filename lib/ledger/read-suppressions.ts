import { isNode, LineCounter, parseDocument } from 'yaml';
import { isMembers, listAt, pointerTo, textAt } from './members';
import type { Json, Skipped } from './source';
import type { Suppression } from './suppressions';

/** Suppressions of a file, and what of it could not be read. */
export interface SuppressionFile {
  readonly suppressions: readonly Suppression[];
  readonly skipped: readonly Skipped[];
}

/** A plain day is a date to some parsers, so dates and numbers are taken as the text they were written as. */
const word = (item: Json, name: string): string => textAt(item, name)?.trim() ?? '';

/**
 * Reads a list `suppressions` of `rule`, `of`, `until` and `reason`. What an entry lacks is left empty here and found
 * when suppressions are applied, so that none is dropped in silence.
 */
export function readSuppressions(file: string, text: string): SuppressionFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'failsafe', logLevel: 'silent' });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const line = lines.linePos(fault.pos[0]).line;
    return {
      suppressions: [],
      skipped: [{ place: { file, line }, what: 'suppressions', why: fault.message, unreadable: true }],
    };
  }
  const value = plain(() => document.toJS({ maxAliasCount: 100 }));
  const items = listAt(value, 'suppressions');
  if (!isMembers(value) || !Array.isArray(value.suppressions)) {
    return {
      suppressions: [],
      skipped: [{ place: { file }, what: 'suppressions', why: 'has no list named suppressions', unreadable: true }],
    };
  }
  return {
    suppressions: items.map((item, index) => {
      const node = document.getIn(['suppressions', index], true);
      const start = isNode(node) ? node.range?.[0] : undefined;
      const place = start === undefined ? { file } : { file, line: lines.linePos(start).line };
      const [rule, of, until, reason] = ['rule', 'of', 'until', 'reason'].map((name) => word(item, name));
      return {
        rule: rule ?? '',
        of: of ?? '',
        until: until ?? '',
        reason: reason ?? '',
        place,
        field: pointerTo('suppressions', index),
      };
    }),
    skipped: [],
  };
}

/** Too many aliases are refused by an error; nothing was read then. */
function plain(read: () => unknown): Json | undefined {
  try {
    return read() as Json;
  } catch {
    return undefined;
  }
}
