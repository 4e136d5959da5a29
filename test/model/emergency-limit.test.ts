import { EMERGENCY_LIMIT_CHECKS, type EnvironmentSpec, emergencyLimit, inspectEmergencyLimit } from '../../lib/model';
import { Rate } from '../../lib/units';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';

const gateway = { name: 'gateway', scaling: service('x').scaling };
const limited = (rate: number, burst?: number, key?: { readonly header: string }) => ({
  ...gateway,
  limits: [{ name: 'own', rate: Rate.perMinute(rate), ...(burst !== undefined && { burst }), ...(key && { key }) }],
});

const broken: [check: string, overrides: Partial<EnvironmentSpec>][] = [
  ['emergency-limit-has-a-gateway', { emergencyLimit: {} }],
  ['emergency-limit-is-tighter', { gateway: limited(600, 100), emergencyLimit: {} }],
  ['emergency-limit-is-tighter', { gateway: limited(601, 99), emergencyLimit: {} }],
  ['emergency-limit-is-tighter', { gateway: limited(6000), emergencyLimit: {} }],
  ['emergency-limit-is-tighter', { gateway: limited(6000, 1000), emergencyLimit: { rate: Rate.perMinute(6000) } }],
];

test('a client may send 600 requests a minute, 100 of them at once', () => {
  const { rate, burst } = emergencyLimit({});
  expect([rate.inPerMinute, burst]).toEqual([600, 100]);
});

test.each(broken)('%s fails (row %#)', (check, overrides) => {
  expect(ids(inspectEmergencyLimit('shop/production', environment(overrides)))).toEqual([check]);
});

test.each([
  ['no emergency', {}],
  ['a gateway without limits', { gateway, emergencyLimit: {} }],
  ['a limit just above', { gateway: limited(601, 100), emergencyLimit: {} }],
  ['no burst at all', { gateway: limited(601), emergencyLimit: { burst: 0 } }],
  ['a limit of something else', { gateway: limited(60, 0, { header: 'X-Api-Key' }), emergencyLimit: {} }],
] satisfies [string, Partial<EnvironmentSpec>][])('%s is accepted', (_, overrides) => {
  expect(inspectEmergencyLimit('shop/production', environment(overrides))).toEqual([]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(EMERGENCY_LIMIT_CHECKS));
});
