import fc from 'fast-check';
import type { PostgresSpec } from '../../../lib/model/postgres/postgres';
import type { PostgresReplicaSpec } from '../../../lib/model/postgres/postgres-replica';
import { inspectFirstStart, POSTGRES_REPLICA_START_CHECKS } from '../../../lib/model/postgres/postgres-replica-start';
import { allIds, ids } from '../../support/findings';
import { DECLARED } from '../../support/postgres';
import { REPLICA } from '../../support/postgres-replica';

const findings = (primary: Partial<PostgresSpec>, replica: Partial<PostgresReplicaSpec> = {}) =>
  inspectFirstStart('acgs/production-dr/main', { ...REPLICA, ...replica }, { ...DECLARED, ...primary });

const ERROR = 'postgres-replica-starts-with-its-primarys-room';
const WARNING = 'postgres-replica-starts-with-room-to-spare';

const large = 'db.r5.2xlarge';

/** Defaults of db.r5.xlarge: 32 GiB / 9531392 are 3604 connections, of 94 % of that memory 3388; 4 processors. */
const rows: {
  it: string;
  primary: Partial<PostgresSpec>;
  replica?: Partial<PostgresReplicaSpec>;
  found: string[];
}[] = [
  { it: 'what RDS surely allows', primary: { maxConnections: 3388 }, found: [] },
  { it: 'a connection that it may not allow', primary: { maxConnections: 3389 }, found: [WARNING] },
  { it: 'what it allows at best', primary: { maxConnections: 3604 }, found: [WARNING] },
  { it: 'a connection that it never allows', primary: { maxConnections: 3605 }, found: [ERROR] },
  { it: 'connections that are no number', primary: { maxConnections: Number.NaN }, found: [ERROR] },
  {
    it: 'connections that the larger class of the replica has',
    primary: { maxConnections: 3605 },
    replica: { instanceClass: large },
    found: [],
  },
  {
    it: "RDS' own ceiling, where memory is plenty",
    primary: { instanceClass: 'db.r5.4xlarge', maxConnections: 5000 },
    replica: { instanceClass: 'db.r5.4xlarge' },
    found: [],
  },
  {
    it: 'more than that ceiling',
    primary: { instanceClass: 'db.r5.4xlarge', maxConnections: 5001 },
    replica: { instanceClass: 'db.r5.4xlarge' },
    found: [ERROR],
  },
  { it: 'a prepared transaction', primary: { parameters: { maxPreparedTransactions: 1 } }, found: [ERROR] },
  { it: 'none', primary: { parameters: { maxPreparedTransactions: 0 } }, found: [] },
  { it: '64 locks', primary: { parameters: { maxLocksPerTransaction: 64 } }, found: [] },
  { it: '65 locks', primary: { parameters: { maxLocksPerTransaction: 65 } }, found: [ERROR] },
  { it: '20 senders of 15', primary: { parameters: { maxWalSenders: 20 } }, found: [] },
  { it: '21 senders of 15', primary: { parameters: { maxWalSenders: 21 } }, found: [ERROR] },
  { it: '35 senders of 16', primary: { version: '16', parameters: { maxWalSenders: 35 } }, found: [] },
  { it: '36 senders of 16', primary: { version: '16.14', parameters: { maxWalSenders: 36 } }, found: [ERROR] },
  { it: '8 workers for 4 processors', primary: { parameters: { maxWorkerProcesses: 8 } }, found: [] },
  { it: '9 workers for 4 processors', primary: { parameters: { maxWorkerProcesses: 9 } }, found: [ERROR] },
  {
    it: 'workers of a larger primary, spelled out at the replica',
    primary: { instanceClass: large },
    replica: { parameters: { maxWorkerProcesses: 16 } },
    found: [ERROR],
  },
  {
    it: 'workers of a larger replica',
    primary: { parameters: { maxWorkerProcesses: 16 } },
    replica: { instanceClass: large },
    found: [],
  },
  {
    it: 'what nobody knows of a class',
    primary: { maxConnections: 9999, parameters: { maxWorkerProcesses: 99 } },
    replica: { instanceClass: 'db.r99.xlarge' },
    found: [],
  },
];

test.each(rows)('$it: $found', ({ primary, replica, found }) => {
  expect(ids(findings(primary, replica))).toEqual(found);
});

test('a replica with enough of its own does not start with it', () => {
  const parameters = { maxLocksPerTransaction: 128 };
  expect(ids(findings({ parameters }, { parameters }))).toEqual([ERROR]);
});

test.each([{ established: true }, { promoted: true }])('once it is %j there is no first start', (replica) => {
  const parameters = { maxPreparedTransactions: 9, maxLocksPerTransaction: 99, maxWalSenders: 99 };
  expect(findings({ maxConnections: 9999, parameters }, replica)).toEqual([]);
});

test('a finding names the setting, the group and the way', () => {
  expect(findings({ parameters: { maxWalSenders: 30 } })).toEqual([
    {
      check: ERROR,
      severity: 'error',
      path: 'acgs/production-dr/main',
      prop: 'primary.parameters.maxWalSenders',
      rule:
        'must be at most 20 while a replica is created in another region: RDS starts it under default.postgres15, ' +
        'and with less than its primary it stops',
      received: '30',
      remedy:
        'lower it until the replica stands; then raise it at the replica, say established there, and raise it here again',
    },
  ]);
  expect(findings({ maxConnections: 3500 })).toEqual([
    expect.objectContaining({
      severity: 'warning',
      prop: 'primary.maxConnections',
      rule: expect.stringContaining('should be at most 3388 while'),
    }),
  ]);
});

test('more at the primary never means fewer findings', () => {
  const weight = (maxConnections: number) =>
    Math.max(0, ...findings({ maxConnections }).map(({ severity }) => (severity === 'error' ? 2 : 1)));
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 10_000 }), fc.integer({ min: 1, max: 5000 }), (least, more) => {
      expect(weight(least + more)).toBeGreaterThanOrEqual(weight(least));
    }),
  );
});

test('every check has a failing row', () => {
  expect([...new Set(rows.flatMap(({ found }) => found))].sort()).toEqual(allIds(POSTGRES_REPLICA_START_CHECKS));
});
