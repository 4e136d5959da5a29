import { ApiObject, type Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { duplicates } from '../../check';
import { yamlText } from '../../config';
import { Layer, MANIFEST_LAYERS, type ManifestLayer } from '../layer';

/** Kinds that others in the same file live in or refer to, in the order they are applied. */
const KIND_ORDER: readonly string[] = [
  'Namespace',
  'ResourceQuota',
  'LimitRange',
  'ServiceAccount',
  'ConfigMap',
  'Secret',
  // Pods wait to be healthy behind a load balancer only if they are made after it has them as targets.
  'TargetGroupBinding',
];

const rank = (kind: string): number => {
  const at = KIND_ORDER.indexOf(kind);
  return at < 0 ? KIND_ORDER.length : at;
};

/** PascalCase or kebab-case id to file name: `AuthService` and `auth-service` are both `auth-service`, of `auth-service.yaml`. */
const fileName = (id: string): string => id.replace(/(?<=[a-z0-9])([A-Z])/g, '-$1').toLowerCase();

/** What the API server tells objects apart by. */
const identity = ({ apiGroup, kind, metadata, name }: ApiObject): string =>
  `${kind}${apiGroup === 'core' ? '' : `.${apiGroup}`} ${metadata.namespace ?? ''}/${name}`;

/** What an API object says, as JSON. */
export type ManifestObject = Readonly<Record<string, unknown>>;

/** The objects of one file. Those that others need come first, otherwise in the order of construction. */
export interface Component {
  readonly layer: ManifestLayer;
  /** Name of its file, without the ending. */
  readonly name: string;
  readonly objects: readonly ManifestObject[];
}

function objectsOf(component: IConstruct): ManifestObject[] {
  const objects = component.node.findAll().filter(ApiObject.isApiObject) as ApiObject[];
  return objects.toSorted((one, other) => rank(one.kind) - rank(other.kind)).map((object) => object.toJson());
}

const documents = (objects: readonly ManifestObject[]): string =>
  objects.map((object) => `---\n${yamlText(object)}`).join('');

const kustomization = (resources: readonly string[]): string =>
  yamlText({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources });

/**
 * The components of one environment, in the order of its layers.
 *
 * @throws Error listing every validation that the tree's constructs report, or objects of one kind and name.
 */
export function components(chart: Chart): Component[] {
  const faults = chart.node.findAll().flatMap(({ node }) => node.validate().map((fault) => `${node.path}: ${fault}`));
  if (faults.length > 0) throw new Error(faults.join('\n'));

  const twice = duplicates(
    chart.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .map((object) => identity(object as ApiObject)),
  );
  if (twice.length > 0) throw new Error(`objects that would overwrite one another: ${twice.join(', ')}`);

  return chart.node.children.filter(Layer.isLayer).flatMap((layer) => {
    const names = new Set<string>();
    return layer.node.children.map((component) => {
      const name = fileName(component.node.id);
      if (names.has(name)) throw new Error(`${component.node.path}: another component is also written to ${name}.yaml`);
      names.add(name);
      return { layer: layer.folder, name, objects: objectsOf(component) };
    });
  });
}

/** The files of an environment's components: a folder per layer, a file per component, and a kustomization each. */
export function componentFiles(all: readonly Component[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of MANIFEST_LAYERS) {
    const layer = all.filter((component) => component.layer === folder);
    for (const { name, objects } of layer) files.set(`${folder}/${name}.yaml`, documents(objects));
    const names = layer.map(({ name }) => `${name}.yaml`).toSorted();
    if (names.length > 0) files.set(`${folder}/kustomization.yaml`, kustomization(names));
  }
  return files;
}

/** The files of one environment. */
export const manifestFiles = (chart: Chart): Map<string, string> => componentFiles(components(chart));
