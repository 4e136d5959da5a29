import fc from 'fast-check';
import { isError } from '../../../lib/check';
import type { EnvironmentSpec, PlatformSpec } from '../../../lib/model';
import { inspectPlatform } from '../../../lib/platform';
import { declarations, platform } from './platforms';
import { smallest, text } from './smallest';

/** An environment and the platform it belongs to. */
export interface Placed {
  readonly platform: PlatformSpec;
  readonly environment: EnvironmentSpec;
}

/** Where the random numbers start: the same declarations in every run. */
export const SEED = Number(process.env.SEED ?? 20_261_121);

/** Declarations that are drawn. More are a matter of time: `DECLARATIONS=100000 npx jest test/properties`. */
export const WANTED = Number(process.env.DECLARATIONS ?? 10_000);

/** Platforms that are drawn together; what is checked in batches is checked for so many. */
export const BATCH = 60;

/** Declarations of which some are made a second time. */
export const AGAIN = WANTED / 4;

/** Platforms until there are enough declarations. */
export function* batches(wanted = WANTED): Generator<PlatformSpec[]> {
  let left = wanted;
  for (let batch = 0; left > 0; batch++) {
    const platforms = fc.sample(platform, { seed: SEED + batch, numRuns: BATCH });
    const enough: PlatformSpec[] = [];
    for (const spec of platforms) {
      if (left > 0) enough.push(spec);
      left -= declarations(spec);
    }
    yield enough;
  }
}

export const errorsOf = (spec: PlatformSpec) => inspectPlatform(spec).filter(isError);

/** Whether nothing is wrong with it; not so if it cannot even be inspected. */
function isSound(spec: PlatformSpec): boolean {
  try {
    return errorsOf(spec).length === 0;
  } catch {
    return false;
  }
}

/** Those of the platforms without a fault. */
export const soundOnes = (platforms: readonly PlatformSpec[]): PlatformSpec[] =>
  platforms.filter((spec) => spec.environments.length > 0 && isSound(spec));

/** An exception with the place in the library that it comes from. */
export const reason = (error: unknown): string =>
  error instanceof Error
    ? `${error.name}: ${error.message}\n${(error.stack ?? '')
        .split('\n')
        .filter((line) => line.includes('/lib/'))
        .slice(0, 8)
        .join('\n')}`
    : String(error);

/** What goes wrong with the platforms, each with the smallest one like it for which it does. */
export function failures(
  platforms: readonly PlatformSpec[],
  fault: (spec: PlatformSpec) => string | undefined,
): string[] {
  return platforms.flatMap((spec) => {
    const said = fault(spec);
    if (said === undefined) return [];
    return [
      `${said}\n${text(smallest(spec, (candidate) => isSound(candidate) === isSound(spec) && fault(candidate) === said))}`,
    ];
  });
}

/** Environments with the platforms they belong to. */
export const placed = (platforms: readonly PlatformSpec[]): Placed[] =>
  platforms.flatMap((spec) => spec.environments.map((environment) => ({ platform: spec, environment })));
