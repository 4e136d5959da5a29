import { Memory } from '../../lib/units';
import { REDIS_LACKS, until } from './support/redis-loopback';
import { REDIS_PASSWORD, RedisServerLoopback } from './support/redis-server-loopback';

const describeWith = REDIS_LACKS === undefined ? describe : describe.skip;

jest.setTimeout(60_000);

const NEXT = 'n"e\\w #2';

describeWith('redis-server with the emitted files', () => {
  let redis: RedisServerLoopback;
  const isReady = () => redis.ask('readinessProbe').status === 0;
  const cli = (...args: string[]) => redis.cli(REDIS_PASSWORD, ...args);

  beforeAll(async () => {
    redis = new RedisServerLoopback({
      kind: 'server',
      name: 'redis',
      port: 17_390,
      memory: Memory.mib(1200),
      maxmemory: Memory.mib(800),
      eviction: 'allkeys-lru',
      clients: [],
    });
    redis.start();
    await until(isReady, 10_000);
  });
  afterAll(() => redis.dispose());

  test("has the platform's settings, and is no cluster", () => {
    const read = (name: string) => cli('CONFIG', 'GET', name).split('\n')[1];
    expect(
      ['appendonly', 'save', 'maxmemory', 'maxmemory-policy', 'protected-mode', 'cluster-enabled'].map(read),
    ).toEqual(['yes', '60 1', '838860800', 'allkeys-lru', 'yes', 'no']);
  });

  test('is alive and ready, and says nothing of it', () => {
    expect(redis.ask('livenessProbe')).toEqual({ status: 0, text: '' });
    expect(redis.ask('readinessProbe')).toEqual({ status: 0, text: '' });
  });

  test('answers nobody without the password, and nobody in plain text', () => {
    expect(redis.cli('', 'GET', 'key')).toContain('NOAUTH');
    expect(redis.cli('guess', 'GET', 'key')).toContain('NOAUTH');
    expect(redis.plain()).not.toContain('PONG');
  });

  test('has its data after a kill without warning, and after a stop', async () => {
    expect(cli('SET', 'key', 'first')).toBe('OK');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await redis.end('SIGKILL');
    redis.start();
    await until(isReady, 10_000);
    expect(cli('GET', 'key')).toBe('first');

    expect(cli('SET', 'key', 'second')).toBe('OK');
    await redis.end('SIGTERM');
    expect(redis.ask('livenessProbe').status).toBe(1);
    redis.start();
    await until(isReady, 10_000);
    expect(cli('GET', 'key')).toBe('second');
  });

  test('reads a renewed certificate with the next question for readiness, once', () => {
    redis.certificate();
    const before = redis.certificates();
    expect(before.shown).not.toBe(before.given);
    expect(redis.ask('readinessProbe').status).toBe(0);
    expect(redis.certificates().shown).toBe(before.given);

    expect(cli('CONFIG', 'RESETSTAT')).toBe('OK');
    expect(redis.ask('readinessProbe').status).toBe(0);
    expect(cli('INFO', 'commandstats')).not.toContain('cmdstat_config|set');
  });

  test('takes a changed password beside the old one', () => {
    redis.changePassword(NEXT);
    expect(redis.ask('readinessProbe')).toEqual({ status: 0, text: 'change: takes a new password' });
    expect(redis.cli(NEXT, 'PING')).toBe('PONG');
    expect(cli('PING')).toBe('PONG');
    expect(redis.ask('readinessProbe')).toEqual({ status: 0, text: '' });
  });

  test('shows it to its exporter and its scripts, and to nobody else', () => {
    const [exporter, password] = [redis.written('exporter.json'), redis.written('password')];
    expect(JSON.parse(exporter.text)).toEqual({ 'rediss://redis-0.redis-members:17390': NEXT });
    expect(password.text).toBe(`${NEXT}\n`);
    expect([exporter.mode, password.mode, redis.written('redis.conf').mode]).toEqual([0o600, 0o600, 0o600]);
  });

  test('ends the old one in time for whoever connects, and loses nobody who is connected', async () => {
    const text = await redis.connected(REDIS_PASSWORD, 'key', async () => {
      expect(redis.ask('readinessProbe', { REDIS_OLD_PASSWORD_SECONDS: '60' })).toEqual({ status: 0, text: '' });
      expect(cli('PING')).toBe('PONG');
      expect(redis.ask('readinessProbe', { REDIS_OLD_PASSWORD_SECONDS: '0' })).toEqual({
        status: 0,
        text: 'change: ends the old password',
      });
      expect(cli('PING')).toContain('NOAUTH');
      expect(redis.cli(NEXT, 'PING')).toBe('PONG');
    });
    expect(text).toBe('second');
    expect(redis.ask('readinessProbe', { REDIS_OLD_PASSWORD_SECONDS: '0' })).toEqual({ status: 0, text: '' });
  });

  test('knows the last one it took when its container starts again', async () => {
    redis.changePassword('last');
    expect(redis.ask('readinessProbe')).toEqual({ status: 0, text: 'change: takes a new password' });
    await redis.end('SIGKILL');
    redis.startAgain();
    await until(isReady, 10_000);
    expect(redis.cli('last', 'GET', 'key')).toBe('second');
    expect(redis.cli(NEXT, 'GET', 'key')).toContain('NOAUTH');
  });
});
