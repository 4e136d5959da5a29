/** What a PgBouncer is told, as far as connections go. */
export interface PgBouncerIni {
  /** Databases by the name that clients ask for; `*` is every other. */
  readonly databases: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly settings: ReadonlyMap<string, string>;
}

/** Reads a `pgbouncer.ini`; undefined for text without its section. Names are in lower case but for databases. */
export function pgBouncerIni(text: string): PgBouncerIni | undefined {
  const databases = new Map<string, Readonly<Record<string, string>>>();
  const settings = new Map<string, string>();
  let section = '';
  let isPgBouncer = false;
  for (const line of text.split('\n').map((written) => written.trim())) {
    if (line === '' || line.startsWith(';') || line.startsWith('#')) continue;
    const [, opened] = /^\[(.+)\]$/.exec(line) ?? [];
    if (opened !== undefined) {
      section = opened.toLowerCase();
      isPgBouncer ||= section === 'pgbouncer';
      continue;
    }
    const [, name = '', value = ''] = /^("[^"]*"|[^=\s]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (section === 'pgbouncer') settings.set(name.toLowerCase(), value);
    if (section === 'databases') databases.set(name.replaceAll('"', ''), connectionString(value));
  }
  return isPgBouncer ? { databases, settings } : undefined;
}

const connectionString = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/([\w]+)\s*=\s*('[^']*'|\S+)/g)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value.replaceAll("'", ''),
    ]),
  );
