import { NginxUpstreams } from '../../lib/config/nginx/nginx-upstreams';
import type { NginxProxySpec } from '../../lib/model/nginx/nginx-proxy';
import { Rate } from '../../lib/units';
import { gateway } from '../support/nginx';
import { ask, Backend, freePorts, NGINX_VERSION, Nginx } from './support/nginx-loopback';

const describeWith = NGINX_VERSION === undefined ? describe.skip : describe;

jest.setTimeout(60_000);

const HASH = 'cdd01ef066bc6cf2';
const right = { headers: { 'X-Constitutional-Hash': HASH } };
const required = gateway({
  routes: [{ path: '/shop', upstream: 'shop_cluster', upstreamPath: '/' }],
  requiredHeader: { name: 'X-Constitutional-Hash', value: HASH, exempt: ['/shop/health', '/shop/v1.2/ready'] },
});

describeWith('a gateway that requires a header', () => {
  const nginx = new Nginx();
  let backend: Backend;
  let ports: readonly number[];

  const start = async (spec: NginxProxySpec) => {
    backend = await Backend.start();
    ports = await freePorts(3);
    const [port = 0, statusPort = 0, metricsPort = 0] = ports;
    const conf = NginxUpstreams.of({ ...spec, port, statusPort, metricsPort }).staticServers(
      { shop_cluster: [{ host: '127.0.0.1', port: backend.port }] },
      { scratchPath: nginx.folder },
    );
    await nginx.start(conf, statusPort);
  };

  beforeAll(() => start({ ...required, limits: [{ name: 'per_client', rate: Rate.perMinute(6000), burst: 1000 }] }));
  afterAll(() => Promise.all([nginx.dispose(), backend.stop()]));

  test.each<{ it: string; path?: string; method?: string; headers?: Record<string, string>; status: number }>([
    { it: 'nothing', status: 403 },
    { it: 'an empty value', headers: { 'X-Constitutional-Hash': '' }, status: 403 },
    { it: 'another value', headers: { 'X-Constitutional-Hash': 'cdd01ef066bc6cf3' }, status: 403 },
    { it: 'the value and more', headers: { 'X-Constitutional-Hash': `${HASH}0` }, status: 403 },
    { it: 'the value behind more', headers: { 'X-Constitutional-Hash': `0${HASH}` }, status: 403 },
    { it: 'the value in capitals', headers: { 'X-Constitutional-Hash': HASH.toUpperCase() }, status: 403 },
    { it: 'the value under another name', headers: { 'X-Constitution-Hash': HASH }, status: 403 },
    { it: 'the value', ...right, status: 200 },
    { it: 'the value, name in small letters', headers: { 'x-constitutional-hash': HASH }, status: 200 },
    { it: 'the value in a POST', ...right, method: 'POST', status: 200 },
    { it: 'nothing in a POST', method: 'POST', status: 403 },
    { it: 'nothing on an unknown path', path: '/nowhere', status: 403 },
    { it: 'the value on an unknown path', path: '/nowhere', ...right, status: 404 },
    { it: 'nothing, asking how the service is', path: '/shop/health', status: 200 },
    { it: 'nothing, asking so with a query', path: '/shop/health?deep=1', status: 200 },
    { it: 'nothing, asking so with HEAD', path: '/shop/health', method: 'HEAD', status: 200 },
    { it: 'nothing, asking on a path with a dot', path: '/shop/v1.2/ready', status: 200 },
    { it: 'nothing, where a dot is another letter', path: '/shop/v1x2/ready', status: 403 },
    { it: 'nothing, posting to that path', path: '/shop/health', method: 'POST', status: 403 },
    { it: 'nothing, below that path', path: '/shop/health/all', status: 403 },
    { it: 'nothing, with that path in capitals', path: '/shop/HEALTH', status: 403 },
    { it: 'nothing, on the way back from that path', path: '/shop/health/../orders', status: 403 },
    { it: 'nothing, on the way to that path', path: '/shop/orders/%2e%2e/health', status: 403 },
  ])(
    'answers a request with $it by $status',
    async ({ path = '/shop/orders', method = 'GET', headers = {}, status }) => {
      const before = backend.asked.length;

      const answer = await ask(ports[0] ?? 0, path, { method, headers });

      expect(answer.status).toBe(status);
      expect(backend.asked.length - before).toBe(status === 200 ? 1 : 0);
    },
  );

  test('says what is missing, with the headers of every answer', async () => {
    const answer = await ask(ports[0] ?? 0, '/shop/orders');
    expect(answer.body).toBe('X-Constitutional-Hash is missing or wrong\n');
    expect(answer.headers).toMatchObject({ 'x-frame-options': 'DENY', 'content-type': 'text/plain' });
  });

  test('goes on serving while it refuses: nobody can shut it by being refused', async () => {
    const port = ports[0] ?? 0;
    const statuses: number[] = [];
    for (let at = 0; at < 200; at += 1) {
      statuses.push((await ask(port, '/shop/orders', at % 2 === 0 ? {} : right)).status);
    }
    expect(statuses).toEqual(Array(100).fill([403, 200]).flat());
  });

  test('answers its own probes and Prometheus without the header', async () => {
    const [, statusPort = 0, metricsPort = 0] = ports;
    expect((await ask(statusPort, '/readyz')).status).toBe(200);
    expect((await ask(metricsPort, '/metrics')).status).toBe(200);
  });

  test('logs how each request stood with it', async () => {
    const port = ports[0] ?? 0;
    await ask(port, '/shop/log-missing');
    await ask(port, '/shop/log-wrong', { headers: { 'X-Constitutional-Hash': 'x' } });
    await ask(port, '/shop/log-right', right);
    await ask(port, '/shop/health?log');
    await nginx.end('SIGQUIT');

    const logged = nginx.log().slice(-4);
    expect(logged.map((line) => line.required_header)).toEqual(['missing', 'wrong', 'right', 'probe']);
  });
});
