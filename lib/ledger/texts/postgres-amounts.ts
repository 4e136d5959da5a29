const KIB = 1024;

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: KIB, MB: KIB ** 2, GB: KIB ** 3, TB: KIB ** 4 };

/** What a bare number counts, by parameter: pages of 8 kB, or kB. */
const BARE: Readonly<Record<string, number>> = {
  shared_buffers: 8 * KIB,
  work_mem: KIB,
  maintenance_work_mem: KIB,
  autovacuum_work_mem: KIB,
};

/**
 * Bytes of a parameter as PostgreSQL writes it (`1GB`, a bare number in the parameter's own unit), or RDS
 * (`{DBInstanceClassMemory/32768}`). Undefined where it is none of these.
 */
export function postgresBytes(parameter: string, written: string, memoryBytes: number): number | undefined {
  const bare = BARE[parameter] ?? 1;
  const divisor = /^\{DBInstanceClassMemory\/(\d+)\}$/.exec(written)?.[1];
  if (divisor !== undefined) return Number(divisor) > 0 ? Math.floor(memoryBytes / Number(divisor)) * bare : undefined;
  const [, digits, unit] = /^(\d+)\s*(B|kB|MB|GB|TB)?$/.exec(written.trim()) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * (unit === undefined ? bare : (UNITS[unit] ?? 1));
}
