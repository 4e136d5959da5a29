import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App as TerraformApp } from 'cdktf';
import { type Check, duplicates, type Finding, InvalidPropsError, inspect, isError } from '../check';
import { type EnvironmentSpec, type PlatformSpec, platformStackNames, sharedCharts } from '../model';
import { buildManifests, documents, type ManifestsOf } from './documents';
import { buildStacks } from './environment-stacks';
import { type EnvironmentHeadroom, headroomFiles, headroomOfEnvironments } from './headroom';
import { inspectPlatform } from './inspect-platform';
import { type FileTree, mergeFolder, stage, swapFolder } from './output/file-tree';
import { type Component, componentFiles } from './output/manifest-files';
import { withoutStackTraces } from './output/without-stack-traces';

export interface SynthesizeOptions {
  /** Folder for manifests, replaced as a whole. @default - none are written */
  readonly kubernetes?: string;
  /** Folder for manifests without kustomizations, filled but never replaced, as cdk8s-cli wants it. @default - none are written */
  readonly cdk8sOutput?: string;
  /** Folder for stacks and their manifest, as cdktf-cli reads it; state and lock files in it stay. @default - none are written */
  readonly terraform?: string;
  /** Folder that gets one for each kind of document (`cost`, `runbooks`), replaced as a whole. @default - none are written */
  readonly documents?: string;
  /**
   * Folder that gets what the ledger says of each environment, replaced as a whole: whether the two halves, as emitted, keep what
   * they promise together, and by how much. Needs `kubernetes` and `terraform`. @default - nothing is judged
   */
  readonly headroom?: string;
}

/** What was written, and what its readers should know. */
export interface Synthesis {
  /** Manifest files by their path below the folder. */
  readonly manifests: readonly string[];
  /** Names of the stacks. */
  readonly stacks: readonly string[];
  /** Findings that do not stop synthesis. */
  readonly warnings: readonly Finding[];
  /** What the ledger says of each environment; empty where it was not asked. */
  readonly headroom: readonly EnvironmentHeadroom[];
}

const accountIds = ({ accounts = [] }: PlatformSpec): string[] => accounts.map(({ id }) => id);

/** What platforms of different names both have. */
const shared = (of: (platform: PlatformSpec) => readonly string[], platforms: readonly PlatformSpec[]): string[] => {
  const named = new Map(platforms.map((platform) => [platform.name, platform]));
  return duplicates([...named.values()].flatMap((platform) => [...new Set(of(platform))]));
};

/** What all platforms of one output share or must not share. */
export const PLATFORMS_CHECKS: readonly Check<readonly PlatformSpec[]>[] = [
  {
    id: 'platforms-have-distinct-names',
    prop: 'name',
    holds: (platforms) => duplicates(platforms.map(({ name }) => name)).length === 0,
    rule: 'must be distinct: stacks and folders are named after it',
    received: (platforms) => duplicates(platforms.map(({ name }) => name)),
    remedy: 'put the environments of both into one platform',
  },
  {
    id: 'platforms-have-environments',
    prop: 'environments',
    holds: (platforms) => platforms.some(({ environments }) => environments.length > 0),
    rule: 'must not all be empty: the output would be, too',
    received: (platforms) => `${platforms.length} platforms without any`,
    remedy: 'declare an environment',
  },
  {
    id: 'platforms-have-accounts-of-their-own',
    prop: 'accounts',
    holds: (platforms) => shared(accountIds, platforms).length === 0,
    rule: 'must not be declared by two platforms: what is set for all of an account has one owner',
    received: (platforms) => shared(accountIds, platforms),
    remedy: 'declare the account in one of them, and leave accounts out of the other',
  },
  {
    id: 'platforms-have-stacks-of-their-own',
    prop: 'name',
    holds: (platforms) => shared(platformStackNames, platforms).length === 0,
    rule: 'must not give stacks of two platforms one name',
    received: (platforms) => shared(platformStackNames, platforms),
    remedy: 'rename the platform, or the environment that makes up for the difference',
  },
  {
    id: 'platforms-have-charts-of-their-own',
    prop: 'chart.name',
    holds: (platforms) => sharedCharts(platforms).length === 0,
    rule: 'must not give charts of two platforms one name: their folders are named after them',
    received: sharedCharts,
    remedy: 'rename one of the charts',
  },
];

/**
 * Inspects every platform, builds all environments in memory, and only then touches the folders:
 * whatever fails before that leaves the last good output as it was.
 *
 * @throws InvalidPropsError listing every error in all platforms.
 * @throws BrokenRulesError listing every error rule that the output of an environment breaks.
 */
export function synthesize(platforms: readonly PlatformSpec[], options: SynthesizeOptions): Synthesis {
  const findings = [...inspect('platforms', platforms, PLATFORMS_CHECKS), ...platforms.flatMap(inspectPlatform)];
  const errors = findings.filter(isError);
  if (errors.length > 0) throw new InvalidPropsError(errors);

  const { kubernetes, cdk8sOutput, terraform } = options;
  const manifestsOf = builtOnce();
  const written = options.documents === undefined ? [] : documentFolders(platforms, options.documents, manifestsOf);
  try {
    const manifests =
      kubernetes === undefined && cdk8sOutput === undefined ? new Map() : platformManifests(platforms, manifestsOf);
    const stacks = terraform === undefined ? [] : stageStacks(platforms, next(terraform));
    const headroom: EnvironmentHeadroom[] = [];
    if (options.headroom !== undefined && kubernetes !== undefined && terraform !== undefined) {
      headroom.push(...headroomOfEnvironments(platforms, manifests, stackTexts(next(terraform), stacks)));
      written.push([options.headroom, headroomFiles(headroom)]);
    }
    if (kubernetes !== undefined) stage(next(kubernetes), manifests);
    for (const [folder, files] of written) stage(next(folder), files);

    if (terraform !== undefined) mergeFolder(next(terraform), terraform, isStack);
    if (kubernetes !== undefined) swapFolder(next(kubernetes), kubernetes);
    for (const [folder] of written) swapFolder(next(folder), folder);
    if (cdk8sOutput !== undefined) fillFolder(manifests, cdk8sOutput);
    return { manifests: [...manifests.keys()], stacks, warnings: findings, headroom };
  } finally {
    for (const folder of [kubernetes, terraform, ...written.map(([folder]) => folder)]) {
      if (folder !== undefined) rmSync(next(folder), { recursive: true, force: true });
    }
  }
}

/** Where a folder's next content is made ready. */
const next = (folder: string): string => `${folder}.next`;

/** Builds the manifests of each environment when they are first asked for: files and charts are made of the same objects. */
function builtOnce(): ManifestsOf {
  const built = new Map<EnvironmentSpec, readonly Component[]>();
  return (platform, environment) => {
    const known = built.get(environment) ?? buildManifests(platform, environment);
    built.set(environment, known);
    return known;
  };
}

function platformManifests(platforms: readonly PlatformSpec[], manifestsOf: ManifestsOf): FileTree {
  return new Map(
    platforms.flatMap((platform) =>
      platform.environments.flatMap((environment) => {
        const folder = `${platform.name}/${environment.name}`;
        const files = componentFiles(manifestsOf(platform, environment));
        return [...files].map(([path, text]) => [`${folder}/${path}`, text] as const);
      }),
    ),
  );
}

const documentFolders = (
  platforms: readonly PlatformSpec[],
  root: string,
  manifestsOf: ManifestsOf,
): [string, FileTree][] => [...documents(platforms, manifestsOf)].map(([kind, files]) => [join(root, kind), files]);

/** cdktf writes its output itself: into a folder beside the target, which then holds what is to be published. */
function stageStacks(platforms: readonly PlatformSpec[], folder: string): string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const app = new TerraformApp({ outdir: folder, stackTraces: false, hclOutput: false });
  withoutStackTraces(() => {
    for (const platform of platforms) buildStacks(app, platform);
    app.synth();
  });
  return Object.keys(app.manifest.stacks);
}

/** Staged stacks by name. */
const stackTexts = (folder: string, stacks: readonly string[]): FileTree =>
  new Map(stacks.map((name) => [name, readFileSync(join(folder, 'stacks', name, 'cdk.tf.json'), 'utf8')]));

/** cdk8s-cli empties and makes the folder itself, applies every file in it and knows no kustomizations. */
function fillFolder(files: FileTree, folder: string): void {
  for (const [path, text] of files) {
    if (path.endsWith('/kustomization.yaml')) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const isStack = (path: string): boolean => /^stacks\/[^/]+\/cdk\.tf\.json$/.test(path);
