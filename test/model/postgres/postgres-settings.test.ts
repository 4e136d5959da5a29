import { postgresSettings, settingAmount } from '../../../lib/model/postgres/postgres-settings';
import { Duration, Memory } from '../../../lib/units';

test('a setting knows where it was declared and what the server calls it', () => {
  const [connections, timeout] = postgresSettings({
    maxConnections: 100,
    parameters: { idleInTransactionSessionTimeout: Duration.minutes(5) },
  });
  expect(connections).toEqual({ prop: 'maxConnections', name: 'max_connections', value: 100 });
  expect(timeout).toEqual({
    prop: 'parameters.idleInTransactionSessionTimeout',
    name: 'idle_in_transaction_session_timeout',
    value: Duration.minutes(5),
  });
});

test('zero is declared, absence is not', () => {
  expect(postgresSettings({ maxConnections: 100, parameters: { maxParallelWorkers: 0 } })).toHaveLength(2);
  expect(postgresSettings({ maxConnections: 100 })).toHaveLength(1);
});

test.each([
  { name: 'shared_buffers', value: Memory.gib(8), amount: 1_048_576 },
  { name: 'work_mem', value: Memory.mib(4), amount: 4096 },
  { name: 'max_wal_size', value: Memory.gib(4), amount: 4096 },
  { name: 'statement_timeout', value: Duration.seconds(30), amount: 30_000 },
  { name: 'checkpoint_completion_target', value: 0.9, amount: 0.9 },
  { name: 'shared_buffers', value: Memory.kib(12), amount: 1.5 },
] as const)('$value of $name is $amount of its units', ({ name, value, amount }) => {
  expect(settingAmount({ prop: 'parameters', name, value })).toBe(amount);
});
