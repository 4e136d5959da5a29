import { CACHE_WARMING_CHECKS, CacheWarming, type CacheWarmingProps } from '../../../lib/kubernetes';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const PROPS: CacheWarmingProps = {
  name: 'cache-warming',
  url: 'http://orders:8080/checks/{name}',
  names: ['stock', 'prices'],
  keyPrefix: 'orders:v3:',
  ttl: Duration.hours(24),
  every: Duration.hours(8),
  cacheSecret: 'cache-auth',
  tls: { secretName: 'cache-warming-tls' },
  egress: [
    { pods: { app: 'orders' }, port: 8080 },
    { pods: { app: 'cache' }, port: 6379 },
  ],
};

const build = (changes: Partial<CacheWarmingProps> = {}): Manifest[] =>
  manifests((chart) => new CacheWarming(chart, 'Warming', { ...PROPS, ...changes }));
const podOf = (changes: Partial<CacheWarmingProps> = {}): Manifest =>
  only(build(changes), 'CronJob').spec.jobTemplate.spec.template;
const envOf = (name: string, changes: Partial<CacheWarmingProps> = {}): Readonly<Record<string, string>> =>
  Object.fromEntries(
    podOf(changes)
      .spec.containers.find((one: Manifest) => one.name === name)
      .env.map((one: Manifest) => [one.name, one.value]),
  );

test('one run at a time, well before what it stored expires, and once for each release', () => {
  expect(only(build(), 'CronJob').spec).toMatchObject({ schedule: '7 */8 * * *', concurrencyPolicy: 'Forbid' });
  const job = only(build(), 'Job');
  expect(job.metadata.annotations['argocd.argoproj.io/hook']).toBe('PostSync');
  expect(job.spec).toMatchObject({ backoffLimit: 3, activeDeadlineSeconds: 600 });
});

test('a changed declaration makes another Job', () => {
  const name = (changes: Partial<CacheWarmingProps>): string => only(build(changes), 'Job').metadata.name;
  expect(name({ ttl: Duration.hours(25) })).not.toBe(name({}));
  expect(name({})).toBe(name({}));
});

test('who asks has no password, and who stores asks nobody', () => {
  const mounts = (index: number): string[] =>
    podOf().spec.containers[index].volumeMounts.map((one: Manifest) => one.mountPath);
  expect(mounts(0)).toEqual(['/etc/cache-warming', '/run/warming']);
  expect(mounts(1)).toEqual(['/etc/cache', '/etc/cache-tls', '/etc/cache-warming', '/run/warming']);
  expect(envOf('compute')).toEqual({
    WARM_NAMES: 'stock prices',
    WARM_FOLDER: '/run/warming',
    WARM_URL: 'http://orders:8080/checks/{name}',
    WARM_HEADERS: '',
    WARM_EXPECTED: '',
  });
  expect(envOf('store')).toMatchObject({
    WARM_PREFIX: 'orders:v3:',
    WARM_TTL: '86400',
    WARM_WAIT_SECONDS: '540',
    REDIS_TLS: '/etc/cache-tls',
  });
});

test('headers are one a line', () => {
  expect(envOf('compute', { headers: { 'X-A': '1', 'X-B': '$2' } }).WARM_HEADERS).toBe('X-A: 1\nX-B: $$2');
});

test.each<[CacheWarmingProps['tls'], string]>([
  ['public', 'public'],
  ['off', 'off'],
])('a cache with TLS %j', (tls, said) => {
  expect(envOf('store', { tls }).REDIS_TLS).toBe(said);
});

test('in a mesh it takes part, past the sidecar to the cache, and the sidecar ends with it', () => {
  const { labels, annotations } = podOf({ mesh: 'sidecar', bypassMesh: [6379] }).metadata;
  expect(labels['sidecar.istio.io/inject']).toBe('true');
  expect(annotations).toMatchObject({
    'sidecar.istio.io/nativeSidecar': 'true',
    'traffic.sidecar.istio.io/excludeOutboundPorts': '6379',
  });
  expect(podOf().metadata.labels['sidecar.istio.io/inject']).toBe('false');
  const ports = (changes: Partial<CacheWarmingProps>) =>
    only(build(changes), 'NetworkPolicy').spec.egress.map((one: Manifest) => one.ports[0].port);
  expect(ports({})).toEqual([53, 53, 8080, 6379]);
  expect(ports({ mesh: 'sidecar' })).toEqual([53, 53, 15_012, 8080, 6379]);
});

const ROWS: readonly (readonly [string, Partial<CacheWarmingProps>, readonly string[]])[] = [
  ['a name of 41', { name: 'a'.repeat(41) }, ['cache-warming-name-is-a-short-dns-label']],
  ['a URL without a name', { url: 'http://orders/checks' }, ['cache-warming-url-names-the-result']],
  ['a URL with a quote', { url: "http://orders/'{name}" }, ['cache-warming-url-names-the-result']],
  ['no names', { names: [] }, ['cache-warming-has-results']],
  ['a name that is two', { names: ['a b'] }, ['cache-warming-has-results']],
  ['a prefix with a space', { keyPrefix: 'a b' }, ['cache-warming-prefix-is-plain']],
  [
    'a day that expires in a day',
    { every: Duration.hours(12), ttl: Duration.hours(12) },
    ['cache-warming-refreshes-in-time'],
  ],
  ['every seven hours', { every: Duration.hours(7) }, ['cache-warming-refreshes-in-time']],
  ['a run of a minute', { within: Duration.minutes(1) }, ['cache-warming-run-is-bounded']],
  ['a Secret of 57', { cacheSecret: 'a'.repeat(57) }, ['cache-warming-secrets-are-dns-labels']],
  ['only one side', { egress: PROPS.egress.slice(0, 1) }, ['cache-warming-reaches-both-sides']],
  ['a port of 0', { egress: [{ cidr: '10.0.0.0/8', port: 0 }, ...PROPS.egress] }, ['network-peer-port-is-real']],
];

test.each(ROWS)('%s is refused', (_, changes, expected) => {
  expect(ids(CacheWarming.inspect('Warming', { ...PROPS, ...changes }))).toEqual(expected);
  expect(refused(() => build(changes))).toEqual(expected);
});

test('every check has a failing row', () => {
  expect(ROWS.flatMap(([, , checks]) => checks)).toEqual(expect.arrayContaining(allIds(CACHE_WARMING_CHECKS)));
});
