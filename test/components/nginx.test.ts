import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { NginxUpstreams } from '../../lib/config/nginx/nginx-upstreams';
import { type NginxProxySpec, SECURITY_HEADERS } from '../../lib/model/nginx/nginx-proxy';
import type { Balancing } from '../../lib/model/nginx/upstreams';
import { Duration, Memory, Rate } from '../../lib/units';
import { gateway, SHOP, withUpstream } from '../support/nginx';
import { Dns } from './support/dns-loopback';
import { ask, Backend, freePorts, NGINX_VERSION, Nginx } from './support/nginx-loopback';

const describeWith = NGINX_VERSION === undefined ? describe.skip : describe;

const isResolving = (NGINX_VERSION ?? '').localeCompare('1.27.3', 'en', { numeric: true }) >= 0;
const describeWithResolve = isResolving ? describe : describe.skip;

jest.setTimeout(60_000);

const nginx: Nginx[] = [];
const backends: Backend[] = [];

afterEach(async () => {
  await Promise.all([
    ...nginx.splice(0).map((each) => each.dispose()),
    ...backends.splice(0).map((each) => each.stop()),
  ]);
});

function fresh(): Nginx {
  const each = new Nginx();
  nginx.push(each);
  return each;
}

async function backend(answer?: RequestListener): Promise<Backend> {
  const each = await Backend.start(answer);
  backends.push(each);
  return each;
}

/** nginx in front of backends on the loopback, each of them a server of every upstream. */
async function proxy(spec: NginxProxySpec, servers: readonly { readonly port: number }[]) {
  const [port = 0, statusPort = 0, metricsPort = 0] = await freePorts(3);
  const upstreams = NginxUpstreams.of({ ...spec, port, statusPort, metricsPort });
  const listed = servers.map((server) => ({ host: '127.0.0.1', port: server.port }));
  const each = fresh();
  const conf = upstreams.staticServers(Object.fromEntries(spec.upstreams.map(({ name }) => [name, listed])), {
    scratchPath: each.folder,
  });
  await each.start(conf, statusPort);
  return { nginx: each, port, statusPort, metricsPort };
}

const unavailable: RequestListener = (_, res) => {
  res.statusCode = 503;
  res.end();
};

const hangUp: RequestListener = (req) => {
  req.socket.destroy();
};

const inTurn = async <T>(count: number, each: (index: number) => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  for (let index = 0; index < count; index += 1) results.push(await each(index));
  return results;
};

const tally = (values: readonly number[]) =>
  Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((other) => other === value).length]));

describeWith('nginx accepts', () => {
  const everything: NginxProxySpec = {
    upstreams: [SHOP, { ...SHOP, name: 'cart_cluster', service: 'cart', maxConnections: 50, retry: { tries: 1 } }],
    routes: [
      { path: '/', upstream: 'shop_cluster' },
      { path: '/cart', upstream: 'cart_cluster', upstreamPath: '/v1', limits: ['per_client'], maxBody: Memory.kib(64) },
      { path: '/cart', upstream: 'shop_cluster', match: 'exact' },
      {
        path: '/live',
        upstream: 'cart_cluster',
        host: `*.${'very-long-label.'.repeat(12)}example.com`,
        webSocket: true,
      },
    ],
    limits: [
      { name: 'per_client', rate: Rate.perMinute(6000), burst: 1000 },
      { name: 'per_key', rate: Rate.perMinute(1), key: { header: 'X-Api-Key' } },
    ],
    trustedProxies: ['10.0.0.0/20', '10.0.16.0/20'],
    headers: { ...SECURITY_HEADERS, [`X-${'Long-'.repeat(12)}A`]: "a 'b'; {c} #d" },
    compressedTypes: ['application/json'],
    clientKeepalive: Duration.millis(60_500),
  };

  test('everything that can be declared, with listed servers', () => {
    const conf = NginxUpstreams.of(everything).staticServers({
      shop_cluster: [
        { host: '127.0.0.1', weight: 2 },
        { host: 'localhost', port: 9000 },
        { host: '127.0.0.2', backup: true },
      ],
      cart_cluster: [{ host: '127.0.0.1' }],
    });
    const each = fresh();
    expect(each.test(conf.replaceAll('/tmp/', `${each.folder}/`))).toBeUndefined();
  });

  test('everything that can be declared, behind a mesh', () => {
    const each = fresh();
    const conf = NginxUpstreams.of(everything).meshed({ namespace: 'shop' }, { scratchPath: each.folder });
    expect(
      each.test(conf.replaceAll(/server (shop|cart)\.shop\.svc\.cluster\.local/g, 'server localhost')),
    ).toBeUndefined();
  });

  const methods: Balancing[] = [
    'round-robin',
    'least-conn',
    'ip-hash',
    'random-two',
    { hash: 'uri' },
    { hash: { header: 'X-User' }, consistent: true },
    { hash: { cookie: 'session' } },
  ];

  test.each(methods)('balancing by %j', (balancing) => {
    const each = fresh();
    const servers = { shop_cluster: [{ host: '127.0.0.1' }, { host: '127.0.0.2' }] };
    const conf = NginxUpstreams.of(withUpstream({ balancing })).staticServers(servers, { scratchPath: each.folder });
    expect(each.test(conf)).toBeUndefined();
  });
});

describeWith('with one server of three failing', () => {
  const ways: [string, () => Promise<{ port: number; asked?: readonly string[] }>][] = [
    ['that answers 503', () => backend(unavailable)],
    ['that hangs up', () => backend(hangUp)],
    ['that is gone', async () => ({ port: (await freePorts(1))[0] ?? 0 })],
  ];

  test.each(ways)('no idempotent request is lost: one %s is left out after three', async (_, failing) => {
    const bad = await failing();
    const good = [await backend(), await backend()];
    const { port } = await proxy(withUpstream({ balancing: 'round-robin' }), [...good, bad]);

    const answers = await inTurn(300, (index) => ask(port, `/${index}`));

    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 300 });
    if (bad.asked) expect(bad.asked).toHaveLength(3);
    expect(good.reduce((sum, { asked }) => sum + asked.length, 0)).toBe(300);
  });

  test.each<[string, RequestListener, number]>([
    ['answered with 503', unavailable, 503],
    ['cut off', hangUp, 502],
  ])('a POST that was sent and %s is never sent again', async (_, answer, status) => {
    const servers = [await backend(), await backend(answer), await backend()];
    const { port } = await proxy(withUpstream({ balancing: 'round-robin', maxFails: 0 }), servers);

    const answers = await inTurn(60, (index) => ask(port, `/${index}`, { method: 'POST' }));
    const sent = servers.flatMap(({ asked }) => asked);

    expect(tally(answers.map((each) => each.status))).toEqual({ 200: 40, [status]: 20 });
    expect(sent).toHaveLength(60);
    expect(new Set(sent).size).toBe(60);
  });

  test('a POST that could not be sent goes to another server', async () => {
    const [gone = 0] = await freePorts(1);
    const { port } = await proxy(withUpstream({ balancing: 'round-robin' }), [await backend(), { port: gone }]);

    const answers = await inTurn(20, () => ask(port, '/', { method: 'POST' }));

    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 20 });
  });

  test('a single try is a single try', async () => {
    const { port } = await proxy(withUpstream({ balancing: 'round-robin', maxFails: 0, retry: { tries: 1 } }), [
      await backend(),
      await backend(unavailable),
    ]);

    const answers = await inTurn(20, () => ask(port, '/'));

    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 10, 503: 10 });
  });
});

describeWith('a request limit', () => {
  const limited = gateway({
    limits: [{ name: 'per_client', rate: Rate.perMinute(6), burst: 5 }],
    trustedProxies: ['127.0.0.1/32'],
    headers: { ...SECURITY_HEADERS, 'X-Constitutional-Hash': 'cdd01ef066bc6cf2' },
  });

  test('lets one request and the burst through, and answers the rest with 429 and all headers', async () => {
    const { port } = await proxy(limited, [await backend()]);

    const answers = await inTurn(20, () => ask(port, '/', { from: '127.0.0.9' }));

    expect(answers.map(({ status }) => status)).toEqual([...Array(6).fill(200), ...Array(14).fill(429)]);
    expect(answers.at(-1)?.headers).toMatchObject({
      'x-constitutional-hash': 'cdd01ef066bc6cf2',
      'x-frame-options': 'DENY',
      'strict-transport-security': 'max-age=31536000',
    });
  });

  test('counts each client of a trusted proxy by itself', async () => {
    const { port } = await proxy(limited, [await backend()]);
    const client = (index: number) => ({ 'X-Forwarded-For': `198.51.100.7, 203.0.113.${index}` });

    const answers = await inTurn(20, (index) => ask(port, '/', { headers: client(index) }));

    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 20 });
  });

  test('counts as one client whoever chooses an address for himself', async () => {
    const { port } = await proxy(limited, [await backend()]);
    const forged = (index: number) => ({ 'X-Forwarded-For': `203.0.113.${index}` });

    const untrusted = await inTurn(20, (index) => ask(port, '/', { from: '127.0.0.9', headers: forged(index) }));
    const behindProxy = await inTurn(20, (index) =>
      ask(port, '/', { headers: { 'X-Forwarded-For': `203.0.113.${index}, 198.51.100.7` } }),
    );

    expect(tally(untrusted.map(({ status }) => status))).toEqual({ 200: 6, 429: 14 });
    expect(tally(behindProxy.map(({ status }) => status))).toEqual({ 200: 6, 429: 14 });
  });

  test('by header falls back on the address', async () => {
    const limits = [{ name: 'per_key', rate: Rate.perMinute(6), burst: 1, key: { header: 'X-Api-Key' } }];
    const { port } = await proxy(gateway({ limits }), [await backend()]);

    const nameless = await inTurn(6, () => ask(port, '/'));
    const named = await inTurn(6, (index) => ask(port, '/', { headers: { 'X-Api-Key': `key-${index % 3}` } }));

    expect(tally(nameless.map(({ status }) => status))).toEqual({ 200: 2, 429: 4 });
    expect(tally(named.map(({ status }) => status))).toEqual({ 200: 6 });
  });
});

describeWith('a service behind nginx', () => {
  const asked = {
    headers: { 'X-Forwarded-For': '6.6.6.6, 203.0.113.9', 'X-Forwarded-Proto': 'https', Host: 'shop.example.com' },
  };

  test('learns address, scheme and host of the client from a trusted proxy', async () => {
    const { port } = await proxy(gateway({ trustedProxies: ['127.0.0.1/32'] }), [await backend()]);

    expect(JSON.parse((await ask(port, '/', asked)).body)).toMatchObject({
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'shop.example.com',
      host: 'shop.example.com',
    });
  });

  test('learns the address from the header that is agreed on, and from no other', async () => {
    const spec = gateway({ trustedProxies: ['127.0.0.1/32'], addressHeader: 'x-viewer-address' });
    const { port } = await proxy(spec, [await backend()]);
    const viewer = { headers: { ...asked.headers, 'x-viewer-address': '2001:db8::7' } };

    expect(JSON.parse((await ask(port, '/', viewer)).body)['x-forwarded-for']).toBe('2001:db8::7');
    expect(JSON.parse((await ask(port, '/', asked)).body)['x-forwarded-for']).toBe('127.0.0.1');
  });

  test('learns nothing that anybody else claims', async () => {
    const { port } = await proxy(gateway({ trustedProxies: ['127.0.0.1/32'] }), [await backend()]);

    expect(JSON.parse((await ask(port, '/', { ...asked, from: '127.0.0.9' })).body)).toMatchObject({
      'x-forwarded-for': '127.0.0.9',
      'x-forwarded-proto': 'http',
    });
  });

  test('gets its paths by segments, the exact one first', async () => {
    const server = await backend();
    const routes = [
      { path: '/auth', upstream: 'shop_cluster', upstreamPath: '/v1' },
      { path: '/auth/me', upstream: 'shop_cluster', upstreamPath: '/whoami', match: 'exact' as const },
    ];
    const { port } = await proxy(gateway({ routes }), [server]);

    const paths = ['/auth', '/auth/', '/auth/a?b=c', '/auth/me', '/auth/me/b', '/author', '/'];
    const answers = await Promise.all(paths.map((path) => ask(port, path)));

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 404, 404]);
    expect([...server.asked].sort()).toEqual(
      ['/v1', '/v1/', '/v1/a?b=c', '/whoami', '/v1/me/b'].map((path) => `GET ${path}`).sort(),
    );
  });

  test('may speak WebSocket where a route allows it', async () => {
    const server = await backend();
    server.server.on('upgrade', (req, socket) => {
      socket.end(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${req.headers.upgrade}\r\nConnection: Upgrade\r\n\r\nhello`,
      );
    });
    const routes = [
      { path: '/live', upstream: 'shop_cluster', webSocket: true },
      { path: '/', upstream: 'shop_cluster' },
    ];
    const { port } = await proxy(gateway({ routes }), [server]);
    const upgrade = (path: string) =>
      new Promise<string>((resolve) => {
        let text = '';
        const socket = connect(port, '127.0.0.1', () =>
          socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`),
        );
        const done = () => {
          socket.destroy();
          resolve(text);
        };
        socket.on('data', (data) => {
          text += data;
          if (/hello|"host"/.test(text)) done();
        });
        socket.on('close', done);
      });

    expect(await upgrade('/live')).toMatch(/^HTTP\/1.1 101 [\s\S]*hello$/);
    expect(await upgrade('/')).toMatch(/^HTTP\/1.1 200 /);
  });
});

describeWith('nginx', () => {
  const headers = { ...SECURITY_HEADERS, 'X-XSS-Protection': '1; mode=block' };

  test.each([
    { it: 'an answer', path: '/', status: 200, isUp: true },
    { it: 'an unknown path', path: '/unknown', status: 404, isUp: true },
    { it: 'a dead service', path: '/', status: 502, isUp: false },
  ])('puts its headers on $it, each once', async ({ path, status, isUp }) => {
    const [gone = 0] = await freePorts(1);
    const routes = [{ path: '/', match: 'exact' as const, upstream: 'shop_cluster' }];
    const { port } = await proxy(gateway({ headers, routes }), [isUp ? await backend() : { port: gone }]);

    const answer = await ask(port, path);

    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    );
    expect(answer.headers).not.toHaveProperty('x-powered-by');
    expect(answer.headers.server).toBe('nginx');
  });

  test('answers probes and metrics while every service is dead', async () => {
    const [gone = 0] = await freePorts(1);
    const { statusPort, metricsPort } = await proxy(gateway({ workers: 2, workerConnections: 512 }), [{ port: gone }]);

    const probes = await Promise.all(['/healthz', '/readyz', '/livez'].map((path) => ask(statusPort, path)));
    const { body } = await ask(metricsPort, '/metrics');

    expect(probes.map(({ status, body: text }) => [status, text])).toEqual(Array(3).fill([200, 'ok\n']));
    expect(body).toMatch(/^# TYPE nginx_connections_active gauge\nnginx_connections_active \d+\n/);
    expect(body).toContain('\nnginx_connections_limit 1024\n');
    expect((await ask(metricsPort, '/stub_status')).body).toContain('Active connections');
  });

  test('refuses a body above the limit and takes one below', async () => {
    const { port } = await proxy(gateway({ maxBody: Memory.kib(1) }), [await backend()]);
    const send = (length: number) => ask(port, '/', { method: 'PUT', headers: { 'Content-Length': `${length}` } });

    expect((await send(1025)).status).toBe(413);
    expect((await ask(port, '/', { method: 'POST' })).status).toBe(200);
  });

  test('logs each request on a line of JSON, without its query', async () => {
    const { nginx: each, port } = await proxy(gateway(), [await backend()]);
    await ask(port, '/a"b?token=geheim');
    await each.end('SIGQUIT');

    const [line, ...others] = each.log().filter(({ path }) => path !== '/healthz');
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      method: 'GET',
      path: '/a"b',
      status: '200',
      client: '127.0.0.1',
      upstream_status: '200',
    });
    expect(JSON.stringify(line)).not.toContain('geheim');
  });

  test('told to quit, ends the requests it has and takes no more', async () => {
    const slow = await backend((_, res) => {
      setTimeout(() => res.end('late'), 1000);
    });
    const { nginx: each, port } = await proxy(gateway(), [slow]);

    const running = ask(port, '/');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const ended = each.end('SIGQUIT');
    await new Promise((resolve) => setTimeout(resolve, 200));

    await expect(ask(port, '/')).rejects.toThrow('ECONNREFUSED');
    expect(await running).toMatchObject({ status: 200, body: 'late' });
    expect(await ended).toBe(0);
  });
});

describeWithResolve('nginx 1.27.3 or later', () => {
  test('follows pods as they come and go, without a restart', async () => {
    const [port = 0, statusPort = 0, metricsPort = 0, dnsPort = 0, podPort = 0] = await freePorts(5);
    const dns = await Dns.start(dnsPort);
    const pods = await Promise.all(
      ['127.0.0.11', '127.0.0.12', '127.0.0.13'].map((host) => Backend.start(undefined, host, podPort)),
    );
    backends.push(...pods);
    const served = async () => {
      const before = pods.map(({ asked }) => asked.length);
      await inTurn(30, () => ask(port, '/'));
      return pods.map(({ asked }, index) => asked.length - (before[index] ?? 0) > 0);
    };
    try {
      dns.addresses = ['127.0.0.11', '127.0.0.12'];
      const each = fresh();
      const spec = { ...withUpstream({ port: podPort }), port, statusPort, metricsPort };
      const conf = NginxUpstreams.of(spec).resolved(
        { namespace: 'shop', resolver: `127.0.0.1:${dnsPort}` },
        { scratchPath: each.folder },
      );
      await each.start(conf, statusPort);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expect(await served()).toEqual([true, true, false]);

      dns.addresses = ['127.0.0.12', '127.0.0.13'];
      await new Promise((resolve) => setTimeout(resolve, 12_000));
      expect(await served()).toEqual([false, true, true]);
    } finally {
      await dns.stop();
    }
  });
});
