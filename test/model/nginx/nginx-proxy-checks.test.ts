import { NGINX_PROCESS_CHECKS } from '../../../lib/model/nginx/nginx-process-checks';
import { type NginxProxySpec, SECURITY_HEADERS } from '../../../lib/model/nginx/nginx-proxy';
import { inspectUpstreams, NGINX_PROXY_CHECKS } from '../../../lib/model/nginx/nginx-proxy-checks';
import { REQUIRED_HEADER_VALUE_CHECKS } from '../../../lib/model/nginx/nginx-required-header-checks';
import { LIMIT_CHECKS, ROUTE_CHECKS } from '../../../lib/model/nginx/nginx-route-checks';
import { Duration, Memory, Rate } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { gateway, SHOP, withRoute, withUpstream } from '../../support/nginx';

const inspected = (spec: NginxProxySpec) => ids(inspectUpstreams('gateway', spec));

const RATE = Rate.perMinute(6000);
const limited = (overrides: object) => gateway({ limits: [{ name: 'per_client', rate: RATE, ...overrides }] });
const headers = (own: Readonly<Record<string, string>>) => gateway({ headers: { ...SECURITY_HEADERS, ...own } });
const hsts = (value: string) => headers({ 'Strict-Transport-Security': value });
const trusting = (...trustedProxies: string[]) => gateway({ trustedProxies });
const two = (other: object = {}) =>
  gateway({
    upstreams: [SHOP, { ...SHOP, name: 'cart_cluster', service: 'cart', ...other }],
    routes: [
      { path: '/', upstream: 'shop_cluster' },
      { path: '/cart', upstream: 'cart_cluster' },
    ],
  });
const routes = (...paths: object[]) =>
  gateway({ routes: paths.map((route) => ({ path: '/', upstream: 'shop_cluster', ...route })) });

test('a gateway of one upstream and one route is sound', () => {
  expect(inspected(gateway())).toEqual([]);
});

const broken: { it: string; check: string; given: NginxProxySpec }[] = [
  { it: 'no route', check: 'gateway-has-routes', given: gateway({ upstreams: [], routes: [] }) },
  { it: 'a path twice', check: 'gateway-routes-are-unique', given: routes({ path: '/a' }, { path: '/a' }) },
  {
    it: 'a path with and without slash',
    check: 'gateway-routes-are-unique',
    given: routes({ path: '/a' }, { path: '/a/' }),
  },
  {
    it: 'an exact path twice',
    check: 'gateway-routes-are-unique',
    given: routes({ path: '/a', match: 'exact' }, { path: '/a', match: 'exact' }),
  },
  {
    it: 'two upstreams of a name',
    check: 'gateway-zone-names-are-unique',
    given: gateway({ upstreams: [SHOP, SHOP] }),
  },
  {
    it: 'a limit named as an upstream',
    check: 'gateway-zone-names-are-unique',
    given: limited({ name: 'shop_cluster' }),
  },
  {
    it: 'a limit named as the TLS sessions',
    check: 'gateway-zone-names-are-unique',
    given: limited({ name: 'tls_sessions' }),
  },
  {
    it: 'an upstream without a route',
    check: 'gateway-upstreams-are-routed-to',
    given: gateway({ upstreams: [SHOP, { ...SHOP, name: 'cart_cluster' }] }),
  },
  { it: 'a trusted address without a length', check: 'gateway-trusts-ranges', given: trusting('10.0.0.0') },
  {
    it: 'a variable for the header of an address',
    check: 'gateway-address-header-is-a-name',
    given: gateway({ addressHeader: '$http_x' }),
  },
  {
    it: 'a required header with a blank',
    check: 'gateway-required-header-is-a-name',
    given: gateway({ requiredHeader: { name: 'X Hash', value: 'abc' } }),
  },
  {
    it: 'a required header without a value',
    check: 'gateway-required-header-has-a-plain-value',
    given: gateway({ requiredHeader: { name: 'X-Hash', value: '' } }),
  },
  {
    it: 'a required header with a pattern',
    check: 'gateway-required-header-has-a-plain-value',
    given: gateway({ requiredHeader: { name: 'X-Hash', value: '.*' } }),
  },
  {
    it: 'a required header of 129 letters',
    check: 'gateway-required-header-has-a-plain-value',
    given: gateway({ requiredHeader: { name: 'X-Hash', value: 'a'.repeat(129) } }),
  },
  {
    it: 'a pattern of paths without the header',
    check: 'gateway-required-header-exempts-paths',
    given: gateway({ requiredHeader: { name: 'X-Hash', value: 'abc', exempt: ['/health', '/.*(x)'] } }),
  },
  { it: 'a trusted range with bits beyond it', check: 'gateway-trusts-ranges', given: trusting('10.0.0.1/20') },
  { it: 'trust in everyone', check: 'gateway-does-not-trust-everyone', given: trusting('0.0.0.0/0') },
  {
    it: 'a header value that ends its string',
    check: 'gateway-headers-are-literal',
    given: headers({ 'X-A': 'a" always; x "' }),
  },
  { it: 'a header value with a variable', check: 'gateway-headers-are-literal', given: headers({ 'X-A': '$uri' }) },
  { it: 'a header value with a new line', check: 'gateway-headers-are-literal', given: headers({ 'X-A': 'a\nb' }) },
  { it: 'a header value with an escape', check: 'gateway-headers-are-literal', given: headers({ 'X-A': 'a\\n' }) },
  { it: 'an empty header value', check: 'gateway-headers-are-literal', given: headers({ 'X-A': '' }) },
  { it: 'a header name with a space', check: 'gateway-headers-are-literal', given: headers({ 'X A': 'a' }) },
  { it: 'a header name with _', check: 'gateway-headers-are-literal', given: headers({ X_A: 'a' }) },
  {
    it: 'a header in two cases',
    check: 'gateway-headers-are-named-once',
    given: headers({ 'x-frame-options': 'DENY' }),
  },
  { it: 'HSTS of a second below half a year', check: 'gateway-hsts-lasts', given: hsts('max-age=15767999') },
  { it: 'HSTS that names no age', check: 'gateway-hsts-lasts', given: hsts('includeSubDomains') },
  {
    it: 'no HSTS',
    check: 'gateway-hsts-lasts',
    given: gateway({ headers: { 'Content-Security-Policy': "default-src 'self'" } }),
  },
  {
    it: 'no content policy',
    check: 'gateway-has-a-content-policy',
    given: gateway({ headers: { 'Strict-Transport-Security': 'max-age=31536000' } }),
  },
  {
    it: 'no body, which nginx reads as any',
    check: 'gateway-body-limit-is-whole-kib',
    given: gateway({ maxBody: Memory.bytes(0) }),
  },
  {
    it: 'a body of odd bytes',
    check: 'gateway-body-limit-is-whole-kib',
    given: gateway({ maxBody: Memory.bytes(1500) }),
  },
  {
    it: 'connections that end with those of the load balancer',
    check: 'gateway-outlasts-the-load-balancer',
    given: gateway({ clientKeepalive: Duration.seconds(60) }),
  },
  {
    it: 'client connections below a second',
    check: 'gateway-client-keepalive-is-bounded',
    given: gateway({ clientKeepalive: Duration.millis(999) }),
  },
  {
    it: 'client connections above an hour',
    check: 'gateway-client-keepalive-is-bounded',
    given: gateway({ clientKeepalive: Duration.seconds(3601) }),
  },
  {
    it: 'a load balancer that waits 4001 s',
    check: 'gateway-load-balancer-idle-is-offered',
    given: gateway({ loadBalancerIdle: Duration.seconds(4001) }),
  },
  {
    it: 'a load balancer that does not wait',
    check: 'gateway-load-balancer-idle-is-offered',
    given: gateway({ loadBalancerIdle: Duration.millis(999) }),
  },
  {
    it: 'a read time-out above that of the load balancer',
    check: 'gateway-answers-before-the-load-balancer',
    given: withUpstream({ timeouts: { read: Duration.millis(60_001) } }),
  },
  {
    it: 'a drain below a second',
    check: 'gateway-drain-is-bounded',
    given: gateway({ drainFor: Duration.millis(999) }),
  },
  {
    it: 'a drain above an hour',
    check: 'gateway-drain-is-bounded',
    given: gateway({ drainFor: Duration.seconds(3601) }),
  },
  { it: 'port 0', check: 'gateway-ports-exist', given: gateway({ port: 0 }) },
  { it: 'status port 65536', check: 'gateway-ports-exist', given: gateway({ statusPort: 65_536 }) },
  { it: 'no metrics port', check: 'gateway-ports-exist', given: gateway({ metricsPort: Number.NaN }) },
  { it: 'TLS port 0', check: 'gateway-ports-exist', given: gateway({ tls: { port: 0 } }) },
  { it: 'status on the port of traffic', check: 'gateway-ports-differ', given: gateway({ statusPort: 8080 }) },
  { it: 'TLS on the port of metrics', check: 'gateway-ports-differ', given: gateway({ tls: { port: 8082 } }) },
  { it: 'a relative key', check: 'gateway-tls-files-are-absolute', given: gateway({ tls: { keyPath: 'tls.key' } }) },
  {
    it: 'a certificate whose path has a space',
    check: 'gateway-tls-files-are-absolute',
    given: gateway({ tls: { certificatePath: '/my certs/a' } }),
  },
  { it: 'no workers', check: 'gateway-workers-are-few', given: gateway({ workers: 0 }) },
  { it: '65 workers', check: 'gateway-workers-are-few', given: gateway({ workers: 65 }) },
  { it: '255 connections', check: 'gateway-connections-are-bounded', given: gateway({ workerConnections: 255 }) },
  { it: '65537 connections', check: 'gateway-connections-are-bounded', given: gateway({ workerConnections: 65_537 }) },
  {
    it: 'more than half of the connections idle',
    check: 'gateway-connections-outnumber-idle-ones',
    given: { ...two({ keepalive: { connections: 97 } }), workerConnections: 256 },
  },
  {
    it: 'a type with a space',
    check: 'gateway-compresses-mime-types',
    given: gateway({ compressedTypes: ['text/css text/plain'] }),
  },
  {
    it: 'text/html, which nginx warns of',
    check: 'gateway-compresses-mime-types',
    given: gateway({ compressedTypes: ['text/html'] }),
  },
  { it: 'a path that opens a block', check: 'route-path-is-literal', given: withRoute({ path: '/a { }' }) },
  { it: 'a path without a slash', check: 'route-path-is-literal', given: withRoute({ path: 'a' }) },
  {
    it: 'an encoded path, which would never match',
    check: 'route-path-is-literal',
    given: withRoute({ path: '/a%20b' }),
  },
  { it: 'a path with two slashes', check: 'route-path-is-literal', given: withRoute({ path: '/a//b' }) },
  {
    it: 'a target with a variable',
    check: 'route-target-path-is-literal',
    given: withRoute({ upstreamPath: '/$uri' }),
  },
  { it: 'a host in capitals', check: 'route-host-is-a-dns-name', given: withRoute({ host: 'Shop.example.com' }) },
  { it: 'a host with a pattern', check: 'route-host-is-a-dns-name', given: withRoute({ host: '~.*' }) },
  { it: 'an asterisk inside a host', check: 'route-host-is-a-dns-name', given: withRoute({ host: 'shop.*' }) },
  {
    it: 'a route to nowhere',
    check: 'route-leads-to-an-upstream',
    given: gateway({ upstreams: [], routes: [{ path: '/', upstream: 'cart' }] }),
  },
  {
    it: 'a limit that is not declared',
    check: 'route-limits-are-declared',
    given: withRoute({ limits: ['per_client'] }),
  },
  {
    it: 'a limit twice',
    check: 'route-limits-are-named-once',
    given: {
      ...limited({}),
      routes: [{ path: '/', upstream: 'shop_cluster', limits: ['per_client', 'per_client'] }],
    },
  },
  {
    it: 'a limit by header alone',
    check: 'route-is-limited-by-address-too',
    given: limited({ key: { header: 'X-Api-Key' } }),
  },
  {
    it: 'a route without a body',
    check: 'route-body-limit-is-whole-kib',
    given: withRoute({ maxBody: Memory.bytes(0) }),
  },
  {
    it: 'a route that sends for more than an hour',
    check: 'route-timeouts-are-bounded',
    given: withRoute({ timeouts: { send: Duration.seconds(3601) } }),
  },
  {
    it: 'a route that connects until the retries end',
    check: 'route-timeouts-fit-the-retries',
    given: withRoute({ timeouts: { connect: Duration.seconds(5) } }),
  },
  {
    it: 'a route that reads for less than the retries',
    check: 'route-timeouts-fit-the-retries',
    given: withRoute({ timeouts: { read: Duration.millis(4999) } }),
  },
  { it: 'a limit with a hyphen', check: 'limit-name-is-plain', given: limited({ name: 'per-client' }) },
  {
    it: 'a limit to nothing',
    check: 'limit-rate-lets-something-through',
    given: limited({ rate: Rate.perMinute(0) }),
  },
  {
    it: 'a limit above ten million a second',
    check: 'limit-rate-lets-something-through',
    given: limited({ rate: Rate.perMinute(600_000_001) }),
  },
  { it: 'a burst below none', check: 'limit-burst-is-whole', given: limited({ burst: -1 }) },
  { it: 'half a burst', check: 'limit-burst-is-whole', given: limited({ burst: 0.5 }) },
  { it: 'a burst of 1000001', check: 'limit-burst-is-whole', given: limited({ burst: 1_000_001 }) },
  {
    it: 'a key with a variable',
    check: 'limit-key-is-a-header',
    given: {
      ...gateway({
        limits: [
          { name: 'per_client', rate: RATE },
          { name: 'per_key', rate: RATE, key: { header: '$uri' } },
        ],
      }),
    },
  },
  { it: 'a zone of 1023 KiB', check: 'limit-zone-holds-clients', given: limited({ zoneSize: Memory.kib(1023) }) },
  { it: 'a zone above 1 GiB', check: 'limit-zone-holds-clients', given: limited({ zoneSize: Memory.kib(1_048_577) }) },
];

test.each(broken)('$it breaks $check', ({ check, given }) => {
  expect(inspected(given)).toContain(check);
});

const sound: { it: string; given: NginxProxySpec }[] = [
  { it: 'an exact path beside its prefix', given: routes({ path: '/a' }, { path: '/a', match: 'exact' }) },
  { it: 'a path on two hosts', given: routes({ path: '/a' }, { path: '/a', host: 'shop.example.com' }) },
  {
    it: 'exact paths with and without slash',
    given: routes({ path: '/a', match: 'exact' }, { path: '/a/', match: 'exact' }),
  },
  { it: 'a host with its subdomains', given: withRoute({ host: '*.example.com' }) },
  { it: 'several trusted ranges', given: trusting('10.0.0.0/20', '10.0.16.0/20') },
  { it: 'HSTS of half a year', given: hsts('max-age=15768000; includeSubDomains') },
  { it: 'a policy with quotes, braces and semicolons', given: headers({ 'X-A': "a 'b'; {c}" }) },
  {
    it: 'client connections just above the load balancer',
    given: gateway({ clientKeepalive: Duration.millis(60_001) }),
  },
  { it: 'client connections of an hour', given: gateway({ clientKeepalive: Duration.hours(1) }) },
  {
    it: 'the longest load balancer without client connections that end first',
    given: gateway({ loadBalancerIdle: Duration.seconds(3599), clientKeepalive: Duration.hours(1) }),
  },
  { it: 'reads as long as the load balancer waits', given: withUpstream({ timeouts: { read: Duration.seconds(60) } }) },
  { it: 'a drain of a second', given: gateway({ drainFor: Duration.seconds(1) }) },
  { it: 'a drain of an hour', given: gateway({ drainFor: Duration.hours(1) }) },
  { it: 'the first and the last port', given: gateway({ port: 1, statusPort: 65_535 }) },
  { it: 'the ports beside them', given: gateway({ port: 2, statusPort: 65_534 }) },
  { it: 'ports 80 and 443', given: gateway({ port: 80, tls: { port: 443 } }) },
  { it: 'one worker', given: gateway({ workers: 1 }) },
  { it: '64 workers', given: gateway({ workers: 64 }) },
  { it: '256 connections', given: gateway({ workerConnections: 256 }) },
  { it: '65536 connections', given: gateway({ workerConnections: 65_536 }) },
  { it: 'half of the connections idle', given: { ...two({ keepalive: { connections: 96 } }), workerConnections: 256 } },
  { it: 'a body of 1 KiB', given: gateway({ maxBody: Memory.kib(1) }) },
  { it: 'no burst', given: limited({ burst: 0 }) },
  { it: 'a burst of 1000000', given: limited({ burst: 1_000_000 }) },
  { it: 'a request a minute', given: limited({ rate: Rate.perMinute(1) }) },
  { it: 'ten million requests a second', given: limited({ rate: Rate.perMinute(600_000_000) }) },
  { it: 'a zone of 1 MiB', given: limited({ zoneSize: Memory.mib(1) }) },
  { it: 'a zone of 1 GiB', given: limited({ zoneSize: Memory.gib(1) }) },
  {
    it: 'a limit by header beside one by address',
    given: gateway({
      limits: [
        { name: 'per_client', rate: RATE },
        { name: 'per_key', rate: RATE, key: { header: 'X-Api-Key' } },
      ],
    }),
  },
  {
    it: 'a route that no limit counts',
    given: { ...limited({}), routes: [{ path: '/', upstream: 'shop_cluster', limits: [] }] },
  },
  { it: 'a route that reads as long as the retries', given: withRoute({ timeouts: { read: Duration.seconds(5) } }) },
  {
    it: 'a route that connects within the retries',
    given: withRoute({ timeouts: { connect: Duration.millis(4999) } }),
  },
];

test.each(sound)('$it is sound', ({ given }) => {
  expect(inspected(given)).toEqual([]);
});

test('what works but is unwise is a warning', () => {
  const warnings = broken
    .flatMap(({ given }) => inspectUpstreams('gateway', given))
    .filter(({ severity }) => severity === 'warning');
  expect(ids(warnings).sort()).toEqual([
    'gateway-answers-before-the-load-balancer',
    'gateway-has-a-content-policy',
    'gateway-hsts-lasts',
    'gateway-upstreams-are-routed-to',
    'route-is-limited-by-address-too',
  ]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(({ check }) => check))].sort()).toEqual(
    allIds(NGINX_PROXY_CHECKS, NGINX_PROCESS_CHECKS, REQUIRED_HEADER_VALUE_CHECKS, ROUTE_CHECKS as never, LIMIT_CHECKS),
  );
});
