import { postgresFlags, postgresqlConf, rdsParameters } from '../../lib/config/postgres-parameters';
import { Duration, Memory } from '../../lib/units';
import { ALFRED } from '../support/postgres';

const rows = [
  { name: 'max_connections', rds: '1000', conf: '1000', method: 'pending-reboot' },
  { name: 'shared_buffers', rds: '131072', conf: '1GB', method: 'pending-reboot' },
  { name: 'effective_cache_size', rds: '393216', conf: '3GB', method: 'immediate' },
  { name: 'maintenance_work_mem', rds: '262144', conf: '256MB', method: 'immediate' },
  { name: 'work_mem', rds: '4096', conf: '4MB', method: 'immediate' },
  { name: 'wal_buffers', rds: '2048', conf: '16MB', method: 'pending-reboot' },
  { name: 'min_wal_size', rds: '1024', conf: '1GB', method: 'immediate' },
  { name: 'max_wal_size', rds: '4096', conf: '4GB', method: 'immediate' },
  { name: 'checkpoint_completion_target', rds: '0.9', conf: '0.9', method: 'immediate' },
  { name: 'default_statistics_target', rds: '100', conf: '100', method: 'immediate' },
  { name: 'random_page_cost', rds: '1.1', conf: '1.1', method: 'immediate' },
  { name: 'effective_io_concurrency', rds: '200', conf: '200', method: 'immediate' },
  { name: 'max_worker_processes', rds: '8', conf: '8', method: 'pending-reboot' },
  { name: 'max_parallel_workers', rds: '8', conf: '8', method: 'immediate' },
  { name: 'max_parallel_workers_per_gather', rds: '4', conf: '4', method: 'immediate' },
  { name: 'max_parallel_maintenance_workers', rds: '4', conf: '4', method: 'immediate' },
];

describe('the 16 settings of document 003', () => {
  test.each(rows)('$name is $rds to RDS, applied $method', ({ name, rds, method }) => {
    expect(rdsParameters(ALFRED)).toContainEqual({ name, value: rds, applyMethod: method });
  });

  test.each(rows)('$name is $conf in postgresql.conf and among the flags', ({ name, conf }) => {
    expect(postgresqlConf(ALFRED).split('\n')).toContain(`${name} = ${conf}`);
    expect(postgresFlags(ALFRED)).toContain(`${name}=${conf}`);
  });

  test('are all there is, each once', () => {
    const names = rows.map(({ name }) => name);
    expect(rdsParameters(ALFRED).map(({ name }) => name)).toEqual(names);
    expect(postgresqlConf(ALFRED).trimEnd().split('\n')).toHaveLength(names.length);
    expect(postgresFlags(ALFRED).filter((flag) => flag === '-c')).toHaveLength(names.length);
  });

  test('each flag is announced by -c', () => {
    expect(postgresFlags({ maxConnections: 100 })).toEqual(['-c', 'max_connections=100']);
  });
});

describe('units', () => {
  test.each([
    { it: 'whole minutes are min, not m', timeout: Duration.minutes(5), conf: '5min', rds: '300000' },
    { it: 'whole hours are h', timeout: Duration.hours(2), conf: '2h', rds: '7200000' },
    { it: 'whole seconds are s', timeout: Duration.seconds(90), conf: '90s', rds: '90000' },
    { it: 'the rest is ms', timeout: Duration.millis(1500), conf: '1500ms', rds: '1500' },
    { it: 'nothing at all is 0 ms', timeout: Duration.millis(0), conf: '0ms', rds: '0' },
  ])('$it', ({ timeout, conf, rds }) => {
    const tuning = { maxConnections: 100, parameters: { statementTimeout: timeout } };
    expect(postgresqlConf(tuning)).toBe(`max_connections = 100\nstatement_timeout = ${conf}\n`);
    expect(rdsParameters(tuning)[1]?.value).toBe(rds);
  });

  test.each([
    { it: 'part of a GiB is MB', workMem: Memory.mib(1536), conf: '1536MB' },
    { it: 'part of a MiB is kB', workMem: Memory.kib(5242), conf: '5242kB' },
  ])('$it', ({ workMem, conf }) => {
    expect(postgresqlConf({ maxConnections: 100, parameters: { workMem } })).toContain(`work_mem = ${conf}\n`);
  });
});

test('the order of a declaration does not matter', () => {
  const backwards = Object.fromEntries(Object.entries(ALFRED.parameters ?? {}).reverse());
  expect(postgresqlConf({ ...ALFRED, parameters: backwards })).toBe(postgresqlConf(ALFRED));
});
