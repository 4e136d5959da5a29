import { DEFAULT_KUBERNETES_VERSION } from '../../catalog';
import { type ChartSpec, type EnvironmentSpec, type PlatformSpec, POLICIES_CHART } from '../../model';
import type { ManifestLayer } from '../layer';
import type { FileTree } from '../output/file-tree';
import { type ChartTexts, chartReadme, chartYaml, HELM_IGNORE, notes } from './chart-texts';
import { type ComponentObjects, deriveChart } from './derive-chart';
import type { Each } from './values';
import { defaultValues, environmentValues } from './values-files';
import { valuesSchema } from './values-schema';

/** Objects of a layer of an environment. */
export type LayerObjects = (environment: EnvironmentSpec, layer: ManifestLayer) => readonly ComponentObjects[];

/** Where Helm keeps the record of what makes the namespaces: one that every cluster has. */
const CLUSTER_NAMESPACE = 'kube-system';

/** The lowest of the minors that manifests are written for. */
function lowestVersion(environments: readonly EnvironmentSpec[]): string {
  const minor = (version: string): number => Number(version.split('.')[1]);
  const versions = environments.map(({ cluster: { version = DEFAULT_KUBERNETES_VERSION } }) => version);
  return versions.reduce((lowest, version) => (minor(version) < minor(lowest) ? version : lowest));
}

/** The charts of a platform, by their folders: what workloads stand in, and the workloads. None without a declaration. */
export function platformCharts(platform: PlatformSpec, objectsOf: LayerObjects): FileTree {
  const { chart, environments } = platform;
  const [first] = environments;
  if (chart === undefined || first === undefined) return new Map();
  const policies = `${chart.name}-${POLICIES_CHART}`;
  return new Map([
    ...files(platform, chart, '20-policies', objectsOf, {
      name: policies,
      description: `What ${chart.name} stands in: its namespace, quotas, priorities, storage and policies`,
      releaseNamespace: CLUSTER_NAMESPACE,
      after: undefined,
    }),
    ...files(platform, chart, '30-workloads', objectsOf, {
      name: chart.name,
      description: chart.description,
      releaseNamespace: first.namespace,
      after: policies,
    }),
  ]);
}

function files(
  platform: PlatformSpec,
  spec: ChartSpec,
  layer: ManifestLayer,
  objectsOf: LayerObjects,
  said: Pick<ChartTexts, 'name' | 'description' | 'releaseNamespace' | 'after'>,
): FileTree {
  const { environments } = platform;
  const objects: Each<readonly ComponentObjects[]> = new Map(
    environments.map((environment) => [environment.name, objectsOf(environment, layer)]),
  );
  const derived = deriveChart(environments, objects);
  const texts: ChartTexts = { ...said, platform, spec, kubernetes: lowestVersion(environments), derived };
  const names = environments.map(({ name }) => name);
  const { values, flags, components, templates } = derived;
  const head = (what: string): string => `# ${what}\n# Generated: change the declaration, not this file.\n`;
  const written: readonly (readonly [string, string])[] = [
    ['Chart.yaml', chartYaml(texts)],
    ['README.md', chartReadme(texts)],
    ['.helmignore', HELM_IGNORE],
    ['values.schema.json', valuesSchema(said.name, values, flags, components, names)],
    [
      'values.yaml',
      `${head('What all environments agree about, and nothing where only some have something.')}${defaultValues(values)}`,
    ],
    ...names.map(
      (name) =>
        [`values/${name}.yaml`, `${head(`What ${name} has of its own.`)}${environmentValues(values, name)}`] as const,
    ),
    ['templates/NOTES.txt', notes(texts)],
    ...[...templates].map(([name, text]) => [`templates/${name}.yaml`, text] as const),
  ];
  return new Map(written.map(([path, text]) => [`${said.name}/${path}`, text]));
}
