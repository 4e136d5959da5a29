import { ACGS } from '../../../apps/acgs';
import type { EnvironmentSpec, MeshPolicySpec } from '../../../lib/model';
import { emergencies } from '../../../lib/platform/emergency-document';
import { planGateway } from '../../../lib/platform/plan/plan-gateway';
import { planMeshAccess } from '../../../lib/platform/plan/plan-mesh';

const [production] = ACGS.environments.filter(({ name }) => name === 'production');
if (production === undefined) throw new Error('there is no production');

/** Production with another hash and another way to ask for it. */
const asking = (changes: Partial<NonNullable<EnvironmentSpec['requiredHeader']>> = {}): EnvironmentSpec => ({
  ...production,
  settings: { ...production.settings, CONSTITUTIONAL_HASH: 'feedfacefeedface' },
  requiredHeader: { name: 'X-Constitutional-Hash', setting: 'CONSTITUTIONAL_HASH', ...changes },
});

const atGateway = (environment: EnvironmentSpec) =>
  environment.gateway && planGateway('acgs', environment, environment.gateway).requiredHeader;
const atSidecars = (environment: EnvironmentSpec) =>
  planMeshAccess('acgs', environment)?.servers.map(({ requiredHeader }) => requiredHeader?.value);

test('gateway, its emergency limits and every sidecar ask for the one value of the setting', () => {
  const environment = asking();
  expect(atGateway(environment)).toEqual({
    name: 'X-Constitutional-Hash',
    value: 'feedfacefeedface',
    exempt: ['/auth-service/health', '/constitutional-ai/health', '/agent-hitl/health'],
  });
  expect(new Set(atSidecars(environment))).toEqual(new Set(['feedfacefeedface']));
  const [limited = ''] = [...emergencies(ACGS, environment).values()];
  expect(limited).toContain('"~^feedfacefeedface$" right;');
});

test('sidecars ask for nothing where only requests from outside carry it', () => {
  const environment = asking({ scope: 'from-outside' });
  expect(atGateway(environment)?.value).toBe('feedfacefeedface');
  expect(new Set(atSidecars(environment))).toEqual(new Set([undefined]));
});

test('without it nobody asks', () => {
  const { requiredHeader: _, ...free } = asking();
  expect(atGateway(free)).toBeUndefined();
  expect(new Set(atSidecars(free))).toEqual(new Set([undefined]));
});

test('any caller of a mesh is let in past a gateway that asks', () => {
  const meshPolicy: MeshPolicySpec = { mtls: 'strict', callers: 'any' };
  expect(planMeshAccess('acgs', { ...asking(), meshPolicy })?.callers).toBe('any');
});
