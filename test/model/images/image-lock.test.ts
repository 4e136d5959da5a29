import { isError } from '../../../lib/check';
import type { EnvironmentSpec } from '../../../lib/model';
import { type ImageLock, imagesOf, lockImages, lockReference } from '../../../lib/model/images/image-lock';
import { IMAGE_LOCK_CHECKS, inspectImageLock } from '../../../lib/model/images/image-lock-checks';
import { service, environment as whole } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

/** One whose stores are AWS' own, so that it runs no image but its services'. */
const environment = (overrides: Partial<EnvironmentSpec> = {}) => whole({ caches: [], ...overrides });

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

const NGINX = 'docker.io/library/nginx:1.29.4';
const CURL = 'docker.io/curlimages/curl:8.10.1';
const LOCK: ImageLock = { 'shop/orders:1.0.0': digest('a'), [NGINX]: digest('b'), [CURL]: digest('c') };

const orders = service('orders', {
  rollout: {
    strategy: 'blue-green',
    smokeTest: { image: CURL, command: ['true'] },
  },
});
const SHOP = environment({ services: [orders], images: { nginx: NGINX } });

describe('lockImages', () => {
  test('gives every image that the lock knows its digest', () => {
    const { services, images } = lockImages(SHOP, LOCK);

    expect(services[0]?.image).toEqual({ repository: 'shop/orders', tag: '1.0.0', digest: digest('a') });
    expect(services[0]?.rollout?.smokeTest?.image).toBe(`${CURL}@${digest('c')}`);
    expect(images).toEqual({ nginx: `${NGINX}@${digest('b')}` });
  });

  test('changes nothing else', () => {
    const { services, images: _, ...rest } = lockImages(SHOP, LOCK);
    const { services: before, images: __, ...same } = SHOP;
    expect(rest).toEqual(same);
    expect(services.map(({ image, rollout, ...others }) => others)).toEqual(
      before.map(({ image, rollout, ...others }) => others),
    );
  });

  test('leaves by tag what the lock lacks, and as it is what the declaration pins', () => {
    const pinned = service('pinned', { image: { repository: 'shop/orders', tag: '1.0.0', digest: digest('d') } });
    const { services } = lockImages(environment({ services: [service('other'), pinned] }), LOCK);

    expect(services.map(({ image }) => image.digest)).toEqual([undefined, digest('d')]);
    expect(services[0]?.image).not.toHaveProperty('digest');
  });

  test('twice is the same as once, and an empty lock changes nothing', () => {
    const once = lockImages(SHOP, LOCK);
    expect(lockImages(once, LOCK)).toEqual(once);
    expect(lockImages(SHOP, {})).toEqual(SHOP);
  });

  test('an environment without images of its own gets none', () => {
    expect(lockImages(environment(), LOCK)).not.toHaveProperty('images');
  });

  test('a reference with a digest stays', () => {
    const pinned = `${NGINX}@${digest('e')}`;
    expect(lockReference(pinned, { ...LOCK, [pinned]: digest('f') })).toBe(pinned);
  });
});

test('imagesOf names each image, who runs it, and the digest that is declared', () => {
  const pinned = { ...orders, image: { repository: 'shop/orders', tag: '1.0.0', digest: digest('d') } };
  expect(imagesOf({ services: [pinned, service('carts')], images: { redis: `redis:8.2@${digest('e')}` } })).toEqual([
    { image: 'shop/orders:1.0.0', by: 'orders', digest: digest('d') },
    { image: CURL, by: 'the smoke test of orders' },
    { image: 'shop/carts:1.0.0', by: 'carts' },
    { image: 'redis:8.2', by: 'redis', digest: digest('e') },
  ]);
});

describe('inspectImageLock', () => {
  test('is silent where everything is locked and nothing more', () => {
    expect(inspectImageLock('shop', SHOP, LOCK)).toEqual([]);
  });

  const { 'shop/orders:1.0.0': __, ...without } = LOCK;
  const staging = { ...SHOP, stage: 'staging' } as const;
  const contradicting = environment({
    services: [service('orders', { image: { repository: 'shop/orders', tag: '1.0.0', digest: digest('d') } })],
  });
  const latest = environment({ images: { nginx: 'nginx:latest' } });
  const tagless = environment({ images: { nginx: 'localhost:5000/nginx' } });
  const base = { 'shop/orders:1.0.0': digest('a') };

  const rows: readonly (readonly [
    check: string,
    it: string,
    given: Parameters<typeof inspectImageLock>[1],
    lock: ImageLock,
  ])[] = [
    ['image-lock-covers-production', 'production with an image by tag', SHOP, without],
    ['image-lock-covers-other-stages', 'staging with an image by tag', staging, without],
    ['image-lock-digests-are-well-formed', 'a short digest', SHOP, { ...LOCK, [NGINX]: 'sha256:abc' }],
    ['image-lock-digests-are-well-formed', 'capital letters', SHOP, { ...LOCK, [NGINX]: digest('A') }],
    ['image-lock-holds-nothing-stale', 'an image that nobody runs', SHOP, { ...LOCK, 'shop/old:0.9.0': digest('f') }],
    ['image-lock-agrees-with-declarations', 'another digest than declared', contradicting, base],
    ['image-lock-tags-stand-still', 'latest', latest, { ...base, 'nginx:latest': digest('b') }],
  ];

  test.each(rows)('%s: %s', (check, _, given, lock) => {
    expect(ids(inspectImageLock('shop', given, lock))).toEqual([check]);
  });

  test('a name without a tag, or with a digest, is no name of a lock', () => {
    expect(ids(inspectImageLock('shop', tagless, { ...base, 'localhost:5000/nginx': digest('b') }))).toEqual([
      'image-lock-names-are-tagged',
      'image-lock-tags-stand-still',
    ]);
    expect(ids(inspectImageLock('shop', SHOP, { ...LOCK, [`nginx:1@${digest('a')}`]: digest('a') }))).toEqual([
      'image-lock-names-are-tagged',
      'image-lock-holds-nothing-stale',
    ]);
  });

  test('what others run who share the lock is not stale', () => {
    expect(inspectImageLock('shop', SHOP, { ...LOCK, 'shop/other:2.0.0': digest('f') }, ['shop/other:2.0.0'])).toEqual(
      [],
    );
  });

  test('production is refused, other stages are warned', () => {
    const severity = (given: typeof SHOP) => inspectImageLock('shop', given, without).map(isError);
    expect([severity(SHOP), severity(staging)]).toEqual([[true], [false]]);
  });

  test('says which image of which service', () => {
    expect(inspectImageLock('shop', SHOP, without)[0]?.received).toBe('shop/orders:1.0.0 of orders');
  });

  test('every check has a failing row', () => {
    const found = [...rows.map(([check]) => check), 'image-lock-names-are-tagged'];
    expect([...new Set(found)].sort()).toEqual(allIds(IMAGE_LOCK_CHECKS));
  });
});
