import type { HelmValues } from '../../config/helm-values';
import { type ObservabilityPlan, type StoredPod, storedPods } from '../../model';
import type { Taint } from '../../model/cluster/nodes';
import type { Labels } from '../labels';
import { placement } from '../workload/node-placement';
import type { ClusterServicesPlan } from './cluster-services-props';

/** Where measurements, logs and traces are kept, as charts need to know it. */
export interface ObservabilityServices {
  /** The declaration with every default. */
  readonly plan: ObservabilityPlan;
  /** Class of all volumes. */
  readonly storageClass: string;
  /** Nodes of whatever has a volume. @default - any untainted node */
  readonly placement?: { readonly labels?: Labels; readonly tolerates?: readonly Taint[] };
  /** Bucket of measurements; needed for `longTerm`. @default - none */
  readonly bucket?: string;
  /** Secret of the monitoring namespace with `username` and `password` of Grafana's administrator. */
  readonly grafanaSecret: string;
  /** Secrets with `password` of those who enter Elasticsearch from other namespaces than its own. */
  readonly userSecrets: { readonly agent: string; readonly traces: string; readonly reader: string };
  /** Secrets with the authority (`ca.crt`) that vouches for Elasticsearch, in those namespaces. */
  readonly authoritySecrets: { readonly agent: string; readonly traces: string; readonly reader: string };
}

/** Prometheus keeps more than a day, on a volume. */
export const isObserved = ({ observability }: ClusterServicesPlan): boolean => observability !== undefined;
export const hasDashboards = ({ observability }: ClusterServicesPlan): boolean =>
  observability?.plan.dashboards === 'on';
export const hasLongTerm = ({ observability }: ClusterServicesPlan): boolean =>
  observability?.plan.metrics.longTerm !== undefined;
export const hasLogs = ({ observability }: ClusterServicesPlan): boolean => observability?.plan.logs !== undefined;
export const hasTraces = ({ observability }: ClusterServicesPlan): boolean => observability?.plan.traces !== undefined;

/** The pod with a volume of that name; undefined where there is none. */
export const storedPod = (
  { observability, replicas }: Pick<ClusterServicesPlan, 'observability' | 'replicas'>,
  wanted: StoredPod['name'],
): StoredPod | undefined =>
  observability && storedPods(observability.plan, replicas).find(({ name }) => name === wanted);

/** Node selector and tolerations as charts pass them on. */
export function nodeValues({ placement: nodes = {} }: ObservabilityServices): HelmValues {
  const { nodeSelector, tolerations } = placement(nodes);
  return {
    ...(nodeSelector && { nodeSelector }),
    ...(tolerations && {
      tolerations: tolerations.map(({ key = '', operator = 'Equal', value = '', effect = 'NoSchedule' }) => ({
        key,
        operator,
        value,
        effect,
      })),
    }),
  };
}

/** Where Thanos finds the bucket: credentials are those of the pod's identity, so that nothing of it is secret. */
export const objectStore = (bucket: string, region: string): HelmValues => ({
  type: 'S3',
  config: { bucket, region, endpoint: `s3.${region}.amazonaws.com`, aws_sdk_auth: true },
});
