import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { PlatformSpec } from '../../lib/model';
import { synthesize } from '../../lib/platform';
import type { Manifest } from './manifests';
import type { Block } from './terraform';

/** Everything below a folder by path, as text. */
export function contents(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(ya?ml|json|md)$/.test(path),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** A platform as synthesized: the text of each file, and what a cluster and Terraform would read. */
export interface Output {
  readonly kubernetes: Record<string, string>;
  readonly terraform: Record<string, string>;
  /** Files about environments by kind and path: `runbooks/acgs/production/recovery.md`. */
  readonly documents: Record<string, string>;
  /** Objects of an environment: `acgs/production`. */
  readonly objects: (environment: string) => Manifest[];
  /** A stack by name: `acgs-production-data`. */
  readonly stack: (name: string) => Block;
  readonly stacks: readonly string[];
}

/** Synthesizes into a temporary folder and reads the result back. */
export function output(...platforms: readonly PlatformSpec[]): Output {
  const folder = mkdtempSync(join(tmpdir(), 'output-'));
  try {
    synthesize(platforms, {
      kubernetes: join(folder, 'kubernetes'),
      terraform: join(folder, 'terraform'),
      documents: join(folder, 'documents'),
    });
    return read(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(folder: string): Output {
  const kubernetes = contents(join(folder, 'kubernetes'));
  const terraform = contents(join(folder, 'terraform'));
  return {
    kubernetes,
    terraform,
    documents: contents(join(folder, 'documents')),
    objects: (environment) =>
      Object.entries(kubernetes)
        .filter(([path]) => path.startsWith(`${environment}/`) && !path.endsWith('kustomization.yaml'))
        .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS())),
    stack: (name) => JSON.parse(terraform[`stacks/${name}/cdk.tf.json`] ?? 'null'),
    stacks: Object.keys(JSON.parse(terraform['manifest.json'] ?? '{}').stacks ?? {}),
  };
}
