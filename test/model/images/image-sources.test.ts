import type { EnvironmentSpec } from '../../../lib/model';
import {
  cachedReference,
  cachedUpstreams,
  IMAGE_CACHE_CHECKS,
  imageFor,
  imageKinds,
  imagesOf,
  inspectImageCache,
  lockImages,
  PUBLIC_IMAGES,
  upstreamOfImage,
} from '../../../lib/model';
import { Memory } from '../../../lib/units';
import { BLUE_GREEN } from '../../misuse/rows';
import { environment, service } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

const REGISTRY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const cached = (part: Partial<EnvironmentSpec> = {}) => environment({ imageCache: 'pull-through', ...part });

const gateway = {
  name: 'gateway',
  scaling: { min: 2, max: 4, metrics: [] },
} as unknown as NonNullable<EnvironmentSpec['gateway']>;

const SMOKE = { paths: ['/health'] };

test('every image has a registry that ECR can fetch from, and a tag that names a release', () => {
  for (const image of Object.values(PUBLIC_IMAGES)) {
    expect(image).toMatch(/^[a-z0-9.]+\/[a-z0-9_/-]+:v?\d+\.\d+[\w.-]*$/);
    expect(upstreamOfImage(image)).toBeDefined();
  }
});

describe('imageKinds', () => {
  const none = environment({ caches: [] });
  const rows: readonly (readonly [it: string, environment: EnvironmentSpec, kinds: readonly string[]])[] = [
    ['nothing but services', none, []],
    ['a Redis Cluster', environment(), ['redis', 'redisExporter']],
    [
      'one Redis',
      { ...none, caches: [{ kind: 'server', name: 'cache', memory: Memory.gib(1) }] },
      ['redis', 'redisExporter'],
    ],
    [
      'ElastiCache',
      { ...none, caches: [{ kind: 'replication-group', name: 'cache', nodeType: 'cache.m7g.large' }] },
      [],
    ],
    [
      'PostgreSQL in the cluster',
      { ...none, databases: [{ kind: 'server', name: 'main', databaseName: 'shop', maxConnections: 100 }] },
      ['postgres', 'postgresExporter'],
    ],
    ['a vector database', { ...none, vectorDatabases: [{ name: 'vectors' }] }, ['qdrant']],
    ['a gateway', { ...none, gateway }, ['nginx']],
    [
      'a smoke test',
      { ...none, services: [service('orders', { rollout: { ...BLUE_GREEN, smokeTest: SMOKE } })] },
      ['curl'],
    ],
    [
      'a smoke test with an image of its own',
      {
        ...none,
        services: [service('orders', { rollout: { ...BLUE_GREEN, smokeTest: { ...SMOKE, image: 'a/b:1' } } })],
      },
      [],
    ],
  ];
  test.each(rows)('%s', (_it, given, kinds) => {
    expect(imageKinds(given)).toEqual(kinds);
  });
});

describe('where images come from', () => {
  test('from where their projects have them, unless told otherwise', () => {
    expect(imageFor(environment(), 'redis')).toBeUndefined();
    expect(imageFor(environment({ imageCache: 'public' }), 'redis')).toBeUndefined();
    expect(imageFor(environment({ images: { redis: 'mirror.example.com/redis:7' } }), 'redis')).toBe(
      'mirror.example.com/redis:7',
    );
  });

  test('through the cache of the registry, below the name that the upstream has there', () => {
    expect(imageFor(cached(), 'redis')).toBe(`${REGISTRY}/docker-hub/library/redis:7.2.11-alpine`);
    expect(imageFor(cached(), 'postgresExporter')).toBe(
      `${REGISTRY}/quay/prometheuscommunity/postgres-exporter:v0.20.1`,
    );
  });

  test.each([
    ['docker.io/library/redis:8.2', `${REGISTRY}/docker-hub/library/redis:8.2`],
    ['ghcr.io/a/b:1', `${REGISTRY}/github/a/b:1`],
    ['registry.k8s.io/pause:3.10', `${REGISTRY}/kubernetes/pause:3.10`],
    ['public.ecr.aws/a/b:1', `${REGISTRY}/ecr-public/a/b:1`],
    ['mirror.example.com/redis:8.2', 'mirror.example.com/redis:8.2'],
    ['redis:8.2', 'redis:8.2'],
    [
      `docker.io/library/redis:8.2@sha256:${'a'.repeat(64)}`,
      `${REGISTRY}/docker-hub/library/redis:8.2@sha256:${'a'.repeat(64)}`,
    ],
  ])('%s comes as %s', (reference, through) => {
    expect(cachedReference(cached(), reference)).toBe(through);
    expect(cachedReference(environment(), reference)).toBe(reference);
    expect(imageFor(cached({ images: { redis: reference } }), 'redis')).toBe(through);
  });

  test('upstreams are those of what runs, each once', () => {
    expect(cachedUpstreams(environment())).toEqual([]);
    expect(cachedUpstreams(cached())).toEqual(['docker.io']);
    expect(cachedUpstreams(cached({ caches: [] }))).toEqual([]);
    expect(cachedUpstreams(cached({ images: { redis: 'ghcr.io/a/redis:1' } }))).toEqual(['docker.io', 'ghcr.io']);
    const rollout = { ...BLUE_GREEN, smokeTest: { ...SMOKE, image: 'quay.io/a/b:1' } };
    expect(cachedUpstreams(cached({ caches: [], services: [service('orders', { rollout })] }))).toEqual(['quay.io']);
  });
});

describe('locks', () => {
  const digest = `sha256:${'d'.repeat(64)}`;

  test('hold what runs under the name that its project gives it, cached or not', () => {
    const images = imagesOf(cached({ services: [] })).map(({ image }) => image);
    expect(images).toEqual(['docker.io/library/redis:7.2.11-alpine', 'docker.io/oliver006/redis_exporter:v1.77.0']);
  });

  test('pin what the environment does not name itself, and the cache serves that very digest', () => {
    const locked = lockImages(cached(), { [PUBLIC_IMAGES.redis]: digest });
    expect(locked.images).toEqual({ redis: `${PUBLIC_IMAGES.redis}@${digest}` });
    expect(imageFor(locked, 'redis')).toBe(`${REGISTRY}/docker-hub/library/redis:7.2.11-alpine@${digest}`);
    expect(imageFor(locked, 'redisExporter')).toBe(`${REGISTRY}/docker-hub/oliver006/redis_exporter:v1.77.0`);
    expect(lockImages(locked, { [PUBLIC_IMAGES.redis]: digest })).toEqual(locked);
  });
});

describe('inspectImageCache', () => {
  const rows: readonly (readonly [it: string, checks: readonly string[], environment: EnvironmentSpec])[] = [
    ['its own registry', [], cached()],
    ['that of another region', ['environment-image-cache-is-its-own'], cached({ region: 'eu-central-1' })],
    ['that of another account', ['environment-image-cache-is-its-own'], cached({ account: '999999999999' })],
    ['a folder of it', ['environment-image-cache-is-its-own'], cached({ registry: `${REGISTRY}/team` })],
    ['one that is not of ECR', ['environment-image-cache-is-its-own'], cached({ registry: 'registry.example.com' })],
    ['no cache', [], environment({ registry: 'registry.example.com' })],
    [
      'that of a region in China',
      [],
      cached({ region: 'cn-north-1', registry: '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn' }),
    ],
  ];
  test.each(rows)('%s', (_it, checks, given) => {
    expect(ids(inspectImageCache('shop', given))).toEqual(checks);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, checks]) => checks))]).toEqual(allIds(IMAGE_CACHE_CHECKS));
  });
});
