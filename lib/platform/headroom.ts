import {
  checkFacts,
  countsOf,
  type Facts,
  factsOf,
  jsonReport,
  type Report,
  readAssumptions,
  readKubernetes,
  readTerraform,
  type Sources,
  textReport,
} from '../ledger';
import { accountStackName, type EnvironmentSpec, type PlatformSpec, STACK_LAYERS, stackName } from '../model';
import type { FileTree } from './output/file-tree';

/** What the rules of the ledger say about an environment as it is emitted. */
export interface EnvironmentHeadroom {
  /** Folder of the environment: `acgs/production`. */
  readonly environment: string;
  readonly report: Report;
}

/** Thrown when emitted output breaks a rule whose breaking is an error; its message has the arithmetic and the ways out. */
export class BrokenRulesError extends Error {
  override readonly name = 'BrokenRulesError';

  constructor(readonly broken: readonly EnvironmentHeadroom[]) {
    super(
      broken
        .map(({ environment, report }) => {
          const findings = report.findings.filter(({ severity }) => severity === 'error');
          return `${environment}\n${textReport({ ...report, findings, held: [], notEvaluated: [], skipped: [] })}`;
        })
        .join('\n'),
    );
  }
}

const folderOf = (platform: PlatformSpec, environment: EnvironmentSpec): string =>
  `${platform.name}/${environment.name}`;

function sourcesOf(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  manifests: FileTree,
  stacks: FileTree,
): Sources {
  const folder = `${folderOf(platform, environment)}/`;
  const read = [...manifests]
    .filter(([path]) => path.startsWith(folder) && !path.endsWith('/kustomization.yaml'))
    .map(([path, text]) => readKubernetes(`kubernetes/${path}`, text));
  const planned = STACK_LAYERS.flatMap((layer) => {
    const name = stackName(platform.name, environment.name, layer);
    const text = stacks.get(name);
    return text === undefined ? [] : [readTerraform(`terraform/stacks/${name}/cdk.tf.json`, text)];
  });
  return {
    kubernetes: read.flatMap(({ objects }) => objects),
    terraform: [...planned.flatMap(({ blocks }) => blocks), ...quotasOf(platform, environment, stacks)],
    skipped: [...read, ...planned].flatMap(({ skipped }) => skipped),
  };
}

/** Types of the account's stack that the environment rests on. */
const OF_ACCOUNT: readonly string[] = [
  'aws_ecr_pull_through_cache_rule',
  'aws_ecr_repository',
  'aws_servicequotas_service_quota',
];

/** What the stack of the environment's account asks AWS for, where, and where images lie: it is no part of the environment otherwise. */
function quotasOf(platform: PlatformSpec, { account }: EnvironmentSpec, stacks: FileTree): Sources['terraform'] {
  const own = (platform.accounts ?? []).find(({ id }) => id === account);
  if (own === undefined) return [];
  const name = accountStackName(platform.name, own.name);
  const text = stacks.get(name);
  if (text === undefined) return [];
  return readTerraform(`terraform/stacks/${name}/cdk.tf.json`, text).blocks.filter(
    ({ mode, type }) => mode === 'provider' || OF_ACCOUNT.includes(type),
  );
}

/**
 * Where an environment is rehearsed: production in staging, and further regions in the first one. Nothing rehearses what stands
 * by for another environment, which runs a part of it.
 */
export function rehearsalOf(
  { environments }: PlatformSpec,
  { name, stage, standbyFor }: EnvironmentSpec,
): EnvironmentSpec | undefined {
  if (stage !== 'production' || standbyFor !== undefined) return undefined;
  const first = environments.find((one) => one.stage === 'production' && one.standbyFor === undefined);
  return first?.name === name ? environments.find((one) => one.stage === 'staging') : first;
}

/**
 * Judges each environment by its own manifests and stacks, as text: what is emitted counts, and not what was meant.
 *
 * @throws BrokenRulesError naming every error in all environments.
 */
export function headroomOfEnvironments(
  platforms: readonly PlatformSpec[],
  manifests: FileTree,
  stacks: FileTree,
): EnvironmentHeadroom[] {
  const all = platforms.flatMap((platform) => {
    const known = new Map<string, Facts>();
    const of = (environment: EnvironmentSpec): Facts => {
      const found = known.get(environment.name);
      if (found !== undefined) return found;
      const { assumptions } = readAssumptions([], environment.asOf);
      const facts = factsOf(sourcesOf(platform, environment, manifests, stacks), assumptions);
      known.set(environment.name, facts);
      return facts;
    };
    return platform.environments.map((environment): EnvironmentHeadroom => {
      const rehearsal = rehearsalOf(platform, environment);
      const report = checkFacts({ ...of(environment), ...(rehearsal && { reference: of(rehearsal) }) });
      return { environment: folderOf(platform, environment), report };
    });
  });
  const broken = all.filter(({ report }) => countsOf(report).errors > 0);
  if (broken.length > 0) throw new BrokenRulesError(broken);
  return all;
}

/** A report for people and one for programs, for each environment. */
export const headroomFiles = (all: readonly EnvironmentHeadroom[]): FileTree =>
  new Map(
    all.flatMap(({ environment, report }) => [
      [`${environment}/headroom.txt`, textReport(report)] as const,
      [`${environment}/headroom.json`, jsonReport(report)] as const,
    ]),
  );
