import { type EnvironmentSpec, inspectMeshPolicy, MESH_POLICY_CHECKS, retriesOf } from '../../lib/model';
import { Duration } from '../../lib/units';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';

const gateway = { name: 'gateway', scaling: service('x').scaling };
const slow = { attempts: 1, perTry: Duration.seconds(31) };
const inMesh = { mesh: 'istio', meshPolicy: {} } as const;

const broken: [check: string, overrides: Partial<EnvironmentSpec>][] = [
  ['mesh-policy-has-a-mesh', { meshPolicy: {} }],
  ['mesh-policy-encryption-is-known', { mesh: 'istio', meshPolicy: { mtls: 'STRICT' as 'strict' } }],
  ['mesh-policy-callers-are-known', { mesh: 'istio', meshPolicy: { callers: 'all' as 'any' } }],
  ['mesh-policy-callers-show-certificates', { mesh: 'istio', meshPolicy: { mtls: 'permissive' } }],
  ['mesh-policy-covers-retries', { mesh: 'istio', services: [service('a', { retries: 'none' })] }],
  [
    'mesh-policy-retries-end-before-the-gateway-does',
    { ...inMesh, gateway, services: [service('a', { isPublic: true, retries: slow })] },
  ],
  [
    'mesh-policy-retries-end-before-the-gateway-does',
    {
      ...inMesh,
      gateway: { ...gateway, upstream: { timeouts: { read: Duration.millis(5999) } } },
      services: [service('a', { isPublic: true })],
    },
  ],
];

test.each(broken)('%s fails (row %#)', (check, overrides) => {
  expect(ids(inspectMeshPolicy('shop/production', environment(overrides)))).toEqual([check]);
});

test.each([
  ['no mesh', {}],
  ['a mesh that insists on nothing', { mesh: 'istio' }],
  ['its defaults', inMesh],
  [
    'plain text from anyone, for the time of a change',
    { mesh: 'istio', meshPolicy: { mtls: 'permissive', callers: 'any' } },
  ],
  ['slow answers inside', { ...inMesh, gateway, services: [service('a', { retries: slow })] }],
  ['slow answers without a gateway', { ...inMesh, services: [service('a', { isPublic: true, retries: slow })] }],
  ['answers that may take long', { ...inMesh, gateway, services: [service('a', { isPublic: true, retries: 'none' })] }],
  [
    'a gateway that waits exactly as long',
    {
      ...inMesh,
      gateway: { ...gateway, upstream: { timeouts: { read: Duration.seconds(6) } } },
      services: [service('a', { isPublic: true })],
    },
  ],
] satisfies [string, Partial<EnvironmentSpec>][])('%s is accepted', (_, overrides) => {
  expect(inspectMeshPolicy('shop/production', environment(overrides))).toEqual([]);
});

test('faults in retries are told where they are declared', () => {
  const found = inspectMeshPolicy(
    'shop/production',
    environment({
      mesh: 'istio',
      meshPolicy: { retries: { attempts: 0 } },
      services: [service('a', { retries: { attempts: 11 } })],
    }),
  );
  expect(found.map(({ path, prop }) => `${path} ${prop}`)).toEqual([
    'shop/production meshPolicy.retries.attempts',
    'shop/production/a retries.attempts',
  ]);
});

test('a service has the retries of its environment unless it declares its own', () => {
  const one = { attempts: 1 };
  const two = { attempts: 2 };
  expect(retriesOf({}, {})).toBeUndefined();
  expect(retriesOf({}, { retries: one })).toBeUndefined();
  expect(retriesOf({ meshPolicy: {} }, {})).toEqual({});
  expect(retriesOf({ meshPolicy: { retries: one } }, {})).toBe(one);
  expect(retriesOf({ meshPolicy: { retries: one } }, { retries: two })).toBe(two);
  expect(retriesOf({ meshPolicy: { retries: one } }, { retries: 'none' })).toBeUndefined();
  expect(retriesOf({ meshPolicy: { retries: 'none' } }, { retries: two })).toBe(two);
  expect(retriesOf({ meshPolicy: { retries: 'none' } }, {})).toBeUndefined();
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(MESH_POLICY_CHECKS));
});
