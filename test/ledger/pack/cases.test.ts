import fc from 'fast-check';
import type { PodShape } from '../../../lib/ledger/facts';
import { lowerBound } from '../../../lib/ledger/pack/bound';
import { casesOf } from '../../../lib/ledger/pack/cases';
import { peakOf } from '../../../lib/ledger/pack/peak';
import { seatsAll } from '../../../lib/ledger/pack/seating';
import { factsWith, groupOf, requests, shapeOf, workloadOf } from './facts';

const ZONE = 'topology.kubernetes.io/zone';
const facts = (shape: Partial<PodShape> = {}, otherZones: readonly string[] = ['c', 'b', 'a']) =>
  factsWith({
    workloads: [workloadOf('app'), workloadOf('placed', { shape: shapeOf(shape) })],
    nodeGroups: [groupOf('one'), groupOf('two', { zones: otherZones })],
  });

test.each([
  { it: 'all groups lie in all zones', given: facts(), expected: ['with zone a gone'] },
  {
    it: 'one group lies in two',
    given: facts({}, ['a', 'b']),
    expected: ['with zone a gone', 'with zone b gone', 'with zone c gone'],
  },
  {
    it: 'a pod asks for a zone',
    given: facts({ nodeSelector: { [ZONE]: 'b' } }),
    expected: ['with zone a gone', 'with zone b gone', 'with zone c gone'],
  },
  {
    it: 'affinity names zones',
    given: facts({ nodeAffinity: [[{ key: ZONE, operator: 'NotIn', values: ['b'] }]] }),
    expected: ['with zone a gone', 'with zone b gone', 'with zone c gone'],
  },
  { it: 'a pod asks for another label', given: facts({ nodeSelector: { disk: 'b' } }), expected: ['with zone a gone'] },
])('lost zones are told apart where it makes a difference: $it', ({ given, expected }) => {
  expect(casesOf(given, 'zone-lost').map(({ when }) => when)).toEqual(expected);
  expect(casesOf(given, 'zone-replaced')).toHaveLength(expected.length);
});

test('where zones are alike, losing any of them leaves the same room', () => {
  const sizes = fc.array(fc.record({ max: fc.nat(9), cpu: fc.integer({ min: 500, max: 4000 }) }), {
    minLength: 1,
    maxLength: 3,
  });
  const pods = fc.array(
    fc.record({ replicas: fc.integer({ min: 1, max: 9 }), cpu: fc.nat(2500), spread: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 5,
    },
  );
  fc.assert(
    fc.property(sizes, pods, fc.boolean(), (groups, workloads, replaced) => {
      const given = factsWith({
        nodeGroups: groups.map(({ max, cpu }, index) =>
          groupOf(`group-${index}`, { max, allocatable: { ...requests(cpu, 16_000, 100_000), pods: 58 } }),
        ),
        workloads: workloads.map(({ replicas, cpu, spread }, index) => {
          const labels = { app: `app-${index}` };
          const rule = { topologyKey: ZONE, maxSkew: 1, matchLabels: labels, required: true, kind: 'spread' as const };
          const shape = shapeOf({ labels, requests: requests(cpu, 100), spread: spread ? [rule] : [] });
          return workloadOf(`app-${index}`, { replicas, shape });
        }),
      });
      expect(casesOf(given, 'zone-lost')).toHaveLength(1);
      const seen = ['a', 'b', 'c'].map((zone) =>
        peakOf(given, { when: '', loss: { of: 'zone', zone, replaced }, releases: 'none' }).pools.map(
          ({ problem }) => ({
            fits: seatsAll(problem),
            sums: lowerBound(problem).sums.map(({ name, needed, available }) => ({ name, needed, available })),
          }),
        ),
      );
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[2]).toEqual(seen[0]);
    }),
  );
});
