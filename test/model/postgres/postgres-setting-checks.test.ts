import { inspect } from '../../../lib/check';
import { type PostgresParameters, postgresPlan } from '../../../lib/model/postgres/postgres';
import { inspectPostgres } from '../../../lib/model/postgres/postgres-checks';
import {
  defaultMaxConnections,
  POSTGRES_MEMORY_CHECKS,
  POSTGRES_RELATION_CHECKS,
  POSTGRES_SETTING_CHECKS,
} from '../../../lib/model/postgres/postgres-setting-checks';
import { Duration, Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { ALFRED, DECLARED, TODAY } from '../../support/postgres';

const findings = (parameters: PostgresParameters, maxConnections = 1000) =>
  inspectPostgres('acgs/main', { ...DECLARED, maxConnections, parameters }, TODAY);

/** Twice 2147483647 of them is too much for an INT. */
const TOO_LONG = Duration.millis(2_147_483_648);

const broken: { check: string; it: string; parameters: PostgresParameters; maxConnections?: number }[] = [
  { check: 'postgres-parameter-is-in-range', it: 'five connections', parameters: {}, maxConnections: 5 },
  { check: 'postgres-parameter-is-in-range', it: 'NaN connections', parameters: {}, maxConnections: Number.NaN },
  { check: 'postgres-parameter-is-in-range', it: '15 pages', parameters: { sharedBuffers: Memory.kib(120) } },
  { check: 'postgres-parameter-is-in-range', it: '63 kB of work_mem', parameters: { workMem: Memory.kib(63) } },
  { check: 'postgres-parameter-is-in-range', it: '1023 kB', parameters: { maintenanceWorkMem: Memory.kib(1023) } },
  { check: 'postgres-parameter-is-in-range', it: '2 GiB and a page', parameters: { walBuffers: Memory.gib(2) } },
  { check: 'postgres-parameter-is-in-range', it: 'one WAL segment', parameters: { minWalSize: Memory.mib(64) } },
  { check: 'postgres-parameter-is-in-range', it: '127 MB', parameters: { maxWalSize: Memory.mib(127) } },
  { check: 'postgres-parameter-is-in-range', it: 'no cache', parameters: { effectiveCacheSize: Memory.bytes(0) } },
  { check: 'postgres-parameter-is-in-range', it: 'above 1', parameters: { checkpointCompletionTarget: 1.01 } },
  { check: 'postgres-parameter-is-in-range', it: 'no samples', parameters: { defaultStatisticsTarget: 0 } },
  { check: 'postgres-parameter-is-in-range', it: '10001 samples', parameters: { defaultStatisticsTarget: 10_001 } },
  { check: 'postgres-parameter-is-in-range', it: 'a negative cost', parameters: { randomPageCost: -0.1 } },
  { check: 'postgres-parameter-is-in-range', it: 'a cost of NaN', parameters: { randomPageCost: Number.NaN } },
  { check: 'postgres-parameter-is-in-range', it: '1001 reads', parameters: { effectiveIoConcurrency: 1001 } },
  { check: 'postgres-parameter-is-in-range', it: 'many processes', parameters: { maxWorkerProcesses: 262_144 } },
  {
    check: 'postgres-parameter-is-in-range',
    it: '1025 for builds',
    parameters: { maxParallelMaintenanceWorkers: 1025 },
  },
  { check: 'postgres-parameter-is-in-range', it: 'a month to log', parameters: { logMinDurationStatement: TOO_LONG } },
  {
    check: 'postgres-parameter-is-in-range',
    it: 'a month to idle',
    parameters: { idleInTransactionSessionTimeout: TOO_LONG },
  },
  { check: 'postgres-parameter-is-in-range', it: 'a month to run', parameters: { statementTimeout: TOO_LONG } },
  { check: 'postgres-parameter-is-whole', it: 'half a page', parameters: { sharedBuffers: Memory.kib(8196) } },
  { check: 'postgres-parameter-is-whole', it: 'half a MB', parameters: { maxWalSize: Memory.kib(1_048_576 + 512) } },
  { check: 'postgres-parameter-is-whole', it: 'half a process', parameters: { maxWorkerProcesses: 8.5 } },
  { check: 'postgres-parameter-is-whole', it: 'half a connection', parameters: {}, maxConnections: 100.5 },
  { check: 'postgres-connections-fit-memory', it: 'one above 3604', parameters: {}, maxConnections: 3605 },
  { check: 'postgres-starts-in-memory', it: 'all of 32 GiB', parameters: { sharedBuffers: Memory.gib(32) } },
  { check: 'postgres-leaves-memory-to-the-system', it: '13 of 32 GiB', parameters: { sharedBuffers: Memory.gib(13) } },
  { check: 'postgres-sorts-fit-memory', it: '1000 x 25 MiB beside 8 GiB', parameters: { workMem: Memory.mib(25) } },
  {
    check: 'postgres-wal-bounds-are-ordered',
    it: '2 GiB above 1 GiB',
    parameters: { minWalSize: Memory.gib(2), maxWalSize: Memory.gib(1) },
  },
  {
    check: 'postgres-parallel-workers-have-processes',
    it: '9 of the 8 there are',
    parameters: { maxParallelWorkers: 9 },
  },
  {
    check: 'postgres-parallel-workers-have-processes',
    it: '5 of 4',
    parameters: { maxParallelWorkers: 5, maxWorkerProcesses: 4 },
  },
  {
    check: 'postgres-gathers-have-parallel-workers',
    it: '9 of the 8 there are',
    parameters: { maxParallelWorkersPerGather: 9 },
  },
  {
    check: 'postgres-gathers-have-parallel-workers',
    it: '5 of 4',
    parameters: { maxParallelWorkersPerGather: 5, maxParallelWorkers: 4 },
  },
];

test.each(broken)('fails $check: $it', ({ check, parameters, maxConnections }) => {
  expect(ids(findings(parameters, maxConnections))).toContain(check);
});

test('every check has a failing row', () => {
  const tables = allIds(POSTGRES_SETTING_CHECKS, POSTGRES_MEMORY_CHECKS, POSTGRES_RELATION_CHECKS);
  expect([...new Set(broken.map(({ check }) => check))].sort()).toEqual(tables);
});

test.each<{ it: string; parameters: PostgresParameters; maxConnections?: number }>([
  { it: 'the settings of Alfred', parameters: ALFRED.parameters ?? {} },
  { it: 'the fewest connections', parameters: {}, maxConnections: 6 },
  { it: 'as many connections as RDS would allow', parameters: { workMem: Memory.kib(64) }, maxConnections: 3604 },
  { it: '16 pages', parameters: { sharedBuffers: Memory.kib(128) } },
  { it: '40 % of memory, down to a page', parameters: { sharedBuffers: Memory.kib(13_421_768) } },
  { it: '1000 sorts of 24 MiB beside 8 GiB', parameters: { workMem: Memory.mib(24) } },
  { it: 'no buffers for the log', parameters: { walBuffers: Memory.bytes(0) } },
  { it: 'two WAL segments', parameters: { minWalSize: Memory.mib(128), maxWalSize: Memory.mib(128) } },
  { it: 'the whole interval', parameters: { checkpointCompletionTarget: 1 } },
  { it: 'no spread', parameters: { checkpointCompletionTarget: 0 } },
  { it: 'a free random page', parameters: { randomPageCost: 0 } },
  { it: '1000 reads', parameters: { effectiveIoConcurrency: 1000 } },
  { it: 'as many parallel workers as processes', parameters: { maxParallelWorkers: 16, maxWorkerProcesses: 16 } },
  { it: 'as many gathers as workers', parameters: { maxParallelWorkers: 4, maxParallelWorkersPerGather: 4 } },
  { it: 'as many parallel workers as there are processes by default', parameters: { maxParallelWorkers: 8 } },
  { it: 'one less', parameters: { maxParallelWorkers: 7 } },
  { it: 'as many gathers as there are workers by default', parameters: { maxParallelWorkersPerGather: 8 } },
  { it: 'all statements logged', parameters: { logMinDurationStatement: Duration.millis(0) } },
])('accepts $it', ({ parameters, maxConnections }) => {
  expect(findings(parameters, maxConnections)).toEqual([]);
});

test.each([
  { connections: 6143, fits: true },
  { connections: 6144, fits: true },
  { connections: 6145, fits: false },
])('$connections sorts of 4 MiB, as the engine has by itself, beside 8 of 32 GiB', ({ connections, fits }) => {
  expect(ids(findings({}, connections)).includes('postgres-sorts-fit-memory')).toBe(!fits);
});

describe('the number of connections', () => {
  test.each([
    { gib: 1, connections: 112 },
    { gib: 4, connections: 450 },
    { gib: 8, connections: 901 },
    { gib: 32, connections: 3604 },
    { gib: 44, connections: 4956 },
    { gib: 45, connections: 5000 },
    { gib: 64, connections: 5000 },
  ])('RDS allows $connections in $gib GiB', ({ gib, connections }) => {
    expect(defaultMaxConnections(Memory.gib(gib))).toBe(connections);
  });

  test('1000 in the 8 GiB of document 003 is warned about, with the sum', () => {
    const plan = postgresPlan({ ...DECLARED, ...ALFRED });
    const [finding, ...others] = inspect('alfred/db', { plan, memory: Memory.gib(8) }, POSTGRES_MEMORY_CHECKS);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      check: 'postgres-connections-fit-memory',
      severity: 'warning',
      prop: 'maxConnections',
      rule: 'should be at most 901: 8Gi / 9531392 bytes, never above 5000',
      received: '1000',
    });
  });
});

test('a finding names the declared property, its range with the unit and the value', () => {
  expect(findings({ workMem: Memory.kib(63) })).toEqual([
    expect.objectContaining({
      path: 'acgs/main',
      prop: 'parameters.workMem',
      rule: 'must be from 64 to 2147483647 kB',
      received: '63Ki',
      severity: 'error',
    }),
  ]);
});

test('only a server that cannot start is an error; what it may run out of is a warning', () => {
  const severities = new Map(
    [...POSTGRES_MEMORY_CHECKS, ...POSTGRES_RELATION_CHECKS].map(({ id, severity = 'error' }) => [id, severity]),
  );
  expect([...severities].filter(([, severity]) => severity === 'error').map(([id]) => id)).toEqual([
    'postgres-starts-in-memory',
  ]);
});
