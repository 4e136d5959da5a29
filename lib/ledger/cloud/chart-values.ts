import { parse } from 'yaml';
import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { groupOf } from '../facts/view';
import { at, blocksAt, listAt, pointerTo, textAt, textsAt } from '../members';
import { onceFor } from '../once-for';
import { plain } from '../read/plain';
import type { Evidence } from '../rule';
import { blockName, type Json, type KubernetesObject, objectName, type TerraformBlock } from '../source';

/** A chart that is installed by what was read, with what it is told. */
export interface ChartValues {
  /** Of whom findings speak: `Application argocd/cluster-autoscaler`. */
  readonly subject: string;
  /** Last part of its name: `cluster-autoscaler`. */
  readonly chart: string;
  /** Annotations of what installs it. */
  readonly source: KubernetesObject | TerraformBlock;
  /** Namespace that its objects go to, where that is said. */
  readonly namespace: string | undefined;
  /** All documents of values, the last overrules those before it. */
  readonly documents: readonly Json[];
  /** A value by its path; the last that is told counts. */
  readonly get: (...path: readonly string[]) => Json | undefined;
  readonly evidence: (...path: readonly string[]) => Evidence;
}

/** Charts of one name that Argo CD, Flux, k3s or Terraform install. */
export const chartsNamed = (facts: Facts, isMeant: (chart: string) => boolean): ChartValues[] =>
  installedCharts(facts).filter(({ chart }) => isMeant(chart));

const installedCharts = onceFor(({ objects, blocks }: Facts): ChartValues[] =>
  [
    ...objects.flatMap(chartsOf),
    ...blocks.filter(({ mode, type }) => mode === 'resource' && type === 'helm_release').flatMap(releaseOf),
  ].map(({ source, chart, told }) => charted(source, chart, told)),
);

/** Values at a pointer, or single ones by their dotted names. */
type Told =
  | { readonly values: Json; readonly pointer: string }
  | { readonly name: string; readonly value: Json; readonly pointer: string };

interface Installed {
  readonly source: KubernetesObject | TerraformBlock;
  readonly chart: string;
  readonly told: () => readonly Told[];
}

const INSTALLERS: readonly string[] = ['Application', 'HelmRelease', 'HelmChart'];

function chartsOf(object: KubernetesObject): Installed[] {
  const { kind, apiVersion, value } = object;
  if (!INSTALLERS.includes(kind)) return [];
  const group = groupOf(apiVersion);
  const installed = (name: string | undefined, told: () => readonly Told[]): Installed[] => {
    const chart = name?.split('/').at(-1);
    return chart === undefined || chart === '' ? [] : [{ source: object, chart, told }];
  };
  if (kind === 'Application' && group === 'argoproj.io') {
    const single = { source: at(value, 'spec', 'source'), pointer: '/spec/source' };
    const several = listAt(value, 'spec', 'sources').map((source, index) => ({
      source,
      pointer: `/spec/sources/${index}`,
    }));
    return [single, ...several].flatMap(({ source, pointer }) =>
      installed(textAt(source, 'chart') ?? textAt(source, 'path'), () => [
        { values: read(textAt(source, 'helm', 'values')), pointer: `${pointer}/helm/values` },
        { values: at(source, 'helm', 'valuesObject') ?? null, pointer: `${pointer}/helm/valuesObject` },
        ...listAt(source, 'helm', 'parameters').map((parameter, index) => ({
          name: textAt(parameter, 'name') ?? '',
          value: at(parameter, 'value') ?? null,
          pointer: `${pointer}/helm/parameters/${index}`,
        })),
      ]),
    );
  }
  if (kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io')
    return installed(textAt(value, 'spec', 'chart', 'spec', 'chart'), () => [
      { values: at(value, 'spec', 'values') ?? null, pointer: '/spec/values' },
    ]);
  if (kind === 'HelmChart' && group === 'helm.cattle.io')
    return installed(textAt(value, 'spec', 'chart'), () => [
      { values: read(textAt(value, 'spec', 'valuesContent')), pointer: '/spec/valuesContent' },
    ]);
  return [];
}

function releaseOf(block: TerraformBlock): Installed[] {
  const chart = textAt(block.value, 'chart')?.split('/').at(-1);
  if (chart === undefined) return [];
  const told = (): readonly Told[] => [
    ...textsAt(block.value, 'values').map((text, index) => ({ values: read(text), pointer: `/values/${index}` })),
    ...blocksAt(block.value, 'set').map((set) => ({
      name: textAt(set, 'name') ?? '',
      value: at(set, 'value') ?? null,
      pointer: '/set',
    })),
  ];
  return [{ source: block, chart, told }];
}

function charted(source: KubernetesObject | TerraformBlock, chart: string, read: () => readonly Told[]): ChartValues {
  let known: readonly Told[] | undefined;
  // values are text in most installers: read where somebody asks
  const told = (): readonly Told[] => {
    known ??= read();
    return known;
  };
  const find = (path: readonly string[]): { readonly value: Json; readonly pointer: string } | undefined => {
    for (const one of [...told()].reverse()) {
      const value = 'values' in one ? at(one.values, ...path) : one.name === path.join('.') ? one.value : undefined;
      const isWritten = 'values' in one && /(valuesObject|\/spec\/values)$/.test(one.pointer);
      if (value !== undefined)
        return { value, pointer: isWritten ? `${one.pointer}${pointerTo(...path)}` : one.pointer };
    }
    return undefined;
  };
  return {
    subject: source.side === 'kubernetes' ? objectName(source) : blockName(source),
    chart,
    source,
    namespace: namespaceOf(source),
    get documents() {
      return told().flatMap((one) => ('values' in one ? [one.values] : []));
    },
    get: (...path) => find(path)?.value,
    evidence: (...path) => evidenceIn(source, find(path)?.pointer ?? ''),
  };
}

/** Where an installer puts what it installs: Argo CD, Flux, k3s and Terraform each say it in a way of their own. */
const namespaceOf = (source: KubernetesObject | TerraformBlock): string | undefined =>
  textAt(source.value, 'spec', 'destination', 'namespace') ??
  textAt(source.value, 'spec', 'targetNamespace') ??
  textAt(source.value, 'namespace') ??
  (source.side === 'kubernetes' && source.kind === 'HelmRelease' ? source.namespace : undefined);

/** YAML that a text holds; null where it is none. */
function read(text: string | undefined): Json {
  if (text === undefined) return null;
  try {
    const value = plain(parse(text, { logLevel: 'error' }));
    return 'value' in value ? value.value : null;
  } catch {
    return null;
  }
}
