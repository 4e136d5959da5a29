import { type ChildProcess, spawnSync } from 'node:child_process';
import { ACGS } from '../../apps/acgs';
import { composeStack } from '../../lib/local';
import { ComposeLoopback, hasRedis } from './support/compose-loopback';
import { until } from './support/redis-loopback';

const describeWith = hasRedis ? describe : describe.skip;

jest.setTimeout(90_000);

const hosts = [1, 2, 3, 4, 5, 6].map((number) => `redis-${number}`);
const NETWORK = '127.0.71';
const addressOf = (host: string): string => `${NETWORK}.${host.slice('redis-'.length)}`;

describeWith('the Redis Cluster of a stack', () => {
  let stack: ComposeLoopback;
  const servers = new Map<string, ChildProcess>();
  const port = 6389;

  const cli = (host: string, ...args: string[]): string => {
    const { stdout } = spawnSync('redis-cli', ['-h', addressOf(host), '-p', `${port}`, ...args], {
      env: { PATH: process.env.PATH, REDISCLI_AUTH: stack.secret('cache-auth') },
      encoding: 'utf8',
      timeout: 5000,
    });
    return (stdout ?? '').replaceAll('\r', '').trim();
  };
  const primaries = () => [...servers.keys()].filter((host) => cli(host, 'ROLE').startsWith('master'));
  const holder = (key: string) => primaries().find((host) => cli(host, 'SET', key, '1') === 'OK');
  const linked = (host: string) => cli(host, 'INFO', 'replication').includes('master_link_status:up');

  beforeAll(() => {
    const [development] = ACGS.environments;
    if (development?.local === undefined) throw new Error('acgs/development has no stack');
    stack = new ComposeLoopback(composeStack('acgs', development, development.local));
    stack.makeSecrets();
    for (const host of [...hosts, 'redis-cluster']) stack.prepare(host);
    for (const host of hosts) {
      const env = { REDIS_IP: addressOf(host), REDIS_BIND: addressOf(host) };
      const { status, text } = stack.run(host, ['sh', '/etc/redis/scripts/configure.sh'], env);
      expect([host, status, text]).toEqual([host, 0, '']);
      servers.set(host, stack.start(host, env, ['redis-server', stack.inside(host, '/run/redis/redis.conf')]));
    }
  });
  afterAll(() => stack?.dispose());

  /** The members where they are here, by the list that the stack gives. */
  const reconcile = () => {
    const shards = (stack.service('redis-cluster').environment?.REDIS_SHARDS ?? '').replaceAll(
      /redis-(\d)/g,
      `${NETWORK}.$1`,
    );
    return stack.run('redis-cluster', ['sh', '/etc/redis/scripts/bootstrap.sh'], {
      REDIS_SHARDS: shards,
      REDIS_WORK_FOLDER: stack.inside('redis-cluster', '/tmp'),
    });
  };

  test('is formed of six members: the first three are primaries, each with a replica', async () => {
    const { status, text } = reconcile();

    expect([status, text]).toEqual([0, expect.any(String)]);
    expect(primaries()).toEqual(['redis-1', 'redis-2', 'redis-3']);
    await until(() => ['redis-4', 'redis-5', 'redis-6'].every(linked), 15_000);
    expect(cli('redis-1', 'CONFIG', 'GET', 'cluster-node-timeout')).toBe('cluster-node-timeout\n5000');
    expect(cli('redis-1', 'CONFIG', 'GET', 'maxmemory-policy')).toBe('maxmemory-policy\nallkeys-lru');
  });

  test('asks for the password', () => {
    const { stdout } = spawnSync('redis-cli', ['-h', addressOf('redis-1'), '-p', `${port}`, 'PING'], {
      encoding: 'utf8',
    });
    expect(stdout).toContain('NOAUTH');
  });

  test('takes writes again after a primary has died without a word', async () => {
    const owner = holder('during') ?? '';
    // runuser passes no SIGKILL on: the server itself is meant
    const [, pid = ''] = /process_id:(\d+)/.exec(cli(owner, 'INFO', 'server')) ?? [];
    // 0 would be everything that runs with this test
    expect(Number(pid)).toBeGreaterThan(1);
    process.kill(Number(pid), 'SIGKILL');
    servers.delete(owner);

    const downtime = await until(() => holder('during') !== undefined, 30_000);

    expect(downtime).toBeLessThan(20_000);
    expect(primaries()).toHaveLength(3);
  });
});
