import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACGS } from '../../apps/acgs';
import { composeStack } from '../../lib/local';
import type { EnvironmentSpec, LocalSpec, PostgresServerSpec } from '../../lib/model';
import { Memory } from '../../lib/units';
import { ComposeLoopback, hasPgBouncer, POSTGRES_BIN } from './support/compose-loopback';
import { freePorts } from './support/nginx-loopback';

const describeWith = hasPgBouncer ? describe : describe.skip;

jest.setTimeout(90_000);

const [development] = ACGS.environments;
const roles = ['auth-service', 'constitutional-ai'];

/** The documents' parameters on a database that two services of the app use. */
const postgres = (port: number): PostgresServerSpec => ({
  kind: 'server',
  name: 'main',
  objectName: 'postgres',
  databaseName: 'acgs',
  port,
  maxConnections: 60,
  parameters: { sharedBuffers: Memory.mib(64), workMem: Memory.mib(4), maxWalSize: Memory.gib(4) },
});

async function until(holds: () => boolean, what: () => string): Promise<void> {
  for (let left = 150; left > 0; left -= 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(what());
}

describeWith('PostgreSQL and PgBouncer with the files of a stack', () => {
  let stack: ComposeLoopback;
  let port: number;
  const query = (sql: string) =>
    stack.run('postgres', ['psql', '-XAtq', '-U', 'postgres', '-d', 'postgres', '-c', sql]).text;

  beforeAll(async () => {
    const [serverPort = 0, poolerPort = 0] = await freePorts(2);
    port = poolerPort;
    const local: LocalSpec = {
      ...development?.local,
      databases: [postgres(serverPort)],
      // what Debian 12 has
      pooler: { serverConnections: 20, port: poolerPort, version: '1.18' },
    };
    const environment = {
      ...development,
      services: development?.services.filter(({ name }) => roles.includes(name)),
    } as EnvironmentSpec;
    stack = new ComposeLoopback(
      composeStack('acgs', environment, { ...local, services: roles.map((name) => ({ name })) }),
    );
    stack.makeSecrets();
    for (const name of ['postgres', 'postgres-roles', 'pgbouncer']) {
      stack.prepare(name, (text) =>
        text.replace('host=postgres', 'host=127.0.0.1').replace('listen_addr = *', 'listen_addr = 127.0.0.1'),
      );
    }
    stack.start('postgres');
    await until(
      () => stack.run('postgres', ['pg_isready', '--quiet']).status === 0,
      () => stack.log('postgres'),
    );
  });
  afterAll(() => stack?.dispose());

  test.each([
    ['max_connections', '60'],
    ['shared_buffers', '64MB'],
    ['work_mem', '4MB'],
    ['max_wal_size', '4GB'],
    ['password_encryption', 'scram-sha-256'],
  ])('the server says that %s is %s', (name, value) => {
    expect(query(`SHOW ${name}`)).toBe(value);
  });

  test('the server found no fault in its files', () => {
    expect(query('SELECT name FROM pg_file_settings WHERE error IS NOT NULL')).toBe('');
  });

  test('the roles are made of the drawn passwords', async () => {
    const socket = stack.inside('postgres', '/run/postgresql');
    stack.start('postgres-roles', { PGHOST: socket });
    await until(
      () => stack.run('postgres-roles', ['test', '-e', '/run/roles/applied']).status === 0,
      () => stack.log('postgres-roles'),
    );
    expect(query("SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles WHERE rolname LIKE '%-%'")).toBe(
      'auth-service,constitutional-ai',
    );
  });

  test('the pool starts, lets each role in with its password and nobody with another', async () => {
    stack.start('pgbouncer');
    await until(
      () => stack.run('pgbouncer', ['pg_isready', '--quiet', '--host=127.0.0.1', `--port=${port}`]).status === 0,
      () => stack.log('pgbouncer'),
    );
    const login = (role: string, password: string) =>
      stack.run(
        'pgbouncer',
        ['psql', '-XAtq', '-h', '127.0.0.1', '-p', `${port}`, '-U', role, '-d', 'acgs', '-c', 'SELECT 1'],
        {
          PGPASSWORD: password,
        },
      );

    for (const role of roles) expect(login(role, stack.secret(`main-${role}`))).toEqual({ status: 0, text: '1' });
    expect(login('auth-service', stack.secret('main-constitutional-ai')).status).not.toBe(0);
  });

  test('a hundred clients of one role hold its share of the connections, of both roles all that is declared', async () => {
    const script = join(stack.folder, 'wait.sql');
    writeFileSync(script, 'SELECT pg_sleep(0.02);\n');
    chmodSync(script, 0o644);
    const bench = (role: string, clients: number) =>
      new Promise<{ status: number | null; text: string }>((resolve) => {
        const args = [
          '-n',
          '-f',
          script,
          '-h',
          '127.0.0.1',
          '-p',
          `${port}`,
          '-U',
          role,
          '-c',
          `${clients}`,
          '-j',
          '2',
          '-T',
          '4',
          'acgs',
        ];
        const child = spawn(join(POSTGRES_BIN, 'pgbench'), args, {
          env: { PATH: process.env.PATH, PGPASSWORD: stack.secret(`main-${role}`) },
        });
        let text = '';
        child.stdout.on('data', (chunk) => {
          text += chunk;
        });
        child.stderr.on('data', (chunk) => {
          text += chunk;
        });
        child.on('exit', (status) => resolve({ status, text }));
      });
    const held = (names: string) =>
      Number(query(`SELECT count(*) FROM pg_stat_activity WHERE usename LIKE '${names}'`));
    const seen: number[] = [];
    const watch = async (names: string, runs: Promise<unknown>) => {
      let running = true;
      void runs.then(() => {
        running = false;
      });
      const peak: number[] = [];
      while (running) {
        peak.push(held(names));
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
      seen.push(Math.max(...peak));
      return runs;
    };

    const alone = await watch('auth-service', bench('auth-service', 100));
    const together = await watch('%-%', Promise.all(roles.map((role) => bench(role, 50))));

    expect([alone, together].flat()).toEqual(
      Array.from({ length: 3 }, () => ({
        status: 0,
        text: expect.stringContaining('number of failed transactions: 0'),
      })),
    );
    expect(seen).toEqual([10, 20]);
  });
});
