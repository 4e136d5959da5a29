import { type Check, type Finding, inspect } from '../check';
import type { EnvironmentSpec } from './environment';
import { MESH_CALLERS, MUTUAL_TLS } from './mesh/mesh-policy';
import { inspectMeshRetries, type MeshRetrySpec, meshRetryPlan } from './mesh/retries';
import { planUpstream } from './nginx/upstreams';
import type { ServiceSpec } from './service/service';

/** How sidecars repeat requests to a service; undefined where none is repeated that a pod has seen. */
export function retriesOf(
  { meshPolicy }: Pick<EnvironmentSpec, 'meshPolicy'>,
  { retries }: Pick<ServiceSpec, 'retries'>,
): MeshRetrySpec | undefined {
  if (meshPolicy === undefined) return undefined;
  const declared = retries ?? meshPolicy.retries ?? {};
  return declared === 'none' ? undefined : declared;
}

/** Services whose retries go on after the gateway has given up on the whole request. */
function outlasting({ gateway, services, meshPolicy }: EnvironmentSpec): string[] {
  if (gateway === undefined) return [];
  const { read } = planUpstream({ name: 'service', service: 'service', port: 1, ...gateway.upstream }).timeouts;
  return services.flatMap((service) => {
    const retries = service.isPublic ? retriesOf({ ...(meshPolicy && { meshPolicy }) }, service) : undefined;
    if (retries === undefined) return [];
    const { deadline } = meshRetryPlan(retries);
    return deadline.isAtMost(read) ? [] : [`${service.name} ${deadline} of ${read}`];
  });
}

const declaring = ({ services }: EnvironmentSpec): string[] =>
  services.flatMap(({ name, retries }) => (retries === undefined ? [] : [name]));

/** What an environment says of its mesh. */
export const MESH_POLICY_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'mesh-policy-has-a-mesh',
    prop: 'meshPolicy',
    holds: ({ mesh, meshPolicy }) => meshPolicy === undefined || mesh !== undefined,
    rule: 'must be left out without a mesh: nothing would keep to it',
    received: ({ meshPolicy }) => meshPolicy,
    remedy: "declare mesh: 'istio'",
  },
  {
    id: 'mesh-policy-encryption-is-known',
    prop: 'meshPolicy.mtls',
    holds: ({ meshPolicy }) => MUTUAL_TLS.includes(meshPolicy?.mtls ?? 'strict'),
    rule: `must be one of ${MUTUAL_TLS.join(', ')}`,
    received: ({ meshPolicy }) => meshPolicy?.mtls,
    remedy: 'leave it out for strict',
  },
  {
    id: 'mesh-policy-callers-are-known',
    prop: 'meshPolicy.callers',
    holds: ({ meshPolicy }) => MESH_CALLERS.includes(meshPolicy?.callers ?? 'declared'),
    rule: `must be one of ${MESH_CALLERS.join(', ')}`,
    received: ({ meshPolicy }) => meshPolicy?.callers,
    remedy: 'leave it out for declared',
  },
  {
    id: 'mesh-policy-callers-show-certificates',
    prop: 'meshPolicy.callers',
    severity: 'warning',
    holds: ({ meshPolicy: { mtls = 'strict', callers = 'declared' } = {} }) =>
      mtls !== 'permissive' || callers !== 'declared',
    rule: 'should be any while plain text is taken: a caller without a certificate is nobody, and is refused all the same',
    received: ({ meshPolicy: { callers = 'declared' } = {} }) => callers,
    remedy: "declare callers: 'any' until every pod has its sidecar",
  },
  {
    id: 'mesh-policy-covers-retries',
    prop: 'services',
    holds: (environment) => environment.meshPolicy !== undefined || declaring(environment).length === 0,
    rule: 'must not declare retries without a meshPolicy of the environment, or nobody repeats anything',
    received: declaring,
    remedy: 'declare meshPolicy: {}',
  },
  {
    id: 'mesh-policy-retries-end-before-the-gateway-does',
    prop: 'meshPolicy.retries',
    holds: (environment) => outlasting(environment).length === 0,
    rule: 'must have deadlines within the time that the gateway reads for: it would give up first, and the rest is load for nobody',
    received: outlasting,
    remedy: 'shorten the deadline, or raise upstream.timeouts.read of the gateway',
  },
];

/** Everything that is wrong with what the mesh of an environment insists on. */
export const inspectMeshPolicy = (path: string, environment: EnvironmentSpec): Finding[] => [
  ...inspect(path, environment, MESH_POLICY_CHECKS),
  ...[environment.meshPolicy?.retries].flatMap((retries) =>
    retries === undefined || retries === 'none'
      ? []
      : inspectMeshRetries(path, retries).map((finding) => ({ ...finding, prop: `meshPolicy.${finding.prop}` })),
  ),
  ...environment.services.flatMap(({ name, retries }) =>
    retries === undefined || retries === 'none' ? [] : inspectMeshRetries(`${path}/${name}`, retries),
  ),
];
