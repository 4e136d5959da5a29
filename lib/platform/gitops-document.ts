import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { distinct, type Finding } from '../check';
import { yamlText } from '../config';
import { ArgoProject, GitApplication } from '../kubernetes';
import { ARGOCD_NAMESPACE, type EnvironmentSpec, inspectGitOps, type PlatformSpec } from '../model';
import { MANIFEST_LAYERS, type ManifestLayer } from './layer';
import type { FileTree } from './output/file-tree';
import { ManifestApp } from './output/manifest-app';
import { type Delivered, isDelivered, KEPT_KINDS, planGitOps } from './plan/plan-gitops';

/** All that is wrong with the way in which Argo CD takes an environment from Git; makes nothing. */
export function inspectDelivery(
  path: string,
  { name: platform }: PlatformSpec,
  environment: EnvironmentSpec,
): Finding[] {
  const declared = inspectGitOps(path, environment);
  if (!isDelivered(environment) || declared.some(({ severity }) => severity === 'error')) return declared;
  const { root, projects, applications } = planGitOps(platform, environment);
  return distinct([
    ...declared,
    ...[root.project, ...projects].flatMap((project) => ArgoProject.inspect(`${path}/GitOps`, project)),
    ...[root.application, ...applications].flatMap((one) => GitApplication.inspect(`${path}/GitOps`, one)),
  ]);
}

/** Objects as one file each, by the name of the object. */
function manifest(build: (scope: Construct) => void): string {
  const chart = new Chart(new ManifestApp(), 'GitOps', {
    namespace: ARGOCD_NAMESPACE,
    disableResourceNameHashes: true,
  });
  build(chart);
  return (chart.toJson() as object[]).map((object) => `---\n${yamlText(object)}`).join('');
}

/** How it is applied, at its head: nothing else in the folder is applied by hand. */
const head = (platform: string, { name, gitops: { repository } }: Delivered): string =>
  [
    `Has Argo CD of ${platform}/${name} take everything from ${repository}. Applied once, and again when it changes:`,
    '',
    `kubectl apply -f gitops/${platform}/${name}/root.yaml`,
  ]
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');

const KUSTOMIZATION = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

/** Lets Argo CD neither remove what is no longer declared nor take it along when the application goes. */
const KEPT = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

/** The manifests of a layer as Argo CD applies them: the same, with marks on what it must not remove. */
function overlay(platform: string, { name }: Delivered, layer: ManifestLayer): string {
  const patches = KEPT_KINDS[layer].map((kind) => ({
    target: { kind },
    // Which objects it is for says the target: kind and name of the patch itself are not looked at.
    patch: yamlText({ apiVersion: 'v1', kind, metadata: { name: 'any', annotations: KEPT } }),
  }));
  return yamlText({
    ...KUSTOMIZATION,
    resources: [`../../../../../kubernetes/${platform}/${name}/${layer}`],
    ...(patches.length > 0 && { patches }),
  });
}

/**
 * What has Argo CD take an environment from Git: the root, which people apply, the applications that it applies, and an
 * overlay for each layer. None without a declaration.
 */
export function gitopsFiles({ name: platform }: PlatformSpec, environment: EnvironmentSpec): FileTree {
  if (!isDelivered(environment)) return new Map();
  const { root, projects, applications } = planGitOps(platform, environment);
  const files = new Map([
    [
      'root.yaml',
      `${head(platform, environment)}\n${manifest((scope) => {
        new ArgoProject(scope, 'Project', root.project);
        new GitApplication(scope, 'Application', root.application);
      })}`,
    ],
    ...projects.map(
      (project) =>
        [
          `applications/project-${project.name}.yaml`,
          manifest((scope) => void new ArgoProject(scope, 'Project', project)),
        ] as const,
    ),
    ...applications.map(
      (application) =>
        [
          `applications/${application.name}.yaml`,
          manifest((scope) => void new GitApplication(scope, 'Application', application)),
        ] as const,
    ),
    ...MANIFEST_LAYERS.map(
      (layer) => [`overlay/${layer}/kustomization.yaml`, overlay(platform, environment, layer)] as const,
    ),
  ]);
  const resources = [...files.keys()]
    .flatMap((path) => (path.startsWith('applications/') ? [path.slice('applications/'.length)] : []))
    .sort();
  return files.set('applications/kustomization.yaml', yamlText({ ...KUSTOMIZATION, resources }));
}
