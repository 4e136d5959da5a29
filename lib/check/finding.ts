/** An error stops synthesis; a warning is reported and leaves the choice to its reader. */
export type Severity = 'error' | 'warning';

/** One broken check, at one place. */
export interface Finding {
  /** Id of the check, stable across releases: tests, docs and waivers refer to it. */
  readonly check: string;
  /** Whether it stops synthesis (`error`) or is only reported (`warning`). */
  readonly severity: Severity;
  /** Path of the construct or declaration, for example `acgs/production/data/Database`. */
  readonly path: string;
  /** The property at fault, for example `storage.iops`. */
  readonly prop: string;
  /** What must hold, as the end of a sentence that starts with the property. */
  readonly rule: string;
  /** The value that was given, as text. */
  readonly received: string;
  /** The way out. */
  readonly remedy: string;
}

/** One finding on one line: path, property, rule, value received, remedy and check id. */
export function describe({ path, prop, rule, received, remedy, check }: Finding): string {
  return `${path}: ${prop} ${rule}, got ${received}; ${remedy} [${check}]`;
}

/** Whether a finding stops synthesis. */
export const isError = ({ severity }: Finding): boolean => severity === 'error';
