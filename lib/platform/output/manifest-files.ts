import { ApiObject, type Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { duplicates } from '../../check';
import { yamlText } from '../../config';
import { Layer } from '../layer';

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

/** PascalCase or kebab-case id to file name: `AuthService` and `auth-service` are both `auth-service.yaml`. */
const fileName = (id: string): string => `${id.replace(/(?<=[a-z0-9])([A-Z])/g, '-$1').toLowerCase()}.yaml`;

/** What the API server tells objects apart by. */
const identity = ({ apiGroup, kind, metadata, name }: ApiObject): string =>
  `${kind}${apiGroup === 'core' ? '' : `.${apiGroup}`} ${metadata.namespace ?? ''}/${name}`;

/** The YAML of a construct's objects; those that others need come first, otherwise in the order of construction. */
function documents(component: IConstruct): string {
  const objects = component.node.findAll().filter(ApiObject.isApiObject) as ApiObject[];
  return objects
    .toSorted((one, other) => rank(one.kind) - rank(other.kind))
    .map((object) => `---\n${yamlText(object.toJson())}`)
    .join('');
}

const kustomization = (resources: readonly string[]): string =>
  yamlText({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources });

/**
 * The files of one environment: a folder per layer, a file per component, and a kustomization each.
 *
 * @throws Error listing every validation that the tree's constructs report, or objects of one kind and name.
 */
export function manifestFiles(chart: Chart): Map<string, string> {
  const faults = chart.node.findAll().flatMap(({ node }) => node.validate().map((fault) => `${node.path}: ${fault}`));
  if (faults.length > 0) throw new Error(faults.join('\n'));

  const twice = duplicates(
    chart.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .map((object) => identity(object as ApiObject)),
  );
  if (twice.length > 0) throw new Error(`objects that would overwrite one another: ${twice.join(', ')}`);

  const files = new Map<string, string>();
  for (const layer of chart.node.children.filter(Layer.isLayer)) {
    const names: string[] = [];
    for (const component of layer.node.children) {
      const name = fileName(component.node.id);
      if (names.includes(name)) throw new Error(`${component.node.path}: another component is also written to ${name}`);
      names.push(name);
      files.set(`${layer.folder}/${name}`, documents(component));
    }
    if (names.length > 0) files.set(`${layer.folder}/kustomization.yaml`, kustomization(names.toSorted()));
  }
  return files;
}
