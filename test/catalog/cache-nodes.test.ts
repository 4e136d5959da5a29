import { CACHE_NODES, cacheNode } from '../../lib/catalog/cache-nodes';

describe('cache nodes', () => {
  test.each([
    ['cache.t3.micro', 2, 536_870_912, true, 0.017],
    ['cache.t4g.medium', 2, 3_317_862_236, true, undefined],
    ['cache.m5.24xlarge', 96, 337_500_562_842, false, undefined],
    ['cache.m6g.large', 2, 6_854_542_746, false, undefined],
    ['cache.r6g.large', 2, 14_037_181_030, false, 0.206],
    ['cache.r6g.xlarge', 4, 28_261_849_702, false, 0.411],
    ['cache.r6g.16xlarge', 64, 450_000_750_456, false, undefined],
    ['cache.r5.24xlarge', 96, 682_485_973_811, false, undefined],
  ])('%s has %d vCPUs and %d bytes', (name, vcpus, maxmemoryBytes, burstable, usdPerHour) => {
    expect(cacheNode(name)).toEqual({
      name,
      vcpus,
      maxmemoryBytes,
      burstable,
      ...(usdPerHour === undefined ? {} : { usdPerHour }),
    });
  });

  test('those whose memory was not read to the byte say so, and no others', () => {
    expect(cacheNode('cache.r7g.large')).toMatchObject({ maxmemoryBytes: 14_037_181_030, roundedMemory: true });
    const rounded = [...CACHE_NODES.facts.values()].filter(({ roundedMemory }) => roundedMemory === true);
    expect([...new Set(rounded.map(({ name }) => name.split('.')[1]))]).toEqual(['m7g', 'r7g']);
  });

  test('sizes that a family has not are unknown', () => {
    for (const name of ['cache.m5.8xlarge', 'cache.r6g.24xlarge', 'cache.t4g.large', 'db.r6g.large', '']) {
      expect(cacheNode(name)).toBeUndefined();
    }
  });

  test('each stands below its own name', () => {
    for (const [name, node] of CACHE_NODES.facts) expect(node.name).toBe(name);
    expect(CACHE_NODES.facts.size).toBe(46);
  });
});
