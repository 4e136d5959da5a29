import { withDefaults } from '../../check';
import { Duration } from '../../units';
import { PUBLIC_IMAGES } from '../images/public-images';

/** Requests that must each be answered below 400. */
interface SmokePaths {
  /** Paths below the version under test, at least one. */
  readonly paths: readonly string[];
  /** An image with curl. @default 'docker.io/curlimages/curl:8.10.1' */
  readonly image?: string;
}

/** A program that ends with 0 if the version under test is good. */
interface SmokeProgram {
  /** Full image reference with a tag other than `latest`, or a digest. */
  readonly image: string;
  /** Command line, without a shell. The address of the version is in the environment variable `BASE_URL`. */
  readonly command: readonly string[];
}

/** What is run once against a new version that no user sees yet. */
export type SmokeTestSpec = (SmokePaths | SmokeProgram) & {
  /** Time in which it must be done, with all its tries (whole seconds, 10 s to 1 h). @default Duration.minutes(5) */
  readonly within?: Duration;
  /** Further tries after a failure (0-5). @default 1 */
  readonly retries?: number;
};

/** An image that has curl, runs without root and writes nothing. */
const CURL_IMAGE = PUBLIC_IMAGES.curl;

const DEFAULTS = { within: Duration.minutes(5), retries: 1 } as const;

/** A smoke test with its defaults. */
export type SmokeTestPlan = (Required<SmokePaths> | SmokeProgram) & {
  readonly within: Duration;
  readonly retries: number;
};

export const isProgram = (test: SmokeTestSpec | SmokeTestPlan): test is SmokeProgram & SmokeTestPlan =>
  'command' in test;

/** A smoke test with its defaults. */
export function smokeTestPlan(spec: SmokeTestSpec): SmokeTestPlan {
  const plan = withDefaults(DEFAULTS, spec);
  return 'command' in plan ? plan : withDefaults({ image: CURL_IMAGE }, plan);
}

/** Name of its metric, which no other metric of a release may have. */
export const SMOKE_METRIC = 'smoke-test';
