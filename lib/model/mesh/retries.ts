import { type Check, duplicates, type Finding, inspect, isWholeWithin, withDefaults } from '../../check';
import { Duration } from '../../units';

/** Methods of which two requests do what one does. Source: RFC 9110, section 9.2.2; TRACE answers nobody any more. */
export const IDEMPOTENT_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'] as const;
export type IdempotentMethod = (typeof IDEMPOTENT_METHODS)[number];

/** How often the sidecar of a caller repeats a request that failed or took too long, and when it gives up. */
export interface MeshRetrySpec {
  /** Requests after the first one (1-10). @default 3 */
  readonly attempts?: number;
  /** How long each of them may take (whole milliseconds, 10 ms to 60 s). @default Duration.seconds(2) */
  readonly perTry?: Duration;
  /**
   * When the caller gets an error whatever is still under way (at least `perTry`, at most 5 min). It is what the caller
   * waits for: attempts that it leaves no time for are not made. @default - `perTry` times `attempts`
   */
  readonly deadline?: Duration;
  /**
   * Methods that are repeated; a request of any other is repeated only if no pod has seen it. Name PUT and DELETE where
   * the service really keeps to what HTTP says of them. @default ['GET', 'HEAD', 'OPTIONS']
   */
  readonly methods?: readonly IdempotentMethod[];
}

/** With every choice made. */
export type MeshRetryPlan = Required<MeshRetrySpec>;

const DEFAULTS = {
  attempts: 3,
  perTry: Duration.seconds(2),
  methods: ['GET', 'HEAD', 'OPTIONS'],
} as const satisfies MeshRetrySpec;

const LONGEST = Duration.minutes(5);

/** The declaration with its defaults. */
export function meshRetryPlan(spec: MeshRetrySpec): MeshRetryPlan {
  const { attempts, perTry, methods, deadline } = withDefaults(DEFAULTS, spec);
  // A number of attempts that cannot be is reported; until then it has the deadline of one.
  const tries = isWholeWithin(attempts, 1, 10) ? attempts : 1;
  return { attempts, perTry, methods, deadline: deadline ?? perTry.times(tries) };
}

/** What is said about retries, with their defaults. */
export const MESH_RETRY_CHECKS: readonly Check<MeshRetryPlan>[] = [
  {
    id: 'mesh-retries-are-counted',
    prop: 'attempts',
    holds: ({ attempts }) => isWholeWithin(attempts, 1, 10),
    rule: 'must be a whole number from 1 to 10: each one is load on a service that already fails',
    remedy: "leave it out for 3, or declare retries: 'none'",
  },
  {
    id: 'mesh-retries-tries-are-bounded',
    prop: 'perTry',
    holds: ({ perTry }) => isWholeWithin(perTry.inMillis, 10, 60_000),
    rule: 'must be 10 ms to 60 s in whole milliseconds',
    remedy: 'leave it out for 2 s',
  },
  {
    id: 'mesh-retries-deadline-holds-a-try',
    prop: 'deadline',
    holds: ({ deadline, perTry }) => perTry.isAtMost(deadline) && deadline.isAtMost(LONGEST),
    rule: ({ perTry }) => `must be from one try, ${perTry}, to ${LONGEST}`,
    remedy: 'leave it out for as many full tries as there are attempts',
  },
  {
    id: 'mesh-retries-are-of-idempotent-methods',
    prop: 'methods',
    holds: ({ methods }) =>
      methods.length > 0 &&
      duplicates(methods).length === 0 &&
      methods.every((method) => IDEMPOTENT_METHODS.includes(method)),
    rule: `must be one or more of ${IDEMPOTENT_METHODS.join(', ')}, each once: whatever else is repeated may happen twice`,
    remedy: 'leave POST and PATCH to callers that know what they have sent',
  },
];

/** Everything that is wrong with how requests are repeated. */
export const inspectMeshRetries = (path: string, spec: MeshRetrySpec): Finding[] =>
  inspect(path, meshRetryPlan(spec), MESH_RETRY_CHECKS).map((finding) => ({
    ...finding,
    prop: `retries.${finding.prop}`,
  }));
