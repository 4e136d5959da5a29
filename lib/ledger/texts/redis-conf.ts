/** One setting of Redis. Names repeat. */
export interface RedisSetting {
  readonly name: string;
  readonly words: readonly string[];
  /** From 1, in its own text. */
  readonly line: number;
}

/** Settings of a `redis.conf`: a name in lower case, and its words without quotes. */
export function redisSettings(text: string): RedisSetting[] {
  return text.split('\n').flatMap((written, index) => {
    const [name, ...words] = (written.trim().match(/"(?:\\.|[^"\\])*"|'[^']*'|\S+/g) ?? []).map((word) =>
      /^".*"$|^'.*'$/.test(word) ? word.slice(1, -1) : word,
    );
    return name === undefined || name.startsWith('#') ? [] : [{ name: name.toLowerCase(), words, line: index + 1 }];
  });
}

/** The last of that name, which is the one that counts. */
export const redisSetting = (settings: readonly RedisSetting[], name: string): RedisSetting | undefined =>
  settings.findLast((setting) => setting.name === name);

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1000,
  kb: 1024,
  m: 1_000_000,
  mb: 1024 ** 2,
  g: 1_000_000_000,
  gb: 1024 ** 3,
};

/** Bytes of an amount as Redis writes it: `2gb` is binary, `2g` is decimal. */
export function redisBytes(amount: string | undefined): number | undefined {
  const [, digits, unit = ''] = /^(\d+)([a-z]*)$/i.exec(amount ?? '') ?? [];
  const factor = UNITS[unit.toLowerCase()];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}
