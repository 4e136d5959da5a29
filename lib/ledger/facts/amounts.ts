import type { Json } from '../source';

/** Bytes of a mebibyte and of a gibibyte. */
export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;

/** What one of a quantity's suffix stands for, in thousandths. */
const THOUSANDTHS: Readonly<Record<string, number>> = {
  n: 1e-6,
  u: 1e-3,
  m: 1,
  '': 1e3,
  k: 1e6,
  M: 1e9,
  G: 1e12,
  T: 1e15,
  P: 1e18,
  E: 1e21,
  Ki: 1e3 * 1024,
  Mi: 1e3 * 1024 ** 2,
  Gi: 1e3 * 1024 ** 3,
  Ti: 1e3 * 1024 ** 4,
  Pi: 1e3 * 1024 ** 5,
  Ei: 1e3 * 1024 ** 6,
};

/** A quantity of Kubernetes in thousandths: `250m`, `1.5Gi`, `1e3`, 2. Undefined where it is none or is negative. */
export function thousandths(value: Json | undefined): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = /^\+?(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/.exec(String(value).trim());
  if (!match) return undefined;
  const [, digits, exponent, suffix = ''] = match;
  const amount =
    Number(digits) * (exponent === undefined ? (THOUSANDTHS[suffix] ?? Number.NaN) : 1e3 * 10 ** Number(exponent));
  return Number.isFinite(amount) ? amount : undefined;
}

/** Rounds up what is not a whole number, forgiving what floating point adds. */
const up = (amount: number): number => Math.ceil(amount - 1e-6 * Math.min(1, amount));

/** Whole millicores of a quantity of CPU, rounded up as the scheduler does. */
export function cpuMillis(value: Json | undefined): number | undefined {
  const amount = thousandths(value);
  return amount === undefined ? undefined : up(amount);
}

/** Whole bytes of a quantity of memory or storage, rounded up. */
export function bytes(value: Json | undefined): number | undefined {
  const amount = thousandths(value);
  return amount === undefined ? undefined : up(amount / 1000);
}

/** A number or a share of `total` (`25%`), rounded as told. Undefined where it is neither. */
export function scaled(value: Json | undefined, total: number, round: (amount: number) => number): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const percent = /^(\d{1,9})%$/.exec(value)?.[1];
  if (percent !== undefined) return round((Number(percent) * total) / 100);
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** Seconds of `40`, `40s`, `1m30s`, `500ms`. */
export function seconds(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== value) return undefined;
  const each: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };
  return parts.reduce((sum, [, digits, unit = 's']) => sum + Number(digits) * (each[unit] ?? 1), 0);
}
