import type { Dated } from './dated';

/** Newest Cluster Autoscaler of each Kubernetes minor: it simulates the scheduler, so its minor follows the cluster's. */
export const CLUSTER_AUTOSCALER_VERSIONS: Dated<ReadonlyMap<string, string>> = {
  asOf: '2026-08-22',
  source: 'kubernetes/autoscaler, tags cluster-autoscaler-1.28.7 to cluster-autoscaler-1.36.1',
  facts: new Map([
    ['1.28', '1.28.7'],
    ['1.29', '1.29.5'],
    ['1.30', '1.30.7'],
    ['1.31', '1.31.5'],
    ['1.32', '1.32.7'],
    ['1.33', '1.33.6'],
    ['1.34', '1.34.5'],
    ['1.35', '1.35.2'],
    ['1.36', '1.36.1'],
  ]),
};
