import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { groupOf } from '../facts/view';
import { at, listAt, textAt } from '../members';
import type { Evidence } from '../rule';
import type { Json, KubernetesObject, TerraformBlock } from '../source';

/** A chart of Helm that something among what was read installs. */
export interface InstalledChart {
  /** Last part of its name: `cilium` of `oci://registry.example.com/charts/cilium`. */
  readonly chart: string;
  readonly version: string | undefined;
  /** Everything that it is told, as one text. */
  readonly values: string;
  readonly evidence: Evidence;
}

/** Charts that Argo CD, Flux, the controller of k3s or Terraform install. */
export const installedCharts = ({ objects, blocks }: Facts): InstalledChart[] => [
  ...objects.flatMap(chartsOf),
  ...blocks.filter(({ mode, type }) => mode === 'resource' && type === 'helm_release').flatMap(releaseOf),
];

function chartsOf(object: KubernetesObject): InstalledChart[] {
  const { kind, apiVersion, value } = object;
  const group = groupOf(apiVersion);
  const found = (name: string | undefined, version: string | undefined, values: Json | undefined, field: string) =>
    charted(object, name, version, values, field);
  if (kind === 'Application' && group === 'argoproj.io')
    return [at(value, 'spec', 'source') ?? null, ...listAt(value, 'spec', 'sources')].flatMap((source) =>
      found(textAt(source, 'chart'), textAt(source, 'targetRevision'), at(source, 'helm'), '/spec'),
    );
  if (kind === 'ApplicationSet' && group === 'argoproj.io') {
    const source = at(value, 'spec', 'template', 'spec', 'source');
    return found(textAt(source, 'chart'), textAt(source, 'targetRevision'), at(source, 'helm'), '/spec/template/spec');
  }
  if (kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io') {
    const chart = at(value, 'spec', 'chart', 'spec');
    return found(textAt(chart, 'chart'), textAt(chart, 'version'), at(value, 'spec', 'values'), '/spec/chart');
  }
  if (kind === 'HelmChart' && group === 'helm.cattle.io')
    return found(
      textAt(value, 'spec', 'chart'),
      textAt(value, 'spec', 'version'),
      at(value, 'spec', 'valuesContent'),
      '/spec/chart',
    );
  return [];
}

const releaseOf = (block: TerraformBlock): InstalledChart[] =>
  charted(
    block,
    textAt(block.value, 'chart'),
    textAt(block.value, 'version'),
    [at(block.value, 'values') ?? null, at(block.value, 'set') ?? null],
    '/chart',
  );

function charted(
  source: KubernetesObject | TerraformBlock,
  name: string | undefined,
  version: string | undefined,
  values: Json | undefined,
  field: string,
): InstalledChart[] {
  const chart = name?.split('/').at(-1);
  if (chart === undefined || chart === '') return [];
  const text = typeof values === 'string' ? values : JSON.stringify(values ?? null).replaceAll('\\"', '"');
  return [{ chart, version, values: text, evidence: evidenceIn(source, field) }];
}
