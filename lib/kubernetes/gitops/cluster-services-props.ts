import { DEFAULT_KUBERNETES_VERSION } from '../../catalog';
import type { ChartName } from '../../catalog/helm-chart';
import { withDefaults } from '../../check';
import { type AdapterConfig, adapterConfig, type HelmValues } from '../../config';
import {
  ARGOCD_NAMESPACE,
  type ExternalMetricsOwner,
  type Mesh,
  type NodeAutoscaler,
  type ScalingMetric,
} from '../../model';
import { Duration } from '../../units';
import type { ObservabilityServices } from './observability-services';

/** What Alertmanager is told, which holds no secret, and the Secret whose files it names. */
export interface AlertmanagerPlan {
  /** Its configuration. The chart lays it over one of its own, list by list. */
  readonly config: HelmValues;
  /** Secret of the monitoring namespace that is mounted below `/etc/alertmanager/secrets` (DNS label). */
  readonly secretName: string;
  /** Service account that has rights in AWS. @default - the chart's own, which has none */
  readonly serviceAccount?: string;
}

/** A bucket of backups. */
export interface BackupPlace {
  /** Name of the storage location in Velero (DNS label). */
  readonly name: string;
  /** Name of the bucket. */
  readonly bucket: string;
  /** Region of the bucket. */
  readonly region: string;
}

/** Where Velero keeps what the cluster knows, and where it finds what another one knew; at least one of them. */
export interface VeleroPlan {
  /** @default - nothing is backed up */
  readonly writesTo?: BackupPlace;
  /** Read alone: the copy of what this cluster stands in for. @default - there is none */
  readonly restoresFrom?: BackupPlace;
}

/** A cluster, and what its workloads expect to find in it. */
export interface ClusterServicesProps {
  /** Name of the EKS cluster, a literal: `acgs-production`. */
  readonly clusterName: string;
  /** AWS region of the cluster, for example `us-west-2`. */
  readonly region: string;
  /** How much harm a mistake does here; development runs one pod of each. @default 'production' */
  readonly stage?: 'development' | 'staging' | 'production';
  /** Kubernetes minor of the cluster, which Cluster Autoscaler follows. @default '1.35' */
  readonly version?: string;
  /** Pods of each controller (1-5). One of them leads, the others stand by. @default 2, in development 1 */
  readonly replicas?: number;
  /** Tags by which the load balancer controller finds the VPC, as pods do not see the metadata of their node. @default - `Name` is the cluster's name */
  readonly vpcTags?: Readonly<Record<string, string>>;
  /** Metrics of every policy in the cluster, the same that `MetricAdapterRules` gets. @default - none */
  readonly metrics?: readonly ScalingMetric[];
  /** What answers for metrics that belong to no pod: a cluster has one. @default 'prometheus-adapter' */
  readonly externalMetrics?: ExternalMetricsOwner;
  /** Service mesh. @default - none */
  readonly mesh?: Mesh;
  /** How workloads may take part in the mesh: `ambient` adds a proxy on each node, and still allows sidecars. @default 'sidecar' */
  readonly meshMode?: 'sidecar' | 'ambient';
  /** What changes the number of nodes. @default 'cluster-autoscaler' */
  readonly nodeAutoscaler?: NodeAutoscaler;
  /** Node groups that Cluster Autoscaler grows first, such as those of spot nodes. @default - all alike */
  readonly preferredNodeGroups?: readonly string[];
  /** Nodes of all groups together that Cluster Autoscaler never exceeds (1-5000). @default - the sum of the groups' maxima */
  readonly maxNodes?: number;
  /** How long Cluster Autoscaler waits for a new node before it turns to the next group (whole seconds, 1-60 min). @default Duration.minutes(5) */
  readonly provisionTimeout?: Duration;
  /** Queue of the notices that nodes will go, which Karpenter drains them by. @default - none, with a warning */
  readonly interruptionQueue?: string;
  /** Who hears of alerts. @default - no Alertmanager runs */
  readonly alertmanager?: AlertmanagerPlan;
  /** Backups of what the cluster knows. @default - no Velero runs */
  readonly velero?: VeleroPlan;
  /** Whether faults are made on purpose in marked namespaces, by Chaos Mesh. @default false */
  readonly chaos?: boolean;
  /** Whether objects are compared with one another when they are made, by Gatekeeper. @default false */
  readonly constraints?: boolean;
  /** Where measurements, logs and traces are kept. @default - a day of measurements, in the pod */
  readonly observability?: ObservabilityServices;
  /** Namespace of Argo CD (DNS label). @default 'argocd' */
  readonly argocdNamespace?: string;
  /** Project of the applications (DNS label). @default 'cluster-services' */
  readonly project?: string;
  /** Day by which support of the charts is judged (ISO date). @default - it is not judged */
  readonly asOf?: string;
  /** Exact versions of charts, where another one than the catalog's is wanted. @default - those of the catalog */
  readonly chartVersions?: Readonly<Partial<Record<ChartName, string>>>;
}

const DEFAULTS = {
  stage: 'production',
  version: DEFAULT_KUBERNETES_VERSION,
  metrics: [],
  externalMetrics: 'prometheus-adapter',
  meshMode: 'sidecar',
  nodeAutoscaler: 'cluster-autoscaler',
  preferredNodeGroups: [],
  provisionTimeout: Duration.minutes(5),
  chaos: false,
  constraints: false,
  argocdNamespace: ARGOCD_NAMESPACE,
  project: 'cluster-services',
  chartVersions: {},
} as const satisfies Partial<ClusterServicesProps>;

/** The props with their defaults, and what follows from them. */
export interface ClusterServicesPlan
  extends Omit<ClusterServicesProps, keyof typeof DEFAULTS | 'replicas' | 'vpcTags'>,
    Required<Pick<ClusterServicesProps, keyof typeof DEFAULTS | 'replicas' | 'vpcTags'>> {
  /** What the adapter is told: rules for metrics of pods and objects, and for those outside the cluster. */
  readonly adapter: AdapterConfig;
}

/** Defaults applied. */
export function planClusterServices(props: ClusterServicesProps): ClusterServicesPlan {
  const plan = withDefaults(DEFAULTS, props);
  return {
    ...plan,
    replicas: plan.replicas ?? (plan.stage === 'development' ? 1 : 2),
    vpcTags: plan.vpcTags ?? { Name: plan.clusterName },
    adapter: adapterConfig(plan.metrics),
  };
}
