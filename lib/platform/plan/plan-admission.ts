import type { AdmissionPoliciesProps } from '../../kubernetes';
import { cachedReference, type EnvironmentSpec, imageFor, imageKinds, PUBLIC_IMAGES } from '../../model';

/** Where releases of Istio have their proxies from: the second until 1.29, the first since. */
const SIDECARS = ['registry.istio.io/release/proxyv2', 'docker.io/istio/proxyv2'];

/** A reference without tag and digest. */
const repositoryOf = (reference: string): string => reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '');

/** What the environment runs beside its services: stores, gateway, and tests of releases. */
function repositories(environment: EnvironmentSpec): string[] {
  const { services, mesh } = environment;
  const references = [
    ...imageKinds(environment).map((kind) => imageFor(environment, kind) ?? PUBLIC_IMAGES[kind]),
    ...services.flatMap(({ rollout }) => {
      const image = rollout?.smokeTest?.image;
      return image === undefined ? [] : [cachedReference(environment, image)];
    }),
  ];
  return [...references.map(repositoryOf), ...(mesh === undefined ? [] : SIDECARS)];
}

/** What the API server asks of objects in the namespace of the workloads; undefined where nothing is declared. */
export function planAdmission(platform: string, environment: EnvironmentSpec): AdmissionPoliciesProps | undefined {
  const { admission, namespace, registry } = environment;
  if (admission === undefined) return undefined;
  const { mode, images = [] } = admission;
  const own = repositories(environment).filter((repository) => !repository.startsWith(`${registry}/`));
  return {
    name: platform,
    namespace,
    images: [...new Set([`${registry}/`, ...own.sort(), ...images])],
    partOf: platform,
    ...(mode && { mode }),
  };
}
