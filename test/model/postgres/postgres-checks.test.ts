import { type PostgresSpec, postgresPlan } from '../../../lib/model/postgres/postgres';
import { inspectPostgres, POSTGRES_CHECKS } from '../../../lib/model/postgres/postgres-checks';
import { Duration, Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { ALFRED, DECLARED, TODAY } from '../../support/postgres';

/** `parts` may replace any property; one that has to be absent is left out of `from`. */
const findings = (parts: Partial<PostgresSpec>, from: PostgresSpec = DECLARED) =>
  inspectPostgres('acgs/main', { ...from, ...parts }, TODAY);

const { maxStorage: _, ...FIXED } = DECLARED;

const broken: { check: string; it: string; parts: Partial<PostgresSpec> }[] = [
  { check: 'postgres-name-is-dns-label', it: 'an upper-case name', parts: { name: 'Main' } },
  { check: 'postgres-name-is-dns-label', it: 'an empty name', parts: { name: '' } },
  { check: 'postgres-database-name-is-allowed', it: 'a hyphen', parts: { databaseName: 'acgs-main' } },
  { check: 'postgres-database-name-is-allowed', it: 'a digit first', parts: { databaseName: '1acgs' } },
  { check: 'postgres-database-name-is-allowed', it: '64 letters', parts: { databaseName: 'a'.repeat(64) } },
  { check: 'postgres-database-name-is-allowed', it: 'a word that RDS keeps', parts: { databaseName: 'db' } },
  { check: 'postgres-database-name-is-allowed', it: 'the same in capitals', parts: { databaseName: 'RdsAdmin' } },
  ...['select', 'user', 'table', 'order', 'group', 'left', 'WITH', 'System_User'].map((databaseName) => ({
    check: 'postgres-database-name-is-no-key-word',
    it: databaseName,
    parts: { databaseName },
  })),
  ...['t1', 't2', 'm1', 'm2', 'm3', 'm4', 'r3', 'r4', 'cr1'].map((family) => ({
    check: 'postgres-class-runs-current-majors',
    it: `db.${family}.large`,
    parts: { instanceClass: `db.${family}.large` },
  })),
  { check: 'postgres-measured-rate-is-one', it: 'no requests', parts: { measuredRps: 0 } },
  { check: 'postgres-measured-rate-is-one', it: 'half a request', parts: { measuredRps: 0.5 } },
  { check: 'postgres-class-is-known', it: 'a class of tomorrow', parts: { instanceClass: 'db.r99.xlarge' } },
  { check: 'postgres-storage-is-offered', it: '19 GiB', parts: { storage: Memory.gib(19) } },
  { check: 'postgres-storage-is-offered', it: '65537 GiB', parts: { storage: Memory.gib(65_537) } },
  { check: 'postgres-storage-is-offered', it: 'part of a GiB', parts: { storage: Memory.mib(20_481) } },
  { check: 'postgres-storage-has-room-to-grow', it: '549 over 500 GiB', parts: { maxStorage: Memory.gib(549) } },
  { check: 'postgres-storage-has-room-to-grow', it: '65537 GiB', parts: { maxStorage: Memory.gib(65_537) } },
  { check: 'postgres-storage-has-room-to-grow', it: 'part of a GiB', parts: { maxStorage: Memory.mib(1_024_001) } },
  {
    check: 'postgres-iops-are-for-striped-storage',
    it: 'operations at 399 GiB',
    parts: { storage: Memory.gib(399), iops: 12_000 },
  },
  {
    check: 'postgres-iops-are-for-striped-storage',
    it: 'throughput at 399 GiB',
    parts: { storage: Memory.gib(399), throughputMibps: 500 },
  },
  { check: 'postgres-iops-are-offered', it: '11999', parts: { iops: 11_999 } },
  { check: 'postgres-iops-are-offered', it: '64001', parts: { iops: 64_001 } },
  { check: 'postgres-iops-are-offered', it: 'NaN', parts: { iops: Number.NaN } },
  { check: 'postgres-throughput-is-offered', it: '499', parts: { throughputMibps: 499 } },
  { check: 'postgres-throughput-is-offered', it: '4001', parts: { iops: 64_000, throughputMibps: 4001 } },
  { check: 'postgres-throughput-has-operations', it: '3001 of the 12000', parts: { throughputMibps: 3001 } },
  { check: 'postgres-throughput-has-operations', it: '4000 of 15999', parts: { iops: 15_999, throughputMibps: 4000 } },
  { check: 'postgres-port-is-allowed', it: '1149', parts: { port: 1149 } },
  { check: 'postgres-port-is-allowed', it: '65536', parts: { port: 65_536 } },
  { check: 'postgres-port-is-allowed', it: 'NaN', parts: { port: Number.NaN } },
  { check: 'postgres-backups-are-kept', it: 'none', parts: { backupRetention: Duration.days(0) } },
  { check: 'postgres-backups-are-kept', it: '36 days', parts: { backupRetention: Duration.days(36) } },
  { check: 'postgres-backups-are-kept', it: 'a day and a half', parts: { backupRetention: Duration.hours(36) } },
];

const MALFORMED_CLASS = ['postgres-class-is-well-formed', 'postgres-class-is-known'];

test.each(broken)('fails $check and nothing else: $it', ({ check, parts }) => {
  const { maxStorage = parts.storage ? undefined : DECLARED.maxStorage, ...rest } = parts;
  expect(ids(findings({ ...rest, ...(maxStorage && { maxStorage }) }, FIXED))).toEqual([check]);
});

test('an EC2 type is no class, and no class is known by it', () => {
  expect(ids(findings({ instanceClass: 'r5.xlarge' }))).toEqual(MALFORMED_CLASS);
});

test('every check has a failing row', () => {
  const failing = new Set([...broken.map(({ check }) => check), ...MALFORMED_CLASS]);
  expect([...failing].sort()).toEqual(allIds(POSTGRES_CHECKS));
});

test.each<{ it: string; parts: Partial<PostgresSpec> }>([
  { it: 'the database of document 001', parts: {} },
  { it: 'a name that only holds a key word', parts: { databaseName: 'orders' } },
  { it: 'the port of document 002', parts: { port: 5439 } },
  { it: 'the lowest port', parts: { port: 1150 } },
  { it: 'the highest port', parts: { port: 65_535 } },
  { it: 'growth by a tenth', parts: { maxStorage: Memory.gib(550) } },
  { it: 'growth to the largest', parts: { maxStorage: Memory.gib(65_536) } },
  { it: 'the least there is to choose', parts: { storage: Memory.gib(400), iops: 12_000, throughputMibps: 500 } },
  { it: 'the most there is to choose', parts: { iops: 64_000, throughputMibps: 4000 } },
  { it: 'a quarter of the included operations', parts: { throughputMibps: 3000 } },
  { it: '4000 of 16000', parts: { iops: 16_000, throughputMibps: 4000 } },
  { it: 'backups of a day', parts: { backupRetention: Duration.days(1) } },
  { it: 'backups of 35 days', parts: { backupRetention: Duration.days(35) } },
  { it: 'the settings of document 003', parts: ALFRED },
])('accepts $it', ({ parts }) => {
  expect(findings(parts)).toEqual([]);
});

test.each([20, 65_536])('accepts %i GiB that do not grow', (gib) => {
  expect(findings({ storage: Memory.gib(gib) }, FIXED)).toEqual([]);
});

test('a class that the catalog lacks is a warning, and ends the checks against memory', () => {
  const found = findings({ instanceClass: 'db.r99.xlarge', maxConnections: 100_000 });
  expect(found.map(({ check, severity }) => [check, severity])).toEqual([['postgres-class-is-known', 'warning']]);
});

test('everything that is wrong is said at once, with the path', () => {
  const found = findings({ port: 1, version: '15.4', maxConnections: 5 });
  expect(ids(found)).toEqual([
    'postgres-port-is-allowed',
    'postgres-minor-can-be-created',
    'postgres-minor-is-left-to-upgrades',
    'postgres-parameter-is-in-range',
  ]);
  expect(found.every(({ path }) => path === 'acgs/main')).toBe(true);
});

test('defaults are safe, and a declaration overrides them', () => {
  const { backupRetention: _retention, ...bare } = FIXED;
  expect(postgresPlan(bare)).toMatchObject({
    multiAz: true,
    port: 5432,
    backupRetention: Duration.days(30),
    deletionProtection: true,
    allowExtendedSupport: false,
    parameters: {},
  });
  expect(postgresPlan({ ...bare, multiAz: false, port: 5439 })).toMatchObject({ multiAz: false, port: 5439 });
});
