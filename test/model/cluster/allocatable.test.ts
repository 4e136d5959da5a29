import fc from 'fast-check';
import { INSTANCE_TYPES, type InstanceType, instanceType } from '../../../lib/catalog';
import { allocatable, podsByPrefix, podsBySecondaryAddress } from '../../../lib/model';

const typeOf = (name: string): InstanceType => {
  const type = instanceType(name);
  if (type === undefined) throw new Error(`no ${name}`);
  return type;
};

const m5Large = typeOf('m5.large');

describe('podsBySecondaryAddress', () => {
  test.each([
    ['t3.medium', 17],
    ['t3.large', 35],
    ['t3.xlarge', 58],
    ['m5.large', 29],
    ['m5.2xlarge', 58],
    ['m5.4xlarge', 234],
    ['c5.4xlarge', 234],
    ['t4g.medium', 17],
  ])('%s seats %i pods', (name, pods) => {
    expect(podsBySecondaryAddress(typeOf(name))).toBe(pods);
  });
});

describe('podsByPrefix', () => {
  test.each(['t3.medium', 'm5.large', 'm5.4xlarge', 'c7g.large'])("%s seats 110, EKS' cap", (name) => {
    expect(podsByPrefix(typeOf(name))).toBe(110);
  });

  test.each([
    { it: 'counts sixteen addresses a slot below the cap', interfaces: 2, addresses: 4, vcpus: 2, pods: 98 },
    { it: 'caps at 110 from there', interfaces: 2, addresses: 5, vcpus: 2, pods: 110 },
    { it: 'caps at 110 below 30 vCPUs', interfaces: 8, addresses: 30, vcpus: 29, pods: 110 },
    { it: 'caps at 250 from 30 vCPUs', interfaces: 8, addresses: 30, vcpus: 30, pods: 250 },
  ])('$it', ({ interfaces, addresses, vcpus, pods }) => {
    expect(podsByPrefix({ ...m5Large, networkInterfaces: interfaces, ipv4PerInterface: addresses, vcpus })).toBe(pods);
  });
});

describe('allocatable', () => {
  test.each([
    [1, 940],
    [2, 1930],
    [3, 2925],
    [4, 3920],
    [5, 4918],
    [8, 7910],
    [16, 15_890],
    [32, 31_850],
  ])('%i vCPUs leave %i millicores', (vcpus, millis) => {
    expect(allocatable({ ...m5Large, vcpus }).cpu.inMillis).toBe(millis);
  });

  // Karpenter's published figures, for the pods that secondary addresses seat.
  test.each([
    ['t3.medium', 3246],
    ['t3.large', 6837],
    ['t3.2xlarge', 29_317],
    ['t4g.medium', 3187],
    ['t4g.xlarge', 14_103],
    ['m5.large', 6903],
    ['m5.xlarge', 14_162],
    ['m5.4xlarge', 57_691],
    ['m6g.large', 6844],
    ['m7g.4xlarge', 57_632],
    ['c5.large', 3114],
    ['c7g.xlarge', 6525],
    ['c6i.4xlarge', 27_381],
    ['r5.4xlarge', 118_312],
    ['r6g.2xlarge', 59_568],
    ['r7g.4xlarge', 118_253],
  ])('%s leaves %i MiB', (name, mib) => {
    const type = typeOf(name);
    expect(allocatable(type, podsBySecondaryAddress(type)).memory.toMib()).toBe(mib);
  });

  test('each pod that may come costs 11 MiB', () => {
    // 8192 less 615 overhead, 255 + 11 * 110 reserved and 100 for eviction
    expect(allocatable(m5Large).memory.toMib()).toBe(6012);
    expect(allocatable(m5Large).pods).toBe(110);
    expect(allocatable(m5Large, 111).memory.toMib()).toBe(6001);
  });

  test('a cap on pods does not free the memory that the node reserves by its addresses', () => {
    expect(allocatable(typeOf('m5.4xlarge'), 110).memory.toMib()).toBe(57_691);
    expect(allocatable(typeOf('m5.4xlarge'), 110).pods).toBe(110);
  });

  test('no node has more to give than it holds, and more pods never leave more memory', () => {
    fc.assert(
      fc.property(fc.constantFrom(...INSTANCE_TYPES.facts.values()), fc.integer({ min: 4, max: 250 }), (type, pods) => {
        const { cpu, memory } = allocatable(type, pods);
        expect(cpu.inMillis).toBeLessThan(type.vcpus * 1000);
        expect(memory.toMib()).toBeLessThan(type.memoryMib);
        expect(allocatable(type, pods + 1).memory.isAtMost(memory)).toBe(true);
      }),
    );
  });
});
