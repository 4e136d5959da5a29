// Writes the manifests of all environments as they would be for another Kubernetes release, also for one that EKS no
// longer creates: node scripts/manifests-for.mjs 1.28 FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const { App } = require('cdk8s');
const { PLATFORMS } = require('../build/apps');
const { EnvironmentChart, manifestFiles } = require('../build/lib/platform');

const [version, folder] = process.argv.slice(2);
if (version === undefined || folder === undefined) throw new Error('usage: manifests-for.mjs VERSION FOLDER');

for (const platform of PLATFORMS) {
  for (const environment of platform.environments) {
    const cluster = { ...environment.cluster, version };
    const files = manifestFiles(new EnvironmentChart(new App(), platform, { ...environment, cluster }));
    for (const [path, text] of files) {
      const file = join(folder, platform.name, environment.name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}
