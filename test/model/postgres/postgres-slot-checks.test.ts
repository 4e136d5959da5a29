import fc from 'fast-check';
import type { PostgresParameters } from '../../../lib/model/postgres/postgres';
import { inspectPostgres } from '../../../lib/model/postgres/postgres-checks';
import { inspectPostgresServer } from '../../../lib/model/postgres/postgres-server-checks';
import { POSTGRES_SLOT_CHECKS, slotWalKeepSize } from '../../../lib/model/postgres/postgres-slot-checks';
import { Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { DECLARED, TODAY } from '../../support/postgres';

const findings = (parameters: PostgresParameters) => inspectPostgres('acgs/main', { ...DECLARED, parameters }, TODAY);

describe('log that is kept for replicas', () => {
  test.each([
    [20, 4],
    [24, 4],
    [25, 5],
    [500, 100],
    [65_536, 13_107],
  ])('of %d GiB is %d GiB unless it is declared', (storage, expected) => {
    expect(slotWalKeepSize({ storage: Memory.gib(storage) })).toEqual(Memory.gib(expected));
  });

  test('is at least a GiB, also of storage that is refused', () => {
    expect(slotWalKeepSize({ storage: Memory.bytes(0) })).toEqual(Memory.gib(1));
  });

  test('breaks no check by default, whatever the storage', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 65_536 }), (gib) => {
        const storage = Memory.gib(gib);
        const { maxStorage: _, ...fixed } = DECLARED;
        const parameters = { maxSlotWalKeepSize: slotWalKeepSize({ storage }) };
        expect(inspectPostgres('acgs/main', { ...fixed, storage, parameters }, TODAY)).toEqual([]);
      }),
    );
  });
});

/** Of 500 GiB. */
const rows: { it: string; parameters: PostgresParameters; found: string[] }[] = [
  { it: 'half of the storage', parameters: { maxSlotWalKeepSize: Memory.gib(250) }, found: [] },
  {
    it: 'a MiB more',
    parameters: { maxSlotWalKeepSize: Memory.mib(250 * 1024 + 1) },
    found: ['postgres-slots-leave-room-for-data'],
  },
  {
    it: 'a MiB less than the storage',
    parameters: { maxSlotWalKeepSize: Memory.mib(500 * 1024 - 1) },
    found: ['postgres-slots-leave-room-for-data'],
  },
  {
    it: 'all of the storage',
    parameters: { maxSlotWalKeepSize: Memory.gib(500) },
    found: ['postgres-slots-end-before-the-disk'],
  },
  {
    it: 'more than the storage',
    parameters: { maxSlotWalKeepSize: Memory.gib(501) },
    found: ['postgres-slots-end-before-the-disk'],
  },
  {
    it: 'as much as a checkpoint',
    parameters: { maxSlotWalKeepSize: Memory.gib(4), maxWalSize: Memory.gib(4) },
    found: [],
  },
  {
    it: 'less than a checkpoint',
    parameters: { maxSlotWalKeepSize: Memory.mib(4095), maxWalSize: Memory.gib(4) },
    found: ['postgres-slots-outlast-a-checkpoint'],
  },
  { it: 'a bound on the log and none for replicas', parameters: { maxWalSize: Memory.gib(4) }, found: [] },
  { it: 'two segments of RDS', parameters: { maxSlotWalKeepSize: Memory.mib(128) }, found: [] },
  {
    it: 'less than two segments',
    parameters: { maxSlotWalKeepSize: Memory.mib(127) },
    found: ['postgres-parameter-is-in-range'],
  },
  {
    it: 'part of a MiB',
    parameters: { maxSlotWalKeepSize: Memory.kib(1024 * 1024 + 1) },
    found: ['postgres-parameter-is-whole'],
  },
];

test.each(rows)('$it: $found', ({ parameters, found }) => {
  expect(ids(findings(parameters))).toEqual(found);
});

test('only what can never act is an error', () => {
  const severities = [Memory.gib(500), Memory.gib(300)].flatMap((maxSlotWalKeepSize) =>
    findings({ maxSlotWalKeepSize }).map(({ severity }) => severity),
  );
  expect(severities).toEqual(['error', 'warning']);
});

test('a server in the cluster is asked the same of its volume', () => {
  const server = { kind: 'server', name: 'main', databaseName: 'acgs', maxConnections: 100 } as const;
  const found = inspectPostgresServer('shop/main', { ...server, parameters: { maxSlotWalKeepSize: Memory.gib(20) } });
  expect(ids(found)).toEqual(['postgres-slots-end-before-the-disk']);
});

test('every check has a failing row', () => {
  const failing = new Set(rows.flatMap(({ found }) => found));
  expect(allIds(POSTGRES_SLOT_CHECKS).filter((id) => !failing.has(id))).toEqual([]);
});
