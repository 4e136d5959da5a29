import fc from 'fast-check';
import type { PostgresParameters, PostgresSpec } from '../../../lib/model/postgres/postgres';
import {
  inspectReplica,
  POSTGRES_REPLICA_CHECKS,
  POSTGRES_REPLICA_SETTING_CHECKS,
  type PostgresReplicaSpec,
  replicaPlan,
} from '../../../lib/model/postgres/postgres-replica';
import { Duration, Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { DECLARED } from '../../support/postgres';
import { REPLICA } from '../../support/postgres-replica';

interface Given {
  readonly replica?: Partial<PostgresReplicaSpec>;
  readonly primary?: Partial<PostgresSpec>;
}

const findings = ({ replica = {}, primary = {} }: Given) =>
  inspectReplica('acgs/production-dr/main', { ...REPLICA, ...replica }, { ...DECLARED, ...primary });

const both = (parameters: PostgresParameters, replica: PostgresParameters): Given => ({
  primary: { parameters },
  replica: { parameters: replica },
});

test('a replica that says no more than it must is sound', () => {
  expect(findings({})).toEqual([]);
});

describe('what a replica leaves out follows its primary', () => {
  const primary: PostgresSpec = {
    ...DECLARED,
    port: 5439,
    multiAz: false,
    deletionProtection: false,
    iops: 16_000,
    throughputMibps: 2000,
    backupRetention: Duration.days(7),
    secretRecoveryWindow: Duration.days(0),
    finalSnapshot: 'the-primarys',
    passwordVersion: 2,
    rolePasswordVersion: 3,
    backupWindow: '07:00-08:00',
    maintenanceWindow: 'sun:09:00-sun:10:00',
    parameters: { maxWalSenders: 30, workMem: Memory.mib(8) },
  };

  test('version, data, storage, port, protection and parameters', () => {
    expect(replicaPlan(REPLICA, primary)).toEqual({
      name: 'main',
      of: { environment: 'production', database: 'main' },
      promoted: false,
      established: false,
      databaseName: 'acgs',
      version: '15',
      allowExtendedSupport: false,
      instanceClass: 'db.r5.xlarge',
      storage: Memory.gib(500),
      maxStorage: Memory.gib(1000),
      iops: 16_000,
      throughputMibps: 2000,
      port: 5439,
      multiAz: false,
      backupRetention: Duration.days(7),
      deletionProtection: false,
      secretRecoveryWindow: Duration.days(0),
      maxConnections: 1000,
      parameters: { maxWalSenders: 30, workMem: Memory.mib(8) },
    });
  });

  test('but not the name of the final snapshot, which is taken, nor passwords, nor windows of another night', () => {
    for (const name of [
      'finalSnapshot',
      'passwordVersion',
      'rolePasswordVersion',
      'backupWindow',
      'maintenanceWindow',
    ]) {
      expect(replicaPlan(REPLICA, primary)).not.toHaveProperty(name);
    }
  });

  test('its windows are its own', () => {
    const own = { backupWindow: '01:00-02:00', maintenanceWindow: 'mon:03:00-mon:04:00' };
    expect(replicaPlan({ ...REPLICA, ...own }, primary)).toMatchObject(own);
  });

  test('its own words win, one parameter at a time', () => {
    const own: PostgresReplicaSpec = {
      ...REPLICA,
      name: 'copy',
      port: 5432,
      multiAz: true,
      finalSnapshot: 'mine',
      promoted: true,
      parameters: { workMem: Memory.mib(16) },
    };
    expect(replicaPlan(own, primary)).toMatchObject({
      name: 'copy',
      port: 5432,
      multiAz: true,
      finalSnapshot: 'mine',
      promoted: true,
      parameters: { maxWalSenders: 30, workMem: Memory.mib(16) },
    });
  });

  test('undefined counts as left out', () => {
    const blank = { maxStorage: undefined, port: undefined, promoted: undefined, parameters: undefined };
    const spec = { ...REPLICA, ...blank } as unknown as PostgresReplicaSpec;
    expect(replicaPlan(spec, primary)).toEqual(replicaPlan(REPLICA, primary));
    expect(inspectReplica('r', spec, primary)).toEqual(inspectReplica('r', REPLICA, primary));
  });
});

const broken: ({ check: string; it: string } & Given)[] = [
  { check: 'postgres-replica-has-its-primarys-room', it: 'a connection fewer', replica: { maxConnections: 999 } },
  {
    check: 'postgres-replica-has-its-primarys-room',
    it: 'a worker fewer',
    ...both({ maxWorkerProcesses: 16 }, { maxWorkerProcesses: 15 }),
  },
  {
    check: 'postgres-replica-has-its-primarys-room',
    it: 'fewer workers than RDS gives 4 processors',
    replica: { parameters: { maxWorkerProcesses: 7 } },
  },
  {
    check: 'postgres-replica-has-its-primarys-room',
    it: 'a class for which RDS starts fewer workers',
    primary: { instanceClass: 'db.r5.2xlarge' },
  },
  {
    check: 'postgres-replica-has-its-primarys-room',
    it: 'a sender fewer',
    ...both({ maxWalSenders: 30 }, { maxWalSenders: 29 }),
  },
  {
    check: 'postgres-replica-has-its-primarys-room',
    it: 'fewer senders than RDS has by itself',
    replica: { parameters: { maxWalSenders: 19 } },
  },
  {
    check: 'postgres-replica-has-its-primarys-room',
    it: 'fewer senders than RDS has by itself from 16 on',
    primary: { version: '16' },
    replica: { parameters: { maxWalSenders: 34 } },
  },
  {
    check: 'postgres-replica-has-its-primarys-room',
    it: 'a prepared transaction fewer',
    ...both({ maxPreparedTransactions: 10 }, { maxPreparedTransactions: 9 }),
  },
  {
    check: 'postgres-replica-has-its-primarys-room',
    it: 'a lock fewer',
    ...both({ maxLocksPerTransaction: 128 }, { maxLocksPerTransaction: 127 }),
  },
  {
    check: 'postgres-replica-has-its-primarys-room',
    it: 'fewer locks than the engine has by itself',
    replica: { parameters: { maxLocksPerTransaction: 63 } },
  },
  {
    check: 'postgres-replica-source-is-named',
    it: 'no environment',
    replica: { of: { environment: '', database: 'm' } },
  },
  { check: 'postgres-replica-source-is-named', it: 'a path', replica: { of: { environment: 'p', database: 'p/m' } } },
  {
    check: 'postgres-replica-grows-with-its-primary',
    it: 'a GiB less',
    replica: { maxStorage: Memory.gib(999) },
  },
  { check: 'postgres-replica-can-be-backed-up', it: 'PostgreSQL 13', primary: { version: '13' } },
  { check: 'postgres-replica-can-be-backed-up', it: 'no version at all', primary: { version: '' } },
  { check: 'postgres-name-is-dns-label', it: 'a name that is none', replica: { name: 'Main' } },
  { check: 'postgres-class-is-known', it: 'a class that nobody knows', replica: { instanceClass: 'db.q9.huge' } },
  { check: 'postgres-port-is-allowed', it: 'a port below', replica: { port: 1149 } },
  { check: 'postgres-backups-are-kept', it: 'no backups', replica: { backupRetention: Duration.days(0) } },
  {
    check: 'postgres-starts-in-memory',
    it: "the primary's buffers in a smaller class",
    primary: { parameters: { sharedBuffers: Memory.gib(8) }, instanceClass: 'db.r5.xlarge' },
    replica: { instanceClass: 'db.t3.large' },
  },
];

test.each(broken)('fails $check: $it', ({ check, replica, primary }) => {
  const given = { ...(replica && { replica }), ...(primary && { primary }) };
  expect(ids(findings(given))).toContain(check);
});

test('every check of a replica has a failing row', () => {
  const failing = new Set(broken.map(({ check }) => check));
  const own = allIds(POSTGRES_REPLICA_CHECKS, POSTGRES_REPLICA_SETTING_CHECKS);
  expect(own.filter((id) => !failing.has(id))).toEqual([]);
});

test.each<{ it: string } & Given>([
  { it: 'more of everything', ...both({ maxWalSenders: 30 }, { maxWalSenders: 31 }) },
  { it: 'more connections', replica: { maxConnections: 1001 } },
  { it: 'exactly as much', ...both({ maxLocksPerTransaction: 128 }, { maxLocksPerTransaction: 128 }) },
  { it: 'the same storage', replica: { maxStorage: Memory.gib(1000) } },
  { it: 'a larger class', replica: { instanceClass: 'db.r5.2xlarge' } },
  {
    it: 'a smaller class with workers spelled out',
    primary: { instanceClass: 'db.r5.2xlarge', parameters: { maxWorkerProcesses: 16 } },
  },
  { it: 'PostgreSQL 14', primary: { version: '14' } },
])('accepts $it', ({ replica, primary }) => {
  expect(findings({ ...(replica && { replica }), ...(primary && { primary }) })).toEqual([]);
});

test('a replica grows by itself where the primary does not', () => {
  const { maxStorage: _, ...fixed } = DECLARED;
  expect(inspectReplica('r', { ...REPLICA, maxStorage: Memory.gib(600) }, fixed)).toEqual([]);
  expect(inspectReplica('r', REPLICA, fixed)).toEqual([]);
});

describe('a change at the primary alone', () => {
  test.each<{ it: string; primary: Partial<PostgresSpec>; found: string[] }>([
    { it: 'more connections', primary: { maxConnections: 1001 }, found: ['maxConnections'] },
    { it: 'fewer connections', primary: { maxConnections: 900 }, found: [] },
    { it: 'more senders, which the replica takes over', primary: { parameters: { maxWalSenders: 40 } }, found: [] },
    { it: 'more storage, which the replica takes over', primary: { maxStorage: Memory.gib(2000) }, found: [] },
    { it: 'a larger class', primary: { instanceClass: 'db.r5.4xlarge' }, found: ['parameters.maxWorkerProcesses'] },
  ])('$it: $found', ({ primary, found }) => {
    expect(findings({ primary }).map(({ prop }) => prop)).toEqual(found);
  });

  test('says what the primary has and what to do first', () => {
    expect(findings({ primary: { maxConnections: 1200 } })).toEqual([
      {
        check: 'postgres-replica-has-its-primarys-room',
        severity: 'error',
        path: 'acgs/production-dr/main',
        prop: 'maxConnections',
        rule: "must be at least the primary's, 1200, or replay stops and the server with it",
        received: '1000',
        remedy: 'raise it here first, and at the primary when the replica has restarted',
      },
    ]);
  });

  test('whatever it has, the same at the replica is enough, and one less is not', () => {
    const settings = fc.record({
      maxWorkerProcesses: fc.integer({ min: 1, max: 100 }),
      maxWalSenders: fc.integer({ min: 1, max: 100 }),
      maxPreparedTransactions: fc.integer({ min: 1, max: 100 }),
      maxLocksPerTransaction: fc.integer({ min: 11, max: 100 }),
    });
    const room = (given: Given) =>
      findings(given).flatMap(({ check, prop }) => (check === 'postgres-replica-has-its-primarys-room' ? [prop] : []));
    fc.assert(
      fc.property(settings, (parameters) => {
        expect(room(both(parameters, parameters))).toEqual([]);
        for (const [name, value] of Object.entries(parameters)) {
          expect(room(both(parameters, { ...parameters, [name]: value - 1 }))).toEqual([`parameters.${name}`]);
        }
      }),
    );
  });
});

test('what is wrong with the primary itself is said there, not here', () => {
  const wrong = { databaseName: 'rdsadmin', storage: Memory.gib(1), iops: 5, throughputMibps: 1, port: 1 };
  expect(findings({ primary: wrong })).toEqual([]);
});

test('connections that are no number fail closed', () => {
  expect(ids(findings({ replica: { maxConnections: Number.NaN } }))).toContain(
    'postgres-replica-has-its-primarys-room',
  );
  expect(ids(findings({ primary: { maxConnections: Number.NaN } }))).toContain(
    'postgres-replica-has-its-primarys-room',
  );
});
