import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES_PARAMETERS } from '../../lib/catalog/postgres-parameters';
import { postgresFlags, postgresqlConf } from '../../lib/config/postgres-parameters';
import { postgresSettings, settingAmount } from '../../lib/model/postgres/postgres-settings';
import { Memory } from '../../lib/units';
import { ALFRED } from '../support/postgres';

const ROOT = '/usr/lib/postgresql';
const releases = existsSync(ROOT)
  ? readdirSync(ROOT).filter((name) => existsSync(join(ROOT, name, 'bin/postgres')))
  : [];
const release = releases.includes('15') ? '15' : undefined;
const describeWith = release === undefined ? describe.skip : describe;

const isRoot = process.getuid?.() === 0;

/** The server refuses root, so that root becomes `postgres` first. */
function run(program: string, ...args: readonly string[]): string {
  const path = join(ROOT, release ?? '', 'bin', program);
  const [file, all] = isRoot ? ['runuser', ['-u', 'postgres', '--', path, ...args]] : [path, args];
  return execFileSync(file, all, {
    encoding: 'utf8',
    timeout: 30_000,
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

interface ServerFact {
  readonly name: string;
  readonly setting: string;
  readonly unit: string;
  readonly context: string;
  readonly min: number;
  readonly max: number;
}

describeWith('PostgreSQL 15', () => {
  const home = join(tmpdir(), 'headroom-postgres-');
  let folder = '';
  let data = '';

  beforeAll(() => {
    folder = mkdtempSync(home);
    chmodSync(folder, 0o777);
    data = join(folder, 'data');
    run('initdb', '-D', data, '-A', 'trust', '--no-sync', '--encoding', 'UTF8', '--locale', 'C');
    writeFileSync(join(data, 'postgresql.conf'), postgresqlConf(ALFRED));
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    { name: 'max_connections', value: '1000' },
    { name: 'shared_buffers', value: '131072' },
    { name: 'effective_cache_size', value: '393216' },
    { name: 'maintenance_work_mem', value: '262144' },
    { name: 'checkpoint_completion_target', value: '0.9' },
    { name: 'wal_buffers', value: '2048' },
    { name: 'default_statistics_target', value: '100' },
    { name: 'random_page_cost', value: '1.1' },
    { name: 'effective_io_concurrency', value: '200' },
    { name: 'work_mem', value: '4096' },
    { name: 'min_wal_size', value: '1024' },
    { name: 'max_wal_size', value: '4096' },
    { name: 'max_worker_processes', value: '8' },
    { name: 'max_parallel_workers_per_gather', value: '4' },
    { name: 'max_parallel_workers', value: '8' },
    { name: 'max_parallel_maintenance_workers', value: '4' },
  ])('reads $name as $value from the rendered file', ({ name, value }) => {
    expect(run('postgres', '-D', data, '-C', name).trim()).toBe(value);
  });

  test('reads rendered flags, which go before the file', () => {
    const flags = postgresFlags({ maxConnections: 77, parameters: { maxWalSize: Memory.gib(2) } });
    expect(run('postgres', '-D', data, ...flags, '-C', 'max_connections').trim()).toBe('77');
    expect(run('postgres', '-D', data, ...flags, '-C', 'max_wal_size').trim()).toBe('2048');
  });

  describe('running with the rendered file', () => {
    const facts = new Map<string, ServerFact>();

    const query = (sql: string) =>
      run('psql', '-h', folder, '-p', '5439', '-U', 'postgres', '-AtF', '|', '-c', sql, 'postgres');

    beforeAll(() => {
      const options = `-c listen_addresses= -c port=5439 -c unix_socket_directories=${folder}`;
      run('pg_ctl', '-D', data, '-w', '-t', '25', '-l', join(folder, 'log'), '-o', options, 'start');
      const rows = query('select name, setting, unit, context, min_val, max_val from pg_settings').trim().split('\n');
      for (const row of rows) {
        const [name = '', setting = '', unit = '', context = '', min = '', max = ''] = row.split('|');
        facts.set(name, { name, setting, unit, context, min: Number(min), max: Number(max) });
      }
    }, 60_000);

    afterAll(() => {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
    }, 60_000);

    test('has nothing to complain about in it', () => {
      expect(query('select name, error from pg_file_settings where error is not null').trim()).toBe('');
    });

    test('holds the numbers that RDS would be given', () => {
      const declared = postgresSettings(ALFRED);
      const held = declared.map(({ name }) => [name, Number(facts.get(name)?.setting)]);
      expect(held).toEqual(declared.map((setting) => [setting.name, settingAmount(setting)]));
    });

    const typed = Object.entries(POSTGRES_PARAMETERS.facts).filter(([name]) => !name.startsWith('rds.'));

    test.each(typed)('agrees with the catalog on %s', (name, { unit, apply, min, max }) => {
      const fact = facts.get(name);
      const counted = ['8kB', 'kB', 'MB', 'ms'].includes(unit);
      expect(fact?.unit).toBe(counted ? unit : '');
      expect(fact?.context === 'postmaster' ? 'static' : 'dynamic').toBe(apply);
      if (unit === 'switch' || unit === 'list') return;
      expect(min).toBeGreaterThanOrEqual(fact?.min ?? Number.NaN);
      expect(max).toBeLessThanOrEqual(fact?.max ?? Number.NaN);
    });
  });
});
