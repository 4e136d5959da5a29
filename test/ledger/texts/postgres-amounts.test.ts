import { postgresBytes } from '../../../lib/ledger/texts/postgres-amounts';

const MIB = 2 ** 20;

/** Memory that formulas reckon with in these rows. */
const MEMORY = 8192 * MIB;

test.each([
  { it: 'gigabytes are binary', parameter: 'shared_buffers', written: '1GB', expected: 1024 * MIB },
  { it: 'megabytes', parameter: 'work_mem', written: '4MB', expected: 4 * MIB },
  { it: 'a space before the unit', parameter: 'work_mem', written: '4 MB', expected: 4 * MIB },
  { it: 'kilobytes', parameter: 'work_mem', written: '64kB', expected: 65_536 },
  { it: 'bytes', parameter: 'work_mem', written: '1048576B', expected: MIB },
  {
    it: 'a bare number of shared_buffers counts pages of 8 kB',
    parameter: 'shared_buffers',
    written: '16384',
    expected: 128 * MIB,
  },
  { it: 'a bare number of work_mem counts kB', parameter: 'work_mem', written: '4096', expected: 4 * MIB },
  {
    it: 'a bare number of maintenance_work_mem counts kB',
    parameter: 'maintenance_work_mem',
    written: '65536',
    expected: 64 * MIB,
  },
  {
    it: 'a formula of RDS counts in the same unit',
    parameter: 'shared_buffers',
    written: '{DBInstanceClassMemory/32768}',
    expected: 2048 * MIB,
  },
  {
    it: 'nothing is divided by zero',
    parameter: 'shared_buffers',
    written: '{DBInstanceClassMemory/0}',
    expected: undefined,
  },
  {
    it: 'another formula is not understood',
    parameter: 'shared_buffers',
    written: 'GREATEST({DBInstanceClassMemory/32768},1)',
    expected: undefined,
  },
  {
    it: 'lower-case megabytes are refused, as PostgreSQL does',
    parameter: 'work_mem',
    written: '4mb',
    expected: undefined,
  },
  { it: 'a negative number', parameter: 'autovacuum_work_mem', written: '-1', expected: undefined },
  { it: 'no text', parameter: 'work_mem', written: '', expected: undefined },
])('$it: $written', ({ parameter, written, expected }) => {
  expect(postgresBytes(parameter, written, MEMORY)).toBe(expected);
});
