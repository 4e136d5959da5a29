import { NginxUpstreams } from '../../../lib/config/nginx/nginx-upstreams';
import type { RouteSpec } from '../../../lib/model/nginx/nginx-proxy';
import { blockOf, gateway, hasBlock, withRoute } from '../../support/nginx';

const render = (...routes: Partial<RouteSpec>[]) =>
  NginxUpstreams.of(
    gateway({ routes: routes.map((route) => ({ path: '/', upstream: 'shop_cluster', ...route })) }),
  ).resolved({ namespace: 'acgs' });

/** `path -> target` of each location that passes requests on. */
const passed = (conf: string) => {
  let head = '';
  return conf.split('\n').flatMap((line) => {
    head = /location (.+) \{$/.exec(line)?.[1] ?? head;
    const target = /proxy_pass http:\/\/shop_cluster(.*);$/.exec(line)?.[1];
    return target === undefined ? [] : [`${head} -> ${target}`];
  });
};

test.each<{ it: string; route: Partial<RouteSpec>; expected: string[] }>([
  { it: 'everything', route: { path: '/' }, expected: ['/ -> '] },
  { it: 'a prefix, by segments', route: { path: '/auth' }, expected: ['= /auth -> ', '/auth/ -> '] },
  { it: 'a prefix with a slash, the same', route: { path: '/auth/' }, expected: ['= /auth -> ', '/auth/ -> '] },
  { it: 'one path', route: { path: '/auth', match: 'exact' }, expected: ['= /auth -> '] },
  {
    it: 'a prefix that is cut off',
    route: { path: '/auth', upstreamPath: '/' },
    expected: ['= /auth -> /', '/auth/ -> /'],
  },
  {
    it: 'a prefix that becomes another',
    route: { path: '/auth', upstreamPath: '/v1' },
    expected: ['= /auth -> /v1', '/auth/ -> /v1/'],
  },
  {
    it: 'a prefix that becomes another with a slash',
    route: { path: '/auth', upstreamPath: '/v1/' },
    expected: ['= /auth -> /v1', '/auth/ -> /v1/'],
  },
  { it: 'everything, below a prefix', route: { path: '/', upstreamPath: '/v1' }, expected: ['/ -> /v1/'] },
  {
    it: 'one path that becomes another',
    route: { path: '/auth', match: 'exact', upstreamPath: '/v1/auth' },
    expected: ['= /auth -> /v1/auth'],
  },
])('a route takes $it', ({ route, expected }) => {
  expect(passed(render(route))).toEqual(expected);
});

test('an exact route wins over the prefix of the same path', () => {
  const conf = render(
    { path: '/auth', upstreamPath: '/v1' },
    { path: '/auth', match: 'exact', upstreamPath: '/whoami' },
  );
  expect(passed(conf)).toEqual(['/auth/ -> /v1/', '= /auth -> /whoami']);
});

test('an exact route of one host takes nothing from the prefix of another', () => {
  const conf = render({ path: '/auth' }, { path: '/auth', match: 'exact', host: 'shop.example.com' });
  expect(passed(conf)).toEqual(['= /auth -> ', '/auth/ -> ', '= /auth -> ']);
});

test('what no route takes is not found', () => {
  expect(blockOf(render({ path: '/auth' }), 'location /')).toEqual(['return 404']);
  expect(blockOf(render({ path: '/', match: 'exact' }), 'location /')).toEqual(['return 404']);
});

test('each host has a server of its own, and the rest one together', () => {
  const conf = render({ path: '/a', host: 'a.example.com' }, { path: '/b' }, { path: '/c', host: 'a.example.com' });
  expect([0, 1].map((at) => blockOf(conf, 'server', at))).toEqual([
    ['listen 8080 default_server', 'server_name _'],
    ['listen 8080', 'server_name a.example.com'],
  ]);
  expect(passed(conf)).toEqual(['= /b -> ', '/b/ -> ', '= /a -> ', '/a/ -> ', '= /c -> ', '/c/ -> ']);
});

describe('WebSocket', () => {
  test('is passed on where a route allows it, with all other headers', () => {
    const conf = render({ path: '/live', match: 'exact', webSocket: true }, { path: '/' });
    expect(blockOf(conf, 'location = /live').filter((line) => line.startsWith('proxy_set_header'))).toEqual([
      'proxy_set_header Connection $connection_upgrade',
      'proxy_set_header Upgrade $http_upgrade',
      'proxy_set_header Host $host',
      'proxy_set_header X-Forwarded-For $remote_addr',
      'proxy_set_header X-Forwarded-Host $host',
      'proxy_set_header X-Forwarded-Proto $scheme',
      'proxy_set_header X-Request-ID $request_id',
    ]);
    expect(blockOf(conf, 'map $http_upgrade $connection_upgrade')).toEqual(['default upgrade', '"" ""']);
    expect(blockOf(conf, 'location /').filter((line) => line.startsWith('proxy_set_header'))).toEqual([]);
  });

  test('is not passed on elsewhere', () => {
    expect(
      hasBlock(NginxUpstreams.of(withRoute({})).resolved({ namespace: 'a' }), 'map $http_upgrade $connection_upgrade'),
    ).toBe(false);
  });
});
