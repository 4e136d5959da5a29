import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresFlags } from '../../lib/config/postgres-parameters';
import type { PostgresParameters } from '../../lib/model/postgres/postgres';
import { inspectReplica } from '../../lib/model/postgres/postgres-replica';
import { Memory } from '../../lib/units';
import { DECLARED } from '../support/postgres';
import { REPLICA } from '../support/postgres-replica';

const ROOT = '/usr/lib/postgresql';
const releases = existsSync(ROOT)
  ? readdirSync(ROOT).filter((name) => existsSync(join(ROOT, name, 'bin/pg_basebackup')))
  : [];
const release = releases.find((name) => Number(name) >= 14);
const describeWith = release === undefined ? describe.skip : describe;

/** The server refuses root, so that root becomes `postgres` first. */
function run(program: string, ...args: readonly string[]): string {
  const path = join(ROOT, release ?? '', 'bin', program);
  const [file, all] = process.getuid?.() === 0 ? ['runuser', ['-u', 'postgres', '--', path, ...args]] : [path, args];
  return execFileSync(file, all, {
    encoding: 'utf8',
    timeout: 30_000,
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const PARAMETERS = {
  sharedBuffers: Memory.mib(16),
  maxWorkerProcesses: 9,
  maxWalSenders: 5,
  maxPreparedTransactions: 3,
  maxLocksPerTransaction: 70,
} as const satisfies PostgresParameters;

const TUNING = { maxConnections: 30, parameters: PARAMETERS };

describeWith('PostgreSQL that follows another', () => {
  const ports = { primary: '5461', replica: '5462' };
  let folder = '';
  const at = (name: string) => join(folder, name);

  function start(server: keyof typeof ports, flags: readonly string[]): void {
    const place = ['-c', 'listen_addresses=', '-c', `port=${ports[server]}`, '-c', `unix_socket_directories=${folder}`];
    const options = [...place, ...flags].join(' ');
    run('pg_ctl', '-D', at(server), '-w', '-t', '20', '-l', at(`${server}.log`), '-o', options, 'start');
  }

  const stop = (server: keyof typeof ports) => run('pg_ctl', '-D', at(server), '-m', 'immediate', '-w', 'stop');

  const query = (server: keyof typeof ports, sql: string) =>
    run('psql', '-h', folder, '-p', ports[server], '-U', 'postgres', '-Atc', sql, 'postgres').trim();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'headroom-replica-'));
    chmodSync(folder, 0o777);
    run('initdb', '-D', at('primary'), '-U', 'postgres', '-A', 'trust', '--no-sync', '--locale', 'C');
    start('primary', postgresFlags(TUNING));
    run('pg_basebackup', '-h', folder, '-p', ports.primary, '-U', 'postgres', '-D', at('replica'), '-R', '--no-sync');
  }, 60_000);

  afterAll(() => {
    stop('primary');
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const primary = { ...DECLARED, ...TUNING };
  const room = (replica: Partial<typeof TUNING> | object) =>
    inspectReplica('r', { ...REPLICA, ...TUNING, ...replica }, primary).filter(
      ({ check }) => check === 'postgres-replica-has-its-primarys-room',
    );

  test('starts with the settings of its primary, reads, and refuses to write', () => {
    expect(room({})).toEqual([]);
    start('replica', postgresFlags(TUNING));
    try {
      expect(query('replica', 'select pg_is_in_recovery()')).toBe('t');
      expect(() => query('replica', 'create table t (x int)')).toThrow(/read-only transaction/);
    } finally {
      stop('replica');
    }
  }, 60_000);

  test.each<{ name: string; less: object }>([
    { name: 'max_connections', less: { maxConnections: 29 } },
    ...(['maxWorkerProcesses', 'maxWalSenders', 'maxPreparedTransactions', 'maxLocksPerTransaction'] as const).map(
      (prop) => ({
        name: prop.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        less: { parameters: { ...PARAMETERS, [prop]: PARAMETERS[prop] - 1 } },
      }),
    ),
  ])(
    'does not start with less $name, and inspection says so before',
    ({ name, less }) => {
      expect(room(less)).toHaveLength(1);
      rmSync(at('replica.log'), { force: true });
      expect(() => start('replica', postgresFlags({ ...TUNING, ...less }))).toThrow();
      const log = readFileSync(at('replica.log'), 'utf8');
      expect(log).toContain('insufficient parameter settings');
      expect(log).toContain(name);
    },
    60_000,
  );

  test('starts with more than its primary has', () => {
    const more = { maxConnections: 31, parameters: { ...PARAMETERS, maxWalSenders: 6, maxLocksPerTransaction: 71 } };
    expect(room(more)).toEqual([]);
    start('replica', postgresFlags(more));
    try {
      expect(query('replica', 'show max_wal_senders')).toBe('6');
    } finally {
      stop('replica');
    }
  }, 60_000);
});
