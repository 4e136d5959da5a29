import { planAdmission } from '../../../lib/platform/plan/plan-admission';
import { environment, service } from '../../support/environment';
import type { Manifest } from '../../support/manifests';
import { ENVIRONMENTS, everyOutput } from '../../support/platforms';

const gateway = { name: 'gateway', scaling: service('x').scaling };
const REGISTRY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/';

const images = (overrides: Parameters<typeof environment>[0] = {}) =>
  planAdmission('shop', environment({ admission: {}, ...overrides }))?.images;

test('without a declaration nothing is asked', () => {
  expect(planAdmission('shop', environment())).toBeUndefined();
});

test('images come from the registry of the environment, and what its own stores run', () => {
  expect(planAdmission('shop', environment({ admission: {} }))).toEqual({
    name: 'shop',
    namespace: 'shop',
    images: [REGISTRY, 'docker.io/library/redis', 'docker.io/oliver006/redis_exporter'],
    partOf: 'shop',
  });
});

test('gateway, smoke tests and sidecars bring theirs, each once', () => {
  const rollout = { strategy: 'canary', traffic: { through: 'istio' }, smokeTest: { paths: ['/'] } } as const;
  const services = [service('a', { rollout }), service('b', { rollout })];
  expect(images({ caches: [], gateway, mesh: 'istio', services })).toEqual([
    REGISTRY,
    'docker.io/curlimages/curl',
    'docker.io/istio/proxyv2',
    'docker.io/nginxinc/nginx-unprivileged',
    'registry.istio.io/release/proxyv2',
  ]);
});

test('an image of your own counts instead of the usual one, without tag and digest', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const redis = `mirror.example.com:5000/redis:7.2@${digest}`;
  const redisExporter = `mirror.example.com:5000/exporter@${digest}`;
  expect(images({ images: { redis, redisExporter } })).toEqual([
    REGISTRY,
    'mirror.example.com:5000/exporter',
    'mirror.example.com:5000/redis',
  ]);
});

test('what comes through the cache of the registry needs no place of its own', () => {
  expect(images({ imageCache: 'pull-through' })).toEqual([REGISTRY]);
});

test('declared places and mode are passed on', () => {
  const declared = { mode: 'warn', images: ['ghcr.io/shop/'] } as const;
  expect(planAdmission('shop', environment({ caches: [], services: [], admission: declared }))).toMatchObject({
    mode: 'warn',
    images: [REGISTRY, 'ghcr.io/shop/'],
  });
});

test('every image that an environment of ours runs comes from where it allows', () => {
  const { objects } = everyOutput();
  const strangers = ENVIRONMENTS.flatMap((environment) => {
    const all = objects(environment);
    const text = all.find(({ metadata }: Manifest) => /-images$/.test(metadata?.name ?? ''))?.spec.validations[0]
      .message;
    const places = String(text).replace('images must come from one of ', '').split(', ');
    // what charts run is theirs, in namespaces of their own
    const ours = all.filter(({ kind }: Manifest) => kind !== 'Application');
    const run = [...JSON.stringify(ours).matchAll(/"image":"([^"]+)"/g)].map(([, image]) => String(image));
    expect(run.length).toBeGreaterThan(5);
    return run.filter(
      (image) =>
        !places.some((place) => (place.endsWith('/') ? image.startsWith(place) : image.startsWith(`${place}:`))),
    );
  });
  expect(strangers).toEqual([]);
});
