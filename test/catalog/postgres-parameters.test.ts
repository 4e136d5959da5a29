import { POSTGRES_PARAMETERS } from '../../lib/catalog/postgres-parameters';

const facts = Object.entries(POSTGRES_PARAMETERS.facts);

test('facts carry the day they were read and where', () => {
  expect(POSTGRES_PARAMETERS.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(POSTGRES_PARAMETERS.source).not.toBe('');
});

test.each(facts)('%s has a range that holds something', (_, { min, max }) => {
  expect(min).toBeLessThan(max);
});

test('what only RDS knows starts with rds.', () => {
  const own = facts.filter(([name]) => name.includes('.')).map(([name, { unit, min, max }]) => [name, unit, min, max]);
  expect(own).toEqual([
    ['rds.force_ssl', 'switch', 0, 1],
    ['rds.log_retention_period', 'min', 1440, 10_080],
  ]);
});

test('each bound of the WAL holds two segments of the 64 MB that RDS makes', () => {
  expect(POSTGRES_PARAMETERS.facts.min_wal_size.min).toBe(128);
  expect(POSTGRES_PARAMETERS.facts.max_wal_size.min).toBe(128);
  expect(POSTGRES_PARAMETERS.facts.max_slot_wal_keep_size).toEqual({
    unit: 'MB',
    apply: 'dynamic',
    min: 128,
    max: 2_147_483_647,
  });
});
