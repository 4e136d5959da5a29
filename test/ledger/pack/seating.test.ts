import fc from 'fast-check';
import type { NodeGroup, SpreadRule, Taint, Toleration } from '../../../lib/ledger/facts';
import { lowerBound } from '../../../lib/ledger/pack/bound';
import { refusal } from '../../../lib/ledger/pack/fits';
import { problem } from '../../../lib/ledger/pack/problem';
import { ORDERS, type Seating, seat } from '../../../lib/ledger/pack/seating';
import { type Amounts, amountsOf, combine, NOTHING, type NodeSet, type PodSet } from '../../../lib/ledger/pack/shapes';
import { nodeSets } from '../../../lib/ledger/pack/supply';
import { factsWith, groupOf, MIB, requests, shapeOf } from './facts';

const podsOf = (id: string, count: number, shape: Partial<PodSet['shape']> = {}): PodSet => {
  const full = shapeOf({ labels: { app: id }, ...shape });
  return {
    id,
    workload: undefined,
    namespace: 'shop',
    shape: full,
    amounts: amountsOf(full.requests, 1),
    count,
    colour: 'current',
  };
};

const nodesOf = (...groups: NodeGroup[]): readonly NodeSet[] => nodeSets(factsWith({ nodeGroups: groups }));

const apart = (topologyKey: string, labels: Readonly<Record<string, string>>): SpreadRule => ({
  topologyKey,
  maxSkew: 1,
  matchLabels: labels,
  required: true,
  kind: 'anti-affinity',
});

const evenly = (topologyKey: string, maxSkew: number, labels: Readonly<Record<string, string>>): SpreadRule => ({
  topologyKey,
  maxSkew,
  matchLabels: labels,
  required: true,
  kind: 'spread',
});

const HOST = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

const left = (seating: Seating) => seating.unseated.reduce((sum, { count }) => sum + count, 0);

test.each([
  { it: 'seats pods that just fit', pods: [podsOf('a', 24, { requests: requests(1000, 0) })], unseated: 0 },
  { it: 'leaves the one pod more', pods: [podsOf('a', 25, { requests: requests(1000, 0) })], unseated: 1 },
  { it: 'never splits a pod over nodes', pods: [podsOf('a', 12, { requests: requests(2001, 0) })], unseated: 6 },
  {
    it: 'seats 58 pods a node that ask for nothing',
    pods: [podsOf('a', 349, { requests: requests(0, 0) })],
    unseated: 1,
  },
  { it: 'counts memory', pods: [podsOf('a', 7, { requests: requests(0, 15_999) })], unseated: 1 },
  { it: 'counts ephemeral storage', pods: [podsOf('a', 7, { requests: requests(0, 0, 99_999) })], unseated: 1 },
  {
    it: 'puts no two on a node that must be apart',
    pods: [podsOf('a', 7, { spread: [apart(HOST, { app: 'a' })] })],
    unseated: 1,
  },
  {
    it: 'puts no two into a zone that must be apart',
    pods: [podsOf('a', 7, { spread: [apart(ZONE, { app: 'a' })] })],
    unseated: 4,
  },
  {
    it: 'keeps away from those that want to be alone',
    pods: [
      podsOf('a', 6, { spread: [apart(HOST, { tier: 'x' })], labels: { tier: 'x' } }),
      podsOf('b', 1, { labels: { tier: 'x' } }),
    ],
    unseated: 1,
  },
  {
    it: 'lets pods of other labels sit beside them',
    pods: [podsOf('a', 6, { spread: [apart(HOST, { app: 'a' })] }), podsOf('b', 6)],
    unseated: 0,
  },
  {
    it: 'uses a host port once a node',
    pods: [podsOf('a', 4, { hostPorts: [80] }), podsOf('b', 3, { hostPorts: [443, 80] })],
    unseated: 1,
  },
  {
    it: 'fills no zone further than the skew allows above the fullest other',
    pods: [
      podsOf('pin', 2, { requests: requests(4000, 0), nodeSelector: { [ZONE]: 'a' } }),
      podsOf('even', 9, { requests: requests(2000, 0), spread: [evenly(ZONE, 2, { app: 'even' })] }),
    ],
    unseated: 5,
  },
  {
    it: 'counts by node over those that a taint keeps closed',
    pods: [podsOf('even', 8, { spread: [evenly(HOST, 1, { app: 'even' })] })],
    groups: [
      groupOf('open', { max: 3 }),
      groupOf('closed', { taints: [{ key: 'k', value: 'v', effect: 'NoSchedule' }] }),
    ],
    unseated: 5,
  },
  {
    it: 'goes round by node where all are open',
    pods: [podsOf('even', 8, { spread: [evenly(HOST, 1, { app: 'even' })] })],
    groups: [groupOf('open', { max: 3 })],
    unseated: 0,
  },
])('$it', ({ pods, groups, unseated }) => {
  expect(left(seat(problem(pods, nodesOf(...(groups ?? [groupOf('one')]))), 'constrained-first'))).toBe(unseated);
});

test('an order that scatters small pods leaves no hole for a large one, and the worst order says so', () => {
  const pods = [
    podsOf('small', 6, { requests: requests(100, 0) }),
    podsOf('large', 6, { requests: requests(3950, 0) }),
  ];
  const given = problem(pods, nodesOf(groupOf('one', { max: 7 })));
  expect(left(seat(given, 'constrained-first'))).toBe(0);
  expect(left(seat(given, 'increasing'))).toBe(0);
  expect(left(seat(given, 'scattered'))).toBe(5);
});

describe('the lower bound', () => {
  test.each([
    {
      it: 'is the requests over the largest nodes',
      pods: [podsOf('a', 9, { requests: requests(1000, 0) })],
      nodes: 3,
      short: [],
    },
    {
      it: 'proves that too much CPU is asked for',
      pods: [podsOf('a', 25, { requests: requests(1000, 0) })],
      nodes: Infinity,
      short: ['CPU'],
    },
    {
      it: 'sees pods that only some nodes take',
      pods: [podsOf('a', 9, { requests: requests(1000, 0), nodeSelector: { [ZONE]: 'a' } })],
      nodes: Infinity,
      short: ['CPU'],
    },
    {
      it: 'adds pods of narrower choice to those of wider choice',
      pods: [
        podsOf('a', 4, { requests: requests(1000, 0), nodeSelector: { [ZONE]: 'a' } }),
        podsOf('b', 21, { requests: requests(1000, 0) }),
      ],
      nodes: Infinity,
      short: ['CPU'],
    },
  ])('$it', ({ pods, nodes, short }) => {
    const bound = lowerBound(problem(pods, nodesOf(groupOf('one'))));
    expect(bound.nodes).toBe(nodes);
    expect(bound.shortfalls.map(({ name }) => name)).toEqual(short);
  });
});

const taint: Taint = { key: 'only', value: 'some', effect: 'NoSchedule' };
const tolerated: Toleration = { key: 'only', operator: 'Equal', value: 'some' };

const anyGroups = fc
  .array(
    fc.record({
      max: fc.integer({ min: 0, max: 6 }),
      cpuMillis: fc.integer({ min: 500, max: 8000 }),
      memoryMib: fc.integer({ min: 500, max: 8000 }),
      pods: fc.integer({ min: 3, max: 20 }),
      zones: fc.constantFrom<readonly string[]>(['a'], ['a', 'b'], ['a', 'b', 'c'], []),
      isTainted: fc.boolean(),
      disk: fc.constantFrom('ssd', 'hdd'),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((groups) =>
    groups.map(({ max, cpuMillis, memoryMib, pods, zones, isTainted, disk }, index) =>
      groupOf(`g${index}`, {
        max,
        zones,
        allocatable: { cpuMillis, memoryBytes: memoryMib * MIB, ephemeralBytes: 1000 * MIB, pods },
        taints: isTainted ? [taint] : [],
        labels: { disk },
      }),
    ),
  );

const anyPods = fc
  .array(
    fc.record({
      app: fc.constantFrom('x', 'y', 'z'),
      count: fc.integer({ min: 1, max: 12 }),
      cpuMillis: fc.integer({ min: 0, max: 3000 }),
      memoryMib: fc.integer({ min: 0, max: 3000 }),
      tolerates: fc.boolean(),
      disk: fc.constantFrom(undefined, 'ssd'),
      zone: fc.constantFrom(undefined, undefined, 'a'),
      port: fc.constantFrom(undefined, undefined, undefined, 80),
      spread: fc.constantFrom<(app: string) => SpreadRule[]>(
        () => [],
        () => [],
        (app) => [apart(HOST, { app })],
        (app) => [apart(ZONE, { app })],
        (app) => [evenly(ZONE, 1, { app })],
        (app) => [evenly(HOST, 2, { app })],
        (app) => [evenly(ZONE, 1, { app }), evenly(HOST, 1, { app })],
        () => [apart(HOST, { app: 'y' })],
      ),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((sets) =>
    sets.map(({ app, count, cpuMillis, memoryMib, tolerates, disk, zone, port, spread }, index) => ({
      ...podsOf(`${app}-${index}`, count, {
        requests: requests(cpuMillis, memoryMib),
        labels: { app },
        tolerations: tolerates ? [tolerated] : [],
        nodeSelector: disk === undefined ? {} : { disk },
        nodeAffinity: zone === undefined ? [] : [[{ key: ZONE, operator: 'In' as const, values: [zone] }]],
        hostPorts: port === undefined ? [] : [port],
        spread: spread(app),
      }),
    })),
  );

interface Seat {
  readonly node: NodeSet;
  readonly held: PodSet[];
}

/** Every node that there is, with its pods one by one. */
function seatsOf(nodes: readonly NodeSet[], { placements }: Seating): readonly Seat[] {
  const seats = nodes.flatMap((node) =>
    Array.from({ length: node.count }, (_, index) => ({ node, index, held: [] as PodSet[] })),
  );
  for (const { pods, nodes: node, from, to, each } of placements)
    for (let index = from; index < to; index += 1)
      for (let pod = 0; pod < each; pod += 1)
        seats.find((one) => one.node === node && one.index === index)?.held.push(pods);
  return seats;
}

const bears = ({ shape }: PodSet, { matchLabels }: SpreadRule) =>
  Object.entries(matchLabels).every(([key, value]) => shape.labels[key] === value);

/** Places of a rule with their pods: single nodes, or zones that are known. */
function placesOf(seats: readonly Seat[], { topologyKey }: SpreadRule): readonly PodSet[][] {
  if (topologyKey === HOST) return seats.map(({ held }) => held);
  const zones = [...new Set(seats.flatMap(({ node }) => node.zone ?? []))];
  return zones.map((zone) => seats.filter(({ node }) => node.zone === zone).flatMap(({ held }) => held));
}

describe('whatever pods and nodes there are', () => {
  test.each(ORDERS)('%s: every seated pod fits and is admitted, and every pod is seated once or counted', (order) => {
    fc.assert(
      fc.property(anyPods, anyGroups, (pods, groups) => {
        const nodes = nodesOf(...groups);
        const seating = seat(problem(pods, nodes), order);
        const seats = seatsOf(nodes, seating);
        for (const { node, held } of seats) {
          const taken = held.reduce((sum: Amounts, { amounts }) => combine(sum, 1, amounts), NOTHING);
          for (const index of [0, 1, 2, 3] as const) {
            const asks = held.some(({ amounts }) => amounts[index] > 0);
            if (asks) expect(taken[index]).toBeLessThanOrEqual(node.free[index]);
          }
          for (const { shape } of held) expect(refusal(shape, node.labels, node.group.taints)).toBeUndefined();
          const ports = held.flatMap(({ shape }) => shape.hostPorts);
          expect(new Set(ports).size).toBe(ports.length);
        }
        const seated = seats.reduce((sum, { held }) => sum + held.length, 0);
        expect(seated + left(seating)).toBe(pods.reduce((sum, { count }) => sum + count, 0));
        expect(seats.filter(({ held }) => held.length > 0)).toHaveLength(seating.nodesUsed);
      }),
    );
  });

  test.each(ORDERS)(
    '%s: nobody sits with whom it must be apart, and no place is fuller than its skew allows',
    (order) => {
      fc.assert(
        fc.property(anyPods, anyGroups, (pods, groups) => {
          const nodes = nodesOf(...groups);
          const seats = seatsOf(nodes, seat(problem(pods, nodes), order));
          for (const set of pods)
            for (const rule of set.shape.spread) {
              const admitted = seats.filter(({ node }) => refusal(set.shape, node.labels, []) === undefined);
              for (const held of placesOf(seats, rule).filter((place) => place.includes(set))) {
                const matching = held.filter((other) => bears(other, rule));
                if (rule.kind === 'anti-affinity') {
                  const others = bears(set, rule) ? matching.length - 1 : matching.length;
                  expect(others).toBe(0);
                }
              }
              if (rule.kind === 'spread' && pods.filter((other) => bears(other, rule)).length === 1) {
                const counts = placesOf(admitted, rule).map((held) => held.filter((other) => other === set).length);
                if (counts.length > 0)
                  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(rule.maxSkew);
              }
            }
        }),
      );
    },
  );

  test('a seating of all pods never needs fewer nodes than the lower bound', () => {
    fc.assert(
      fc.property(anyPods, anyGroups, fc.constantFrom(...ORDERS), (pods, groups, order) => {
        const given = problem(pods, nodesOf(...groups));
        const seating = seat(given, order);
        if (left(seating) === 0) expect(seating.nodesUsed).toBeGreaterThanOrEqual(lowerBound(given).nodes);
      }),
    );
  });

  test('the lower bound never falls when pods are added', () => {
    fc.assert(
      fc.property(anyPods, anyPods, anyGroups, (pods, more, groups) => {
        const nodes = nodesOf(...groups);
        const before = lowerBound(problem(pods, nodes));
        const after = lowerBound(problem([...pods, ...more], nodes));
        expect(after.nodes).toBeGreaterThanOrEqual(before.nodes);
        if (before.shortfalls.length > 0) expect(after.shortfalls).not.toHaveLength(0);
      }),
    );
  });

  test('a lower bound that does not hold means that no order seats all', () => {
    fc.assert(
      fc.property(anyPods, anyGroups, fc.constantFrom(...ORDERS), (pods, groups, order) => {
        const given = problem(pods, nodesOf(...groups));
        if (lowerBound(given).shortfalls.length > 0) expect(left(seat(given, order))).toBeGreaterThan(0);
      }),
    );
  });
});
