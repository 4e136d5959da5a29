import { type MetricsStore, metricsStores, SERIES_ANNOTATION } from '../cloud/metrics-stores';
import { MIB } from '../facts/amounts';
import type { Rule, Verdict } from '../rule';
import { SECONDS_BY_UNIT } from '../texts/nginx-conf';
import { compared, unknown } from './compared';

/** A sample on disk with its share of the index, at most; and what of its volume Prometheus may fill (per cent). */
const SAMPLE_BYTES = 2;
const FILLED = 85;

/** The volume of a Prometheus holds what it is told to keep. */
export const metricsStorageCoversRetention: Rule = {
  id: 'metrics-storage-covers-retention',
  severity: 'error',
  protects: 'Prometheus stops with a full volume, or lacks the oldest weeks when somebody looks for them',
  formula: `retention size <= ${FILLED} % of the volume; series x seconds kept / scrape interval x ${SAMPLE_BYTES} bytes <= retention size, else ${FILLED} % of the volume`,
  source: 'Prometheus, "Storage": operational aspects, right-sizing retention size (read 2026-11-21)',
  scenarios: ['ordinary'],
  judge: (facts) => metricsStores(facts).flatMap((store) => [...ofSize(store), ofSeries(store)]),
};

/** What may be kept, against the volume. */
function ofSize({ subject, retentionSize, volume, evidence }: MetricsStore): Verdict[] {
  if (retentionSize === undefined || retentionSize === '0') return [];
  const name = `retention size of ${subject}`;
  const size = sizeOf(retentionSize);
  if (size === undefined) return [unknown(name, `a size such as 40GB (it is ${retentionSize})`)];
  if (volume === undefined) return [unknown(name, 'the size of its volume')];
  const available = Math.floor((volume * FILLED) / 100 / MIB);
  return [
    compared({
      subject: name,
      evidence,
      arithmetic: `it keeps ${Math.ceil(size / MIB)} Mi at most, ${FILLED} % of its volume of ${Math.floor(volume / MIB)} Mi are ${available} Mi`,
      margin: { of: name, needed: Math.ceil(size / MIB), available, unit: 'Mi' },
      remedy: () =>
        `lower the retention size from ${retentionSize} to ${Math.floor((volume * 80) / 100 / MIB)}MB, or raise the volume to ${Math.ceil((size * 100) / FILLED / MIB)}Mi`,
      ...(size < volume && { severity: 'warning' as const }),
    }),
  ];
}

/** What its series come to, against what may be kept. Where a size is told, the oldest go: else the volume fills. */
function ofSeries({ subject, series, retention, retentionSize, interval, volume, evidence }: MetricsStore): Verdict {
  const name = `samples of ${subject}`;
  const count = Number(/^\d{1,12}$/.exec(series?.trim() ?? '')?.[0] ?? Number.NaN);
  if (Number.isNaN(count))
    return unknown(name, `how many series it keeps (annotation ${SERIES_ANNOTATION} on it, such as 250000)`);
  const kept = secondsOf(retention);
  const every = secondsOf(interval);
  if (kept === undefined || every === undefined || every === 0)
    return unknown(
      name,
      `how long it keeps and how often it looks (they are ${retention || 'nothing'} and ${interval})`,
    );
  const size = sizeOf(retentionSize ?? '0') || undefined;
  if (size === undefined && volume === undefined) return unknown(name, 'the size of its volume');
  const available = Math.floor((size ?? ((volume ?? 0) * FILLED) / 100) / MIB);
  const needed = Math.ceil((count * (kept / every) * SAMPLE_BYTES) / MIB);
  const days = (available * MIB * every) / SAMPLE_BYTES / count / 86_400;
  return compared({
    subject: name,
    evidence,
    arithmetic: `${count} series x ${kept} s / ${every} s x ${SAMPLE_BYTES} bytes = ${needed} Mi of ${available} Mi (${size === undefined ? `${FILLED} % of the volume` : 'retention size'})`,
    margin: { of: name, needed, available, unit: 'Mi' },
    remedy: () =>
      `keep ${Math.floor(days * 10) / 10} days, or raise the volume to ${Math.ceil((needed * 100) / 80)}Mi with a retention size of ${needed}MB, or look less often`,
    ...(size !== undefined && { severity: 'warning' as const }),
  });
}

/** `30d`, `1w2d`, in seconds. */
function secondsOf(written: string): number | undefined {
  const parts = [...written.matchAll(/(\d+)(ms|[smhdwy])/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== written) return undefined;
  return parts.reduce((sum, [, digits, unit = 's']) => sum + Number(digits) * (SECONDS_BY_UNIT[unit] ?? 1), 0);
}

const POWERS: readonly string[] = ['B', 'K', 'M', 'G', 'T', 'P', 'E'];

/** `40GB`, `40GiB`: both powers of two, as Prometheus reads them. */
function sizeOf(written: string): number | undefined {
  const [, digits, unit = 'B'] = /^(\d+(?:\.\d+)?)(?:([KMGTPE])i?B|B)?$/.exec(written.trim()) ?? [];
  return digits === undefined ? undefined : Number(digits) * 1024 ** POWERS.indexOf(unit);
}
