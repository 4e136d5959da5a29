import type { Footprint } from './facts/footprint';
import type { Resources } from './pod-shape';

/** A loss that a promise of recovery is about. */
export type PromisedLoss = 'zone' | 'region';

/** How often a request to a workload calls a store. */
export interface StoreCalls {
  readonly store: string;
  readonly calls: number;
}

/** What a loss may cost at most. */
export interface RecoveryPromise {
  /** Data of the last so many seconds. */
  readonly rpoSeconds: number | undefined;
  /** Time without service (s). */
  readonly rtoSeconds: number | undefined;
  readonly survives: readonly PromisedLoss[];
}

/**
 * What YAML and Terraform cannot say, from annotations of the workload or from `--assumptions`. Of facts, all keys are ids
 * of workloads (`Deployment acgs/auth-service`).
 */
export interface Assumptions {
  /** By workload: requests per second that one pod was measured to bear. */
  readonly ratePerPod: ReadonlyMap<string, number>;
  /** Requests per second that it is expected to get. */
  readonly declaredLoad: ReadonlyMap<string, number>;
  /** Connections of each process to a database, by workload; with the database's name. */
  readonly pools: ReadonlyMap<
    string,
    readonly { readonly database: string; readonly processes: number; readonly size: number }[]
  >;
  /** Seconds until a new pod serves. */
  readonly startSeconds: ReadonlyMap<string, number>;
  /** Requests of a sidecar that is injected, by workload. */
  readonly sidecar: ReadonlyMap<string, Resources>;
  /** Longest time that preStop hooks may take which do not say so themselves, by workload (s). */
  readonly stopHookSeconds: ReadonlyMap<string, number>;
  /** Calls to stores for each request, by workload; with the store's name. */
  readonly calls: ReadonlyMap<string, readonly StoreCalls[]>;
  /** By store, as callers name it: requests per second that all of it bears. */
  readonly storeRates: ReadonlyMap<string, number>;
  /** What is promised of databases that promise nothing themselves. */
  readonly promises: RecoveryPromise | undefined;
  /** What AWS grants, by code of the quota: `L-1216C47A`. @default - what is asked for in the stacks, else what every account has */
  readonly quotas?: ReadonlyMap<string, number>;
  /** Pods of what deploys objects that were not given, by its id, name or namespace/name. @default - what it says itself */
  readonly deployers?: ReadonlyMap<string, readonly Footprint[]>;
  /** Files or folders with the manifests of a cluster, by its name. @default - told by where pods may run */
  readonly clusters?: ReadonlyMap<string, string>;
  /** Day that calendars and suppressions are judged by (ISO date). */
  readonly asOf: string | undefined;
}
