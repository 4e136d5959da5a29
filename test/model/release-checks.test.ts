import { type EnvironmentSpec, inspectReleases, RELEASE_CHECKS, type RolloutSpec } from '../../lib/model';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';

const released = (rollout: RolloutSpec, name = 'a') => service(name, { rollout, isPublic: true });
const throughIstio: RolloutSpec = { strategy: 'canary', traffic: { through: 'istio' } };
const throughAlb: RolloutSpec = { strategy: 'canary', traffic: { through: 'alb', host: 'shop.example.com' } };
const blueGreen = (activeService: 'cluster-ip' | 'headless'): RolloutSpec => ({
  strategy: 'blue-green',
  activeService,
});
const gateway = { name: 'gateway', scaling: service('x').scaling };

const broken: [check: string, overrides: Partial<EnvironmentSpec>][] = [
  ['release-weights-have-one-owner', { mesh: 'istio', services: [released(throughIstio), released(throughAlb, 'b')] }],
  ['release-weights-have-a-mesh', { services: [released(throughIstio)] }],
  ['release-gateway-sees-the-active-version', { gateway, services: [released(blueGreen('cluster-ip'))] }],
  [
    'release-gateway-in-a-mesh-sends-to-canaries',
    { gateway, mesh: 'istio', services: [released(blueGreen('headless'))] },
  ],
];

test.each(broken)('%s fails (row %#)', (check, overrides) => {
  expect(ids(inspectReleases('shop/production', environment(overrides)))).toEqual([check]);
});

test.each([
  ['no release of its own', {}],
  ['canaries of one owner', { mesh: 'istio', services: [released(throughIstio), released(throughIstio, 'b')] }],
  ['weights of a load balancer without a mesh', { services: [released(throughAlb)] }],
  ['a headless active Service behind nginx', { gateway, services: [released(blueGreen('headless'))] }],
  ['an active Service with an address where no gateway stands', { services: [released(blueGreen('cluster-ip'))] }],
  ['an active Service that the platform chooses', { gateway, services: [released({ strategy: 'blue-green' })] }],
] satisfies [string, Partial<EnvironmentSpec>][])('%s is accepted', (_, overrides) => {
  expect(inspectReleases('shop/production', environment(overrides))).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(RELEASE_CHECKS));
});
