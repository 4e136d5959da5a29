import { describe as inWords } from '../../../lib/check';
import { type PostgresServerSpec, postgresServerPlan } from '../../../lib/model/postgres/postgres-server';
import { inspectPostgresServer, POSTGRES_SERVER_CHECKS } from '../../../lib/model/postgres/postgres-server-checks';
import { Cpu, Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { ALFRED } from '../../support/postgres';

const valid: PostgresServerSpec = { kind: 'server', name: 'main', databaseName: 'shop', maxConnections: 100 };

const inspected = (spec: Partial<PostgresServerSpec>) => inspectPostgresServer('shop/main', { ...valid, ...spec });

describe('postgresServerPlan', () => {
  test('has the documented resources, a port and a volume unless told otherwise', () => {
    const { port, cpu, cpuLimit, memory, memoryRequest, sharedMemory, storage, objectName } = postgresServerPlan(valid);
    expect([port, objectName]).toEqual([5432, 'main']);
    expect([cpu, cpuLimit].map(String)).toEqual(['2', '4']);
    expect([memoryRequest, memory, sharedMemory, storage].map(String)).toEqual(['4Gi', '8Gi', '1Gi', '20Gi']);
  });

  test('keeps what is declared, also what no other store has', () => {
    const given: PostgresServerSpec = {
      ...valid,
      objectName: 'postgres',
      cpu: Cpu.millis(100),
      memory: Memory.gib(1),
      sharedMemory: Memory.mib(100),
      measuredRps: 2000,
    };
    expect(postgresServerPlan(given)).toMatchObject({ ...given, memoryRequest: Memory.gib(1), parameters: {} });
  });

  test('shares no less memory than a container has without being asked', () => {
    expect(`${postgresServerPlan({ ...valid, memory: Memory.mib(256) }).sharedMemory}`).toBe('64Mi');
  });
});

const broken: readonly [check: string, spec: Partial<PostgresServerSpec>][] = [
  ['postgres-server-database-is-allowed', { databaseName: '1shop' }],
  ['postgres-server-database-is-allowed', { databaseName: 'Postgres' }],
  ['postgres-server-database-is-allowed', { databaseName: 'template1' }],
  ['postgres-server-database-is-allowed', { databaseName: 'order' }],
  ['postgres-server-database-is-allowed', { databaseName: 'a-b' }],
  ['postgres-server-database-is-allowed', { databaseName: 'a'.repeat(64) }],
  ['postgres-server-role-password-version-counts', { rolePasswordVersion: 0 }],
  ['postgres-server-role-password-version-counts', { rolePasswordVersion: 1.5 }],
  ['postgres-server-role-password-version-counts', { rolePasswordVersion: Number.NaN }],
  ['postgres-server-shared-memory-is-in-range', { sharedMemory: Memory.bytes(64 * 2 ** 20 - 1) }],
  ['postgres-server-shared-memory-is-in-range', { sharedMemory: Memory.mib(4097) }],
  ['postgres-server-volume-holds-its-log', { storage: Memory.mib(3 * 1024 - 1) }],
  ['postgres-server-volume-holds-its-log', { parameters: { maxWalSize: Memory.gib(10) } }],
];

describe('POSTGRES_SERVER_CHECKS', () => {
  test.each(broken)('%s is reported for %j', (check, spec) => {
    expect(ids(inspected(spec))).toEqual([check]);
  });

  test.each<Partial<PostgresServerSpec>>([
    {},
    { databaseName: 'a'.repeat(63) },
    { sharedMemory: Memory.mib(64) },
    { sharedMemory: Memory.gib(4) },
    { storage: Memory.gib(3) },
    { parameters: { maxWalSize: Memory.gib(9) }, storage: Memory.gib(19) },
  ])('accepts %j', (spec) => {
    expect(ids(inspected(spec))).toEqual([]);
  });

  test.each([
    { it: 'all of it', sharedBuffers: Memory.gib(7), errors: ['postgres-server-starts-in-memory'] },
    { it: 'one page less', sharedBuffers: Memory.bytes(7 * 2 ** 30 - 8192), errors: [] },
  ])('buffers that leave $it beside what parallel workers share', ({ sharedBuffers, errors }) => {
    const found = inspected({ parameters: { sharedBuffers } }).filter(({ severity }) => severity === 'error');
    expect(ids(found)).toEqual(errors);
  });

  // 128Mi of buffers, 1Gi for workers and 3 x 64Mi for vacuum leave 6848Mi: 570 times 12Mi, and 8Mi more.
  test.each([
    { maxConnections: 570, found: [] },
    { maxConnections: 571, found: ['postgres-server-connections-fit-memory'] },
  ])('$maxConnections connections in 8Gi', ({ maxConnections, found }) => {
    expect(ids(inspected({ maxConnections }))).toEqual(found);
  });

  test("Alfred's thousand connections stay, and the sum that they are is a warning", () => {
    const findings = inspected(ALFRED);
    expect(findings.map(({ check, severity }) => [check, severity])).toEqual([
      ['postgres-server-connections-fit-memory', 'warning'],
    ]);
    expect(findings.map(inWords)).toEqual([
      'shop/main: maxConnections should fit memory, 8Gi, when all are used: shared buffers 1024Mi, parallel workers 1024Mi, ' +
        'vacuum 768Mi and 1000 times 8Mi and 4Mi to sort in are 14816Mi, got 1000; ' +
        'put a pooler in front, lower it, or take more memory [postgres-server-connections-fit-memory]',
    ]);
  });

  test('a number that is none is an error', () => {
    expect(ids(inspected({ maxConnections: Number.NaN }))).toContain('postgres-parameter-is-in-range');
    expect(ids(inspected({ maxConnections: Number.NaN }))).toContain('postgres-server-connections-fit-memory');
  });

  test('reports what every store is asked, and what parameters are', () => {
    expect(ids(inspected({ port: 80 }))).toEqual(['store-port-is-unprivileged']);
    expect(ids(inspected({ maxConnections: 5 }))).toEqual(['postgres-parameter-is-in-range']);
    expect(ids(inspected({ parameters: { maxParallelWorkers: 9 } }))).toEqual([
      'postgres-parallel-workers-have-processes',
    ]);
  });

  test('every check has a failing row', () => {
    const rows = broken.map(([check]) => check);
    const others = ['postgres-server-starts-in-memory', 'postgres-server-connections-fit-memory'];
    expect([...new Set([...rows, ...others])].sort()).toEqual(allIds(POSTGRES_SERVER_CHECKS));
  });
});
