import fc from 'fast-check';
import { isError } from '../../../lib/check';
import type { NodeAutoscaler } from '../../../lib/model/cluster/cluster';
import { inspectNodeGroup, NODE_GROUP_CHECKS, nodeBounds } from '../../../lib/model/cluster/node-group';
import { nearestTypes, nodeArchitecture, nodePods } from '../../../lib/model/cluster/node-types';
import type { NodeGroupSpec } from '../../../lib/model/cluster/nodes';
import { Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const general: NodeGroupSpec = { name: 'general', instanceTypes: ['m5.xlarge'], min: 3, max: 20, desired: 6 };

const broken = (overrides: Partial<NodeGroupSpec>, autoscaler?: NodeAutoscaler) =>
  ids(inspectNodeGroup('cluster/general', { ...general, ...overrides }, autoscaler));

const taint = (overrides: object) => [{ key: 'dedicated', value: 'data', effect: 'NoSchedule' as const, ...overrides }];

describe('inspectNodeGroup', () => {
  test('accepts a plain group', () => {
    expect(broken({})).toEqual([]);
  });

  const rows: readonly (readonly [it: string, given: Partial<NodeGroupSpec>, expected: readonly string[]])[] = [
    ['takes a name of 36 characters', { name: 'a'.repeat(36) }, []],
    ['refuses a name of 37', { name: 'a'.repeat(37) }, ['node-group-name-is-short']],
    ['refuses a name in capitals', { name: 'General' }, ['node-group-name-is-short']],
    ['refuses an empty name', { name: '' }, ['node-group-name-is-short']],

    ['takes a group that may be empty', { min: 0, desired: 0 }, []],
    ['refuses a negative minimum', { min: -1 }, ['node-group-min-is-possible']],
    ['takes 450 nodes', { min: 450, desired: 450, max: 450 }, []],
    ['refuses 451 nodes', { max: 451 }, ['node-group-max-is-possible']],
    [
      'refuses 451 nodes at all times',
      { min: 451, desired: 451, max: 451 },
      ['node-group-min-is-possible', 'node-group-max-is-possible'],
    ],
    ['takes a maximum of one node', { min: 0, desired: 1, max: 1 }, []],
    ['refuses a group that can have no node', { min: 0, desired: 0, max: 0 }, ['node-group-max-is-possible']],
    ['refuses part of a node', { min: 1.5 }, ['node-group-min-is-possible']],
    ['takes the minimum as desired', { desired: 3 }, []],
    ['refuses fewer than the minimum', { desired: 2 }, ['node-group-desired-is-within-bounds']],
    ['takes the maximum as desired', { desired: 20 }, []],
    ['refuses more than the maximum', { desired: 21 }, ['node-group-desired-is-within-bounds']],
    ['refuses bounds that cross', { min: 5, max: 4, desired: 5 }, ['node-group-desired-is-within-bounds']],
    ['refuses NaN', { desired: Number.NaN }, ['node-group-desired-is-within-bounds']],

    ['takes a root volume of 20 GiB', { rootVolume: Memory.gib(20) }, []],
    ['refuses 19 GiB', { rootVolume: Memory.gib(19) }, ['node-group-root-volume-is-possible']],
    ['takes 16 TiB', { rootVolume: Memory.gib(16384) }, []],
    ['refuses more', { rootVolume: Memory.gib(16385) }, ['node-group-root-volume-is-possible']],
    ['refuses part of a GiB', { rootVolume: Memory.mib(50 * 1024 + 1) }, ['node-group-root-volume-is-possible']],

    ['takes a label of its own', { labels: { 'example.com/tier': 'web', plain: '' } }, []],
    ['takes a label that kubelets may set', { labels: { 'node.kubernetes.io/pool': 'a' } }, []],
    [
      'refuses a label of Kubernetes',
      { labels: { 'node-role.kubernetes.io/worker': '' } },
      ['node-group-labels-are-allowed'],
    ],
    ['refuses a label of a Kubernetes project', { labels: { 'x.k8s.io/a': 'b' } }, ['node-group-labels-are-allowed']],
    ['takes a label whose domain has 253 characters', { labels: { [`${'a.'.repeat(126)}a/tier`]: 'web' } }, []],
    ['takes a label whose domain has 252 characters', { labels: { [`${'a.'.repeat(125)}aa/tier`]: 'web' } }, []],
    [
      'refuses a label whose domain has 254 characters',
      { labels: { [`${'a.'.repeat(126)}aa/tier`]: 'web' } },
      ['node-group-labels-are-allowed'],
    ],
    ['refuses a label of EKS', { labels: { 'eks.amazonaws.com/a': 'b' } }, ['node-group-labels-are-allowed']],
    [
      'refuses the label that holds the name',
      { labels: { 'headroom.dev/node-group': 'b' } },
      ['node-group-labels-are-allowed'],
    ],
    ['refuses a value with a space', { labels: { tier: 'a b' } }, ['node-group-labels-are-allowed']],
    ['takes a value of 63 characters', { labels: { tier: 'a'.repeat(63) } }, []],
    ['refuses a value of 64 characters', { labels: { tier: 'a'.repeat(64) } }, ['node-group-labels-are-allowed']],
    ['refuses a key with two slashes', { labels: { 'a/b/c': '' } }, ['node-group-labels-are-allowed']],

    ['takes a taint', { taints: taint({}) }, []],
    ['refuses a taint without a key', { taints: taint({ key: '' }) }, ['node-group-taints-are-allowed']],
    ['refuses a taint with a spaced value', { taints: taint({ value: 'a b' }) }, ['node-group-taints-are-allowed']],
    [
      "refuses EKS' spelling of an effect",
      { taints: taint({ effect: 'NO_SCHEDULE' }) },
      ['node-group-taints-are-allowed'],
    ],
    [
      'refuses a key twice',
      { taints: [...taint({}), ...taint({ effect: 'NoExecute' })] },
      ['node-group-taint-keys-are-distinct'],
    ],

    ['refuses no type', { instanceTypes: [] }, ['node-group-types-are-distinct']],
    ['refuses a type twice', { instanceTypes: ['m5.xlarge', 'm5.xlarge'] }, ['node-group-types-are-distinct']],
    ['refuses a Xen type', { instanceTypes: ['m4.xlarge'] }, ['node-group-types-are-nitro']],
    ['refuses a small Xen type', { instanceTypes: ['t2.medium'] }, ['node-group-types-are-nitro']],
    ['refuses an unknown type', { instanceTypes: ['m5.xlage'] }, ['node-group-types-are-known']],
    [
      'refuses two architectures',
      { instanceTypes: ['m5.xlarge', 'm6g.xlarge'] },
      ['node-group-types-share-an-architecture'],
    ],
    ['takes types of one size', { instanceTypes: ['m5.xlarge', 'm6i.xlarge'] }, []],
    ['warns about several sizes', { instanceTypes: ['m5.large', 'm5.xlarge'] }, ['node-group-types-have-one-shape']],
    ['warns about memory alone', { instanceTypes: ['m5.xlarge', 'c5.xlarge'] }, ['node-group-types-have-one-shape']],
    ['takes three spot types', { capacity: 'spot', instanceTypes: ['m5.xlarge', 'm6i.xlarge', 'm6a.xlarge'] }, []],
    [
      'warns about two spot types',
      { capacity: 'spot', instanceTypes: ['m5.xlarge', 'm6i.xlarge'] },
      ['node-group-spot-has-a-choice'],
    ],
  ];

  test.each(rows)('%s', (_, given, expected) => {
    expect(broken(given)).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(NODE_GROUP_CHECKS));
  });

  test('sizes may differ where nothing plans with one of them', () => {
    const sizes = { instanceTypes: ['m5.large', 'm5.xlarge'] };

    expect(broken(sizes, 'karpenter')).toEqual([]);
    expect(broken(sizes, 'none')).toEqual([]);
  });

  test('the literal pair of m5.large and m5.xlarge deploys, with a warning that names both sizes', () => {
    const found = inspectNodeGroup('general', { ...general, instanceTypes: ['m5.large', 'm5.xlarge'] });

    expect(found.map(isError)).toEqual([false]);
    expect(found[0]?.received).toBe('m5.large, m5.xlarge with 2 vCPU and 8 GiB or 4 vCPU and 16 GiB');
  });

  test('a misspelt type is answered with the ones that were meant', () => {
    const [finding] = inspectNodeGroup('general', { ...general, instanceTypes: ['m5.xlage'] });

    expect(finding).toMatchObject({ received: 'm5.xlage', remedy: expect.stringContaining('did you mean m5.xlarge') });
  });

  test('a type like no other is answered without a guess', () => {
    const [finding] = inspectNodeGroup('general', { ...general, instanceTypes: ['u-24tb1.112xlarge'] });

    expect(finding?.remedy).toBe('use a type of the catalog, or add its row there');
  });

  test('desired within bounds is accepted, and outside is refused, whatever they are', () => {
    const nodes = fc.integer({ min: 0, max: 450 });
    fc.assert(
      fc.property(nodes, fc.integer({ min: 1, max: 450 }), nodes, (min, max, desired) => {
        const isAccepted = broken({ min, max, desired }).length === 0;
        expect(isAccepted).toBe(min <= desired && desired <= max);
      }),
    );
  });
});

describe('node types', () => {
  test('the smallest pod count of any type holds for all', () => {
    expect(nodePods(['m5.large'])).toBe(110);
    expect(nodePods(['m5.4xlarge', 'm5.large'])).toBe(110);
  });

  test('an architecture is known only if it is one', () => {
    expect(nodeArchitecture(['m5.large', 'c5.large'])).toBe('amd64');
    expect(nodeArchitecture(['m6g.large'])).toBe('arm64');
    expect(nodeArchitecture(['m6g.large', 'm5.large'])).toBeUndefined();
    expect(nodeArchitecture([])).toBeUndefined();
  });

  test('names are near within two letters, the closest first', () => {
    expect(nearestTypes('m5.2xlrge')[0]).toBe('m5.2xlarge');
    expect(nearestTypes('m5.larg')[0]).toBe('m5.large');
    expect(nearestTypes('m5.larg').length).toBeLessThanOrEqual(3);
    expect(nearestTypes('postgres')).toEqual([]);
  });

  test.each([
    ['one letter away', 'm5.larg', 'm5.large', true],
    ['two letters away, the most', 'm5.lrg', 'm5.large', true],
    ['three letters away', 'm5.lrgxx', 'm5.large', false],
  ])('a name %s: is the type offered', (_, name, meant, isOffered) => {
    expect(nearestTypes(name).includes(meant)).toBe(isOffered);
  });
});

describe('nodeBounds', () => {
  const compute: NodeGroupSpec = { name: 'compute', instanceTypes: ['c5.2xlarge'], min: 0, max: 10, desired: 2 };

  test('sums the groups', () => {
    expect(nodeBounds([general, compute], 3)).toEqual({ min: 3, desired: 8, max: 30 });
  });

  test('a group of each zone counts once for every zone', () => {
    expect(nodeBounds([general, { ...compute, zones: 'each' }], 3)).toEqual({ min: 3, desired: 12, max: 50 });
  });

  test('no groups are no nodes', () => {
    expect(nodeBounds([], 3)).toEqual({ min: 0, desired: 0, max: 0 });
  });
});
