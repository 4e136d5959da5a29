import type { EnvironmentSpec, PlatformSpec } from '../model';
import { composeFiles } from './compose-document';
import { costs } from './cost-document';
import { emergencies } from './emergency-document';
import { loadFiles } from './load-document';
import { versions } from './operations-stack';
import type { FileTree } from './output/file-tree';
import { runbooks } from './recovery-stack';
import { alertRunbooks, grafanaFiles, prometheusFiles } from './telemetry-document';

/** What is written about an environment beside manifests and stacks, by the folder it goes to. */
const DOCUMENTS: Readonly<Record<string, (platform: PlatformSpec, environment: EnvironmentSpec) => FileTree>> = {
  compose: composeFiles,
  cost: costs,
  k6: loadFiles,
  emergency: emergencies,
  grafana: grafanaFiles,
  prometheus: prometheusFiles,
  runbooks: (platform, environment) =>
    new Map([
      ...runbooks(platform, environment),
      ...versions(platform, environment),
      ...alertRunbooks(platform, environment),
    ]),
};

/** Files of each kind for all platforms, by their path below the kind's folder; kinds without files are there, too. */
export const documents = (platforms: readonly PlatformSpec[]): ReadonlyMap<string, FileTree> =>
  new Map(
    Object.entries(DOCUMENTS).map(([kind, write]) => [
      kind,
      new Map(
        platforms.flatMap((platform) =>
          platform.environments.flatMap((environment) =>
            [...write(platform, environment)].map(
              ([path, text]) => [`${platform.name}/${environment.name}/${path}`, text] as const,
            ),
          ),
        ),
      ),
    ]),
  );
