/** What becomes of an object that breaks a rule: it is refused, its author is warned, or only the audit log says so. */
export const ADMISSION_MODES = ['deny', 'warn', 'audit'] as const;
export type AdmissionMode = (typeof ADMISSION_MODES)[number];

/** What the API server asks of pods and Services in the namespace of the workloads, beside the Pod Security level. */
export interface AdmissionSpec {
  /** In a cluster with strangers in the namespace, begin with `warn` and look at who is named. @default 'deny' */
  readonly mode?: AdmissionMode;
  /**
   * Where images may come from, beside the environment's registry and what its own stores, gateway, tests and sidecars run: a
   * registry or path with a slash at its end, or the full name of one repository.
   * @default - nowhere else
   */
  readonly images?: readonly string[];
}
