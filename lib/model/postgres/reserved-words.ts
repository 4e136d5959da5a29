/**
 * Key words that SQL reads as themselves wherever a name could stand; RDS makes no database and no user of such a name.
 * Source: PostgreSQL 18 documentation, appendix "SQL Key Words", those that are reserved.
 */
const RESERVED_WORDS: ReadonlySet<string> = new Set(
  [
    'all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate',
    'collation column concurrently constraint create cross current_catalog current_date current_role',
    'current_schema current_time current_timestamp current_user default deferrable desc distinct do else end',
    'except false fetch for foreign freeze from full grant group having ilike in initially inner intersect into',
    'is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on',
    'only or order outer overlaps placing primary references returning right select session_user similar some',
    'symmetric system_user table tablesample then to trailing true union unique user using variadic verbose when',
    'where window with',
  ].flatMap((line) => line.split(' ')),
);

/** Whether SQL would read the name as a word of its own; case does not matter to it. */
export const isReservedWord = (name: string): boolean => RESERVED_WORDS.has(name.toLowerCase());
