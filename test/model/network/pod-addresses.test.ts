import { type InstanceType, instanceType } from '../../../lib/catalog';
import type { NodeGroupSpec } from '../../../lib/model';
import { addressesPerNode, podAddresses } from '../../../lib/model/network/pod-addresses';

const M5_LARGE = instanceType('m5.large') as InstanceType;

const group = (overrides: Partial<NodeGroupSpec> = {}): NodeGroupSpec => ({
  name: 'general',
  instanceTypes: ['m5.large'],
  min: 3,
  max: 20,
  desired: 6,
  ...overrides,
});

describe('addressesPerNode', () => {
  test.each([
    { it: '7 prefixes for 110 pods, a warm one, one interface', type: M5_LARGE, expected: 8 * 16 + 1 },
    {
      it: 'a second interface where one has 5 slots',
      type: { ...M5_LARGE, networkInterfaces: 3, ipv4PerInterface: 6 },
      expected: 8 * 16 + 2,
    },
    { it: '16 prefixes for 250 pods of a large node', type: { ...M5_LARGE, vcpus: 32 }, expected: 17 * 16 + 2 },
    {
      it: 'no more prefixes than slots',
      type: { ...M5_LARGE, networkInterfaces: 2, ipv4PerInterface: 4 },
      expected: 6 * 16 + 2,
    },
  ])('counts $it', ({ type, expected }) => {
    expect(addressesPerNode(type)).toBe(expected);
  });
});

describe('podAddresses', () => {
  test('a zone holds what its nodes at their maxima need after the loss of another', () => {
    expect(podAddresses([group()], 3)).toBe(10 * 129);
  });

  test.each([
    { it: 'all nodes in the other of two zones', groups: [group()], zones: 2, expected: 20 * 129 },
    { it: 'half an odd number, rounded up', groups: [group({ max: 21 })], zones: 3, expected: 11 * 129 },
    { it: 'the surge of an update in a small group', groups: [group({ max: 10 })], zones: 3, expected: 6 * 129 },
    { it: 'loss and update alike at the same count', groups: [group({ max: 12 })], zones: 3, expected: 6 * 129 },
    { it: 'a zone alone', groups: [group({ max: 4 })], zones: 1, expected: 6 * 129 },
    { it: 'a group of each zone in its own', groups: [group({ max: 4, zones: 'each' })], zones: 3, expected: 6 * 129 },
    { it: 'a group of all zones said so', groups: [group({ zones: 'all' })], zones: 3, expected: 10 * 129 },
    {
      it: 'the hungriest type',
      groups: [group({ instanceTypes: ['m5.large', 't3.medium'] })],
      zones: 3,
      expected: 1300,
    },
    { it: 'known types only', groups: [group({ instanceTypes: ['m5.large', 'x9.huge'] })], zones: 3, expected: 1290 },
    { it: 'nothing for an unknown type', groups: [group({ instanceTypes: ['x9.huge'] })], zones: 3, expected: 0 },
    { it: 'nothing without groups', groups: [], zones: 3, expected: 0 },
    {
      it: 'the sum of groups',
      groups: [group(), group({ name: 'compute', instanceTypes: ['c5.2xlarge'], min: 0, max: 10, desired: 2 })],
      zones: 3,
      expected: 10 * 129 + 6 * 129,
    },
  ])('counts $it', ({ groups, zones, expected }) => {
    expect(podAddresses(groups, zones)).toBe(expected);
  });
});
