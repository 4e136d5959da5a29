import { yamlText } from '../../config';
import { appVersion, type ChartSpec, type EnvironmentSpec, type PlatformSpec } from '../../model';
import type { Component } from './align-objects';
import type { DerivedChart } from './derive-chart';
import { isOptional, type Value } from './slots';
import { isList, isMap, type Json } from './values';
import { isDefault } from './values-files';

/** A chart as its texts speak of it. */
export interface ChartTexts {
  readonly platform: PlatformSpec;
  readonly spec: ChartSpec;
  readonly name: string;
  readonly description: string;
  /** Namespace that the release is kept in. */
  readonly releaseNamespace: string;
  /** Chart that is installed before it. */
  readonly after: string | undefined;
  readonly kubernetes: string;
  readonly derived: DerivedChart;
}

/** `Chart.yaml`. The cluster may be newer; a prerelease sign lets versions such as `v1.35.2-eks-1` pass. */
export const chartYaml = ({ platform, spec, name, description, kubernetes }: ChartTexts): string =>
  yamlText({
    apiVersion: 'v2',
    name,
    description,
    type: 'application',
    version: spec.version,
    appVersion: appVersion(platform),
    kubeVersion: `>=${kubernetes}.0-0`,
    maintainers: spec.maintainers?.map(({ name, email }) => ({ name, email })),
  });

/** What an editor, an archive of values and version control leave beside a chart. */
export const HELM_IGNORE = ['.git/', '.gitignore', '.DS_Store', '*.swp', '*.bak', '*.orig', '*~', '*.tgz', ''].join(
  '\n',
);

/** API groups that a cluster has by itself. */
const BUILT_IN = /^(?:v1|(?:apps|batch|autoscaling|policy|[a-z]+(?:\.authorization)?\.k8s\.io)\/.*)$/;
const OTHERS_BELOW_K8S_IO = /^(?:autoscaling\.k8s\.io|gateway\.networking\.k8s\.io|metrics\.k8s\.io)\//;

/** Kinds that something else must have defined, by their group. */
export function foreignKinds(components: readonly Component[]): string[] {
  const kinds = new Set<string>();
  for (const { objects } of components) {
    for (const { kind, objects: each } of objects) {
      for (const { apiVersion } of each.values()) {
        const version = String(apiVersion);
        if (!BUILT_IN.test(version) || OTHERS_BELOW_K8S_IO.test(version)) kinds.add(`${version} ${kind}`);
      }
    }
  }
  return [...kinds].toSorted();
}

const command = ({ name, releaseNamespace }: ChartTexts, verb: string, environment: string): string =>
  `helm ${verb} ${name} ./${name} --namespace ${releaseNamespace} --values ${name}/values/${environment}.yaml`;

/** What `helm install` says when it is done. */
export const notes = (texts: ChartTexts): string =>
  [
    `{{ .Chart.Name }} {{ .Chart.Version }} (${texts.platform.name} {{ .Chart.AppVersion }}) is installed as {{ .Release.Name }}`,
    'with the values of {{ .Values.environment | default "an environment of yours" }}.',
    '',
    'What becomes of it:',
    ...(texts.after === undefined
      ? ['  kubectl get namespaces,validatingadmissionpolicies,priorityclasses,storageclasses']
      : [
          `  kubectl --namespace ${texts.releaseNamespace} get deployments,statefulsets,jobs`,
          ...(texts.derived.components.some(({ objects }) => objects.some(({ kind }) => kind === 'Rollout'))
            ? [`  kubectl --namespace ${texts.releaseNamespace} get rollouts.argoproj.io`]
            : []),
          `  kubectl --namespace ${texts.releaseNamespace} get events --field-selector type=Warning`,
        ]),
    '',
  ].join('\n');

const cell = (json: Json | undefined): string => {
  if (json === undefined) return '';
  if (isMap(json) || isList(json)) return Object.keys(json).length === 0 ? '' : 'set';
  const text = String(json);
  return text.includes('\n')
    ? 'set'
    : `\`${text.length > 48 ? `${text.slice(0, 45)}...` : text}\``.replaceAll('|', '\\|');
};

const typeOf = ({ form, values }: Value): string => {
  if (form === 'items') return 'list';
  if (form === 'entries') return 'map';
  const [first = null] = values.values();
  return isMap(first) ? 'map' : isList(first) ? 'list' : typeof first;
};

function row(value: Value, environments: readonly EnvironmentSpec[]): string {
  const shown = environments.map(({ name }) => cell(value.values.get(name)));
  const same = isDefault(value) ? 'yes' : isOptional(value) ? 'nothing' : '';
  return `| \`${value.path.join('.')}\`${value.fixed ? ' *' : ''} | ${typeOf(value)} | ${same} | ${shown.join(' | ')} |`;
}

/** `README.md` of the chart. */
export function chartReadme(texts: ChartTexts): string {
  const { name, description, platform, after, releaseNamespace, derived, kubernetes } = texts;
  const { environments } = platform;
  const [first] = environments;
  const foreign = foreignKinds(derived.components);
  const example = first?.name ?? '';
  return [
    `# ${name}`,
    '',
    description,
    '',
    `Generated from the declaration of ${platform.name}: with the values of an environment it renders exactly the objects that the`,
    'plain manifests of that environment hold. Install one or the other, never both.',
    '',
    '## Before',
    '',
    `- Kubernetes ${kubernetes} or newer, and Helm 3.17 or newer.`,
    ...(after === undefined ? [] : [`- The chart \`${after}\` of the same environment, installed and ready.`]),
    ...(foreign.length === 0
      ? []
      : ['- What defines these kinds. Argo CD installs it, from the first two layers of the manifests:', '']),
    ...foreign.map((kind) => `  - \`${kind}\``),
    '',
    '## Install, upgrade, go back',
    '',
    '```sh',
    command(texts, 'install', example),
    `${command(texts, 'upgrade', example)} --wait`,
    `helm rollback ${name} --namespace ${releaseNamespace}`,
    '```',
    '',
    'There are no defaults for what differs between environments: without a file of values, the schema refuses the release.',
    `Objects say their namespace themselves; \`--namespace\` is where Helm keeps its record.`,
    '',
    'What `kubectl apply` or Argo CD has made before becomes part of the release with `--take-ownership`. Helm labels live objects',
    '`app.kubernetes.io/managed-by: Helm`, whatever the manifests say; no selector uses that label.',
    '',
    ...(after === undefined
      ? [
          '`helm uninstall` leaves the namespace and what is in it, unless `keepNamespace` is false: volumes go with their namespace.',
        ]
      : [
          '`helm uninstall` leaves volumes of StatefulSets and everything in AWS. An upgrade during a canary release sets the weights',
          'of its routes back: wait until it is done, or abort it first.',
        ]),
    '',
    '## Values',
    '',
    '`values.yaml` holds what environments agree about, `values/<environment>.yaml` what they do not. Numbers follow from one another',
    '(limits of the proxy from its pods, quotas from the bounds of autoscalers, connections from pools), and so do checksums and names',
    'of Jobs: change the declaration and generate the chart again where you can, and override values where you must.',
    ...(derived.values.some(({ fixed }) => fixed)
      ? ['', 'Kubernetes refuses to change what is marked with * on objects that exist: replace the object.']
      : []),
    '',
    `| Value | Type | Default | ${environments.map(({ name }) => name).join(' | ')} |`,
    `|---|---|---|${environments.map(() => '---|').join('')}`,
    ...derived.values.map((value) => row(value, environments)),
    '',
  ].join('\n');
}
