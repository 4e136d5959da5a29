import { MESH_ACCESS_CHECKS, MeshAccess, type MeshAccessProps, type MeshServer } from '../../../lib/kubernetes';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const ORDERS: MeshServer = { name: 'orders', selector: { app: 'orders' }, port: 8080, accounts: ['gateway', 'stock'] };
const props = (changes: Partial<MeshAccessProps> = {}): MeshAccessProps => ({
  namespace: 'shop',
  servers: [ORDERS],
  ...changes,
});
const access = (changes?: Partial<MeshAccessProps>): Manifest[] =>
  manifests((chart) => new MeshAccess(chart, 'Access', props(changes)));
const names = (objects: readonly Manifest[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
const server = (changes: Partial<MeshServer>) => ({ servers: [{ ...ORDERS, ...changes }] });

describe('MeshAccess', () => {
  test('everything in the namespace speaks mutual TLS', () => {
    const object = only(access({ partOf: 'shop' }), 'PeerAuthentication', 'default');
    expect(object).toMatchObject({
      apiVersion: 'security.istio.io/v1',
      metadata: { labels: { 'app.kubernetes.io/part-of': 'shop' } },
    });
    expect(object.spec).toEqual({ mtls: { mode: 'STRICT' } });
  });

  test('a server answers the declared accounts of its namespace, on its port', () => {
    expect(only(access(), 'AuthorizationPolicy', 'orders').spec).toEqual({
      selector: { matchLabels: { app: 'orders' } },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: ['cluster.local/ns/shop/sa/gateway', 'cluster.local/ns/shop/sa/stock'] } }],
          to: [{ operation: { ports: ['8080'] } }],
        },
      ],
    });
  });

  test('a server that requires a header answers callers that send it, and probes that do not', () => {
    const from = [{ source: { principals: ['cluster.local/ns/shop/sa/gateway', 'cluster.local/ns/shop/sa/stock'] } }];
    const requiredHeader = { name: 'X-Hash', value: 'abc' };
    const rules = (header: MeshServer['requiredHeader']) =>
      only(access(server(header ? { requiredHeader: header } : {})), 'AuthorizationPolicy', 'orders').spec.rules;
    const carrying = {
      from,
      to: [{ operation: { ports: ['8080'] } }],
      when: [{ key: 'request.headers[X-Hash]', values: ['abc'] }],
    };
    expect(rules(requiredHeader)).toEqual([carrying]);
    expect(rules({ ...requiredHeader, exempt: ['/health'] })).toEqual([
      carrying,
      { from, to: [{ operation: { ports: ['8080'], methods: ['GET', 'HEAD'], paths: ['/health'] } }] },
    ]);
  });

  test('whoever is not named answers nobody: a policy without rules holds for every pod', () => {
    expect(only(access(), 'AuthorizationPolicy', 'deny-by-default').spec).toEqual({});
  });

  test('rules that let in stand before the one that refuses, and before plain text is refused', () => {
    expect(names(access())).toEqual([
      'AuthorizationPolicy orders',
      'AuthorizationPolicy deny-by-default',
      'PeerAuthentication default',
    ]);
  });

  test('a server that nobody calls needs no rule', () => {
    expect(names(access(server({ accounts: [] })))).toEqual([
      'AuthorizationPolicy deny-by-default',
      'PeerAuthentication default',
    ]);
  });

  test('callers without a sidecar are let in by address, in plain text on that port alone', () => {
    const objects = access(server({ ranges: ['10.0.0.0/20'] }));
    expect(only(objects, 'PeerAuthentication', 'orders').spec).toEqual({
      selector: { matchLabels: { app: 'orders' } },
      mtls: { mode: 'STRICT' },
      portLevelMtls: { 8080: { mode: 'PERMISSIVE' } },
    });
    const [{ from, to }] = only(objects, 'AuthorizationPolicy', 'orders').spec.rules;
    expect(from[1]).toEqual({ source: { ipBlocks: ['10.0.0.0/20'] } });
    expect(to).toEqual([{ operation: { ports: ['8080'] } }]);
    expect(only(objects, 'PeerAuthentication', 'default').spec.mtls.mode).toBe('STRICT');
  });

  test('callers by address alone are callers', () => {
    const objects = access(server({ accounts: [], ranges: ['10.0.0.0/20'] }));
    expect(only(objects, 'AuthorizationPolicy', 'orders').spec.rules[0].from).toEqual([
      { source: { ipBlocks: ['10.0.0.0/20'] } },
    ]);
  });

  test('with any caller there is no rule, and nobody is refused', () => {
    expect(names(access({ callers: 'any' }))).toEqual(['PeerAuthentication default']);
  });

  test('where plain text is taken, no port needs an exception', () => {
    const objects = access({ mtls: 'permissive', ...server({ ranges: ['10.0.0.0/20'] }) });
    expect(objects.filter(({ kind }) => kind === 'PeerAuthentication').map(({ spec }) => spec)).toEqual([
      { mtls: { mode: 'PERMISSIVE' } },
    ]);
  });

  test('certificates are those of the declared trust domain', () => {
    const { rules } = only(access({ trustDomain: 'shop.example.com' }), 'AuthorizationPolicy', 'orders').spec;
    expect(rules[0].from[0].source.principals[0]).toBe('shop.example.com/ns/shop/sa/gateway');
  });
});

const broken: [check: string, changes: Partial<MeshAccessProps>][] = [
  ['mesh-access-namespace-is-a-dns-label', { namespace: 'Shop' }],
  ['mesh-access-namespace-is-a-dns-label', { namespace: 'istio-system' }],
  ['mesh-access-trust-domain-is-a-name', { trustDomain: '*' }],
  ['mesh-access-encryption-is-known', { mtls: 'STRICT' as 'strict' }],
  ['mesh-access-callers-are-known', { callers: 'all' as 'any' }],
  ['mesh-access-servers-have-distinct-names', server({ name: 'Orders' })],
  ['mesh-access-servers-have-distinct-names', server({ name: 'default' })],
  ['mesh-access-servers-have-distinct-names', server({ name: 'deny-by-default' })],
  ['mesh-access-servers-have-distinct-names', { servers: [ORDERS, ORDERS] }],
  ['mesh-access-servers-are-selected', server({ selector: {} })],
  ['mesh-access-servers-are-selected', server({ selector: { app: 'no label!' } })],
  ['mesh-access-ports-are-real', server({ port: 0 })],
  ['mesh-access-ports-are-real', server({ port: 65_536 })],
  ['mesh-access-ports-are-real', server({ port: Number.NaN })],
  ['mesh-access-accounts-are-names', server({ accounts: ['*'] })],
  ['mesh-access-accounts-are-names', server({ accounts: ['shop/gateway'] })],
  ['mesh-access-ranges-are-ranges', server({ ranges: ['everyone'] })],
  ['mesh-access-headers-are-literal', server({ requiredHeader: { name: 'X Hash', value: 'abc' } })],
  ['mesh-access-headers-are-literal', server({ requiredHeader: { name: 'X-Hash', value: '' } })],
  ['mesh-access-headers-are-literal', server({ requiredHeader: { name: 'X-Hash', value: 'abc*' } })],
  ['mesh-access-headers-are-literal', server({ requiredHeader: { name: 'X-Hash', value: 'abc', exempt: ['/*'] } })],
];

test.each(broken)('%s fails (row %#)', (check, changes) => {
  expect(ids(MeshAccess.inspect('shop/access', props(changes)))).toEqual([check]);
  expect(refused(() => access(changes))).toEqual([check]);
});

test.each([[{ servers: [] }], [server({ port: 1 })], [server({ port: 65_535 })], [server({ accounts: ['stock.v2'] })]])(
  'the bounds themselves are accepted (row %#)',
  (changes) => {
    expect(MeshAccess.inspect('shop/access', props(changes))).toEqual([]);
  },
);

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(MESH_ACCESS_CHECKS));
});
