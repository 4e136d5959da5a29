import {
  type Check,
  duplicates,
  type Finding,
  inspect,
  isImageReference,
  isPinnedImage,
  isWholeWithin,
} from '../../check';
import { isProgram, type SmokeTestPlan, type SmokeTestSpec, smokeTestPlan } from './smoke-test';

/** A path of a URL with an optional query; nothing that curl would expand. */
const isPath = (path: string): boolean => /^\/[\w\-./~%]*(\?[\w\-./~%=&+]*)?$/.test(path);

const paths = (plan: SmokeTestPlan): readonly string[] => (isProgram(plan) ? ['/'] : plan.paths);

/** What is said about a smoke test, with its defaults. */
export const SMOKE_TEST_CHECKS: readonly Check<SmokeTestPlan>[] = [
  {
    id: 'rollout-smoke-image-is-pinned',
    prop: 'image',
    holds: ({ image }) => isPinnedImage(image) && isImageReference(image),
    rule: 'must be an image with a tag other than latest, or with a digest',
    remedy: 'use the digest that was tested',
  },
  {
    id: 'rollout-smoke-command-is-given',
    prop: 'command',
    holds: (plan) => !isProgram(plan) || (plan.command.length > 0 && plan.command[0] !== ''),
    rule: 'must name a program',
    received: (plan) => (isProgram(plan) ? plan.command : []),
    remedy: 'give paths instead',
  },
  {
    id: 'rollout-smoke-paths-are-paths',
    prop: 'paths',
    holds: (plan) => paths(plan).length > 0 && paths(plan).every(isPath) && duplicates(paths(plan)).length === 0,
    rule: 'must be at least one, each once, start with / and hold no spaces, brackets or quotes',
    received: paths,
    remedy: 'use /health and a path that users need',
  },
  {
    id: 'rollout-smoke-time-is-bounded',
    prop: 'within',
    holds: ({ within }) => isWholeWithin(within.inMillis / 1000, 10, 3600),
    rule: 'must be 10 s to 1 h in whole seconds',
    remedy: 'use five minutes',
  },
  {
    id: 'rollout-smoke-retries-are-few',
    prop: 'retries',
    holds: ({ retries }) => isWholeWithin(retries, 0, 5),
    rule: 'must be a whole number from 0 to 5',
    remedy: 'use 1',
  },
];

/** Everything that is wrong with a smoke test, below the property that holds it. */
export const inspectSmokeTest = (path: string, spec: SmokeTestSpec): Finding[] =>
  inspect(path, smokeTestPlan(spec), SMOKE_TEST_CHECKS).map((finding) => ({
    ...finding,
    prop: `smokeTest.${finding.prop}`,
  }));
