import {
  PostgresParameterGroup,
  type PostgresParameterGroupProps,
} from '../../../lib/aws/database/postgres-parameter-group';
import { Duration } from '../../../lib/units';
import { ALFRED } from '../../support/postgres';
import { type Block, onlyResource, terraform } from '../../support/terraform';

const group = (parts: Partial<PostgresParameterGroupProps> = {}): Block =>
  onlyResource(
    terraform((stack) => {
      new PostgresParameterGroup(stack, 'Parameters', {
        namePrefix: 'acgs',
        major: '15',
        maxConnections: 1000,
        ...parts,
      });
    }),
    'aws_db_parameter_group',
  );

const values = (block: Block): Record<string, string> =>
  Object.fromEntries(block.parameter.map(({ name, value }: Block) => [name, value]));

test('every group forces TLS, loads pg_stat_statements and logs what waits or takes a second', () => {
  expect(values(group())).toEqual({
    max_connections: '1000',
    'rds.force_ssl': '1',
    shared_preload_libraries: 'pg_stat_statements',
    log_lock_waits: '1',
    log_min_duration_statement: '1000',
  });
});

test('a declared value takes the place of a default, once', () => {
  const block = group({ parameters: { logMinDurationStatement: Duration.millis(250) } });
  const named = block.parameter.filter(({ name }: Block) => name === 'log_min_duration_statement');
  expect(named.map(({ value }: Block) => value)).toEqual(['250']);
});

test('what a restart must bring is left to the restart, the rest applies at once', () => {
  const waiting = group(ALFRED)
    .parameter.filter(({ apply_method }: Block) => apply_method === 'pending-reboot')
    .map(({ name }: Block) => name);
  expect(waiting.sort()).toEqual([
    'max_connections',
    'max_worker_processes',
    'rds.force_ssl',
    'shared_buffers',
    'shared_preload_libraries',
    'wal_buffers',
  ]);
  expect(group(ALFRED).parameter).toHaveLength(20);
});

test('what RDS has at its default is sent as RDS reports it, or every plan would differ', () => {
  const [tls] = group().parameter.filter(({ name }: Block) => name === 'rds.force_ssl');
  expect(tls).toEqual({ name: 'rds.force_ssl', value: '1', apply_method: 'pending-reboot' });
});

test('no statement is logged by its kind, for CREATE ROLE holds a password', () => {
  expect(values(group(ALFRED))).not.toHaveProperty('log_statement');
});

test('the family follows the major, and a new one exists before the old one goes', () => {
  expect(group({ major: '17' })).toMatchObject({
    family: 'postgres17',
    name_prefix: 'acgs-pg17-',
    lifecycle: { create_before_destroy: true },
  });
});

test('the old one is left behind, for the instance uses it until its maintenance window', () => {
  expect(group().skip_destroy).toBe(true);
});
