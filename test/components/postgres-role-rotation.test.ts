import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES_ROTATED_ROLES } from '../../lib/config/postgres/postgres-managed-roles';
import { loginInUse, loginVersions } from '../../lib/model';
import { hasPgBouncer, POSTGRES_BIN } from './support/compose-loopback';
import { freePorts } from './support/nginx-loopback';
import { until } from './support/redis-loopback';

const describeWith = hasPgBouncer ? describe : describe.skip;

jest.setTimeout(90_000);

const isRoot = process.getuid?.() === 0;
const as = (args: readonly string[]): [string, string[]] => {
  const [file = '', ...rest] = isRoot
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', ...args]
    : args;
  return [file, rest];
};

/** Connects anew again and again, reading its Secret each time or once, and writes a row; stops at the first failure. */
const CLIENT = `#!/bin/sh
folder=$1
[ "$2" = each ] || { user=$(cat "$folder/username") password=$(cat "$folder/password"); }
while [ ! -e "$3" ]; do
  [ "$2" = each ] && { login=$(cat "$folder/login"); user=\${login%% *} password=\${login#* }; }
  PGPASSWORD=$password psql -XAtq -h localhost -U "$user" -d shop -c "INSERT INTO seen VALUES ('$user')" || exit 1
  echo "$user"
done
`;

describeWith('logins of a role that take turns, in a PostgreSQL whose master is no superuser', () => {
  let folder: string;
  let port = 0;
  const processes: ChildProcess[] = [];
  const at = (...path: string[]): string => join(folder, ...path);
  const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    PATH: `${POSTGRES_BIN}:${process.env.PATH}`,
    PGPORT: `${port}`,
    ...more,
  });
  const run = (args: readonly string[], more: NodeJS.ProcessEnv = {}) => {
    const [file, rest] = as(args);
    const { status, stdout, stderr } = spawnSync(file, rest, { env: env(more), encoding: 'utf8', timeout: 60_000 });
    return { status, text: `${stdout}${stderr}`.trim() };
  };
  const start = (log: string, args: readonly string[]): ChildProcess => {
    const [file, rest] = as(args);
    const child = spawn('sh', ['-c', `exec "$@" >>${at(log)} 2>&1`, 'sh', file, ...rest], {
      env: env(),
      stdio: 'ignore',
    });
    processes.push(child);
    return child;
  };
  const superuser = (sql: string, database = 'postgres'): string =>
    run(['psql', '-XAtq', '-h', folder, '-U', 'postgres', '-d', database, '-c', sql]).text;
  const login = (user: string, password: string, sql = 'SELECT 1') =>
    run(['psql', '-XAtq', '-h', 'localhost', '-U', user, '-d', 'shop', '-c', sql], { PGPASSWORD: password });
  const password = (user: string, version: number): string => `${user}-v${version}`;
  const passwordNow = (user: string, step: number): string => {
    const { first, second } = loginVersions(step);
    return password(user, user === 'orders' ? first : second);
  };
  const secret = (name: string, fields: Readonly<Record<string, string>>): void => {
    mkdirSync(at('roles', name), { recursive: true });
    for (const [field, text] of Object.entries(fields)) writeFileSync(at('roles', name, field), text);
  };

  /** What Terraform and External Secrets have done by the time that a step's manifests are applied. */
  const drawn = (step: number): void => {
    const { first, second } = loginVersions(step);
    secret('orders-main-first', { username: 'orders', password: password('orders', first), version: `${first}` });
    secret('orders-main-second', {
      username: 'orders-b',
      password: password('orders-b', second),
      version: `${second}`,
    });
  };
  const roles = (step: number, seconds = '0', later?: { readonly first: string; readonly start: string }) => {
    const { first, second } = loginVersions(step);
    return run(['sh', at('roles.sh')], {
      POSTGRES_MASTER_FILE: at('master.json'),
      POSTGRES_ROLES: 'orders-main-first orders-main-second',
      POSTGRES_ROLES_FOLDER: at('roles'),
      POSTGRES_SECOND_LOGINS: 'orders-main-second=orders-main-first',
      POSTGRES_ROLE_VERSIONS: `${later?.first ?? `orders-main-first=${first}`} orders-main-second=${second}`,
      ...(later && { POSTGRES_START_VERSION: later.start }),
      POSTGRES_WAIT_SECONDS: seconds,
    });
  };
  /** What services find: a kubelet swaps all files of a Secret at once, which one file stands for here. */
  const told = (step: number): void => {
    const user = loginInUse({ roleRotation: step }, 'orders');
    secret('orders-main', { username: user, password: passwordNow(user, step) });
    writeFileSync(at('roles/orders-main/login.new'), `${user} ${passwordNow(user, step)}`);
    execFileSync('mv', [at('roles/orders-main/login.new'), at('roles/orders-main/login')]);
  };
  const client = (name: string, reads: 'each' | 'once'): ChildProcess =>
    start(`${name}.log`, ['sh', at('client.sh'), at('roles/orders-main'), reads, at(`${name}.stop`)]);
  const seen = (name: string): string[] =>
    readFileSync(at(`${name}.log`), 'utf8')
      .trim()
      .split('\n');
  const stopped = async (name: string, child: ChildProcess): Promise<number | null> => {
    const gone = new Promise<number | null>((resolve) => {
      if (child.exitCode !== null) resolve(child.exitCode);
      else child.once('exit', resolve);
    });
    writeFileSync(at(`${name}.stop`), '');
    return gone;
  };
  const logins = (name: string, least: number) => until(() => seen(name).length >= least, 20_000);

  beforeAll(async () => {
    [port = 0] = await freePorts(1);
    folder = mkdtempSync(join(tmpdir(), 'rotation-'));
    chmodSync(folder, 0o777);
    mkdirSync(at('roles'));
    writeFileSync(at('roles.sh'), POSTGRES_ROTATED_ROLES);
    writeFileSync(at('client.sh'), CLIENT);
    writeFileSync(
      at('master.json'),
      JSON.stringify({ dbname: 'shop', host: 'localhost', password: 'Mast3r', port, username: 'dbadmin' }),
    );
    const made = run([
      'initdb',
      `--pgdata=${at('data')}`,
      '--username=postgres',
      '--auth-local=trust',
      '--auth-host=scram-sha-256',
    ]);
    if (made.status !== 0) throw new Error(made.text);
    start('log', ['postgres', '-D', at('data'), '-c', `unix_socket_directories=${folder}`]);
    await until(() => superuser('SELECT 1') === '1', 20_000);
    superuser("CREATE ROLE dbadmin LOGIN CREATEROLE CREATEDB PASSWORD 'Mast3r'");
    superuser('CREATE DATABASE shop OWNER dbadmin');
  });
  afterAll(async () => {
    for (const child of processes.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      const patience = setTimeout(() => child.kill('SIGKILL'), 5000);
      await gone;
      clearTimeout(patience);
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test("both logins exist from the first step on, and what either makes is the role's", () => {
    drawn(1);
    expect(roles(1)).toEqual({ status: 0, text: '' });
    expect(login('orders', 'orders-v1', 'CREATE TABLE seen (by text)')).toEqual({ status: 0, text: '' });
    expect(login('orders-b', 'orders-b-v1', 'CREATE TABLE made (x int)')).toEqual({ status: 0, text: '' });
    expect(login('orders-b', 'orders-b-v1', "INSERT INTO seen VALUES ('b'); ALTER TABLE seen ADD note text")).toEqual({
      status: 0,
      text: '',
    });
    expect(superuser("SELECT string_agg(tableowner, ',') FROM pg_tables WHERE schemaname = 'public'", 'shop')).toBe(
      'orders,orders',
    );
    expect(login('orders', 'orders-v1', 'DROP TABLE made')).toEqual({ status: 0, text: '' });
  });

  test('a password that has not arrived is waited for, and then said to be missing', () => {
    expect(roles(2)).toEqual({
      status: 1,
      text: 'failed: orders-main-second: its Secret has not got version 2 yet',
    });
    expect(login('orders-b', 'orders-b-v1').text).toBe('1');
  });

  test('a Secret from before logins took turns says no version, and has the one that passwords started with', () => {
    rmSync(at('roles/orders-main-first/version'));
    expect(roles(1)).toEqual({ status: 0, text: '' });
    expect(roles(4)).toMatchObject({
      status: 1,
      text: expect.stringContaining('orders-main-first: its Secret has not got version 2 yet'),
    });
    const later = { first: 'orders-main-first=3', start: '3' };
    expect(roles(1, '0', later)).toEqual({ status: 0, text: '' });
    expect(roles(1, '0', { ...later, start: '2' }).text).toBe(
      'failed: orders-main-first: its Secret has not got version 3 yet',
    );
    drawn(1);
  });

  test('a client that connects anew all the time never fails, in two whole rotations', async () => {
    told(1);
    const fresh = client('fresh', 'each');
    let old = client('old-0', 'once');
    for (let step = 2; step <= 9; step += 1) {
      drawn(step);
      expect(roles(step)).toEqual({ status: 0, text: '' });
      told(step);
      await logins('fresh', seen('fresh').length + 5);
      await logins(`old-${Math.floor((step - 2) / 2)}`, 3);
      if (step % 2 === 1) {
        // pods that still had the former login are restarted only now, after the switch
        const name = `old-${(step - 3) / 2}`;
        expect(await stopped(name, old)).toBe(0);
        expect(new Set(seen(name))).toEqual(new Set([loginInUse({ roleRotation: step - 1 }, 'orders')]));
        old = client(`old-${(step - 1) / 2}`, 'once');
      }
    }
    expect(await stopped('fresh', fresh)).toBe(0);
    expect(await stopped('old-4', old)).toBe(0);
    expect([...new Set(seen('fresh'))].sort()).toEqual(['orders', 'orders-b']);
  });

  test('passwords of a rotation before are worth nothing', () => {
    expect(login('orders', 'orders-v1').status).not.toBe(0);
    expect(login('orders-b', 'orders-b-v1').status).not.toBe(0);
    expect(login('orders', passwordNow('orders', 9)).text).toBe('1');
    expect(login('orders-b', passwordNow('orders-b', 9)).text).toBe('1');
  });
});
