/**
 * Runs `build` while nobody records where it was called from. cdktf formats the whole call stack for every token it makes,
 * for messages that a declaration which was inspected before does not cause; it has no switch for that. Errors that are
 * thrown keep their stacks: those do not go through this function.
 */
export function withoutStackTraces<T>(build: () => T): T {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => undefined;
  try {
    return build();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
