import { App } from 'cdk8s';
import type { EnvironmentSpec } from '../../../lib/model';
import { EnvironmentChart } from '../../../lib/platform/environment-chart';
import { planMeshAccess, planRoutes } from '../../../lib/platform/plan/plan-mesh';
import { environment, service } from '../../support/environment';
import type { Manifest } from '../../support/manifests';

const gateway = { name: 'gateway', scaling: service('x').scaling };
const SERVICES = [
  service('orders', { isPublic: true, connections: [{ to: 'service', name: 'stock' }] }),
  service('stock', { port: 8090 }),
];

const shop = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({ mesh: 'istio', meshPolicy: {}, gateway, services: SERVICES, ...overrides });

const { gateway: _, ...SHOP_WITHOUT_GATEWAY } = shop();

const objects = (spec: EnvironmentSpec): Manifest[] =>
  new EnvironmentChart(new App(), { name: 'shop', environments: [spec] }, spec).toJson();

const callers = (spec: EnvironmentSpec) =>
  Object.fromEntries((planMeshAccess('shop', spec)?.servers ?? []).map(({ name, accounts }) => [name, accounts]));

const canary = (traffic: object) => ({ strategy: 'canary', traffic }) as never;

test('whoever may connect by declaration may call: nobody else has a rule', () => {
  expect(callers(shop())).toEqual({ orders: ['gateway'], stock: ['orders'] });
});

test('the smoke test of a release may call its service', () => {
  const rollout = { strategy: 'blue-green', smokeTest: { paths: ['/health'] } } as const;
  expect(callers(shop({ services: [service('orders', { rollout })] }))).toEqual({ orders: ['orders-smoke'] });
});

test('network policy and mesh let in the same callers', () => {
  const rollout = { strategy: 'canary', traffic: { through: 'istio' }, smokeTest: { paths: ['/health'] } } as const;
  const all = objects(shop({ services: SERVICES.map((one) => (one.name === 'orders' ? { ...one, rollout } : one)) }));
  const pods = (name: string) =>
    all
      .find((object) => object.kind === 'NetworkPolicy' && object.metadata.name === name)
      .spec.ingress.flatMap(({ from }: Manifest) => from)
      .filter((peer: Manifest) => peer.namespaceSelector === undefined)
      .map((peer: Manifest) => peer.podSelector.matchLabels['app.kubernetes.io/name'])
      .sort();
  const accounts = (name: string) =>
    all
      .find((object) => object.kind === 'AuthorizationPolicy' && object.metadata.name === name)
      .spec.rules[0].from[0].source.principals.map((principal: string) => principal.split('/').at(-1))
      .sort();
  for (const name of ['orders', 'stock']) expect(accounts(name)).toEqual(pods(name));
  expect(accounts('orders')).toEqual(['gateway', 'orders-smoke']);
});

test('every caller is a service account that exists', () => {
  const all = objects(shop());
  const known = all.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata.name);
  for (const accounts of Object.values(callers(shop()))) expect(known).toEqual(expect.arrayContaining([...accounts]));
});

test('a load balancer that weighs a canary is let in by the addresses of its subnets', () => {
  const services = [service('orders', { rollout: canary({ through: 'alb', host: 'shop.example.com' }) })];
  const [orders] = planMeshAccess('shop', shop({ services }))?.servers ?? [];
  expect(orders?.ranges).toEqual(['10.20.0.0/18', '10.20.64.0/18', '10.20.128.0/18']);
});

test.each([
  ['a policy without a mesh', { mesh: undefined as never }],
  ['a mesh without a policy', { meshPolicy: undefined as never }],
])('%s brings nothing', (_, overrides) => {
  const { mesh, meshPolicy, ...rest } = shop(overrides);
  const spec = { ...rest, ...(mesh && { mesh }), ...(meshPolicy && { meshPolicy }) };
  const kinds = objects(spec).map(({ kind }) => kind);
  expect(kinds).not.toContain('AuthorizationPolicy');
  expect(kinds).not.toContain('PeerAuthentication');
  expect(planRoutes('shop', spec)).toEqual([]);
});

test('the policy adds objects and rights of those who deploy them, and changes no other', () => {
  const { meshPolicy, ...without } = shop();
  const before = objects(without).map((object) => JSON.stringify(object));
  const added = objects(shop()).filter((object) => !before.includes(JSON.stringify(object)));
  expect(added.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
    'AuthorizationPolicy deny-by-default',
    'AuthorizationPolicy orders',
    'AuthorizationPolicy stock',
    'PeerAuthentication default',
    'Role deployers',
    'VirtualService orders',
    'VirtualService stock',
  ]);
});

test('each service has routes once: a canary through Istio its own, with the same retries', () => {
  const services = [
    service('orders', { rollout: canary({ through: 'istio' }), retries: { attempts: 1 } }),
    service('stock', { rollout: { strategy: 'blue-green' }, retries: { attempts: 2 } }),
    service('slow', { retries: 'none' }),
  ];
  const all = objects({ ...SHOP_WITHOUT_GATEWAY, services });
  const routes = all.filter(({ kind }) => kind === 'VirtualService');
  const tries = routes.map(({ spec: { hosts, http } }) => [
    hosts[0],
    http.map((route: Manifest) => route.retries.attempts),
  ]);
  expect(Object.fromEntries(tries)).toEqual({ orders: [1, 2], 'stock-active': [2, 2], slow: [2] });
  const { canary: strategy } = all.find(({ kind, metadata }) => kind === 'Rollout' && metadata.name === 'orders').spec
    .strategy;
  expect(strategy.trafficRouting.istio.virtualService.routes).toEqual(['retried', 'primary']);
});

test('a canary that a load balancer weighs has the routes of any other service, and none of its own', () => {
  const services = [service('orders', { rollout: canary({ through: 'alb', host: 'shop.example.com' }) })];
  expect(planRoutes('shop', shop({ services }))).toEqual([{ service: 'orders', partOf: 'shop', retries: {} }]);
  expect(
    planRoutes('shop', shop({ services: [service('orders', { rollout: canary({ through: 'istio' }) })] })),
  ).toEqual([]);
});
