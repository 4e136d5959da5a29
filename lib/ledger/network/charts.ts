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
  /** Where its objects go; undefined where none is written. */
  readonly namespace: string | undefined;
  /** Everything that it is told, as one text. */
  readonly values: string;
  readonly evidence: Evidence;
}

/** Charts that Argo CD, Flux, the controller of k3s or Terraform install. */
export const installedCharts = ({ objects, blocks }: Facts): InstalledChart[] => [
  ...objects.flatMap(chartsOf),
  ...blocks.filter(({ mode, type }) => mode === 'resource' && type === 'helm_release').flatMap(releaseOf),
];

/** Where each kind says what it installs. */
function chartsOf(object: KubernetesObject): InstalledChart[] {
  const { kind, apiVersion, value, namespace } = object;
  switch (`${groupOf(apiVersion)}/${kind}`) {
    case 'argoproj.io/Application':
      return ofArgo(object, at(value, 'spec'), '/spec');
    case 'argoproj.io/ApplicationSet':
      return ofArgo(object, at(value, 'spec', 'template', 'spec'), '/spec/template/spec');
    case 'helm.toolkit.fluxcd.io/HelmRelease':
      return charted(object, at(value, 'spec', 'chart', 'spec'), {
        version: 'version',
        values: at(value, 'spec', 'values'),
        namespace: textAt(value, 'spec', 'targetNamespace') ?? namespace,
        field: '/spec/chart',
      });
    case 'helm.cattle.io/HelmChart':
      return charted(object, at(value, 'spec'), {
        version: 'version',
        values: at(value, 'spec', 'valuesContent'),
        namespace: textAt(value, 'spec', 'targetNamespace') ?? namespace,
        field: '/spec/chart',
      });
    default:
      return [];
  }
}

const ofArgo = (object: KubernetesObject, spec: Json | undefined, field: string): InstalledChart[] =>
  [at(spec, 'source') ?? null, ...listAt(spec, 'sources')].flatMap((source) =>
    charted(object, source, {
      version: 'targetRevision',
      values: at(source, 'helm'),
      namespace: textAt(spec, 'destination', 'namespace'),
      field,
    }),
  );

const releaseOf = (block: TerraformBlock): InstalledChart[] =>
  charted(block, block.value, {
    version: 'version',
    values: [at(block.value, 'values') ?? null, at(block.value, 'set') ?? null],
    namespace: textAt(block.value, 'namespace') ?? 'default',
    field: '/chart',
  });

function charted(
  source: KubernetesObject | TerraformBlock,
  holder: Json | undefined,
  told: Pick<InstalledChart, 'namespace'> & {
    readonly version: string;
    readonly values: Json | undefined;
    readonly field: string;
  },
): InstalledChart[] {
  const chart = textAt(holder, 'chart')?.split('/').at(-1);
  if (chart === undefined || chart === '') return [];
  const { values, namespace, field } = told;
  const text = typeof values === 'string' ? values : JSON.stringify(values ?? null).replaceAll('\\"', '"');
  return [
    { chart, version: textAt(holder, told.version), namespace, values: text, evidence: evidenceIn(source, field) },
  ];
}
