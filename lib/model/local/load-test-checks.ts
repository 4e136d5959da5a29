import { type Check, isDnsLabel, isWholeWithin } from '../../check';
import type { Duration } from '../../units';
import type { LoadProfile, LoadTestSpec } from './load-test';
import { SCALING_PREFIX } from './scaling-load';

/** A test beside the services that it may ask. */
interface Test {
  readonly test: LoadTestSpec;
  readonly services: readonly string[];
}

export const isPath = (path: string): boolean => /^\/[\w\-./~%?=&]*$/.test(path);

const isTime = ({ inMillis }: Duration): boolean => isWholeWithin(inMillis / 1000, 1, 7 * 86_400);

const isUsers = (users: number, least: number): boolean => isWholeWithin(users, least, 100_000);

function isLoad(load: LoadProfile): boolean {
  if ('stages' in load) {
    return (
      load.stages.some(({ users }) => users > 0) &&
      load.stages.every(({ during, users }) => isTime(during) && isUsers(users, 0))
    );
  }
  if ('users' in load) return isTime(load.during) && isUsers(load.users, 1);
  return isTime(load.during) && isWholeWithin(load.perSecond, 1, 1_000_000);
}

const strangers = ({ test, services }: Test): string[] =>
  test.requests.map(({ service }) => service).filter((name) => !services.includes(name));

/** What is said about one described test. */
export const LOAD_TEST_CHECKS: readonly Check<Test>[] = [
  {
    id: 'load-test-name-is-a-file',
    prop: 'name',
    holds: ({ test: { name } }) => isDnsLabel(name) && !name.startsWith(SCALING_PREFIX),
    rule: `must be 1-63 of a-z, 0-9 and inner hyphens, and not start with ${SCALING_PREFIX}`,
    received: ({ test }) => test.name,
    remedy: 'use a name such as baseline',
  },
  {
    id: 'load-test-asks-services',
    prop: 'requests',
    holds: (subject) => subject.test.requests.length > 0 && strangers(subject).length === 0,
    rule: 'must name services of the environment, at least one',
    received: strangers,
    remedy: 'correct the name, or declare the service',
  },
  {
    id: 'load-test-paths-are-absolute',
    prop: 'requests',
    holds: ({ test }) => test.requests.every(({ path }) => isPath(path)),
    rule: 'must have paths that start with / and need no quotes',
    received: ({ test }) => test.requests.map(({ path }) => path).filter((path) => !isPath(path)),
    remedy: 'leave out scheme and host',
  },
  {
    id: 'load-test-has-a-load',
    prop: 'load',
    holds: ({ test }) => isLoad(test.load),
    rule: 'must be 1-100000 users or 1-1000000 a second, for 1 s to a week in whole seconds each',
    received: ({ test }) => test.load,
    remedy: 'use whole numbers',
  },
  {
    id: 'load-test-pause-is-short',
    prop: 'pause',
    holds: ({ test: { pause } }) => pause === undefined || (pause.inMillis > 0 && pause.inMillis <= 3_600_000),
    rule: 'must be above 0 and at most 1 h',
    received: ({ test }) => test.pause,
    remedy: 'leave it out for none',
  },
  {
    id: 'load-test-can-fail',
    prop: 'thresholds',
    holds: ({ test }) => Object.values(test.thresholds).some((threshold) => threshold !== undefined),
    rule: 'must have at least one threshold: a run that cannot fail shows nothing',
    received: ({ test }) => test.thresholds,
    remedy: 'add failed: Percent.of(1)',
  },
  {
    id: 'load-test-thresholds-can-hold',
    prop: 'thresholds',
    holds: ({ test: { thresholds } }) => {
      const { failed, checks, perSecond, ...times } = thresholds;
      return (
        (failed === undefined || (failed.toRatio() > 0 && failed.toRatio() <= 1)) &&
        (checks === undefined || (checks.toRatio() > 0 && checks.toRatio() <= 1)) &&
        (perSecond === undefined || (Number.isFinite(perSecond) && perSecond > 0)) &&
        Object.values(times).every((time) => time === undefined || time.inMillis > 0)
      );
    },
    rule: 'must be above zero, and shares at most 100 %',
    received: ({ test }) => test.thresholds,
    remedy: 'use what users notice',
  },
];
