import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Manifest } from './manifests';

/** Where `kubernetes-types` keeps each group of the API. */
const FOLDERS: Readonly<Record<string, string>> = {
  '': 'core',
  'admissionregistration.k8s.io': 'admissionregistration',
  apps: 'apps',
  autoscaling: 'autoscaling',
  batch: 'batch',
  'networking.k8s.io': 'networking',
  policy: 'policy',
  'rbac.authorization.k8s.io': 'rbac',
  'scheduling.k8s.io': 'scheduling',
  'storage.k8s.io': 'storage',
};

/** Kinds whose types stand in `reviewed-kinds.ts`. */
const REVIEWED: readonly string[] = [
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy',
  'apiregistration.k8s.io/v1 APIService',
  'argoproj.io/v1alpha1 AnalysisTemplate',
  'argoproj.io/v1alpha1 AppProject',
  'argoproj.io/v1alpha1 Application',
  'argoproj.io/v1alpha1 Rollout',
  'autoscaling/v2 HorizontalPodAutoscaler',
  'autoscaling.k8s.io/v1 VerticalPodAutoscaler',
  'cert-manager.io/v1 Certificate',
  'cert-manager.io/v1 ClusterIssuer',
  'cert-manager.io/v1 Issuer',
  'chaos-mesh.org/v1alpha1 Schedule',
  'constraints.gatekeeper.sh/v1beta1 UniqueAutoscalerTarget',
  'constraints.gatekeeper.sh/v1beta1 UniqueIngressHost',
  'elasticsearch.k8s.elastic.co/v1 Elasticsearch',
  'elbv2.k8s.aws/v1beta1 TargetGroupBinding',
  'external-secrets.io/v1 ClusterSecretStore',
  'external-secrets.io/v1 ExternalSecret',
  'external-secrets.io/v1 SecretStore',
  'keda.sh/v1alpha1 ScaledObject',
  'monitoring.coreos.com/v1 PrometheusRule',
  'networking.istio.io/v1 DestinationRule',
  'networking.istio.io/v1 VirtualService',
  'security.istio.io/v1 AuthorizationPolicy',
  'security.istio.io/v1 PeerAuthentication',
  'syncset.gatekeeper.sh/v1alpha1 SyncSet',
  'telemetry.istio.io/v1 Telemetry',
  'templates.gatekeeper.sh/v1 ConstraintTemplate',
  'velero.io/v1 Schedule',
];

/** Kinds of which there is no type anywhere, and none is needed: tools read them, no API server does. */
const UNTYPED: readonly string[] = ['kustomize.config.k8s.io/v1beta1 Kustomization'];

const ROOT = resolve(__dirname, '../..');
const TSC = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');

const OPTIONS = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: 'es2022',
  lib: ['es2022'],
  module: 'preserve',
  moduleResolution: 'bundler',
  types: [],
};

const label = ({ kind, metadata }: Manifest): string => `${kind} ${metadata?.name}`;

/** `apps/v1` and `Deployment` as a type, or undefined where none is known. */
function typeOf({ apiVersion, kind }: Manifest): string | undefined {
  if (REVIEWED.includes(`${apiVersion} ${kind}`)) return `import('../../test/support/reviewed-kinds').${kind}`;
  const [version = '', group = ''] = String(apiVersion).split('/').reverse();
  const folder = FOLDERS[group];
  return folder === undefined ? undefined : `import('kubernetes-types/${folder}/${version}').${kind}`;
}

/** What the compiler says about that text, each with the line it stands in. */
function diagnostics(text: string): { readonly line: number; readonly message: string }[] {
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'build/published-types-'));
  try {
    writeFileSync(join(folder, 'objects.ts'), text);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, files: ['objects.ts'] }));
    const { stdout, stderr, status } = spawnSync(process.execPath, [TSC, '-p', folder, '--pretty', 'false'], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    const found = [...stdout.matchAll(/^.*objects\.ts\((\d+),\d+\): error TS\d+: (.*)/gm)];
    if (status !== 0 && found.length === 0) throw new Error(`the compiler failed: ${stdout}${stderr}`);
    return found.map(([, line, message = '']) => ({ line: Number(line), message }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Emitted objects held against the types that others published for them. Each stands in the text as a literal, so that
 * the compiler also refuses what a type does not have.
 */
export function publishedTypeFaults(objects: readonly Manifest[]): string[] {
  const typed = objects.filter(({ apiVersion, kind }) => !UNTYPED.includes(`${apiVersion} ${kind}`));
  const lines: string[] = [];
  const labels: string[] = [];
  for (const [index, object] of typed.entries()) {
    const type = typeOf(object);
    if (type === undefined) continue;
    const text = `export const o${index}: ${type} = ${JSON.stringify(object, null, 1)};`.split('\n');
    lines.push(...text);
    labels.push(...text.map(() => label(object)));
  }
  return [
    ...typed
      .filter((object) => typeOf(object) === undefined)
      .map((object) => `${label(object)}: no type is known for ${object.apiVersion}`),
    ...(lines.length === 0 ? [] : diagnostics(lines.join('\n'))).map(
      ({ line, message }) => `${labels[line - 1]}: ${lines[line - 1]?.trim()} ${message}`,
    ),
  ];
}
