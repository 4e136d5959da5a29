import { Duration, Memory } from '../../lib/units';
import { hasBusybox, PASSWORD, type Place, REDIS_LACKS, RedisLoopback, until } from './support/redis-loopback';

const describeWith = REDIS_LACKS === undefined ? describe : describe.skip;

jest.setTimeout(90_000);

const shards: readonly (readonly Place[])[] = [
  ['shard-0-0', 'shard-0-1'],
  ['shard-1-0', 'shard-1-1'],
  ['shard-2-0', 'shard-2-1'],
];
const places = shards.flat();
const replicas: readonly Place[] = ['shard-0-1', 'shard-1-1', 'shard-2-1'];
const homes: readonly Place[] = ['shard-0-0', 'shard-1-0', 'shard-2-0'];

describeWith('six Redis servers with the emitted files', () => {
  let redis: RedisLoopback;
  const linked = (place: Place) => redis.cli(place, 'INFO', 'replication').includes('master_link_status:up');
  const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));

  beforeAll(() => {
    redis = new RedisLoopback(shards, {
      name: 'cache',
      memory: Memory.mib(192),
      port: 17_389,
      nodeTimeout: Duration.seconds(2),
      zones: ['a', 'b', 'c'],
      clients: [],
    });
    redis.start('127.0.41');
  });
  afterAll(() => redis.dispose());

  test('become one cluster, each shard with its primary at home and its own replica', async () => {
    const first = redis.reconcile();

    expect(first).toMatchObject({ status: 0 });
    expect(redis.primaries()).toEqual(homes);
    for (const [home, replica] of shards) expect(redis.follows(replica as Place)).toBe(home);
    await until(() => replicas.every(linked), 15_000);
  });

  test('are left alone by a second run', () => {
    const before = places.map(redis.config);

    expect(redis.reconcile()).toEqual({ status: 0, lines: [] });
    expect(places.map(redis.config)).toEqual(before);
  });

  test('never show their password to other processes', () => {
    expect(redis.tellsItsPassword()).toBe(false);
  });

  test('are alive and ready', () => {
    for (const place of places) {
      expect(redis.script('alive.sh', place)).toEqual({ status: 0, lines: [] });
      expect(redis.script('ready.sh', place)).toEqual({ status: 0, lines: [] });
    }
  });

  test('find each other again when all of them have come back with other addresses', async () => {
    expect(redis.write('before', '1')).toBe(true);
    await seconds(1.5);
    redis.kill();
    redis.start('127.0.42');

    const { status } = redis.reconcile();

    const primaries = redis.primaries();
    expect(status).toBe(0);
    expect(redis.read('before')).toBe('1');
    await until(() => places.filter((place) => !primaries.includes(place)).every(linked), 15_000);
  });

  test('survive the sudden death of a primary, and take writes again', async () => {
    const key = 'during';
    const owner = redis.owner(key);
    redis.kill([owner]);

    const downtime = await until(() => redis.write(key, '2'), 30_000);

    expect(downtime).toBeLessThan(15_000);
    expect(redis.read(key)).toBe('2');
    expect(redis.reconcile({ REDIS_WAIT_SECONDS: '1' })).toEqual({
      status: 0,
      lines: [expect.stringMatching(/^missing/)],
    });

    redis.start('127.0.43', [owner]);
    await until(() => linked(owner), 30_000);
  });

  test('get their primaries back home once those have all data', async () => {
    expect(redis.primaries()).not.toEqual(homes);
    expect(redis.reconcile()).toEqual({ status: 0, lines: [] });

    const { status, lines } = redis.reconcile({ REDIS_SETTLE_SECONDS: '0' });

    expect(status).toBe(0);
    expect(lines).toEqual([expect.stringMatching(/takes its shard back/)]);
    expect(redis.primaries()).toEqual(homes);
    expect(redis.read('during')).toBe('2');
  });

  (hasBusybox ? test : test.skip)('are left alone by the same script under BusyBox', () => {
    expect(redis.reconcile({}, 'busybox')).toEqual({ status: 0, lines: [] });
  });

  test('hand over before they stop, all shards at once as a roll-out does, and keep what was handed over', async () => {
    const statuses = await redis.together('handover.sh', homes);

    expect(statuses).toEqual([0, 0, 0]);
    expect(redis.primaries()).toEqual(replicas);
    await until(() => homes.every(linked), 15_000);
    expect(redis.reconcile({ REDIS_SETTLE_SECONDS: '0' })).toEqual({ status: 0, lines: [] });
    expect(redis.primaries()).toEqual(replicas);
    expect(redis.write('during', '3')).toBe(true);
  });

  test('replace a member that has lost its volume, and forget the one it was', async () => {
    redis.kill(['shard-1-0']);
    redis.loseVolume('shard-1-0');
    await until(() => redis.hasLost('slave'), 15_000);
    redis.start('127.0.44', ['shard-1-0']);
    await until(() => redis.script('alive.sh', 'shard-1-0').status === 0, 5000);

    expect(redis.reconcile().status).toBe(0);

    for (const place of places) expect(redis.config(place)).toHaveLength(6);
    expect(redis.follows('shard-1-0')).toBe('shard-1-1');
  });

  test('lose nothing to an empty member while the one with the data is away', async () => {
    const owner = redis.owner('during');
    const shard = shards.find((members) => members.includes(owner)) ?? [];
    const other = shard.find((place) => place !== owner) ?? owner;
    redis.kill([owner, other]);
    redis.loseVolume(other);
    await until(() => redis.hasLost('slave'), 15_000);
    redis.start('127.0.45', [other]);
    await until(() => redis.script('alive.sh', other).status === 0, 5000);

    const without = redis.reconcile({ REDIS_WAIT_SECONDS: '1', REDIS_SERVE_SECONDS: '1' });
    redis.start('127.0.46', [owner]);
    await until(() => redis.script('alive.sh', owner).status === 0, 5000);
    const again = redis.reconcile();

    expect(without.status).toBe(1);
    expect(without.lines.filter((line) => /owns|forgets|takes/.test(line))).toEqual([]);
    expect(again.status).toBe(0);
    expect(redis.read('during')).toBe('3');
    expect(redis.follows(other)).toBe(owner);
  });

  describe('whose password is changed', () => {
    const NEXT = 'n"e\\w #2';

    test('keep the one they know where only their own user reads it', () => {
      expect(places.map((place) => redis.passwordMode(place))).toEqual(places.map(() => 0o600));
    });

    test('stay alive and ready, and take the new one beside the old one', async () => {
      await until(() => places.every((place) => redis.script('ready.sh', place).status === 0), 15_000);
      redis.changeSecret(NEXT);

      const alive = places.map((place) => redis.script('alive.sh', place));
      const shell = (place: Place) => (hasBusybox && homes.includes(place) ? 'busybox' : 'system');
      const first = places.map((place) => redis.script('ready.sh', place, {}, shell(place)));
      const second = places.map((place) => redis.script('ready.sh', place));

      expect(alive).toEqual(places.map(() => ({ status: 0, lines: [] })));
      expect(first).toEqual(places.map(() => ({ status: 0, lines: ['change: takes a new password'] })));
      expect(second).toEqual(places.map(() => ({ status: 0, lines: [] })));
      for (const place of places)
        expect([redis.accepts(place, PASSWORD), redis.accepts(place, NEXT)]).toEqual([true, true]);
    });

    test('are reached by the reconciler, which knows the new one only', () => {
      expect(redis.reconcile()).toEqual({ status: 0, lines: [] });
    });

    test('show it to their exporters', () => {
      const shown = places.map((place) => Object.values(JSON.parse(redis.exporterFile(place))));
      expect(shown).toEqual(places.map(() => [NEXT]));
    });

    test('are restarted one by one: hand over, come back and follow, until the old one is no longer good', async () => {
      for (const place of places) {
        const { status, lines } = redis.script('handover.sh', place);
        expect([status, lines.filter((line) => line !== 'OK')]).toEqual([0, []]);
        redis.kill([place]);
        redis.start('127.0.47', [place]);
        await until(() => redis.script('ready.sh', place).status === 0, 30_000);
      }
      for (const place of places) expect(redis.accepts(place, PASSWORD)).toBe(false);
      expect(redis.reconcile().status).toBe(0);
    });

    test('are alive even to a probe that knows another one', () => {
      const [place] = replicas;
      expect(redis.script('alive.sh', place, { REDIS_AUTH_FILE: '/dev/null' })).toEqual({ status: 0, lines: [] });
    });

    test('ignore an empty one', () => {
      redis.changeSecret('');
      const [place] = replicas;
      expect(redis.script('ready.sh', place)).toEqual({
        status: 0,
        lines: [expect.stringMatching(/must be one line/)],
      });
    });
  });
});
