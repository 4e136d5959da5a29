import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Finding, InvalidPropsError } from '../../lib/check';
import type { PlatformSpec } from '../../lib/model';
import { inspectPlatform, synthesize } from '../../lib/platform';
import { isWellFormed } from '../misuse/well-formed';
import { declarations } from './support/platforms';
import { batches, errorsOf, failures, reason, SEED, WANTED } from './support/samples';

const folder = mkdtempSync(join(tmpdir(), 'inspection-'));
const targets = { kubernetes: join(folder, 'kubernetes'), terraform: join(folder, 'terraform') };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function inspected(spec: PlatformSpec): string | undefined {
  try {
    const wrong = inspectPlatform(spec).find((finding) => !isWellFormed(finding));
    return wrong && `malformed: ${JSON.stringify(wrong)}`;
  } catch (error) {
    return reason(error);
  }
}

const idsOf = (findings: readonly Finding[]): string =>
  findings.map(({ check, path }) => `${path} ${check}`).join('\n');

/** Nothing if it is refused with the very findings of an inspection. */
function refused(spec: PlatformSpec): string | undefined {
  const errors = errorsOf(spec);
  if (errors.length === 0) return undefined;
  try {
    synthesize([spec], targets);
    return 'it was not refused';
  } catch (error) {
    if (!(error instanceof InvalidPropsError)) return reason(error);
    const found = error.findings.filter(({ check }) => check !== 'platforms-have-environments');
    return idsOf(found) === idsOf(errors) ? undefined : `other findings: ${idsOf(found)}`;
  }
}

const unrefused: string[] = [];
let drawn = 0;
let sound = 0;
let platforms = 0;

test(`inspection of ${WANTED} declarations (seed ${SEED}) throws nothing, and every finding can be acted on`, () => {
  for (const batch of batches()) {
    expect(failures(batch, inspected)).toEqual([]);
    unrefused.push(...failures(batch, refused));
    drawn += batch.reduce((count, spec) => count + declarations(spec), 0);
    sound += batch.filter((spec) => errorsOf(spec).length === 0).length;
    platforms += batch.length;
  }
}, 1_200_000);

test('what has a fault is refused with the findings of the inspection, and nothing is written', () => {
  expect(unrefused).toEqual([]);
  expect(existsSync(targets.kubernetes) || existsSync(targets.terraform) ? readdirSync(folder) : []).toEqual([]);
}, 1_200_000);

test('there are as many declarations as wanted, sound ones and others', () => {
  process.stdout.write(`seed ${SEED}: ${drawn} declarations in ${platforms} platforms, ${sound} of them sound\n`);
  expect(drawn).toBeGreaterThanOrEqual(WANTED);
  expect(sound / platforms).toBeGreaterThan(0.15);
  expect(sound / platforms).toBeLessThan(0.85);
});
