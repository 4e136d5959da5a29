import type { EnvironmentSpec, PlatformSpec } from '../model';
import { composeFiles } from './compose-document';
import { costs } from './cost-document';
import { emergencies } from './emergency-document';
import { EnvironmentChart } from './environment-chart';
import { gitopsFiles } from './gitops-document';
import { platformCharts } from './helm/chart-files';
import { loadFiles } from './load-document';
import { operatingRunbooks, runbooksOfAlerts } from './operating-runbooks';
import { versions } from './operations-stack';
import type { FileTree } from './output/file-tree';
import { ManifestApp } from './output/manifest-app';
import { type Component, components } from './output/manifest-files';
import { runbooks } from './recovery-stack';
import { alertRunbooks, grafanaFiles, prometheusFiles } from './telemetry-document';

/** What is written about an environment beside manifests and stacks, by the folder it goes to. */
const DOCUMENTS: Readonly<Record<string, (platform: PlatformSpec, environment: EnvironmentSpec) => FileTree>> = {
  compose: composeFiles,
  cost: costs,
  k6: loadFiles,
  emergency: emergencies,
  gitops: gitopsFiles,
  grafana: grafanaFiles,
  prometheus: prometheusFiles,
  runbooks: (platform, environment) => {
    const written = new Map([
      ...runbooks(platform, environment),
      ...versions(platform, environment),
      ...alertRunbooks(platform, environment, runbooksOfAlerts(platform, environment)),
    ]);
    return new Map([...written, ...operatingRunbooks(platform, environment, [...written.keys()])]);
  },
};

/** The objects of an environment, in the order of its layers. */
export type ManifestsOf = (platform: PlatformSpec, environment: EnvironmentSpec) => readonly Component[];

export const buildManifests: ManifestsOf = (platform, environment) =>
  components(new EnvironmentChart(new ManifestApp(), platform, environment));

/** What is written about a platform as a whole, by the folder it goes to. Its paths are those below the folder. */
const PLATFORM_DOCUMENTS: Readonly<Record<string, (platform: PlatformSpec, manifestsOf: ManifestsOf) => FileTree>> = {
  charts: (platform, manifestsOf) =>
    platformCharts(platform, (environment, layer) =>
      manifestsOf(platform, environment).filter((component) => component.layer === layer),
    ),
};

/** Files of an environment are below `<platform>/<environment>/`. */
const ofEnvironments = (platform: PlatformSpec, write: (typeof DOCUMENTS)[string]): [string, string][] =>
  platform.environments.flatMap((environment) =>
    [...write(platform, environment)].map(([path, text]): [string, string] => [
      `${platform.name}/${environment.name}/${path}`,
      text,
    ]),
  );

/**
 * Files of each kind for all platforms, by their path below the kind's folder; kinds without files are there, too. Those that are
 * made of manifests ask `manifestsOf` for them.
 */
export function documents(
  platforms: readonly PlatformSpec[],
  manifestsOf: ManifestsOf = buildManifests,
): ReadonlyMap<string, FileTree> {
  return new Map([
    ...Object.entries(DOCUMENTS).map(
      ([kind, write]) => [kind, new Map(platforms.flatMap((platform) => ofEnvironments(platform, write)))] as const,
    ),
    ...Object.entries(PLATFORM_DOCUMENTS).map(
      ([kind, write]) => [kind, new Map(platforms.flatMap((platform) => [...write(platform, manifestsOf)]))] as const,
    ),
  ]);
}
