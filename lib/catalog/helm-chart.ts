/** Charts that a cluster of this library is made of. */
export type ChartName =
  | 'argo-cd'
  | 'argo-rollouts'
  | 'aws-load-balancer-controller'
  | 'cert-manager'
  | 'chaos-mesh'
  | 'cluster-autoscaler'
  | 'eck-operator'
  | 'eck-operator-crds'
  | 'external-secrets'
  | 'fluent-bit'
  | 'gatekeeper'
  | 'istio-base'
  | 'istio-cni'
  | 'istiod'
  | 'jaeger'
  | 'karpenter'
  | 'karpenter-crd'
  | 'keda'
  | 'kube-prometheus-stack'
  | 'prometheus-adapter'
  | 'prometheus-operator-crds'
  | 'thanos'
  | 'velero'
  | 'vertical-pod-autoscaler'
  | 'ztunnel';

/** A released Helm chart, and what the API server knows once it is installed. */
export interface HelmChart {
  /** Address of the repository; one without a scheme is an OCI registry, as Argo CD writes it. */
  readonly repository: string;
  /** Name of the chart in its repository. */
  readonly chart: string;
  /** Exact version of the chart. */
  readonly version: string;
  /** Version of the program that it installs. */
  readonly appVersion: string;
  /** Custom resources that it defines, as `group/Kind`. */
  readonly kinds: readonly string[];
  /** What was read: file and tag or day. */
  readonly seen: string;
  /** Last day on which its project still mends this release (ISO date). @default - not published, or not read */
  readonly endOfSupport?: string;
  /** What could not be read, and what was relied on instead. @default - nothing: the file names chart and version */
  readonly unverified?: string;
}
