import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isReplica, type PlatformSpec } from '../../lib/model';
import { synthesize } from '../../lib/platform';
import { followedSecrets } from '../../lib/platform/plan/plan-secrets';
import type { Block } from '../support/terraform';
import { terraformFaults } from '../support/terraform-faults';
import { crossStackFaults } from '../support/terraform-stacks';
import { AGAIN, batches, failures, reason, SEED, soundOnes, WANTED } from './support/samples';

const folder = mkdtempSync(join(tmpdir(), 'stacks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The text of each stack. */
function stacksOf(spec: PlatformSpec): Record<string, string> {
  const { stacks } = synthesize([spec], { terraform: folder });
  return Object.fromEntries(
    stacks.map((name) => [name, readFileSync(join(folder, 'stacks', name, 'cdk.tf.json'), 'utf8')]),
  );
}

/** Names of the secrets that some stack makes. */
const secretNames = (stacks: Readonly<Record<string, Block>>): string[] =>
  Object.values(stacks).flatMap(({ resource }) =>
    Object.values<Block>(resource?.aws_secretsmanager_secret ?? {}).map(({ name }) => String(name)),
  );

/** Secrets that pods wait for and that no stack makes, or more than one. */
function waitedFor(spec: PlatformSpec, stacks: Readonly<Record<string, Block>>): string[] {
  const made = secretNames(stacks);
  return spec.environments.flatMap((environment) =>
    [...followedSecrets(spec.name, environment).values()].flat().flatMap((name) => {
      const count = made.filter((other) => other === name).length;
      return count === 1 ? [] : [`${name} is made ${count} times`];
    }),
  );
}

function faults(spec: PlatformSpec): string[] {
  const text = stacksOf(spec);
  const stacks: Record<string, Block> = Object.fromEntries(
    Object.entries(text).map(([name, json]) => [name, JSON.parse(json)]),
  );
  return [
    ...Object.values(stacks).flatMap((stack) => terraformFaults(stack)),
    ...crossStackFaults(stacks),
    ...Object.entries(text).flatMap(([name, json]) => (/TfToken|\$\{Token/.test(json) ? [`${name} has a token`] : [])),
    ...waitedFor(spec, stacks),
  ];
}

/** The first fault, without what tells twins apart. */
function fault(spec: PlatformSpec): string | undefined {
  try {
    return faults(spec)[0];
  } catch (error) {
    return reason(error);
  }
}

let replicas = 0;

test(`stacks of what is sound among ${WANTED} declarations (seed ${SEED}) have known arguments and references`, () => {
  for (const batch of batches()) {
    const sound = soundOnes(batch);
    expect(failures(sound, fault)).toEqual([]);
    replicas += sound
      .flatMap(({ environments }) => environments)
      .filter(({ databases }) => databases.some(isReplica)).length;
  }
}, 1_200_000);

test('the same declaration gives the same bytes', () => {
  for (const batch of batches(AGAIN)) {
    const [first] = soundOnes(batch.slice(0, 12));
    if (first !== undefined) expect(stacksOf(first)).toEqual(stacksOf(first));
  }
}, 1_200_000);

test('some of them follow a database in another region', () => expect(replicas).toBeGreaterThan(0));
