import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from '../../lib/units';
import { ALFRED } from '../support/postgres';
import { POSTGRES_LACKS, PostgresLoopback, SUPERUSER_PASSWORD } from './support/postgres-loopback';
import { until } from './support/redis-loopback';

const describeWith = POSTGRES_LACKS === undefined ? describe : describe.skip;

jest.setTimeout(90_000);

const CORE = { username: 'agent-core', password: `c0re'"\\ $(x) ;`, dbname: 'alfred' };
const RAG = { username: 'agent-rag', password: 'rag-1', dbname: 'alfred' };

describeWith('PostgreSQL 15 with the emitted files', () => {
  let postgres: PostgresLoopback;
  const core = (sql?: string, more?: string) => postgres.login(CORE.username, CORE.password, 'alfred', sql, more);

  beforeAll(() => {
    postgres = new PostgresLoopback({
      ...ALFRED,
      kind: 'server',
      name: 'main',
      databaseName: 'alfred',
      port: 15_439,
      roles: [{ secretName: 'agent-core-main' }, { secretName: 'agent-rag-main' }],
      clients: [],
      stopWithin: Duration.seconds(20),
    });
  });
  afterAll(() => postgres.dispose());

  describe('before the first start', () => {
    test('refuses an empty password, and one of several lines', () => {
      for (const password of ['', 'a\nb']) {
        postgres.changePassword(password);
        expect(postgres.initialize()).toMatchObject({ status: 1, text: expect.stringContaining('must') });
      }
      expect(existsSync(postgres.data)).toBe(false);
      postgres.changePassword(SUPERUSER_PASSWORD);
    });

    test('makes a data folder, and not from what an earlier try left', () => {
      mkdirSync(`${postgres.data}.new`);
      chmodSync(`${postgres.data}.new`, 0o777);
      writeFileSync(join(`${postgres.data}.new`, 'PG_VERSION'), '15\n');

      expect(postgres.initialize().status).toBe(0);
      expect(existsSync(join(postgres.data, 'global/pg_control'))).toBe(true);
      expect(existsSync(`${postgres.data}.new`)).toBe(false);
    });

    test('leaves what is there alone', () => {
      expect(postgres.initialize()).toEqual({ status: 0, text: '' });
    });

    test('refuses the data of another major', () => {
      writeFileSync(join(postgres.data, 'PG_VERSION'), '14\n');
      expect(postgres.initialize()).toMatchObject({ status: 1, text: expect.stringContaining('PostgreSQL 14') });
      writeFileSync(join(postgres.data, 'PG_VERSION'), '15\n');
    });
  });

  describe('once it runs', () => {
    beforeAll(async () => {
      postgres.initialize();
      postgres.start();
      await until(postgres.isReady, 30_000);
    });

    test('has the 16 documented settings, and nothing to complain about', () => {
      expect(postgres.query('SELECT name, error FROM pg_file_settings WHERE error IS NOT NULL')).toBe('');
      expect(postgres.query('SHOW max_connections')).toBe('1000');
      expect(postgres.query('SHOW shared_buffers')).toBe('1GB');
      expect(postgres.query('SHOW max_wal_size')).toBe('4GB');
      expect(postgres.query('SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL')).toBe('0');
      expect(postgres.query('SHOW data_checksums')).toBe('on');
    });

    test('is alive, and lets nobody in before there are roles', () => {
      expect(postgres.script('alive.sh')).toEqual({ status: 0, text: '' });
      expect(core().text).toContain('no pg_hba.conf entry');
    });

    test('makes a role and its database from a Secret, and says which Secret is missing', () => {
      postgres.secret('agent-core-main', CORE);

      expect(postgres.script('roles.sh', 'roles')).toEqual({ status: 0, text: 'missing: agent-rag-main' });
      expect(core("SELECT current_user || ' ' || current_database()")).toEqual({
        status: 0,
        text: 'agent-core alfred',
      });
    });

    test('says nothing the second time, and changes nothing', () => {
      postgres.secret('agent-rag-main', RAG);
      const roles = () =>
        postgres.query('SELECT rolname, rolcanlogin, rolsuper, rolcreatedb FROM pg_roles ORDER BY 1') +
        postgres.query('SELECT datname, datacl FROM pg_database ORDER BY 1') +
        postgres.query('SELECT nspname, nspacl FROM pg_namespace ORDER BY 1', 'alfred');
      expect(postgres.script('roles.sh', 'roles')).toEqual({ status: 0, text: '' });
      const before = roles();

      expect(postgres.script('roles.sh', 'roles')).toEqual({ status: 0, text: '' });
      expect(roles()).toBe(before);
    });

    test('a role creates tables of its own, and nothing beyond its database', () => {
      expect(core('CREATE TABLE notes (text text); INSERT INTO notes VALUES (1)').status).toBe(0);
      expect(core('CREATE DATABASE other').text).toContain('permission denied');
      expect(core('CREATE ROLE other').text).toContain('permission denied');
      expect(postgres.login(CORE.username, CORE.password, 'postgres').text).toContain('permission denied for database');
      expect(postgres.login(RAG.username, RAG.password, 'alfred', 'TABLE notes').text).toContain('permission denied');
    });

    test('passwords are asked for, and cross the network encrypted only', () => {
      expect(postgres.login(CORE.username, 'guess', 'alfred').text).toContain('password authentication failed');
      expect(core('SELECT 1', 'sslmode=disable').text).toContain('no pg_hba.conf entry');
      expect(core('SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()').text).toMatch(/^TLSv1\.[23]$/);
      expect(postgres.query("SELECT rolpassword ~ '^SCRAM-SHA-256' FROM pg_authid WHERE rolname = 'agent-core'")).toBe(
        't',
      );
    });

    test('the superuser comes in through a forwarded port, and not from elsewhere', () => {
      const root = postgres.login('postgres', SUPERUSER_PASSWORD, 'postgres', 'SELECT 1', 'sslmode=require');
      expect(root).toEqual({ status: 0, text: '1' });
      const rules = "SELECT address FROM pg_hba_file_rules WHERE user_name && '{postgres,all}' AND type LIKE 'host%'";
      expect(postgres.query(rules)).toBe('127.0.0.1\n::1');
    });

    test('statistics are read through the socket without a password, and nothing else', () => {
      const metrics = `SELECT rolpassword IS NULL AND pg_has_role(oid, 'pg_monitor', 'member') FROM pg_authid WHERE rolname = 'headroom_metrics'`;
      expect(postgres.query(metrics)).toBe('t');
      expect(
        postgres.query(
          "SELECT count(*) FROM pg_hba_file_rules WHERE 'headroom_metrics' = ANY (user_name) AND type = 'local'",
        ),
      ).toBe('1');
    });

    test('a changed password ends the old one', () => {
      postgres.secret('agent-rag-main', { password: 'rag-2\n' });
      expect(postgres.script('roles.sh', 'roles').status).toBe(0);
      expect(postgres.login(RAG.username, 'rag-2', 'alfred').status).toBe(0);
      expect(postgres.login(RAG.username, 'rag-1', 'alfred').text).toContain('password authentication failed');
    });

    test.each([
      { it: 'a superuser by its name', fields: { username: 'postgres' }, says: 'its username must be' },
      { it: 'a name of the server', fields: { username: 'pg_monitor' }, says: 'its username must be' },
      { it: 'the group itself', fields: { username: 'headroom_services' }, says: 'its username must be' },
      { it: 'a name with SQL in it', fields: { username: 'x"; DROP TABLE y' }, says: 'its username must be' },
      { it: 'a database of the server', fields: { dbname: 'template1' }, says: 'its dbname must be' },
      { it: 'a database with options', fields: { dbname: 'a host=b' }, says: 'its dbname must be' },
      { it: 'an empty password', fields: { password: '' }, says: 'its password must be one line of text' },
      { it: 'a password of two lines', fields: { password: 'a\nb' }, says: 'its password must be one line of text' },
    ])('refuses $it, and makes the others', ({ fields, says }) => {
      postgres.secret('agent-rag-main', { ...RAG, ...fields });
      const { status, text } = postgres.script('roles.sh', 'roles');

      expect({ status, text }).toMatchObject({ status: 1, text: expect.stringContaining(says) });
      expect(core().status).toBe(0);
      postgres.secret('agent-rag-main', RAG);
    });

    test('locks nobody while a Secret is missing; then whoever is no longer declared, with what they own kept', () => {
      postgres.query('CREATE ROLE "agent-old" LOGIN; GRANT headroom_services TO "agent-old"');
      const canLogin = () => postgres.query(`SELECT rolcanlogin FROM pg_roles WHERE rolname = 'agent-old'`);
      postgres.loseSecret('agent-rag-main');
      expect(postgres.script('roles.sh', 'roles').text).toBe('missing: agent-rag-main');
      expect(canLogin()).toBe('t');

      postgres.secret('agent-rag-main', RAG);
      expect(postgres.script('roles.sh', 'roles')).toEqual({ status: 0, text: '' });
      expect(canLogin()).toBe('f');
      expect(core().status).toBe(0);
    });

    test('no password is ever in its log, not even that of a statement that failed', () => {
      postgres.query('ALTER SYSTEM SET default_transaction_read_only = on');
      postgres.query("ALTER SYSTEM SET log_statement = 'all'");
      postgres.query('SELECT pg_reload_conf()');
      expect(postgres.script('roles.sh', 'roles')).toMatchObject({
        status: 1,
        text: expect.stringContaining('read-only'),
      });
      postgres.query('ALTER SYSTEM RESET ALL');
      postgres.query('SELECT pg_reload_conf()');

      expect(postgres.log).not.toContain(RAG.password);
      expect(postgres.log).not.toContain('c0re');
      expect(postgres.log).not.toContain("super''");
    });

    test('keeps roles while it runs: a Secret that comes later, a changed password, a renewed certificate', async () => {
      postgres.loseSecret('agent-rag-main');
      postgres.keep();
      await until(() => postgres.applied(), 20_000);

      postgres.secret('agent-rag-main', { ...RAG, password: 'rag-3' });
      await until(() => postgres.login(RAG.username, 'rag-3', 'alfred').status === 0, 20_000);

      postgres.certificate();
      // clients trust the new authority alone, which never vouched for the old certificate
      await until(() => core().status === 0, 20_000);
    });

    test('its data is there after a kill without warning', async () => {
      await postgres.kill();
      expect(postgres.initialize()).toEqual({ status: 0, text: '' });
      postgres.start();
      await until(postgres.isReady, 30_000);
      expect(core('TABLE notes').text).toBe('1');
    });

    test('stops at once, whoever is connected', async () => {
      const connected = () => postgres.query("SELECT count(*) FROM pg_stat_activity WHERE usename = 'agent-core'");
      const session = postgres.hold(CORE.username, CORE.password, 'alfred');
      await until(() => connected() === '1', 10_000);
      const stop = postgres.script('stop.sh');
      await Promise.all([session, postgres.ended()]);
      expect(stop).toMatchObject({ status: 0 });
      expect(postgres.log).toContain('received fast shutdown request');
      expect(postgres.script('alive.sh').status).toBe(1);
    });
  });
});
