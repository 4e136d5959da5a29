import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES_MANAGED_ROLES } from '../../lib/config/postgres/postgres-managed-roles';
import { POSTGRES_WAIT_FOR_ROLE } from '../../lib/config/postgres/postgres-wait';

const BIN = '/usr/lib/postgresql/15/bin';
const PORT = '15441';
const lacks = !existsSync(join(BIN, 'postgres')) || spawnSync('openssl', ['version']).status !== 0;
const describeWith = lacks ? describe.skip : describe;

jest.setTimeout(90_000);

const isRoot = process.getuid?.() === 0;
const as = (args: readonly string[]): [string, string[]] => {
  const [file = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...args] : args;
  return [file, rest];
};

describeWith('roles in a PostgreSQL 15 whose master is no superuser', () => {
  let folder: string;
  const at = (...path: string[]): string => join(folder, ...path);
  const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({ PATH: `${BIN}:${process.env.PATH}`, ...more });
  const run = (args: readonly string[], more: NodeJS.ProcessEnv = {}) => {
    const [file, rest] = as(args);
    const { status, stdout, stderr } = spawnSync(file, rest, {
      env: env(more),
      encoding: 'utf8',
      timeout: 60_000,
      cwd: folder,
    });
    return { status, text: `${stdout}${stderr}`.trim() };
  };
  const superuser = (sql: string, database = 'postgres'): string =>
    run(['psql', '-XAtq', '-h', folder, '-p', PORT, '-U', 'postgres', '-d', database, '-c', sql]).text;
  const login = (user: string, password: string, sql = 'SELECT 1', database = 'acgs') =>
    run(['psql', '-XAtq', '-h', 'localhost', '-p', PORT, '-U', user, '-d', database, '-c', sql], {
      PGPASSWORD: password,
      PGSSLMODE: 'require',
      PGCHANNELBINDING: 'require',
    });
  const secret = (name: string, fields: Readonly<Record<string, string>>): void => {
    mkdirSync(at('roles', name), { recursive: true });
    for (const [field, text] of Object.entries(fields)) writeFileSync(at('roles', name, field), text);
  };
  const master = (changes: object = {}): void =>
    writeFileSync(
      at('master.json'),
      JSON.stringify({
        dbname: 'acgs',
        engine: 'postgres',
        host: 'localhost',
        password: 'Mast3r',
        port: Number(PORT),
        username: 'dbadmin',
        ...changes,
      }),
    );
  const script = (roles = 'auth-main hitl-main') =>
    run(['sh', at('roles.sh')], {
      POSTGRES_MASTER_FILE: at('master.json'),
      POSTGRES_ROLES: roles,
      POSTGRES_ROLES_FOLDER: at('roles'),
      POSTGRES_WAIT_SECONDS: '0',
      PGSSLMODE: 'require',
      PGCHANNELBINDING: 'require',
    });
  const log = (): string => readFileSync(at('log'), 'utf8');
  const stored = (role: string): string => superuser(`SELECT rolpassword FROM pg_authid WHERE rolname = '${role}'`);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'managed-'));
    chmodSync(folder, 0o777);
    mkdirSync(at('roles'));
    writeFileSync(at('roles.sh'), POSTGRES_MANAGED_ROLES);
    master();
    secret('auth-main', { username: 'auth-service', password: 'auth1' });
    secret('hitl-main', { username: 'agent-hitl', password: `h'"\\ $(x) ;` });
    const made = run([
      'initdb',
      `--pgdata=${at('data')}`,
      '--username=postgres',
      '--auth-local=trust',
      '--auth-host=scram-sha-256',
    ]);
    if (made.status !== 0) throw new Error(made.text);
    const openssl = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
    ];
    const [file, args] = as([
      'openssl',
      ...openssl,
      '-subj',
      '/CN=localhost',
      '-keyout',
      at('data/key'),
      '-out',
      at('data/crt'),
    ]);
    execFileSync(file, args, { stdio: 'ignore' });
    run(['chmod', '600', at('data/key')]);
    const options = [
      'ssl=on',
      'ssl_cert_file=crt',
      'ssl_key_file=key',
      'log_statement=all',
      `unix_socket_directories=${folder}`,
    ];
    const [server, rest] = as(['postgres', '-D', at('data'), '-p', PORT, ...options.flatMap((one) => ['-c', one])]);
    spawn('sh', ['-c', `exec "$@" >>${at('log')} 2>&1`, 'sh', server, ...rest], { env: env(), stdio: 'ignore' });
    const started = () => run(['pg_isready', '-q', '-h', folder, '-p', PORT]).status === 0;
    for (let tries = 0; tries < 100 && !started(); tries += 1) await new Promise((next) => setTimeout(next, 200));
    superuser("CREATE ROLE dbadmin LOGIN CREATEROLE CREATEDB PASSWORD 'Mast3r'");
    superuser('CREATE DATABASE acgs OWNER dbadmin');
    // so that what the master writes is looked for in what the server logs from here on
    writeFileSync(at('log'), '');
  });
  afterAll(() => {
    const [pid = ''] = existsSync(at('data/postmaster.pid'))
      ? readFileSync(at('data/postmaster.pid'), 'utf8').split('\n')
      : [];
    if (pid !== '') spawnSync('kill', ['-9', pid]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('a server that does not answer is told from one that refuses', () => {
    master({ port: 1 });
    expect(script()).toMatchObject({ status: 2, text: expect.stringContaining('refused') });
    master({ host: undefined });
    expect(script()).toMatchObject({ status: 1, text: expect.stringContaining('host, port, username, password') });
    master();
  });

  const wait = (secondsAtMost: string) =>
    run(['sh', '-c', POSTGRES_WAIT_FOR_ROLE], {
      POSTGRES_ROLE_FOLDER: at('roles/waiting-main'),
      POSTGRES_WAIT_SECONDS: secondsAtMost,
      PGSSLMODE: 'require',
      PGCHANNELBINDING: 'require',
    });

  test('whoever needs a role waits until it can log in, and says why if it cannot', () => {
    const login = { host: 'localhost', port: PORT, dbname: 'acgs' };
    secret('waiting-main', { ...login, username: 'waiting', password: 'waiting1' });
    expect(wait('0')).toMatchObject({ status: 2, text: expect.stringContaining('authentication failed') });
    expect(script('auth-main hitl-main waiting-main').status).toBe(0);
    expect(wait('0')).toEqual({ status: 0, text: '' });
    expect(script().status).toBe(0);
    expect(wait('0')).toMatchObject({ status: 2, text: expect.stringContaining('not permitted to log in') });
  });

  test('makes each role with its password, whatever is in it', () => {
    expect(script()).toEqual({ status: 0, text: '' });
    expect(login('auth-service', 'auth1').text).toBe('1');
    expect(login('agent-hitl', `h'"\\ $(x) ;`).text).toBe('1');
    expect(login('auth-service', 'wrong').status).not.toBe(0);
  });

  test('a role may make tables of its own in its database, has no rights beside, and nobody else gets in', () => {
    expect(login('auth-service', 'auth1', 'CREATE TABLE sessions (id int)').status).toBe(0);
    expect(login('agent-hitl', `h'"\\ $(x) ;`, 'SELECT * FROM sessions').text).toContain('permission denied');
    expect(login('auth-service', 'auth1', 'CREATE DATABASE other').text).toContain('permission denied');
    superuser("CREATE ROLE stranger LOGIN PASSWORD 'stranger'");
    expect(login('stranger', 'stranger').text).toContain('permission denied for database');
  });

  test('no password is in the log of the server, where every statement is', () => {
    expect(log()).toContain('ALTER ROLE');
    for (const password of ['auth1', `h'"`, 'Mast3r']) expect(log()).not.toContain(password);
  });

  test('another run changes nothing: a password that works is left alone', () => {
    const before = stored('auth-service');
    expect(before).toMatch(/^SCRAM-SHA-256\$/);
    expect(script()).toEqual({ status: 0, text: '' });
    expect(stored('auth-service')).toBe(before);
  });

  test('a new password is taken, and open sessions stay', async () => {
    const [file, args] = as(['psql', '-XAtq', '-h', 'localhost', '-p', PORT, '-U', 'auth-service', '-d', 'acgs']);
    const session = spawn(file, [...args, '-c', 'SELECT pg_sleep(3), 42'], {
      env: env({ PGPASSWORD: 'auth1', PGSSLMODE: 'require' }),
    });
    let answer = '';
    session.stdout.on('data', (data) => {
      answer += data;
    });
    const ended = new Promise((resolve) => session.on('exit', resolve));
    await new Promise((next) => setTimeout(next, 700));
    secret('auth-main', { username: 'auth-service', password: 'auth2' });
    expect(script()).toEqual({ status: 0, text: '' });
    expect(login('auth-service', 'auth2').text).toBe('1');
    expect(login('auth-service', 'auth1').status).not.toBe(0);
    expect(await ended).toBe(0);
    expect(answer).toContain('42');
  });

  test('while a declared role cannot be made, none is locked', () => {
    expect(script('hitl-main gone-main')).toEqual({
      status: 1,
      text: "failed: gone-main: its username must be letters, digits, _ and -, and none of the server's own",
    });
    expect(login('auth-service', 'auth2').text).toBe('1');
  });

  test('who is no longer declared cannot log in, keeps what it owns, and comes back as it was', () => {
    expect(script('hitl-main')).toEqual({ status: 0, text: '' });
    expect(login('auth-service', 'auth2').text).toContain('not permitted to log in');
    expect(superuser("SELECT tableowner FROM pg_tables WHERE tablename = 'sessions'", 'acgs')).toBe('auth-service');
    expect(script()).toEqual({ status: 0, text: '' });
    expect(login('auth-service', 'auth2', 'SELECT count(*) FROM sessions').text).toBe('0');
  });

  test.each([
    ['the master itself', 'dbadmin'],
    ['a role of the server', 'pg_monitor'],
    ['a role of RDS', 'rds_superuser'],
    ['the group', 'headroom_services'],
    ['a name that would be SQL', 'a"; DROP'],
  ])('%s is no role of a service', (_, username) => {
    secret('bad-main', { username, password: 'bad' });
    expect(script('hitl-main auth-main bad-main')).toMatchObject({
      status: 1,
      text: expect.stringContaining('bad-main'),
    });
  });

  test.each([[''], ['a\nb']])('the password %j is refused', (password) => {
    secret('bad-main', { username: 'bad', password });
    expect(script('hitl-main auth-main bad-main')).toEqual({
      status: 1,
      text: 'failed: bad-main: its password must be one line of text',
    });
  });
});
