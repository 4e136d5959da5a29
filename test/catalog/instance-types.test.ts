import { INSTANCE_TYPES, instanceType } from '../../lib/catalog';

describe('instance types', () => {
  test.each([
    ['t3.medium', 'amd64', 2, 4096, 3, 6, 256, 0.0416],
    ['m5.large', 'amd64', 2, 8192, 3, 10, 750, 0.096],
    ['m5.4xlarge', 'amd64', 16, 65536, 8, 30, 5000, 0.768],
    ['c5.4xlarge', 'amd64', 16, 32768, 8, 30, 5000, 0.68],
    ['r7g.4xlarge', 'arm64', 16, 131072, 8, 30, 7500, 0.8568],
    ['t4g.xlarge', 'arm64', 4, 16384, 4, 15, 1024, 0.1344],
  ])(
    '%s is as its source has it',
    (name, architecture, vcpus, memoryMib, networkInterfaces, ipv4PerInterface, baselineMbps, usdPerHour) => {
      expect(instanceType(name)).toEqual({
        name,
        architecture,
        vcpus,
        memoryMib,
        networkInterfaces,
        ipv4PerInterface,
        baselineMbps,
        usdPerHour,
      });
    },
  );

  test('a type that the catalog lacks is undefined', () => {
    expect(instanceType('m5.huge')).toBeUndefined();
  });

  test('every type is listed once, under its own name', () => {
    expect(INSTANCE_TYPES.facts.size).toBe(89);
    for (const [name, type] of INSTANCE_TYPES.facts) expect(type.name).toBe(name);
  });

  test('architecture follows from the name: a g after the generation is arm64', () => {
    for (const { name, architecture } of INSTANCE_TYPES.facts.values()) {
      expect([name, architecture]).toEqual([name, /^[a-z]\dg/.test(name) ? 'arm64' : 'amd64']);
    }
  });

  test('within a family, twice the size costs twice as much', () => {
    for (const [name, { usdPerHour }] of INSTANCE_TYPES.facts) {
      const large = INSTANCE_TYPES.facts.get(name.replace(/\.2xlarge$/, '.large'));
      if (name.endsWith('.2xlarge') && large) expect(usdPerHour).toBeCloseTo(4 * large.usdPerHour, 6);
    }
  });
});
