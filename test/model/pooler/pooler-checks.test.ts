import {
  CONNECTION_CHECKS,
  DATABASE_POOLER_CHECKS,
  type DatabasePoolerSpec,
  type EnvironmentSpec,
  inspectConnections,
  inspectPoolers,
  POOLED_CHECKS,
  POOLERS_CHECKS,
} from '../../../lib/model';
import { POOLER_CHECKS } from '../../../lib/model/local/pooler';
import { Cpu, Duration, Memory } from '../../../lib/units';
import { environment, service } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

const client = (name: string, pool: number | undefined = 10) =>
  service(name, { connections: [{ to: 'database', name: 'main', ...(pool !== undefined && { pool }) }] });

const POOLER: DatabasePoolerSpec = { name: 'main-pooler', database: 'main', serverConnections: 100 };

const place = (changes: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({ services: [client('orders'), client('billing')], caches: [], poolers: [POOLER], ...changes });

const found = (changes: Partial<EnvironmentSpec>): string[] => ids(inspectPoolers('shop', place(changes)));
const with_ = (changes: Partial<DatabasePoolerSpec>): Partial<EnvironmentSpec> => ({
  poolers: [{ ...POOLER, ...changes }],
});

test('a pooler that needs nothing but its database and a number is sound', () => {
  expect(found({})).toEqual([]);
});

const ROWS: readonly (readonly [string, Partial<EnvironmentSpec>, readonly string[]])[] = [
  ['an upper-case name', with_({ name: 'Pooler' }), ['database-pooler-name-is-a-short-dns-label']],
  ['a name of 41', with_({ name: 'a'.repeat(41) }), ['database-pooler-name-is-a-short-dns-label']],
  ['one pod', with_({ replicas: 1 }), ['database-pooler-outlives-a-pod']],
  ['21 pods', with_({ replicas: 21 }), ['database-pooler-outlives-a-pod']],
  [
    'pods that are no number',
    with_({ replicas: Number.NaN }),
    [
      'database-pooler-outlives-a-pod',
      'database-pooler-has-a-connection-for-each-pod',
      'pooler-peak-fits-the-database',
    ],
  ],
  [
    'a connection for one pod of two',
    with_({ serverConnections: 1 }),
    ['database-pooler-has-a-connection-for-each-pod'],
  ],
  [
    'no connections',
    with_({ serverConnections: 0 }),
    ['pooler-connections-are-counted', 'database-pooler-has-a-connection-for-each-pod'],
  ],
  ['an exception twice', with_({ except: ['orders', 'orders'] }), ['database-pooler-exceptions-are-distinct']],
  ['an exception that is no client', with_({ except: ['mail'] }), ['pooler-exceptions-are-clients']],
  ['only exceptions', with_({ except: ['orders', 'billing'] }), ['pooler-has-clients']],
  ['no time to leave', with_({ leaveAfter: Duration.seconds(0) }), ['database-pooler-leaves-in-time']],
  ['301 s to leave', with_({ leaveAfter: Duration.seconds(301) }), ['database-pooler-leaves-in-time']],
  ['no time to drain', with_({ drainFor: Duration.millis(500) }), ['database-pooler-drain-is-bounded']],
  ['over an hour to drain', with_({ drainFor: Duration.seconds(3601) }), ['database-pooler-drain-is-bounded']],
  ['9 millicores', with_({ cpu: Cpu.millis(9) }), ['database-pooler-uses-one-core']],
  ['more than a core', with_({ cpu: Cpu.millis(1001) }), ['database-pooler-uses-one-core']],
  ['63 MiB', with_({ memory: Memory.mib(63) }), ['database-pooler-has-memory']],
  ['an old release', with_({ version: '1.17' }), ['pooler-version-is-known']],
  ['a privileged port', with_({ port: 80 }), ['pooler-port-is-unprivileged']],
  [
    'prepared statements before 1.21',
    with_({ version: '1.20', maxPreparedStatements: 1 }),
    ['pooler-prepares-statements'],
  ],
  ['idle connections never tested', with_({ checkAfter: Duration.seconds(0) }), ['pooler-tests-idle-connections']],
  ['waiting for ever', with_({ waitFor: Duration.hours(2) }), ['pooler-wait-is-bounded']],
  ['a least pool above all', with_({ minPoolSize: 101 }), ['pooler-least-pool-is-counted']],
  ['an unknown database', with_({ database: 'other' }), ['pooler-database-is-declared', 'pooler-has-clients']],
  [
    'a client whose pool is not counted',
    { services: [service('orders', { connections: [{ to: 'database', name: 'main' }] })] },
    ['pooler-clients-are-counted'],
  ],
  ['a region without certificates', { region: 'mx-central-1' }, ['pooler-knows-who-signs-the-database']],
  ['the name of a service', with_({ name: 'orders' }), ['pooler-names-are-free']],
  ['two of a name', { poolers: [POOLER, POOLER] }, ['pooler-names-are-free', 'pooler-is-the-only-one-of-its-database']],
  [
    '248 connections, twice 496 while a release takes over',
    with_({ serverConnections: 248 }),
    ['pooler-peak-fits-the-database'],
  ],
];

test.each(ROWS)('%s is reported', (_, changes, expected) => {
  expect(found(changes)).toEqual(expected);
});

test.each<[string, Partial<EnvironmentSpec>]>([
  ['2 pods and 20', with_({ replicas: 20, serverConnections: 100 })],
  ['247 connections, whose odd one is left: 492 of 495', with_({ serverConnections: 247 })],
  ['a second and an hour', with_({ leaveAfter: Duration.seconds(300), drainFor: Duration.hours(1) })],
  ['a whole core and 64 MiB', with_({ cpu: Cpu.cores(1), memory: Memory.mib(64) })],
  ['certificates of a region that are given', { ...with_({ serverAuthority: 'pem' }), region: 'mx-central-1' }],
])('%s are sound', (_, changes) => {
  expect(found(changes)).toEqual([]);
});

test('connections that end at a pooler are its own, and those of exceptions are theirs', () => {
  const services = [client('orders', 100), client('billing', 100)];
  const reported = (poolers: readonly DatabasePoolerSpec[]) =>
    inspectConnections('shop', place({ services, poolers })).map(({ check, rule }) => [check, rule]);
  expect(reported([])).toEqual([['database-connections-cover-pools', expect.stringContaining('orders 8 x 1 x 100')]]);
  expect(reported([POOLER])).toEqual([]);
  expect(reported([{ ...POOLER, except: ['orders'] }])).toEqual([
    [
      'database-connections-cover-pools',
      expect.stringMatching(/at the peak, 1000 and 3 in reserve: orders 8 x 1 x 100, main-pooler 4 x 1 x 50/),
    ],
  ]);
});

test('every check has a failing row', () => {
  const expected = ROWS.flatMap(([, , checks]) => checks);
  expect(expected).toEqual(
    expect.arrayContaining(allIds(POOLER_CHECKS, DATABASE_POOLER_CHECKS, POOLED_CHECKS, POOLERS_CHECKS)),
  );
  expect(allIds(CONNECTION_CHECKS)).toEqual(['database-connections-cover-pools']);
});
