import { type Check, type Finding, InvalidPropsError } from '../../lib/check';

/** The ids of the checks that `findings` report, each once, in order. */
export const ids = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ check }) => check))];

/** Ids of the errors that building throws. */
export function refused(build: () => unknown): string[] {
  try {
    build();
  } catch (error) {
    if (error instanceof InvalidPropsError) return ids(error.findings);
    throw error;
  }
  return [];
}

/** Ids of several tables of checks. */
export const allIds = (...tables: readonly (readonly Check<never>[])[]): string[] =>
  [...new Set(tables.flat().map(({ id }) => id))].sort();
