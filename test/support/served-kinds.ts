import { duplicates } from '../../lib/check';
import { BOOTSTRAP_KINDS } from '../../lib/kubernetes/gitops/cluster-services-plan';
import type { ServiceApplication } from '../../lib/kubernetes/gitops/service-application';
import type { Manifest } from './manifests';

/** API groups that every API server serves by itself. Others that end in `k8s.io` are custom, such as `autoscaling.k8s.io`. */
const BUILT_IN: readonly string[] = [
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
];

/** Emitted objects by the folder that they are applied in: `00-crds` before `10-controllers`. */
export type LayeredManifests = Readonly<Record<string, readonly Manifest[]>>;

/** `group/Kind` of an object, the group empty for the core one. */
export function kindOf({ apiVersion, kind }: Manifest): string {
  const [group, version] = String(apiVersion).split('/');
  return `${version === undefined ? '' : group}/${kind}`;
}

const isCustom = (kind: string): boolean => !BUILT_IN.includes(kind.slice(0, kind.indexOf('/')));

type Place = Pick<ServiceApplication, 'layer' | 'wave' | 'serves'>;

/** Served before anything of `layer` is applied or, for a chart, before its wave in the same layer. */
const isServed = (kind: string, applications: readonly Place[], layer: string, wave = Number.NEGATIVE_INFINITY) =>
  BOOTSTRAP_KINDS.includes(kind) ||
  applications.some(
    (other) => other.serves.includes(kind) && (other.layer < layer || (other.layer === layer && other.wave < wave)),
  );

/** Kinds of constraints that templates make, by the layer that these stand in. */
const templated = (layers: LayeredManifests): Place[] =>
  Object.entries(layers).flatMap(([layer, objects]) =>
    objects
      .filter(({ kind }) => kind === 'ConstraintTemplate')
      .map(({ spec }) => ({
        layer: layer as Place['layer'],
        wave: 0,
        serves: [`constraints.gatekeeper.sh/${spec.crd.spec.names.kind}`],
      })),
  );

/** What a layer would apply before the API server knows its kind, as `layer: group/Kind`; each once. */
export function unservedKinds(layers: LayeredManifests, applications: readonly ServiceApplication[]): string[] {
  const emitted = Object.entries(layers).flatMap(([layer, objects]) =>
    objects
      .map(kindOf)
      .filter((kind) => isCustom(kind) && !isServed(kind, [...applications, ...templated(layers)], layer))
      .map((kind) => `${layer}: ${kind}`),
  );
  const ofCharts = applications.flatMap(({ name, layer, wave, uses }) =>
    uses.filter((kind) => !isServed(kind, applications, layer, wave)).map((kind) => `${layer}/${name}: ${kind}`),
  );
  return [...new Set([...emitted, ...ofCharts])];
}

/** APIServices that more than one of our objects and charts would register; the last one to be applied would win. */
export function contestedApis(layers: LayeredManifests, applications: readonly ServiceApplication[]): string[] {
  const ours = Object.values(layers)
    .flat()
    .filter(({ kind }) => kind === 'APIService')
    .map(({ metadata }) => String(metadata.name));
  return duplicates([...ours, ...applications.flatMap(({ registers }) => registers)]);
}
