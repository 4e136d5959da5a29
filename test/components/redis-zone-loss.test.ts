import { ACGS } from '../../apps/acgs';
import { RedisCluster } from '../../lib/kubernetes';
import { isRedisCluster } from '../../lib/model';
import { membersPerShard, redisPlan } from '../../lib/model/redis/redis';
import { type Manifest, manifests, only } from '../support/manifests';
import { type Place, REDIS_LACKS, RedisLoopback, until } from './support/redis-loopback';

const describeWith = REDIS_LACKS === undefined ? describe : describe.skip;

jest.setTimeout(120_000);

const ZONES = ['us-west-2a', 'us-west-2b', 'us-west-2c'] as const;
const [LOST] = ZONES;

/** Keys are spread over the shards by their names. */
const KEYS = Array.from({ length: 60 }, (_, index) => `constitutional:cdd01ef066bc6cf2:check-${index}`);

const caches = (ACGS.environments.find(({ name }) => name === 'production')?.caches ?? [])
  .filter(isRedisCluster)
  .map((cache, index) => ({ cache, port: 17_500 + index, network: `127.0.${51 + 4 * index}` }));

/** The zone that the first member of a shard is at home in, as its StatefulSet says. */
const homeOf = (set: Manifest): string =>
  set.spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference
    .matchExpressions[0].values[0];

describeWith.each(caches)('The Redis Cluster $cache.name of production', ({ cache, port, network }) => {
  const plan = redisPlan(cache);
  const members = Array.from({ length: membersPerShard(plan) }, (_, index) => index);
  const shards = Array.from({ length: plan.shards }, (_, shard) =>
    members.map((member): Place => `shard-${shard}-${member}`),
  );
  const props = { ...cache, port, zones: ZONES, clients: [] };
  const objects = manifests((chart) => new RedisCluster(chart, 'Cache', props));
  const sets = shards.map((_, shard) => only(objects, 'StatefulSet', `${cache.name}-shard-${shard}`));
  const homes = sets.map(homeOf);
  /** Of the seats that the constraints allow, the worst: the lost zone has a member of every shard. */
  const zoneOf = (place: Place): string => {
    const [, shard = 0, member = 0] = place.split('-').map(Number);
    const home = homes[shard] ?? '';
    const others = ZONES.filter((zone) => zone !== home).sort((a, b) => Number(b === LOST) - Number(a === LOST));
    return member === 0 ? home : (others[member - 1] ?? '');
  };
  const places = shards.flat();
  const gone = places.filter((place) => zoneOf(place) === LOST);
  const [firstHome = 'shard-0-0'] = gone.filter((place) => place.endsWith('-0'));
  const linked = (place: Place) => redis.cli(place, 'INFO', 'replication').includes('master_link_status:up');
  let redis: RedisLoopback;

  beforeAll(async () => {
    redis = new RedisLoopback(shards, props);
    redis.start(network);
    expect(redis.reconcile()).toMatchObject({ status: 0 });
    await until(() => places.filter((place) => !place.endsWith('-0')).every(linked), 30_000);
  });
  afterAll(() => redis?.dispose());

  test('seats no two members of a shard in one zone, and one primary in each', () => {
    for (const { spec } of sets) {
      expect(spec.template.spec.topologySpreadConstraints).toMatchObject([
        {
          topologyKey: 'topology.kubernetes.io/zone',
          maxSkew: 1,
          minDomains: members.length,
          whenUnsatisfiable: 'DoNotSchedule',
        },
      ]);
    }
    expect(homes).toEqual(ZONES);
    expect(gone).toHaveLength(3);
  });

  test('loses a zone all at once, keeps every key and takes writes again', async () => {
    for (const key of KEYS) expect(redis.write(key, `of ${key}`)).toBe(true);
    const during = KEYS.find((key) => redis.owner(key) === firstHome) ?? '';
    await new Promise((resolve) => setTimeout(resolve, 1500));

    redis.kill(gone);
    const millis = await until(() => redis.write(during, 'after'), 60_000);

    // shown with the result: what a client of the lost primary waits for
    process.stdout.write(
      `${cache.name}: ${gone.join(', ')} gone, writes again after ${(millis / 1000).toFixed(1)} s\n`,
    );
    expect(millis).toBeLessThan(3 * plan.nodeTimeout.inMillis);
    for (const key of KEYS) expect(redis.read(key)).toBe(key === during ? 'after' : `of ${key}`);
  });

  test('takes writes of every shard while the zone is away', () => {
    for (const key of KEYS) expect(redis.write(key, 'without the zone')).toBe(true);
  });

  test('is whole again once the zone is back, with primaries where they are at home', async () => {
    redis.start(`127.0.${Number(network.split('.')[2]) + 1}`, gone);
    await until(() => gone.every(linked), 30_000);
    expect(redis.reconcile({ REDIS_SETTLE_SECONDS: '0' })).toMatchObject({ status: 0 });
    expect(redis.primaries()).toEqual(shards.map(([home]) => home));
    for (const key of KEYS) expect(redis.read(key)).toBe('without the zone');
  });
});
