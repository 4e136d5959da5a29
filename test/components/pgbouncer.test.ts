import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { PgBouncerProps } from '../../lib/kubernetes';
import { hasPgBouncer } from './support/compose-loopback';
import { freePorts } from './support/nginx-loopback';
import { PgBouncerLoopback } from './support/pgbouncer-loopback';
import { until } from './support/redis-loopback';

const describeWith = hasPgBouncer ? describe : describe.skip;

jest.setTimeout(90_000);

const ROLES = ['orders', 'billing'] as const;

const props: PgBouncerProps = {
  name: 'main-pooler',
  databaseName: 'shop',
  // what Debian 12 has
  version: '1.18',
  serverConnections: 40,
  maxConnections: 100,
  demand: 200,
  roles: ROLES.map((role) => `${role}-main`),
  serverSecret: 'main-pooler-server',
  serverAuthority: 'own',
  clients: [{ pods: { app: 'orders' } }],
  server: [{ cidr: '127.0.0.1/32', port: 5432 }],
};

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    else child.once('exit', resolve);
  });

describeWith('PostgreSQL behind two pods of PgBouncer with the emitted files', () => {
  let pooler: PgBouncerLoopback;
  let pods: readonly { readonly port: number; readonly process: ChildProcess }[];
  const login = (role: string, password: string, sql = 'SELECT 1', pod = 0, more: NodeJS.ProcessEnv = {}) =>
    pooler.run(['psql', '-XAtq', '-h', 'localhost', '-p', `${pods[pod]?.port}`, '-U', role, '-d', 'shop', '-c', sql], {
      PGPASSWORD: password,
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: pooler.at('tls/ca.crt'),
      ...more,
    });
  const answers = (pod: number): boolean => login('orders', 'orders1', 'SELECT 1', pod).text === '1';
  const held = (role = '%'): number =>
    Number(pooler.query(`SELECT count(*) FROM pg_stat_activity WHERE datname = 'shop' AND usename LIKE '${role}'`));

  beforeAll(async () => {
    const [postgresPort = 0, ...ports] = await freePorts(4);
    pooler = new PgBouncerLoopback(props, postgresPort);
    for (const role of ROLES) pooler.secret(`roles/${role}-main`, { username: role, password: `${role}1` });
    pooler.postgres();
    await until(() => pooler.query('SELECT 1') === '1', 20_000);
    for (const role of ROLES) pooler.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}1'`);
    pooler.query('CREATE DATABASE shop');
    pods = [0, 1].map((index) => ({ port: ports[index] ?? 0, process: pooler.pod(`pod-${index}`, ports[index] ?? 0) }));
    await until(() => answers(0) && answers(1), 20_000);
    other = ports[2] ?? 0;
  });
  let other: number;
  afterAll(() => pooler?.dispose());

  test('let each role in with its password over TLS, and nobody without either', () => {
    for (const role of ROLES) expect(login(role, `${role}1`)).toEqual({ status: 0, text: '1' });
    expect(login('orders', 'billing1').status).not.toBe(0);
    expect(login('orders', 'orders1', 'SELECT 1', 0, { PGSSLMODE: 'disable' }).status).not.toBe(0);
  });

  test('speak TLS with the server', () => {
    const sql = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
    expect(login('orders', 'orders1', sql)).toEqual({ status: 0, text: 't' });
  });

  test('speak with no server that another authority signed', async () => {
    const stranger = pooler.pod('pod-stranger', other, 'other');
    const at = ['psql', '-XAtq', '-h', 'localhost', '-p', `${other}`, '-U', 'orders', '-d', 'shop', '-c', 'SELECT 1'];
    await until(
      () =>
        /certificate verify failed/.test(
          `${pooler.run(at, { PGPASSWORD: 'orders1', PGCONNECT_TIMEOUT: '2' }).text}${pooler.log('pod-stranger.log')}`,
        ),
      20_000,
    );
    stranger.kill('SIGTERM');
    expect(await ended(stranger)).toBe(0);
  });

  test('are asked about their pools over the socket, by the same user and without a password', () => {
    const socket = [
      'psql',
      '-XAtq',
      '-h',
      pooler.at('pod-0/socket'),
      '-p',
      `${pods[0]?.port}`,
      '-U',
      'pgbouncer',
      '-d',
      'pgbouncer',
    ];
    expect(pooler.run([...socket, '-c', 'SHOW POOLS']).text).toContain('shop|orders|');
    expect(pooler.run([...socket, '-c', 'SHOW CONFIG']).text).toContain('server_check_delay|30|');
  });

  test('a hundred clients hold the declared connections, and each role its share of them', async () => {
    const script = pooler.at('wait.sql');
    writeFileSync(script, 'SELECT pg_sleep(0.02);\n');
    const bench = (role: string, pod: number, clients: number): Promise<number | null> => {
      const args = [
        '-n',
        '-f',
        script,
        '-h',
        'localhost',
        '-p',
        `${pods[pod]?.port}`,
        '-U',
        role,
        '-c',
        `${clients}`,
        '-j',
        '2',
        '-T',
        '4',
        'shop',
      ];
      return ended(
        pooler.start(`bench-${role}-${pod}.log`, ['pgbench', ...args], {
          PGPASSWORD: `${role}1`,
          PGSSLMODE: 'require',
        }),
      );
    };
    const runs = Promise.all(ROLES.flatMap((role) => [bench(role, 0, 25), bench(role, 1, 25)]));
    let running = true;
    void runs.then(() => {
      running = false;
    });
    const seen: number[][] = [];
    while (running) {
      seen.push([held(), held('orders'), held('billing')]);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    expect(await runs).toEqual([0, 0, 0, 0]);
    expect([0, 1, 2].map((column) => Math.max(...seen.map((row) => row[column] ?? 0)))).toEqual([40, 20, 20]);
    for (const role of ROLES) expect(pooler.log(`bench-${role}-0.log`)).toContain('number of failed transactions: 0');
  });

  test('one client is enough for ten connections to stay open', async () => {
    pooler.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'shop'");
    const one = pooler.start(
      'one.log',
      [
        'psql',
        '-X',
        '-h',
        'localhost',
        '-p',
        `${pods[0]?.port}`,
        '-U',
        'orders',
        '-d',
        'shop',
        '-c',
        'SELECT pg_sleep(8)',
      ],
      {
        PGPASSWORD: 'orders1',
        PGSSLMODE: 'require',
      },
    );
    await until(() => held('orders') === 10, 8000);
    await ended(one);
  });

  test('take a changed password, and refuse one that could not be used', async () => {
    pooler.secret('roles/billing-main', { password: 'a\nb' });
    await until(() => pooler.log('pod-0.log').includes('password must be one line of text'), 10_000);
    expect(login('billing', 'billing1').text).toBe('1');
    pooler.query("ALTER ROLE billing PASSWORD 'billing2'");
    pooler.secret('roles/billing-main', { password: 'billing2' });
    await until(() => login('billing', 'billing2').text === '1', 10_000);
    expect(login('billing', 'billing1').status).not.toBe(0);
  });

  test('a pod that has to go still takes clients at first, lets a transaction end, and then is gone', async () => {
    const [pod] = pods;
    const long = pooler.start(
      'long.log',
      [
        'psql',
        '-XAtq',
        '-h',
        'localhost',
        '-p',
        `${pod?.port}`,
        '-U',
        'orders',
        '-d',
        'shop',
        '-c',
        "SELECT pg_sleep(4), 'ended'",
      ],
      {
        PGPASSWORD: 'orders1',
        PGSSLMODE: 'require',
      },
    );
    await until(
      () =>
        pooler.query(
          "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%ended%' AND usename = 'orders' AND state = 'active'",
        ) === '1',
      5000,
    );
    pod?.process.kill('SIGTERM');
    expect(answers(0)).toBe(true);
    const statuses = await Promise.all([ended(long), pod ? ended(pod.process) : null]);

    expect(statuses).toEqual([0, 0]);
    expect(pooler.log('long.log')).toContain('ended');
    expect(answers(0)).toBe(false);
    expect(answers(1)).toBe(true);
  });
});
