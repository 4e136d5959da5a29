const PREFIX = 'headroom.dev/';

/**
 * What neither manifests nor Terraform can say, by the names under which the ledger reads it: annotations of workloads, or
 * of their pods. Databases of RDS carry `rate`, `rpo`, `rto` and `survives` as tags.
 */
export const ASSUMPTION_NAMES = {
  /** `main=4x10` (database=processes x size), more of them with commas. */
  pool: `${PREFIX}pool`,
  /** `50`: requests a second that one pod was measured to bear. Of a database the tag of one instance. */
  ratePerPod: `${PREFIX}rate-per-pod`,
  /** `400`: requests a second that are promised. */
  declaredLoad: `${PREFIX}declared-load`,
  /** `40s`: time until a new pod serves. */
  startUp: `${PREFIX}start-up`,
  /** `cpu=100m,memory=128Mi`: requests of what is injected. */
  sidecar: `${PREFIX}sidecar`,
  /** `90s`: longest time that a preStop hook may take. */
  stopHook: `${PREFIX}stop-hook`,
  /** `vector-db=1, main=2.5`: calls to a store for each request. */
  calls: `${PREFIX}calls`,
  /** `5m`: data that a loss may cost, as time. */
  rpo: `${PREFIX}rpo`,
  /** `1h`: time without service that a loss may cost. */
  rto: `${PREFIX}rto`,
  /** `zone region`: losses that the promise is about; both where it is left out. */
  survives: `${PREFIX}survives`,
  /** `250000`: series that a Prometheus keeps at once. */
  series: `${PREFIX}series`,
} as const;
