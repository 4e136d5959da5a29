import {
  inspectPgBouncer,
  POOLED_DATABASE_CHECKS,
  POOLED_DATABASES_CHECKS,
} from '../../../lib/config/pgbouncer/pgbouncer-checks';
import { type PooledDatabase, pgbouncerIni } from '../../../lib/config/pgbouncer/pgbouncer-ini';
import { POOLER_CHECKS, type PoolerSpec, poolerPlan } from '../../../lib/model';
import { Duration } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const main: PooledDatabase = {
  databaseName: 'shop',
  host: 'postgres',
  port: 5432,
  maxConnections: 100,
  demand: 60,
  roles: ['orders', 'search', 'users'],
};

const ini = (spec: Partial<PoolerSpec> = {}, databases: readonly PooledDatabase[] = [main]) =>
  pgbouncerIni({
    ...poolerPlan({ serverConnections: 32, ...spec }),
    databases,
    authFile: '/run/userlist.txt',
    listenOn: '*',
  });

describe('pgbouncerIni', () => {
  test('shares what is declared out to the roles, and never lets the server see more', () => {
    expect(ini()).toContain(
      'shop = host=postgres port=5432 dbname=shop pool_size=10 min_pool_size=10 max_db_connections=32\n',
    );
    expect(ini({ serverConnections: 12 })).toContain('pool_size=4 min_pool_size=4 max_db_connections=12\n');
    expect(ini({ minPoolSize: 2 })).toContain('pool_size=10 min_pool_size=2 ');
    expect(ini({ minPoolSize: 0 })).toContain(' min_pool_size=0 ');
  });

  test('lets in what all pools may open, and twenty more', () => {
    expect(ini()).toContain('max_client_conn = 80\n');
    expect(ini({}, [main, { ...main, databaseName: 'other', demand: 5 }])).toContain('max_client_conn = 85\n');
  });

  test('shares connections by transaction, by password, and tests those that have been idle for half a minute', () => {
    expect(ini()).toContain('pool_mode = transaction\n');
    expect(ini()).toContain('auth_type = scram-sha-256\nauth_file = /run/userlist.txt\n');
    expect(ini()).toContain('server_check_delay = 30\n');
    expect(ini({ checkAfter: Duration.minutes(2), waitFor: Duration.seconds(5) })).toMatch(
      /server_check_delay = 120\n(.*\n)*query_wait_timeout = 5\n/,
    );
  });

  test.each([
    ['1.18', undefined],
    ['1.20', undefined],
    ['1.21', '200'],
    ['1.25', '200'],
    ['2.0', '200'],
  ])('release %s keeps prepared statements: %s', (version, kept) => {
    expect(/max_prepared_statements = (.*)/.exec(ini({ version }))?.[1]).toBe(kept);
  });

  test('keeps none if told so', () => {
    expect(ini({ maxPreparedStatements: 0 })).not.toContain('prepared');
  });
});

const rows: readonly [id: string, spec: Partial<PoolerSpec>, databases?: readonly PooledDatabase[]][] = [
  ['pooler-connections-are-counted', { serverConnections: 10_001 }, []],
  ['pooler-connections-are-counted', { serverConnections: Number.NaN }, []],
  ['pooler-least-pool-is-counted', { minPoolSize: 33 }, []],
  ['pooler-least-pool-is-counted', { minPoolSize: -1 }],
  ['pooler-port-is-unprivileged', { port: 1023 }],
  ['pooler-port-is-unprivileged', { port: 65_536 }],
  ['pooler-version-is-known', { version: '1.17' }],
  ['pooler-version-is-known', { version: '1' }],
  ['pooler-prepares-statements', { maxPreparedStatements: 10_001 }],
  ['pooler-prepares-statements', { version: '1.20', maxPreparedStatements: 1 }],
  ['pooler-prepares-statements', { version: '1.18', maxPreparedStatements: 200 }],
  ['pooler-tests-idle-connections', { checkAfter: Duration.millis(500) }],
  ['pooler-tests-idle-connections', { checkAfter: Duration.seconds(3601) }],
  ['pooler-wait-is-bounded', { waitFor: Duration.seconds(0) }],
  ['pooler-leaves-room-on-the-server', { serverConnections: 96 }],
  ['pooler-has-a-connection-for-each-role', { serverConnections: 2 }],
  ['pooler-least-pool-fits-the-share', { minPoolSize: 11 }],
  ['pooler-databases-differ', {}, [main, { ...main, roles: ['others'] }]],
  ['pooler-roles-have-one-database', {}, [main, { ...main, databaseName: 'other' }]],
];

describe('inspectPgBouncer', () => {
  const inspect = (spec: Partial<PoolerSpec>, databases: readonly PooledDatabase[] = [main]) =>
    inspectPgBouncer('pool', { serverConnections: 32, ...spec }, databases);

  test('says nothing about what works, bounds included', () => {
    const bounds: readonly Partial<PoolerSpec>[] = [
      {},
      { serverConnections: 95 },
      { serverConnections: 3 },
      { minPoolSize: 10 },
      { port: 1024 },
      { port: 65_535 },
      { version: '1.18', maxPreparedStatements: 0 },
      { version: '1.21', maxPreparedStatements: 10_000 },
      { checkAfter: Duration.seconds(1), waitFor: Duration.hours(1) },
    ];
    expect(bounds.flatMap((spec) => inspect(spec))).toEqual([]);
  });

  test.each(rows.map(([id, spec, databases = [main]]) => [id, spec, databases] as const))(
    '%s: %j',
    (id, spec, databases) => {
      expect(ids(inspect(spec, databases))).toEqual([id]);
    },
  );

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([id]) => id))].sort()).toEqual(
      allIds(POOLER_CHECKS, POOLED_DATABASE_CHECKS, POOLED_DATABASES_CHECKS),
    );
  });
});
