import { NginxUpstreams } from '../../../lib/config/nginx/nginx-upstreams';
import { type Balancing, composeServers, type UpstreamServer } from '../../../lib/model/nginx/upstreams';
import { Duration, Memory } from '../../../lib/units';
import { blockOf, SHOP, withUpstream } from '../../support/nginx';

const DOCUMENTED = [
  { name: 'constitutional_ai_cluster', service: 'constitutional-ai', port: 8001 },
  { name: 'auth_service_cluster', service: 'auth-service', port: 8016 },
  { name: 'agent_hitl_cluster', service: 'agent-hitl', port: 8008 },
];

const documented = NginxUpstreams.of({
  upstreams: DOCUMENTED,
  routes: DOCUMENTED.map(({ name, service }) => ({ path: `/${service}`, upstream: name })),
});

const compose = (hitl: number) =>
  documented.staticServers({
    constitutional_ai_cluster: composeServers('constitutional-ai', 3),
    auth_service_cluster: composeServers('auth-service', 3),
    agent_hitl_cluster: composeServers('agent-hitl', hitl),
  });

describe('listed servers', () => {
  test.each([
    ['S000-07', 'constitutional_ai_cluster', 'constitutional_ai', 8001],
    ['S000-08', 'auth_service_cluster', 'auth_service', 8016],
    ['S000-09', 'agent_hitl_cluster', 'agent_hitl', 8008],
  ])('%s: %s starts with the documented lines', (_row, name, alias, port) => {
    expect(compose(3)).toContain(
      [
        `    upstream ${name} {`,
        '        least_conn;',
        `        server ${alias}_1:${port} max_fails=3 fail_timeout=30s;`,
        `        server ${alias}_2:${port} max_fails=3 fail_timeout=30s;`,
        `        server ${alias}_3:${port} max_fails=3 fail_timeout=30s;`,
        `        zone ${name} 256k;`,
      ].join('\n'),
    );
  });

  test('C-06: the servers follow the replica count, five for agent-hitl', () => {
    const servers = blockOf(compose(5), 'upstream agent_hitl_cluster').filter((line) => line.startsWith('server '));
    expect(servers).toEqual([1, 2, 3, 4, 5].map((n) => `server agent_hitl_${n}:8008 max_fails=3 fail_timeout=30s`));
  });

  test('a server may have a port and a weight of its own, or be a backup', () => {
    const servers: UpstreamServer[] = [
      { host: '10.0.0.7', weight: 3 },
      { host: 'shop', port: 9000 },
      { host: 'spare', backup: true },
    ];
    const conf = NginxUpstreams.of(withUpstream({ maxConnections: 50, maxFails: 0 })).staticServers({
      shop_cluster: servers,
    });
    expect(blockOf(conf, 'upstream shop_cluster').filter((line) => line.startsWith('server '))).toEqual([
      'server 10.0.0.7:8001 weight=3 max_fails=0 fail_timeout=30s max_conns=50',
      'server shop:9000 max_fails=0 fail_timeout=30s max_conns=50',
      'server spare:8001 max_fails=0 fail_timeout=30s max_conns=50 backup',
    ]);
  });
});

const methods: [Balancing, string[]][] = [
  ['round-robin', []],
  ['least-conn', ['least_conn']],
  ['ip-hash', ['ip_hash']],
  ['random-two', ['random two least_conn']],
  [{ hash: 'uri' }, ['hash $request_uri']],
  [{ hash: { header: 'X-User-Id' }, consistent: true }, ['hash $http_x_user_id consistent']],
  [{ hash: { cookie: 'session' }, consistent: false }, ['hash $cookie_session']],
];

test.each(methods)('balancing by %j comes before servers and idle connections', (balancing, expected) => {
  const conf = NginxUpstreams.of(withUpstream({ balancing })).resolved({ namespace: 'acgs' });
  expect(blockOf(conf, 'upstream shop_cluster')).toEqual([
    ...expected,
    'server shop-pods.acgs.svc.cluster.local:8001 resolve max_fails=3 fail_timeout=30s',
    'zone shop_cluster 256k',
    'keepalive 32',
    'keepalive_requests 1000',
    'keepalive_timeout 4s',
  ]);
});

test('idle connections, the zone and passive health are as declared', () => {
  const spec = withUpstream({
    keepalive: { connections: 8, requests: 50, timeout: Duration.millis(2500) },
    zoneSize: Memory.mib(2),
    maxFails: 7,
    failTimeout: Duration.minutes(2),
    maxConnections: 40,
  });
  expect(blockOf(NginxUpstreams.of(spec).resolved({ namespace: 'acgs' }), 'upstream shop_cluster')).toEqual([
    'least_conn',
    'server shop-pods.acgs.svc.cluster.local:8001 resolve max_fails=7 fail_timeout=2m max_conns=40',
    'zone shop_cluster 2m',
    'keepalive 8',
    'keepalive_requests 50',
    'keepalive_timeout 2500ms',
  ]);
});

describe('pods', () => {
  test('are looked up again every ten seconds, at the DNS of the cluster', () => {
    const conf = NginxUpstreams.of(withUpstream({})).resolved({ namespace: 'acgs' });
    expect(blockOf(conf, 'http')).toContain('resolver kube-dns.kube-system.svc.cluster.local valid=10s ipv6=off');
  });

  test('may be behind a Service, a domain and a resolver of other names', () => {
    const conf = NginxUpstreams.of(withUpstream({})).resolved({
      namespace: 'acgs',
      clusterDomain: 'k8s.example.com',
      resolver: '10.100.0.10:53',
      podsServices: { shop_cluster: 'shop-active' },
    });
    expect(blockOf(conf, 'upstream shop_cluster')).toContain(
      'server shop-active.acgs.svc.k8s.example.com:8001 resolve max_fails=3 fail_timeout=30s',
    );
    expect(blockOf(conf, 'http')).toContain('resolver 10.100.0.10:53 valid=10s ipv6=off');
  });
});

test('behind a mesh there is one address, no balancing and no passive health', () => {
  const conf = NginxUpstreams.of(withUpstream({})).meshed({ namespace: 'acgs' });
  const block = blockOf(conf, 'upstream shop_cluster');

  expect(block.filter((line) => !line.startsWith('#'))).toEqual([
    'server shop.acgs.svc.cluster.local:8001',
    'keepalive 32',
    'keepalive_requests 1000',
    'keepalive_timeout 4s',
  ]);
  expect(block[0]).toEqual(expect.stringMatching(/^# One address/));
  expect(conf).not.toMatch(/^ *(resolver|least_conn|zone) /m);
});

test('what differs between the renderings is where servers come from, and nothing that clients see', () => {
  const gateway = NginxUpstreams.of({ upstreams: [SHOP], routes: [{ path: '/', upstream: 'shop_cluster' }] });
  const lines = (conf: string) => conf.split('\n');
  const listed = lines(gateway.staticServers({ shop_cluster: [{ host: 'shop' }] }));
  const resolved = lines(gateway.resolved({ namespace: 'acgs' }));

  expect(resolved.filter((line) => !listed.includes(line)).map((line) => line.trim().split(' ')[0])).toEqual([
    'resolver',
    'resolver_timeout',
    'server',
  ]);
  expect(listed.filter((line) => !resolved.includes(line)).map((line) => line.trim())).toEqual([
    'server shop:8001 max_fails=3 fail_timeout=30s;',
  ]);
});
