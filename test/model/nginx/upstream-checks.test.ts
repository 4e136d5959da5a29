import { inspectUpstreams } from '../../../lib/model/nginx/nginx-proxy-checks';
import { inspectUpstream, UPSTREAM_CHECKS } from '../../../lib/model/nginx/upstream-checks';
import type { UpstreamSpec } from '../../../lib/model/nginx/upstreams';
import { Duration, Memory } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { SHOP, withUpstream } from '../../support/nginx';

const inspected = (overrides: Partial<UpstreamSpec>) => ids(inspectUpstream('shop', { ...SHOP, ...overrides }));

test('an upstream of a name, a service and a port is sound', () => {
  expect(inspected({})).toEqual([]);
});

const refused: { it: string; check: string; given: Partial<UpstreamSpec> }[] = [
  { it: 'a name with a hyphen', check: 'upstream-name-is-plain', given: { name: 'shop-cluster' } },
  { it: 'a name that ends the directive', check: 'upstream-name-is-plain', given: { name: 'shop; }' } },
  { it: 'a name that starts with a digit', check: 'upstream-name-is-plain', given: { name: '1shop' } },
  { it: 'a name of 64', check: 'upstream-name-is-plain', given: { name: 's'.repeat(64) } },
  { it: 'a service with _', check: 'upstream-service-is-a-dns-label', given: { service: 'shop_1' } },
  { it: 'port 0', check: 'upstream-port-exists', given: { port: 0 } },
  { it: 'port 65536', check: 'upstream-port-exists', given: { port: 65_536 } },
  { it: 'no port at all', check: 'upstream-port-exists', given: { port: Number.NaN } },
  {
    it: 'a hash header with a colon',
    check: 'upstream-hash-key-is-a-name',
    given: { balancing: { hash: { header: 'X-User:' } } },
  },
  {
    it: 'a hash cookie with a variable',
    check: 'upstream-hash-key-is-a-name',
    given: { balancing: { hash: { cookie: '$uri' } } },
  },
  { it: 'fewer than no failures', check: 'upstream-max-fails-is-whole', given: { maxFails: -1 } },
  { it: '1001 failures', check: 'upstream-max-fails-is-whole', given: { maxFails: 1001 } },
  { it: 'NaN failures', check: 'upstream-max-fails-is-whole', given: { maxFails: Number.NaN } },
  {
    it: 'a fail time-out below a second',
    check: 'upstream-fail-timeout-is-whole-seconds',
    given: { failTimeout: Duration.seconds(0) },
  },
  {
    it: 'a fail time-out of 1500 ms, which nginx refuses',
    check: 'upstream-fail-timeout-is-whole-seconds',
    given: { failTimeout: Duration.millis(1500) },
  },
  {
    it: 'a fail time-out above an hour',
    check: 'upstream-fail-timeout-is-whole-seconds',
    given: { failTimeout: Duration.seconds(3601) },
  },
  { it: 'no connections', check: 'upstream-max-connections-are-whole', given: { maxConnections: 0 } },
  { it: '100001 connections', check: 'upstream-max-connections-are-whole', given: { maxConnections: 100_001 } },
  { it: 'a zone of 63 KiB', check: 'upstream-zone-holds-its-servers', given: { zoneSize: Memory.kib(63) } },
  { it: 'a zone above 64 MiB', check: 'upstream-zone-holds-its-servers', given: { zoneSize: Memory.kib(65_537) } },
  { it: 'a zone of odd bytes', check: 'upstream-zone-holds-its-servers', given: { zoneSize: Memory.bytes(65_537) } },
  { it: 'no idle connections', check: 'upstream-keepalive-is-bounded', given: { keepalive: { connections: 0 } } },
  {
    it: '10001 idle connections',
    check: 'upstream-keepalive-is-bounded',
    given: { keepalive: { connections: 10_001 } },
  },
  {
    it: 'connections for no request',
    check: 'upstream-keepalive-requests-are-bounded',
    given: { keepalive: { requests: 0 } },
  },
  {
    it: 'connections for 1000001 requests',
    check: 'upstream-keepalive-requests-are-bounded',
    given: { keepalive: { requests: 1_000_001 } },
  },
  {
    it: 'connections that idle 999 ms',
    check: 'upstream-keepalive-time-is-bounded',
    given: { keepalive: { timeout: Duration.millis(999) } },
  },
  {
    it: 'connections that idle above an hour',
    check: 'upstream-keepalive-time-is-bounded',
    given: { keepalive: { timeout: Duration.seconds(3601) } },
  },
  {
    it: 'idle connections that end with the service',
    check: 'upstream-keepalive-ends-before-the-service-hangs-up',
    given: { serverKeepalive: Duration.seconds(4) },
  },
  {
    it: 'a connect time-out of 76 s',
    check: 'upstream-connect-timeout-is-possible',
    given: { timeouts: { connect: Duration.seconds(76) }, retry: { tries: 1 } },
  },
  {
    it: 'a connect time-out of 99 ms',
    check: 'upstream-connect-timeout-is-possible',
    given: { timeouts: { connect: Duration.millis(99) } },
  },
  {
    it: 'a send time-out of 99 ms',
    check: 'upstream-send-timeout-is-bounded',
    given: { timeouts: { send: Duration.millis(99) } },
  },
  {
    it: 'a send time-out above an hour',
    check: 'upstream-send-timeout-is-bounded',
    given: { timeouts: { send: Duration.seconds(3601) } },
  },
  {
    it: 'a read time-out of 99 ms',
    check: 'upstream-read-timeout-is-bounded',
    given: { timeouts: { read: Duration.millis(99) }, retry: { tries: 1 } },
  },
  {
    it: 'a read time-out above an hour',
    check: 'upstream-read-timeout-is-bounded',
    given: { timeouts: { read: Duration.seconds(3601) } },
  },
  { it: 'no tries, which nginx reads as without end', check: 'upstream-tries-are-few', given: { retry: { tries: 0 } } },
  { it: '11 tries', check: 'upstream-tries-are-few', given: { retry: { tries: 11 } } },
  {
    it: 'retries that end with the first connect',
    check: 'upstream-retry-outlasts-a-dead-server',
    given: { retry: { within: Duration.seconds(2) } },
  },
  {
    it: 'retries after a read time-out',
    check: 'upstream-retry-ends-by-the-read-timeout',
    given: { retry: { within: Duration.millis(30_001) } },
  },
];

test.each(refused)('$it breaks $check', ({ check, given }) => {
  expect(inspected(given)).toEqual([check]);
});

const accepted: { it: string; given: Partial<UpstreamSpec> }[] = [
  { it: 'a name of 63', given: { name: 's'.repeat(63) } },
  { it: 'port 1', given: { port: 1 } },
  { it: 'port 65535', given: { port: 65_535 } },
  { it: 'a hash of the path', given: { balancing: { hash: 'uri', consistent: true } } },
  { it: 'a hash of a cookie', given: { balancing: { hash: { cookie: 'session_id' } } } },
  { it: 'servers that are never left out', given: { maxFails: 0 } },
  { it: '1000 failures', given: { maxFails: 1000 } },
  { it: 'a fail time-out of a second', given: { failTimeout: Duration.seconds(1) } },
  { it: 'a fail time-out of an hour', given: { failTimeout: Duration.hours(1) } },
  { it: 'one connection', given: { maxConnections: 1 } },
  { it: '100000 connections', given: { maxConnections: 100_000 } },
  { it: 'a zone of 64 KiB', given: { zoneSize: Memory.kib(64) } },
  { it: 'a zone of 64 MiB', given: { zoneSize: Memory.mib(64) } },
  { it: 'one idle connection', given: { keepalive: { connections: 1, requests: 1, timeout: Duration.seconds(1) } } },
  {
    it: '10000 idle connections',
    given: { keepalive: { connections: 10_000, requests: 1_000_000, timeout: Duration.hours(1) } },
  },
  { it: 'idle connections that end before the service', given: { serverKeepalive: Duration.millis(4001) } },
  {
    it: 'a connect time-out of 75 s',
    given: {
      timeouts: { connect: Duration.seconds(75), read: Duration.hours(1) },
      retry: { within: Duration.seconds(76) },
    },
  },
  {
    it: 'time-outs of 0.1 s',
    given: {
      timeouts: { connect: Duration.millis(100), send: Duration.millis(100), read: Duration.millis(101) },
      retry: { within: Duration.millis(101) },
    },
  },
  { it: 'send time-outs of an hour', given: { timeouts: { send: Duration.hours(1), read: Duration.hours(1) } } },
  { it: '10 tries', given: { retry: { tries: 10 } } },
  { it: 'retries up to the read time-out', given: { retry: { within: Duration.seconds(30) } } },
  { it: 'a single try, whatever the window', given: { retry: { tries: 1, within: Duration.seconds(1) } } },
];

test.each(accepted)('$it is sound', ({ given }) => {
  expect(inspected(given)).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(refused.map(({ check }) => check))].sort()).toEqual(allIds(UPSTREAM_CHECKS));
});

test('in a proxy, a finding says which upstream it is about', () => {
  expect(inspectUpstreams('acgs', withUpstream({ maxFails: -1 }))).toEqual([
    expect.objectContaining({ path: 'acgs', prop: 'upstreams[0].maxFails', received: '-1' }),
  ]);
});
