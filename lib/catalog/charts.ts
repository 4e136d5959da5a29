import {
  ARGO_CD_KINDS,
  ARGO_ROLLOUTS_KINDS,
  CERT_MANAGER_KINDS,
  CHAOS_MESH_KINDS,
  ELASTIC_KINDS,
  EXTERNAL_SECRETS_KINDS,
  GATEKEEPER_KINDS,
  ISTIO_KINDS,
  KARPENTER_KINDS,
  KEDA_KINDS,
  LOAD_BALANCER_KINDS,
  PROMETHEUS_KINDS,
  VELERO_KINDS,
  VERTICAL_AUTOSCALER_KINDS,
} from './chart-kinds';
import type { Dated } from './dated';
import type { ChartName, HelmChart } from './helm-chart';

const ARGO = 'https://argoproj.github.io/argo-helm';
const PROMETHEUS = 'https://prometheus-community.github.io/helm-charts';
const AUTOSCALER = 'https://kubernetes.github.io/autoscaler';
const ISTIO = 'https://istio-release.storage.googleapis.com/charts';
const KARPENTER = 'public.ecr.aws/karpenter';

/** All charts of Istio are released together, with the version of the release. */
const istio = (chart: string, folder: string, kinds: readonly string[] = []): HelmChart => ({
  repository: ISTIO,
  chart,
  version: '1.30.3',
  appVersion: '1.30.3',
  kinds,
  endOfSupport: '2026-11-30',
  seen: `istio/istio, tag 1.30.3: manifests/charts/${folder}`,
  unverified: 'the version in the repository is a placeholder; its release gives charts the name of the tag',
});

/** The operator and its definitions are released together. */
const elastic = (chart: string, folder = '', kinds: readonly string[] = []): HelmChart => ({
  repository: 'https://helm.elastic.co',
  chart,
  version: '3.5.0',
  appVersion: '3.5.0',
  kinds,
  seen: `elastic/cloud-on-k8s, tag v3.5.0: deploy/eck-operator${folder}`,
});

/** Releases that their repositories held on that day, each read with its values and templates. */
export const CHARTS: Dated<Readonly<Record<ChartName, HelmChart>>> = {
  asOf: '2026-08-22',
  source: 'Chart.yaml, values.yaml and templates in the repository of each chart, see `seen`',
  facts: {
    'argo-cd': {
      repository: ARGO,
      chart: 'argo-cd',
      version: '10.1.1',
      appVersion: 'v3.4.4',
      kinds: ARGO_CD_KINDS,
      seen: 'argoproj/argo-helm, tag argo-cd-10.1.1: charts/argo-cd',
    },
    'argo-rollouts': {
      repository: ARGO,
      chart: 'argo-rollouts',
      version: '2.41.0',
      appVersion: 'v1.9.0',
      kinds: ARGO_ROLLOUTS_KINDS,
      seen: 'argoproj/argo-helm, tag argo-rollouts-2.41.0: charts/argo-rollouts',
    },
    'aws-load-balancer-controller': {
      repository: 'https://aws.github.io/eks-charts',
      chart: 'aws-load-balancer-controller',
      version: '3.5.0',
      appVersion: 'v3.5.0',
      kinds: LOAD_BALANCER_KINDS,
      seen: 'aws/eks-charts, 2026-08-03: stable/aws-load-balancer-controller',
    },
    'cert-manager': {
      repository: 'https://charts.jetstack.io',
      chart: 'cert-manager',
      version: 'v1.21.1',
      appVersion: 'v1.21.1',
      kinds: CERT_MANAGER_KINDS,
      seen: 'cert-manager/cert-manager, tag v1.21.1: deploy/charts/cert-manager',
      unverified: 'the version in the repository is a placeholder; its release gives the chart the name of the tag',
    },
    'chaos-mesh': {
      repository: 'https://charts.chaos-mesh.org',
      chart: 'chaos-mesh',
      version: '2.8.3',
      appVersion: '2.8.3',
      kinds: CHAOS_MESH_KINDS,
      seen: 'chaos-mesh/chaos-mesh, tag v2.8.3: helm/chaos-mesh',
      unverified: 'versions in the repository are placeholders; its release gives the chart the name of the tag',
    },
    'cluster-autoscaler': {
      repository: AUTOSCALER,
      chart: 'cluster-autoscaler',
      version: '9.59.0',
      appVersion: '1.35.0',
      kinds: [],
      seen: 'kubernetes/autoscaler, tag cluster-autoscaler-chart-9.59.0 and index.yaml of its pages',
    },
    'eck-operator': elastic('eck-operator'),
    'eck-operator-crds': elastic('eck-operator-crds', '/charts/eck-operator-crds', ELASTIC_KINDS),
    'external-secrets': {
      repository: 'https://charts.external-secrets.io',
      chart: 'external-secrets',
      version: '2.9.0',
      appVersion: 'v2.9.0',
      kinds: EXTERNAL_SECRETS_KINDS,
      seen: 'external-secrets/external-secrets, tag helm-chart-2.9.0: deploy/charts/external-secrets, deploy/crds',
    },
    gatekeeper: {
      repository: 'https://open-policy-agent.github.io/gatekeeper/charts',
      chart: 'gatekeeper',
      version: '3.23.0',
      appVersion: 'v3.23.0',
      kinds: GATEKEEPER_KINDS,
      seen: 'open-policy-agent/gatekeeper, tag v3.23.0: charts/gatekeeper',
    },
    'fluent-bit': {
      repository: 'https://fluent.github.io/helm-charts',
      chart: 'fluent-bit',
      version: '0.58.1',
      appVersion: '5.1.1',
      kinds: [],
      seen: 'fluent/helm-charts, tag fluent-bit-0.58.1: charts/fluent-bit',
    },
    'istio-base': istio('base', 'base', ISTIO_KINDS),
    'istio-cni': istio('cni', 'istio-cni'),
    istiod: istio('istiod', 'istio-control/istio-discovery'),
    jaeger: {
      repository: 'https://jaegertracing.github.io/helm-charts',
      chart: 'jaeger',
      version: '4.11.1',
      appVersion: '2.19.0',
      kinds: [],
      seen: 'jaegertracing/helm-charts, tag jaeger-4.11.1: charts/jaeger',
    },
    karpenter: {
      repository: KARPENTER,
      chart: 'karpenter',
      version: '1.14.1',
      appVersion: '1.14.1',
      kinds: [],
      seen: 'aws/karpenter-provider-aws, 2026-08-21: charts/karpenter',
    },
    'karpenter-crd': {
      repository: KARPENTER,
      chart: 'karpenter-crd',
      version: '1.14.1',
      appVersion: '1.14.1',
      kinds: KARPENTER_KINDS,
      seen: 'aws/karpenter-provider-aws, 2026-08-21: charts/karpenter-crd',
    },
    keda: {
      repository: 'https://kedacore.github.io/charts',
      chart: 'keda',
      version: '2.20.2',
      appVersion: '2.20.2',
      kinds: KEDA_KINDS,
      seen: 'kedacore/charts, 2026-08-13, tag v2.20.2: keda',
    },
    'kube-prometheus-stack': {
      repository: PROMETHEUS,
      chart: 'kube-prometheus-stack',
      version: '88.5.3',
      appVersion: 'v0.93.1',
      // Its kinds come with prometheus-operator-crds, so that other charts can use them before the operator runs.
      kinds: [],
      seen: 'prometheus-community/helm-charts, 2026-08-22: charts/kube-prometheus-stack',
    },
    'prometheus-adapter': {
      repository: PROMETHEUS,
      chart: 'prometheus-adapter',
      version: '5.3.0',
      appVersion: 'v0.12.0',
      kinds: [],
      seen: 'prometheus-community/helm-charts, tag prometheus-adapter-5.3.0: charts/prometheus-adapter',
    },
    'prometheus-operator-crds': {
      repository: PROMETHEUS,
      chart: 'prometheus-operator-crds',
      version: '31.0.1',
      appVersion: 'v0.93.1',
      kinds: PROMETHEUS_KINDS,
      seen: 'prometheus-community/helm-charts, tag prometheus-operator-crds-31.0.1: charts/prometheus-operator-crds',
    },
    // Thanos has no chart of its own; that of Bitnami has lost its free images. This one is kept by a maintainer of Fluent Bit's.
    thanos: {
      repository: 'https://stevehipwell.github.io/helm-charts',
      chart: 'thanos',
      version: '1.24.1',
      appVersion: '0.42.4',
      kinds: [],
      seen: 'stevehipwell/helm-charts, tag thanos-1.24.1: charts/thanos',
    },
    velero: {
      repository: 'https://vmware-tanzu.github.io/helm-charts',
      chart: 'velero',
      version: '12.1.0',
      appVersion: '1.18.1',
      kinds: VELERO_KINDS,
      seen: 'vmware-tanzu/helm-charts, 2026-06-25: charts/velero',
    },
    // Of two kept charts (the other is Fairwinds' `vpa`, 5.0.0) the one of the project itself: released with the program,
    // in the hands of SIG Autoscaling, and its webhook takes a certificate of cert-manager instead of a Job with hooks.
    'vertical-pod-autoscaler': {
      repository: AUTOSCALER,
      chart: 'vertical-pod-autoscaler',
      version: '0.11.0',
      appVersion: '1.7.1',
      kinds: VERTICAL_AUTOSCALER_KINDS,
      seen: 'kubernetes/autoscaler, tag vertical-pod-autoscaler-chart-0.11.0 and index.yaml of its pages',
    },
    ztunnel: istio('ztunnel', 'ztunnel'),
  },
};
