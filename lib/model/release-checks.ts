import { type Check, type Finding, inspect } from '../check';
import type { EnvironmentSpec } from './environment';
import type { BlueGreenSpec, CanarySpec } from './rollout/rollout';

/** Canaries of an environment, each with the name of its service. */
const canaries = ({ services }: EnvironmentSpec): (CanarySpec & { readonly name: string })[] =>
  services.flatMap(({ name, rollout }) => (rollout?.strategy === 'canary' ? [{ ...rollout, name }] : []));

const owners = (environment: EnvironmentSpec): string[] => [
  ...new Set(canaries(environment).map(({ traffic }) => traffic.through)),
];

const withoutMesh = (environment: EnvironmentSpec): string[] =>
  environment.mesh === 'istio'
    ? []
    : canaries(environment).flatMap(({ name, traffic }) => (traffic.through === 'istio' ? [name] : []));

/** Services that the gateway reaches and that are released blue-green. */
const behindGateway = ({ services, gateway }: EnvironmentSpec): (BlueGreenSpec & { readonly name: string })[] =>
  services.flatMap(({ name, isPublic, rollout }) =>
    gateway && isPublic && rollout?.strategy === 'blue-green' ? [{ ...rollout, name }] : [],
  );

/** Those of which nginx would find one address instead of the active pods. */
const hidden = (environment: EnvironmentSpec): string[] =>
  behindGateway(environment).flatMap(({ name, activeService }) => (activeService === 'cluster-ip' ? [name] : []));

/** What releases ask of the environment they happen in. */
export const RELEASE_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'release-weights-have-one-owner',
    prop: 'services',
    holds: (environment) => owners(environment).length <= 1,
    rule: 'must have canaries whose weights one thing owns: two routers each send their own share',
    received: owners,
    remedy: 'use istio for all of them, or alb for all',
  },
  {
    id: 'release-weights-have-a-mesh',
    prop: 'mesh',
    holds: (environment) => withoutMesh(environment).length === 0,
    rule: 'must be istio where canaries take their weights from it',
    received: (environment) => `${environment.mesh ?? 'none'}, for ${withoutMesh(environment).join(', ')}`,
    remedy: "declare mesh: 'istio', or traffic: { through: 'alb' }",
  },
  {
    id: 'release-gateway-sees-the-active-version',
    prop: 'services',
    holds: (environment) => hidden(environment).length === 0,
    rule: 'must have a headless active Service behind the gateway, whose nginx balances over the pods it finds in DNS',
    received: hidden,
    remedy: 'leave activeService out',
  },
  {
    id: 'release-gateway-in-a-mesh-sends-to-canaries',
    prop: 'services',
    holds: (environment) => environment.mesh === undefined || behindGateway(environment).length === 0,
    rule: 'must not be released blue-green behind a gateway in a mesh: its sidecar asks for the plain name, which has no pods',
    received: (environment) => behindGateway(environment).map(({ name }) => name),
    remedy: "use strategy: 'canary' with traffic: { through: 'istio' }",
  },
];

/** Releases that the environment cannot carry out. */
export const inspectReleases = (path: string, environment: EnvironmentSpec): Finding[] =>
  inspect(path, environment, RELEASE_CHECKS);
