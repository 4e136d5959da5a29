import fc from 'fast-check';
import {
  capacityDomains,
  inspectNodePoolPair,
  NODE_POOL_PAIR_CHECKS,
  type NodePoolPairSpec,
  nodePoolPair,
} from '../../../lib/model/capacity/capacity-domains';
import { Cpu, Memory, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

describe('capacityDomains', () => {
  test.each([
    { share: 30, spot: 3, onDemand: 7, reached: 30 },
    { share: 33, spot: 1, onDemand: 2, reached: 33.33 },
    { share: 25, spot: 1, onDemand: 3, reached: 25 },
    { share: 50, spot: 1, onDemand: 1, reached: 50 },
    { share: 80, spot: 4, onDemand: 1, reached: 80 },
    { share: 1, spot: 1, onDemand: 9, reached: 10 },
    { share: 99, spot: 9, onDemand: 1, reached: 90 },
  ])('$share % is $spot of $spot + $onDemand', ({ share, spot, onDemand, reached }) => {
    const domains = capacityDomains(Percent.of(share));
    expect([domains.spot.length, domains.onDemand.length, `${domains.reached}`]).toEqual([
      spot,
      onDemand,
      `${reached}%`,
    ]);
  });

  test('values say what they stand for', () => {
    expect(capacityDomains(Percent.of(40))).toMatchObject({
      spot: ['spot-1', 'spot-2'],
      onDemand: ['on-demand-1', 'on-demand-2', 'on-demand-3'],
    });
  });

  test('from 10 to 90 % the share is met within five points, with both kinds in it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 90 }), (share) => {
        const { spot, onDemand, reached } = capacityDomains(Percent.of(share));
        expect(spot.length).toBeGreaterThan(0);
        expect(onDemand.length).toBeGreaterThan(0);
        expect(Math.abs(reached.inBasisPoints - share * 100)).toBeLessThanOrEqual(500);
      }),
    );
  });
});

const spec: NodePoolPairSpec = {
  name: 'general',
  onDemandTypes: ['m5.large', 'm5.xlarge'],
  spotTypes: ['m5.large', 'm6i.large', 'm6a.large'],
  limits: { cpu: Cpu.cores(81), memory: Memory.gib(321) },
};

describe('nodePoolPair', () => {
  test('on demand may grow to the whole need, spot to its share of it, rounded up', () => {
    expect(nodePoolPair(spec)).toMatchObject([
      {
        name: 'general-on-demand',
        group: 'general',
        capacity: 'on-demand',
        instanceTypes: ['m5.large', 'm5.xlarge'],
        limits: { cpu: Cpu.cores(81), memory: Memory.gib(321) },
      },
      {
        name: 'general-spot',
        group: 'general',
        capacity: 'spot',
        instanceTypes: ['m5.large', 'm6i.large', 'm6a.large'],
        limits: { cpu: Cpu.cores(25), memory: Memory.gib(97) },
      },
    ]);
  });

  test('without types of its own, spot has those on demand', () => {
    const { spotTypes: _types, ...rest } = spec;
    expect(nodePoolPair(rest)[1].instanceTypes).toEqual(['m5.large', 'm5.xlarge']);
  });

  test('what is said once holds for both', () => {
    const pair = nodePoolPair({ ...spec, group: 'shared', labels: { tier: 'web' } });
    expect(pair.map(({ group, labels }) => [group, labels])).toEqual([
      ['shared', { tier: 'web' }],
      ['shared', { tier: 'web' }],
    ]);
  });
});

const broken: readonly (readonly [string, Partial<NodePoolPairSpec>])[] = [
  ['node-pool-share-is-a-part', { share: Percent.of(0.99) }],
  ['node-pool-share-is-a-part', { share: Percent.of(90.01) }],
];

describe('checks of a pair', () => {
  test.each(broken)('%s: %p', (check, given) => {
    const large = { limits: { cpu: Cpu.cores(8000), memory: Memory.gib(32_000) } };
    expect(ids(inspectNodePoolPair('test', { ...spec, ...large, ...given }))).toEqual([check]);
  });

  test.each([Percent.of(1), Percent.of(90)])('nothing is said about %s', (share) => {
    const limits = { cpu: Cpu.cores(8000), memory: Memory.gib(32_000) };
    expect(inspectNodePoolPair('test', { ...spec, limits, share })).toEqual([]);
  });

  test('each pool is inspected under its name', () => {
    const findings = inspectNodePoolPair('test', { ...spec, limits: { cpu: Cpu.cores(4), memory: Memory.gib(16) } });
    expect(findings.map(({ path, check }) => [path, check])).toEqual([
      ['test/general-spot', 'node-pool-limits-admit-a-node'],
    ]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))]).toEqual(allIds(NODE_POOL_PAIR_CHECKS));
  });
});
