import { rdsClass } from '../../catalog';
import { type Check, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import { Duration, Memory } from '../../units';
import { type PostgresPlan, type PostgresSpec, postgresPlan } from './postgres';
import {
  POSTGRES_MEMORY_CHECKS,
  POSTGRES_RELATION_CHECKS,
  POSTGRES_SETTING_CHECKS,
  type PostgresInMemory,
} from './postgres-setting-checks';
import { postgresSettings } from './postgres-settings';
import { POSTGRES_SLOT_CHECKS } from './postgres-slot-checks';
import { type DatedVersion, POSTGRES_VERSION_CHECKS } from './postgres-version-checks';
import { isReservedWord } from './reserved-words';

const GIB = Memory.gib(1).inBytes;
const LARGEST_GIB = 65_536;

/** From here on RDS stripes gp3 volumes: another baseline, and a choice above it. */
const STRIPED = Memory.gib(400);
const STRIPED_IOPS = 12_000;

/** Names that RDS keeps for itself. */
const TAKEN_NAMES: readonly string[] = ['db', 'rdsadmin', 'template0', 'template1'];

/** Families whose last PostgreSQL was 12 or older. Source: Amazon RDS user guide, supported engines by instance class. */
const isRetiredClass = (instanceClass: string): boolean => /^db\.(t[12]|m[1-4]|r[34]|cr1)\./.test(instanceClass);

const gibOf = (memory: Memory): number => memory.inBytes / GIB;

/**
 * What a declared database must satisfy by itself. The ratio of operations to storage (at most 500 a GiB) needs no
 * check: the most there is, 64000, is already below it at 400 GiB.
 */
export const POSTGRES_CHECKS: readonly Check<PostgresPlan>[] = [
  {
    id: 'postgres-name-is-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as main',
  },
  {
    id: 'postgres-database-name-is-allowed',
    prop: 'databaseName',
    holds: ({ databaseName }) =>
      /^[A-Za-z]\w{0,62}$/.test(databaseName) && !TAKEN_NAMES.includes(databaseName.toLowerCase()),
    rule: `must be 1-63 letters, digits or underscores, a letter first, and none of ${TAKEN_NAMES.join(', ')}`,
    remedy: 'use a name such as acgs',
  },
  {
    id: 'postgres-database-name-is-no-key-word',
    prop: 'databaseName',
    holds: ({ databaseName }) => !isReservedWord(databaseName),
    rule: 'must not be a reserved word of SQL, which RDS refuses',
    remedy: 'use the name of the platform, or add to it: order_data',
  },
  {
    id: 'postgres-measured-rate-is-one',
    prop: 'measuredRps',
    holds: ({ measuredRps }) => measuredRps === undefined || isWholeWithin(measuredRps, 1, Number.MAX_SAFE_INTEGER),
    rule: 'must be a whole number of at least 1',
    remedy: 'leave it out until it was measured',
  },
  {
    id: 'postgres-class-is-well-formed',
    prop: 'instanceClass',
    holds: ({ instanceClass }) => /^db\.[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(instanceClass),
    rule: 'must be an RDS instance class such as db.r5.xlarge',
    remedy: 'start it with db.',
  },
  {
    id: 'postgres-class-runs-current-majors',
    prop: 'instanceClass',
    holds: ({ instanceClass }) => !isRetiredClass(instanceClass),
    rule: 'must be of a family that runs PostgreSQL 13 and later, as t1, t2, m1 to m4, r3, r4 and cr1 do not',
    remedy: 'use its successor: t3 or t4g, m5 or m6g, r5 or r6g, or later',
  },
  {
    id: 'postgres-class-is-known',
    prop: 'instanceClass',
    severity: 'warning',
    holds: ({ instanceClass }) => isRetiredClass(instanceClass) || rdsClass(instanceClass) !== undefined,
    rule: 'should be a class whose memory is known, or connections and buffers are not checked against it',
    remedy: 'use one of the catalog, such as db.r6i.xlarge, or reckon by hand',
  },
  {
    id: 'postgres-storage-is-offered',
    prop: 'storage',
    holds: ({ storage }) => isWholeWithin(gibOf(storage), 20, LARGEST_GIB),
    rule: `must be 20 to ${LARGEST_GIB} whole GiB`,
    remedy: 'start small and let it grow with maxStorage',
  },
  {
    id: 'postgres-storage-has-room-to-grow',
    prop: 'maxStorage',
    holds: ({ storage, maxStorage }) =>
      maxStorage === undefined ||
      (isWholeWithin(gibOf(maxStorage), 20, LARGEST_GIB) && maxStorage.inBytes * 10 >= storage.inBytes * 11),
    rule: ({ storage }) => `must be whole GiB, at least 10 % above ${storage} and at most ${LARGEST_GIB}Gi`,
    remedy: 'leave it out if storage must not grow',
  },
  {
    id: 'postgres-iops-are-for-striped-storage',
    prop: ({ iops }) => (iops === undefined ? 'throughputMibps' : 'iops'),
    holds: ({ storage, iops, throughputMibps }) =>
      (iops === undefined && throughputMibps === undefined) || STRIPED.isAtMost(storage),
    rule: ({ storage }) =>
      `must be left out below ${STRIPED}: RDS gives ${storage} 3000 operations and 125 MiB a second`,
    remedy: `take ${STRIPED} or more, which starts at ${STRIPED_IOPS} operations and 500 MiB a second`,
  },
  {
    id: 'postgres-iops-are-offered',
    prop: 'iops',
    holds: ({ iops }) => iops === undefined || isWholeWithin(iops, STRIPED_IOPS, 64_000),
    rule: `must be a whole number from ${STRIPED_IOPS} to 64000`,
    remedy: `leave it out for the ${STRIPED_IOPS} that are included`,
  },
  {
    id: 'postgres-throughput-is-offered',
    prop: 'throughputMibps',
    holds: ({ throughputMibps }) => throughputMibps === undefined || isWholeWithin(throughputMibps, 500, 4000),
    rule: 'must be a whole number from 500 to 4000',
    remedy: 'leave it out for the 500 MiB a second that are included',
  },
  {
    id: 'postgres-throughput-has-operations',
    prop: 'throughputMibps',
    holds: ({ iops = STRIPED_IOPS, throughputMibps }) => throughputMibps === undefined || throughputMibps * 4 <= iops,
    rule: ({ iops = STRIPED_IOPS }) => `must be at most a quarter of iops, ${Math.floor(iops / 4)}`,
    remedy: 'raise iops with it',
  },
  {
    id: 'postgres-port-is-allowed',
    prop: 'port',
    holds: ({ port }) => isWholeWithin(port, 1150, 65_535),
    rule: 'must be a whole number from 1150 to 65535',
    remedy: 'leave it out for 5432',
  },
  {
    id: 'postgres-backups-are-kept',
    prop: 'backupRetention',
    holds: ({ backupRetention }) => isWholeWithin(backupRetention.inMillis / Duration.days(1).inMillis, 1, 35),
    rule: 'must be 1 to 35 whole days',
    remedy: 'use 30 days; what must last longer belongs into a backup vault',
  },
];

/** Everything that is wrong with a declared database, on the day `asOf` (ISO date). */
export function inspectPostgres(path: string, spec: PostgresSpec, asOf: string): Finding[] {
  const plan = postgresPlan(spec);
  return [
    ...inspect<PostgresPlan>(path, plan, POSTGRES_CHECKS),
    ...inspect<DatedVersion>(path, { ...plan, asOf }, POSTGRES_VERSION_CHECKS),
    ...inspectTuning(path, plan),
    ...inspect(path, plan, POSTGRES_SLOT_CHECKS),
  ];
}

/** What is wrong with connections and parameters: by themselves, among one another and in the memory of the class. */
export function inspectTuning(path: string, plan: PostgresPlan): Finding[] {
  const memory = rdsClass(plan.instanceClass)?.memoryMib;
  return [
    ...postgresSettings(plan).flatMap((setting) => inspect(path, setting, POSTGRES_SETTING_CHECKS)),
    ...inspect(path, plan.parameters, POSTGRES_RELATION_CHECKS),
    ...(memory === undefined
      ? []
      : inspect<PostgresInMemory>(path, { plan, memory: Memory.mib(memory) }, POSTGRES_MEMORY_CHECKS)),
  ];
}
