import { type DatabaseStorage, databaseStorages, replicasOf } from '../cloud/database-storage';
import type { Database } from '../facts';
import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';

const SETTING = 'max_slot_wal_keep_size';

/** Log that waits for a replica or a subscriber ends before the disk of the writer does. */
export const replicationSlotsAreBounded: Rule = {
  id: 'replication-slots-are-bounded',
  severity: 'error',
  protects:
    'a replica or a subscriber is gone for a day, its slot keeps all log since, and the writer stops with a full disk',
  formula: `with slots (replicas of RDS, logical replication): ${SETTING} is written, less than the storage, and should be at most half of it`,
  source:
    'PostgreSQL 17, 19.6.1 Sending Servers; RDS user guide, "How streaming replication works for different RDS for PostgreSQL versions" (read 2026-11-21)',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const replicas = replicasOf(facts.databases);
    return databaseStorages(facts)
      .filter(({ database }) => database.engine.includes('postgres'))
      .flatMap((storage) => verdictOf(storage, replicas.get(storage.database.id) ?? []));
  },
};

/** From 14.1 on RDS has a slot for each replica, before that for those of other regions. */
const hasSlots = (version: string | undefined): boolean => !(Number(/^\d+/.exec(version ?? '')?.[0] ?? 99) < 14);

/** What keeps log back, in words; undefined where nothing is known to. */
function reasonOf({ parameters, version, instanceClass }: Database, replicas: readonly Database[]): string | undefined {
  if (parameters['rds.logical_replication'] === '1') return 'rds.logical_replication = 1';
  if (parameters.wal_level === 'logical') return 'wal_level = logical';
  if (replicas.length === 0 || instanceClass === undefined || !hasSlots(version)) return undefined;
  return `${replicas.length} replica${replicas.length > 1 ? 's' : ''} with a slot`;
}

function verdictOf({ database, gib, field, claim }: DatabaseStorage, replicas: readonly Database[]): Verdict[] {
  const { id, parameters } = database;
  const reason = reasonOf(database, replicas);
  const written = parameters[SETTING];
  if (reason === undefined && written === undefined) return [];
  const evidence = [database.evidence('/parameter_group_name'), claim?.evidence ?? database.evidence(field)];
  const megabytes = megabytesOf(written);
  if (megabytes === undefined) return [unknown(id, `${SETTING} as a number of MB (it is ${written})`)];
  if (megabytes < 0)
    return reason === undefined
      ? []
      : [
          {
            outcome: 'broken',
            subject: id,
            severity: 'warning',
            evidence,
            arithmetic: `${reason}, and ${SETTING} is ${written ?? 'not written, which is -1'}: log is kept without bound${gib === undefined ? '' : ` on ${gib} GiB`}`,
            remedy: `set ${SETTING} to ${gib === undefined ? 'a fifth of the storage, in MB' : `${Math.max(1, Math.floor(gib / 5)) * 1024} (MB: a fifth of ${gib} GiB)`}`,
          },
        ];
  if (gib === undefined) return [unknown(id, 'allocated_storage of it or of what it replicates')];
  const kept = megabytes / 1024;
  return [
    compared({
      subject: id,
      evidence,
      arithmetic: `${reason ?? 'a bound for slots'}: at most ${kept} GiB of log, half of ${gib} GiB is ${gib / 2} GiB`,
      margin: { of: `log for slots of ${id}`, needed: kept, available: gib / 2, unit: 'GiB' },
      remedy: () =>
        `lower ${SETTING} from ${megabytes} to ${Math.max(1, Math.floor(gib / 5)) * 1024} (MB: a fifth of ${gib} GiB), or take more storage`,
      ...(kept < gib && { severity: 'warning' as const }),
    }),
  ];
}

const UNITS: Readonly<Record<string, number>> = { kB: 1 / 1024, MB: 1, GB: 1024, TB: 1024 ** 2, '': 1 };

/** `102400`, `100GB`; -1 where nothing is written. */
function megabytesOf(written: string | undefined): number | undefined {
  if (written === undefined) return -1;
  const [, digits, unit = ''] = /^'?(-?\d+)\s*(kB|MB|GB|TB)?'?$/.exec(written.trim()) ?? [];
  return digits === undefined ? undefined : Number(digits) * (UNITS[unit] ?? 1);
}
