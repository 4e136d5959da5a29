import { LISTED_RESOLVER_CHECKS } from '../../../lib/config/nginx/nginx-resolver';
import {
  CLUSTER_SOURCE_CHECKS,
  LISTED_SERVER_CHECKS,
  LISTED_SERVERS_CHECKS,
  SURROUNDINGS_CHECKS,
} from '../../../lib/config/nginx/nginx-servers';
import { NginxUpstreams } from '../../../lib/config/nginx/nginx-upstreams';
import type { UpstreamServer } from '../../../lib/model/nginx/upstreams';
import { allIds, refused } from '../../support/findings';
import { gateway, withUpstream } from '../../support/nginx';

const shop = NginxUpstreams.of(gateway());
const hashed = NginxUpstreams.of(withUpstream({ balancing: { hash: 'uri' } }));
const list = (...servers: UpstreamServer[]) => shop.staticServers({ shop_cluster: servers });
const one: UpstreamServer = { host: 'shop_1' };

const broken: { it: string; check: string; build: () => string }[] = [
  { it: 'an upstream without servers', check: 'listed-upstream-has-a-server', build: () => shop.staticServers({}) },
  {
    it: 'two resolvers of listed servers in one',
    check: 'listed-resolver-is-an-address',
    build: () => shop.staticServers({ shop_cluster: [one] }, {}, '127.0.0.11 127.0.0.12'),
  },
  {
    it: 'an upstream of backups alone',
    check: 'listed-upstream-has-a-server',
    build: () => list({ host: 'shop_1', backup: true }),
  },
  { it: 'a server twice', check: 'listed-servers-are-unique', build: () => list(one, { ...one, port: 8001 }) },
  {
    it: 'a backup that a hash cannot use',
    check: 'listed-backups-can-be-used',
    build: () => hashed.staticServers({ shop_cluster: [one, { host: 'spare', backup: true }] }),
  },
  { it: 'a host with a scheme', check: 'listed-server-host-is-plain', build: () => list({ host: 'http://shop' }) },
  {
    it: 'a host that ends the directive',
    check: 'listed-server-host-is-plain',
    build: () => list({ host: 'shop; }' }),
  },
  {
    it: 'a Service, with its domain',
    check: 'listed-server-is-not-a-cluster-ip',
    build: () => list({ host: 'shop.acgs.svc.cluster.local' }),
  },
  {
    it: 'a Service, in short',
    check: 'listed-server-is-not-a-cluster-ip',
    build: () => list({ host: 'shop.acgs.svc' }),
  },
  { it: 'port 0', check: 'listed-server-port-exists', build: () => list({ ...one, port: 0 }) },
  { it: 'port 65536', check: 'listed-server-port-exists', build: () => list({ ...one, port: 65_536 }) },
  { it: 'weight 0', check: 'listed-server-weight-is-whole', build: () => list({ ...one, weight: 0 }) },
  { it: 'weight 1001', check: 'listed-server-weight-is-whole', build: () => list({ ...one, weight: 1001 }) },
  {
    it: 'a namespace with a dot',
    check: 'resolved-namespace-is-a-dns-label',
    build: () => shop.resolved({ namespace: 'a.b' }),
  },
  {
    it: 'no namespace behind a mesh',
    check: 'resolved-namespace-is-a-dns-label',
    build: () => shop.meshed({ namespace: '' }),
  },
  {
    it: 'a domain that ends the directive',
    check: 'resolved-cluster-domain-is-a-dns-name',
    build: () => shop.meshed({ namespace: 'acgs', clusterDomain: 'local;' }),
  },
  {
    it: 'two resolvers in one',
    check: 'resolved-resolver-is-an-address',
    build: () => shop.resolved({ namespace: 'acgs', resolver: '10.0.0.2 10.0.0.3' }),
  },
  {
    it: 'a Service in full',
    check: 'resolved-services-are-dns-labels',
    build: () => shop.resolved({ namespace: 'acgs', podsServices: { shop_cluster: 'shop.acgs' } }),
  },
  {
    it: 'no replicas',
    check: 'rendering-replicas-are-whole',
    build: () => shop.resolved({ namespace: 'acgs' }, { replicas: 0 }),
  },
  {
    it: '1001 replicas',
    check: 'rendering-replicas-are-whole',
    build: () => shop.resolved({ namespace: 'acgs' }, { replicas: 1001 }),
  },
  {
    it: 'a relative folder',
    check: 'rendering-scratch-path-is-absolute',
    build: () => shop.meshed({ namespace: 'acgs' }, { scratchPath: 'tmp' }),
  },
];

test.each(broken)('$it breaks $check', ({ check, build }) => {
  expect(refused(build)).toEqual([check]);
});

test.each([
  { it: 'one server', build: () => list(one) },
  { it: 'a resolver of Compose', build: () => shop.staticServers({ shop_cluster: [one] }, {}, '127.0.0.11') },
  { it: 'one host on two ports', build: () => list(one, { ...one, port: 9000 }) },
  { it: 'weights 1 and 1000', build: () => list({ ...one, weight: 1 }, { host: 'shop_2', weight: 1000 }) },
  { it: 'ports 1 and 65535', build: () => list({ ...one, port: 1 }, { ...one, port: 65_535 }) },
  { it: 'a backup beside a server', build: () => list(one, { host: 'spare', backup: true }) },
  { it: 'a resolver by bracketed address', build: () => shop.resolved({ namespace: 'a', resolver: '[fd00::a]:53' }) },
  { it: '1000 replicas', build: () => shop.resolved({ namespace: 'a' }, { replicas: 1000 }) },
])('$it is sound', ({ build }) => {
  expect(refused(build)).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(({ check }) => check))].sort()).toEqual(
    allIds(
      LISTED_SERVERS_CHECKS as never,
      LISTED_SERVER_CHECKS,
      CLUSTER_SOURCE_CHECKS as never,
      SURROUNDINGS_CHECKS as never,
      LISTED_RESOLVER_CHECKS as never,
    ),
  );
});

test('a finding names the upstream and the server', () => {
  expect(() => list(one, { ...one, port: 0 })).toThrow('nginx: servers.shop_cluster[1].port must be 1-65535, got 0;');
});
