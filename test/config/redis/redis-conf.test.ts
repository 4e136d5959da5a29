import { type RedisConfSettings, redisConf, redisSize } from '../../../lib/config/redis/redis-conf';
import { Duration, Memory } from '../../../lib/units';

const settings: RedisConfSettings = {
  port: 6389,
  memory: Memory.gib(3),
  maxmemory: Memory.gib(2),
  eviction: 'allkeys-lru',
  appendOnly: true,
  snapshots: [],
  minReplicasToWrite: 0,
  auth: true,
  tls: false,
};

const lines = (overrides: Partial<RedisConfSettings> = {}) => redisConf({ ...settings, ...overrides }).split('\n');

describe('redis.conf', () => {
  test('holds the values of the ACGS document, in words that Redis reads', () => {
    const cluster = { nodeTimeout: Duration.seconds(5), requireFullCoverage: false };
    expect(lines({ cluster })).toEqual(
      expect.arrayContaining([
        'port 6389',
        'maxmemory 2gb',
        'maxmemory-policy allkeys-lru',
        'cluster-enabled yes',
        'cluster-node-timeout 5000',
        'cluster-require-full-coverage no',
        'cluster-allow-replica-migration no',
        'cluster-preferred-endpoint-type hostname',
      ]),
    );
  });

  test('is that of a single server without cluster settings', () => {
    expect(lines().filter((line) => line.startsWith('cluster'))).toEqual([]);
  });

  test('encrypts everything or nothing', () => {
    const cluster = { nodeTimeout: Duration.seconds(5), requireFullCoverage: true };
    const encrypted = lines({ tls: true, cluster });
    expect(encrypted).toEqual(
      expect.arrayContaining(['port 0', 'tls-port 6389', 'tls-replication yes', 'tls-cluster yes']),
    );
    expect(lines({ tls: true }).filter((line) => line.startsWith('tls-cluster'))).toEqual([]);
    expect(lines({ cluster }).filter((line) => line.startsWith('tls'))).toEqual([]);
  });

  test('opens a server without a password to other hosts, else nobody could use it', () => {
    expect(lines({ auth: false })).toContain('protected-mode no');
    expect(lines()).toContain('protected-mode yes');
  });

  test('shares what is not data out to clients and replicas, and keeps half of it for forks', () => {
    expect(lines()).toEqual(
      expect.arrayContaining([
        'maxmemory-clients 256mb',
        'repl-backlog-size 128mb',
        'client-output-buffer-limit replica 256mb 128mb 60',
        'client-output-buffer-limit pubsub 128mb 64mb 60',
      ]),
    );
  });

  test('gives even a tiny server a whole mebibyte', () => {
    const tiny = lines({ memory: Memory.mib(5), maxmemory: Memory.mib(4) });
    expect(tiny).toEqual(expect.arrayContaining(['maxmemory-clients 1mb', 'repl-backlog-size 1mb']));
  });

  test.each([
    { it: 'nothing', overrides: { appendOnly: false }, expected: ['appendonly no', 'save ""'] },
    { it: 'the log', overrides: {}, expected: ['appendonly yes', 'appendfsync everysec', 'save ""'] },
    {
      it: "Alfred's snapshots beside it",
      overrides: { snapshots: [{ after: Duration.seconds(60), changes: 1 }] },
      expected: ['appendonly yes', 'save 60 1'],
    },
    {
      it: 'several rules in one line',
      overrides: {
        snapshots: [
          { after: Duration.hours(1), changes: 1 },
          { after: Duration.minutes(5), changes: 100 },
        ],
      },
      expected: ['save 3600 1 300 100'],
    },
  ])('keeps $it', ({ overrides, expected }) => {
    expect(lines(overrides)).toEqual(expect.arrayContaining(expected));
  });

  test('stops writes that no replica would have', () => {
    expect(lines({ minReplicasToWrite: 1 })).toEqual(
      expect.arrayContaining(['min-replicas-to-write 1', 'min-replicas-max-lag 10']),
    );
  });

  test('ends with a line break and repeats only what may be repeated', () => {
    const names = lines().map((line) => line.split(' ')[0]);
    expect(names.pop()).toBe('');
    const repeated = names.filter((name, index) => names.indexOf(name) !== index);
    expect([...new Set(repeated)]).toEqual(['client-output-buffer-limit']);
  });
});

test.each([
  [Memory.gib(2), '2gb'],
  [Memory.mib(1536), '1536mb'],
  [Memory.mib(800), '800mb'],
  [Memory.kib(3), '3kb'],
  [Memory.bytes(1023), '1023'],
  [Memory.bytes(0), '0'],
])('%s is %s for Redis', (memory, expected) => {
  expect(redisSize(memory)).toBe(expected);
});
