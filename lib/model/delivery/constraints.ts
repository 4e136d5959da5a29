import { type Check, duplicates, type Finding, inspect } from '../../check';
import { ADMISSION_MODES, type AdmissionMode } from '../admission';

/** What only one object may claim: that another has it already is known to no rule that sees a single object. */
export const UNIQUE_CLAIMS = ['autoscaler-target', 'ingress-host'] as const;

/**
 * `autoscaler-target`: two autoscalers that move one workload against each other. `ingress-host`: two Ingresses that take each
 * other's requests.
 */
export type UniqueClaim = (typeof UNIQUE_CLAIMS)[number];

/**
 * Rules between objects, which the API server itself cannot evaluate, in the namespace of the workloads: Gatekeeper knows
 * the other objects. While it is down, requests pass.
 */
export interface ConstraintsSpec {
  /** What may be claimed once (at least one, each once). */
  readonly unique: readonly UniqueClaim[];
  /** What becomes of the second claim. @default 'deny' */
  readonly mode?: AdmissionMode;
}

/** What this file asks of an environment. */
interface Constrained {
  readonly constraints?: ConstraintsSpec;
}

/** What is said about rules between objects. */
export const CONSTRAINTS_CHECKS: readonly Check<Constrained>[] = [
  {
    id: 'constraints-name-claims',
    prop: 'constraints.unique',
    holds: ({ constraints }) =>
      constraints === undefined ||
      (constraints.unique.length > 0 &&
        duplicates(constraints.unique).length === 0 &&
        constraints.unique.every((claim) => UNIQUE_CLAIMS.includes(claim))),
    rule: `must be at least one of ${UNIQUE_CLAIMS.join(', ')}, each once`,
    received: ({ constraints }) => constraints?.unique,
    remedy: 'leave constraints out if nothing is to be unique',
  },
  {
    id: 'constraints-mode-is-known',
    prop: 'constraints.mode',
    holds: ({ constraints }) => ADMISSION_MODES.includes(constraints?.mode ?? 'deny'),
    rule: `must be one of ${ADMISSION_MODES.join(', ')}`,
    received: ({ constraints }) => constraints?.mode,
    remedy: 'leave it out for deny',
  },
];

/** Everything that is wrong with rules between objects. */
export const inspectConstraints = (path: string, environment: Constrained): Finding[] =>
  inspect(path, environment, CONSTRAINTS_CHECKS);
