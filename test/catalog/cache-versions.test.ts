import {
  CACHE_ENGINES,
  CACHE_VERSIONS,
  cacheVersion,
  cacheVersionsOf,
  DEFAULT_CACHE_VERSION,
} from '../../lib/catalog/cache-versions';

describe('cache versions', () => {
  test('Redis OSS ends at 7.1, and Valkey goes on from 7.2', () => {
    expect(cacheVersionsOf('redis')).toEqual(['6.2', '7.0', '7.1']);
    expect(cacheVersionsOf('valkey')).toEqual(['7.2', '8.0', '8.1', '8.2', '9.0', '9.1']);
    expect(cacheVersionsOf('memcached')).toEqual([]);
  });

  test.each([
    ['redis', '6.2', 'redis6.x'],
    ['redis', '7.1', 'redis7'],
    ['valkey', '7.2', 'valkey7'],
    ['valkey', '8.0', 'valkey8'],
    ['valkey', '8.2', 'valkey8'],
    ['valkey', '9.1', 'valkey9'],
  ])('%s %s takes parameter groups of %s', (engine, version, family) => {
    expect(cacheVersion(engine, version)?.family).toBe(family);
  });

  test('an end of support is known for Redis OSS 6 only', () => {
    expect(cacheVersion('redis', '6.2')).toMatchObject({ standardUntil: '2027-01-31', extendedUntil: '2030-01-31' });
    const ending = CACHE_VERSIONS.facts.filter(({ standardUntil, extendedUntil }) => standardUntil ?? extendedUntil);
    expect(ending).toHaveLength(1);
  });

  test('a version belongs to its engine, and the default is one of them', () => {
    expect(cacheVersion('redis', '8.0')).toBeUndefined();
    expect(cacheVersion('valkey', '7.1')).toBeUndefined();
    for (const engine of CACHE_ENGINES) expect(cacheVersion(engine, DEFAULT_CACHE_VERSION[engine])).toBeDefined();
  });
});
