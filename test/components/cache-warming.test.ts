import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CacheWarming, type CacheWarmingProps } from '../../lib/kubernetes';
import { Duration, Memory } from '../../lib/units';
import { type Manifest, manifests, only } from '../support/manifests';
import {
  hasBusybox,
  PASSWORD,
  type Place,
  REDIS_LACKS,
  RedisLoopback,
  type Shell,
  until,
} from './support/redis-loopback';

const describeWith = REDIS_LACKS === undefined ? describe : describe.skip;

jest.setTimeout(90_000);

const HASH = 'cdd01ef066bc6cf2';
const NAMES = ['basic_safety_check', 'fairness_check'] as const;
const shards: readonly (readonly Place[])[] = [['shard-0-0'], ['shard-1-0'], ['shard-2-0']];

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const json =
  (body: string, status = 200, hash = HASH): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-constitutional-hash': hash });
    response.end(body);
  };

describeWith('what fills a cache, with the emitted scripts', () => {
  let redis: RedisLoopback;
  let server: Server;
  let pod: Manifest;
  let answers: Readonly<Record<string, Answer>> = {};
  const asked: IncomingMessage[] = [];
  const at = (...path: string[]): string => join(redis.folder, ...path);
  const key = (name: string): string => `constitutional:${HASH}:${name}`;

  const container = async (
    name: string,
    shell: Shell,
    more: NodeJS.ProcessEnv,
  ): Promise<{ status: number | null; text: string }> => {
    const found = pod.spec.containers.find((one: Manifest) => one.name === name);
    const here = (text: string): string =>
      text
        .replace('/etc/cache-warming', at('warming'))
        .replace('/etc/cache-tls', redis.folder)
        .replace('/etc/cache', at('secret'))
        .replace('/run/warming', at('work'));
    const given: readonly { readonly name: string; readonly value: string }[] = found.env;
    const [program = 'sh', ...args] = found.command.map(here);
    const env = {
      PATH: process.env.PATH,
      ...Object.fromEntries(given.map((variable) => [variable.name, here(variable.value)])),
      WARM_PAUSE_SECONDS: '1',
      ...more,
    };
    const child = spawn(shell === 'busybox' ? 'busybox' : program, shell === 'busybox' ? ['sh', ...args] : args, {
      env,
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        text += data;
      });
    return new Promise((resolve) => child.on('exit', (status) => resolve({ status, text })));
  };

  /** Both containers of a pod, at the same time. */
  const run = (shell: Shell = 'system', more: NodeJS.ProcessEnv = {}) => {
    rmSync(at('work'), { recursive: true, force: true });
    mkdirSync(at('work'));
    return Promise.all([container('compute', shell, more), container('store', shell, more)]);
  };
  const ok = () => [expect.objectContaining({ status: 0 }), expect.objectContaining({ status: 0 })];
  const failed = () => [expect.objectContaining({ status: 1 }), expect.objectContaining({ status: 1 })];
  const ttl = (name: string): number =>
    Math.max(...shards.flat().map((place) => Number(redis.cli(place, 'TTL', key(name))) || -3));

  beforeAll(async () => {
    redis = new RedisLoopback(shards, {
      name: 'cache',
      memory: Memory.mib(192),
      port: 17_689,
      replicasPerShard: 0,
      nodeTimeout: Duration.seconds(2),
      zones: ['a', 'b', 'c'],
      clients: [],
    });
    redis.start('127.0.71');
    expect(redis.reconcile()).toMatchObject({ status: 0 });
    server = createServer((request, response) => {
      asked.push(request);
      const answer = answers[request.url?.split('/').at(-1) ?? ''];
      if (answer) answer(request, response);
      else response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await until(() => server.listening, 5000);
    const props: CacheWarmingProps = {
      name: 'cache-warming',
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/checks/{name}`,
      names: NAMES,
      headers: { 'X-Constitutional-Hash': HASH },
      expectedHeaders: { 'X-Constitutional-Hash': HASH },
      keyPrefix: `constitutional:${HASH}:`,
      ttl: Duration.hours(24),
      every: Duration.hours(8),
      cacheSecret: 'cache-auth',
      tls: { secretName: 'cache-warming-tls' },
      egress: [
        { pods: { app: 'constitutional-ai' }, port: 8001 },
        { pods: { app: 'cache' }, port: 6379 },
      ],
    };
    const objects = manifests((chart) => new CacheWarming(chart, 'Warming', props));
    pod = only(objects, 'CronJob').spec.jobTemplate.spec.template;
    for (const folder of ['warming', 'secret']) mkdirSync(at(folder));
    for (const [file, text] of Object.entries<string>(only(objects, 'ConfigMap').data))
      writeFileSync(at('warming', file), text);
    writeFileSync(at('secret/password'), PASSWORD);
    writeFileSync(
      at('secret/nodes'),
      ['127.0.71.9:17689', ...shards.flat().map((place) => `${redis.address(place)}:17689`)].join(','),
    );
  });
  afterAll(() => {
    server?.close();
    redis?.dispose();
  });

  test('stores what the service computes, under the hash and for a day', async () => {
    answers = { basic_safety_check: json('{"safe": false, "score": 0.4}'), fairness_check: json('{"fair": true}') };
    expect(await run()).toEqual(ok());
    expect(redis.read(key('basic_safety_check'))).toBe('{"safe": false, "score": 0.4}');
    expect(redis.read(key('fairness_check'))).toBe('{"fair": true}');
    for (const name of NAMES) expect(ttl(name)).toBeGreaterThan(86_390);
    for (const name of NAMES) expect(ttl(name)).toBeLessThanOrEqual(86_400);
    expect(asked.map(({ url, headers }) => [url, headers['x-constitutional-hash']])).toEqual(
      NAMES.map((name) => [`/checks/${name}`, HASH]),
    );
  });

  test('replaces it by what another run computes', async () => {
    answers = { basic_safety_check: json('{"safe": true}'), fairness_check: json('{"fair": true}') };
    expect(await run()).toEqual(ok());
    expect(redis.read(key('basic_safety_check'))).toBe('{"safe": true}');
  });

  (hasBusybox ? test : test.skip)('does so under BusyBox, too', async () => {
    redis.script('ready.sh', 'shard-0-0', {}, 'busybox');
    answers = { basic_safety_check: json('{"safe": "busybox"}'), fairness_check: json('{"fair": true}') };
    expect(await run('busybox', { PATH: `${at('applets')}:${process.env.PATH}` })).toEqual(ok());
    expect(redis.read(key('basic_safety_check'))).toBe('{"safe": "busybox"}');
  });

  test('asks again where the service fails for a moment', async () => {
    let tries = 0;
    answers = {
      basic_safety_check: (request, response) => {
        tries += 1;
        json('{"safe": "at last"}', tries < 3 ? 503 : 200)(request, response);
      },
      fairness_check: json('{"fair": true}'),
    };
    expect(await run()).toEqual(ok());
    expect([tries, redis.read(key('basic_safety_check'))]).toEqual([3, '{"safe": "at last"}']);
  });

  test.each<[string, Answer | undefined, string]>([
    ['of another constitution', json('{"safe": true}', 200, 'another'), 'lacks a header, or has another value'],
    ['that is empty', json(''), 'an empty answer'],
    ['that says nothing', json('{ }'), 'an empty answer'],
    ['that is a page', json('<html></html>'), 'no JSON object'],
    ['of another status', json('{"safe": true}', 202), 'answered with 202'],
    ['that is an error', json('{"safe": true}', 500), 'no answer (500)'],
    ['that does not exist', undefined, 'no answer (404)'],
  ])('an answer %s is not stored, fails the run and leaves what was there', async (_, answer, says) => {
    answers = { ...(answer && { basic_safety_check: answer }), fairness_check: json('{"fair": "still"}') };
    const [compute, store] = await run();
    expect([compute, store]).toEqual(failed());
    expect(compute?.text).toContain(says);
    expect(store?.text).toContain('basic_safety_check has no result');
    expect(redis.read(key('basic_safety_check'))).toBe('{"safe": "at last"}');
    expect(redis.read(key('fairness_check'))).toBe('{"fair": "still"}');
  });

  test('a cache that refuses fails the run, and the password is shown to nobody', async () => {
    answers = { basic_safety_check: json('{"safe": true}'), fairness_check: json('{"fair": true}') };
    writeFileSync(at('secret/password'), 'wrong');
    const [, store] = await run();
    writeFileSync(at('secret/password'), PASSWORD);
    expect(store?.status).toBe(1);
    expect(store?.text).not.toContain('wrong');
    expect(redis.tellsItsPassword()).toBe(false);
  });

  test('without answers in time it ends', async () => {
    rmSync(at('work'), { recursive: true, force: true });
    mkdirSync(at('work'));
    expect(await container('store', 'system', { WARM_WAIT_SECONDS: '1' })).toEqual({
      status: 1,
      text: 'failed: nothing was computed\n',
    });
  });
});
