import { type VectorDatabaseSpec, vectorDatabasePlan } from '../../../lib/model/vector/vector-database';
import { inspectVectorDatabase, VECTOR_DATABASE_CHECKS } from '../../../lib/model/vector/vector-database-checks';
import { Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const inspected = (spec: Partial<VectorDatabaseSpec>) =>
  ids(inspectVectorDatabase('shop/vectors', { name: 'vectors', ...spec }));

describe('vectorDatabasePlan', () => {
  test('has the documented resources unless told otherwise, and room for a full snapshot', () => {
    const plan = vectorDatabasePlan({ name: 'vectors', storage: Memory.gib(50) });
    expect([plan.cpu, plan.cpuLimit].map(String)).toEqual(['1', '2']);
    expect([plan.memoryRequest, plan.memory, plan.storage, plan.snapshots].map(String)).toEqual([
      '2Gi',
      '4Gi',
      '50Gi',
      '50Gi',
    ]);
    expect(plan).toMatchObject({ port: 6333, grpcPort: 6334 });
  });

  test('keeps what is declared', () => {
    const given: VectorDatabaseSpec = { name: 'vectors', grpcPort: 7000, snapshots: Memory.gib(30), nodes: 'stateful' };
    expect(vectorDatabasePlan(given)).toMatchObject(given);
  });
});

const broken: readonly [check: string, spec: Partial<VectorDatabaseSpec>][] = [
  ['vector-database-grpc-port-is-unprivileged', { grpcPort: 1023 }],
  ['vector-database-grpc-port-is-unprivileged', { grpcPort: 65_536 }],
  ['vector-database-grpc-port-is-unprivileged', { grpcPort: Number.NaN }],
  ['vector-database-ports-differ', { grpcPort: 6333 }],
  ['vector-database-ports-differ', { port: 6334 }],
  ['vector-database-ports-differ', { port: 6336 }],
  ['vector-database-ports-differ', { grpcPort: 6336 }],
  ['vector-database-snapshot-volume-is-offered', { snapshots: Memory.gib(16_385) }],
  ['vector-database-snapshots-hold-the-data', { snapshots: Memory.mib(20 * 1024 - 1) }],
];

describe('VECTOR_DATABASE_CHECKS', () => {
  test.each(broken)('%s is reported for %j', (check, spec) => {
    expect(inspected(spec)).toEqual([check]);
  });

  test('a port that is taken is named', () => {
    const prop = (spec: Partial<VectorDatabaseSpec>) => inspectVectorDatabase('a', { name: 'a', ...spec })[0]?.prop;
    expect(prop({ port: 6336 })).toBe('port');
    expect(prop({ grpcPort: 6336 })).toBe('grpcPort');
  });

  test.each<Partial<VectorDatabaseSpec>>([
    {},
    { port: 6334, grpcPort: 6333 },
    { grpcPort: 1024 },
    { grpcPort: 65_535 },
    { storage: Memory.gib(1), snapshots: Memory.gib(1) },
    { storage: Memory.gib(16_384), snapshots: Memory.gib(16_384) },
  ])('accepts %j', (spec) => {
    expect(inspected(spec)).toEqual([]);
  });

  test('reports what every store is asked', () => {
    expect(inspected({ port: 80 })).toEqual(['store-port-is-unprivileged']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(VECTOR_DATABASE_CHECKS));
  });
});
