import type { ChartName } from '../../catalog/helm-chart';
import {
  ARGO_ROLLOUTS,
  CHAOS_MESH_NAMESPACE,
  CLUSTER_AUTOSCALER,
  EXTERNAL_SECRETS,
  GATEKEEPER_NAMESPACE,
  LOAD_BALANCER_CONTROLLER,
  MONITORING_NAMESPACE,
} from '../../model';
import { KARPENTER } from '../../model/capacity/karpenter';
import { VELERO } from '../../model/recovery/velero';
import type { ClusterServicesPlan } from './cluster-services-props';
import { OBSERVABILITY_CHARTS } from './observability-charts';
import type { Service } from './service';
import { argoRolloutsValues } from './values/argo-rollouts';
import { certManagerValues } from './values/cert-manager';
import { CHAOS_MESH_DIFFERENCES, chaosMeshValues } from './values/chaos-mesh';
import { clusterAutoscalerValues } from './values/cluster-autoscaler';
import { externalSecretsValues } from './values/external-secrets';
import { GATEKEEPER_DIFFERENCES, gatekeeperValues } from './values/gatekeeper';
import { istioBaseValues, istioCniValues, istiodValues, ztunnelValues } from './values/istio';
import { karpenterValues } from './values/karpenter';
import { kedaValues } from './values/keda';
import { loadBalancerControllerValues } from './values/load-balancer-controller';
import { monitoringValues } from './values/monitoring';
import { prometheusAdapterValues } from './values/prometheus-adapter';
import { veleroValues } from './values/velero';
import { verticalPodAutoscalerValues } from './values/vertical-pod-autoscaler';

/** Charts that Argo CD installs. */
type ServiceName = Exclude<ChartName, 'argo-cd'>;

const KUBE_SYSTEM = 'kube-system';
const ISTIO_SYSTEM = 'istio-system';

/** Webhooks of a new cluster need these before any of them can be called. */
const CERTIFICATES = ['cert-manager.io/Certificate', 'cert-manager.io/Issuer'];
const MONITORS = ['Prometheus', 'ServiceMonitor'].map((kind) => `monitoring.coreos.com/${kind}`);

/** istiod writes its authority into its webhooks, and makes them strict once it answers. */
const ISTIO_WEBHOOKS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].map((kind) => ({
  group: 'admissionregistration.k8s.io',
  kind,
  jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle', '.webhooks[]?.failurePolicy'],
}));

const hasMesh = ({ mesh }: ClusterServicesPlan): boolean => mesh === 'istio';
const isAmbient = (plan: ClusterServicesPlan): boolean => hasMesh(plan) && plan.meshMode === 'ambient';
const hasKarpenter = ({ nodeAutoscaler }: ClusterServicesPlan): boolean => nodeAutoscaler === 'karpenter';

/**
 * What stands before the workloads. metrics-server and the EBS driver are missing on purpose: EKS installs them as add-ons,
 * with the cluster. Argo CD is Terraform's.
 */
const SERVICES: Readonly<Record<ServiceName, Service>> = {
  ...OBSERVABILITY_CHARTS,
  'prometheus-operator-crds': { layer: '00-crds', wave: 0, namespace: MONITORING_NAMESPACE, values: () => ({}) },
  'istio-base': {
    layer: '00-crds',
    wave: 0,
    namespace: ISTIO_SYSTEM,
    when: hasMesh,
    ignoreDifferences: ISTIO_WEBHOOKS,
    values: istioBaseValues,
  },
  'karpenter-crd': { layer: '00-crds', wave: 0, namespace: KUBE_SYSTEM, when: hasKarpenter, values: () => ({}) },
  // A template makes the kind of its constraints, and stands in the layer between: so this comes before both.
  gatekeeper: {
    layer: '00-crds',
    wave: 0,
    namespace: GATEKEEPER_NAMESPACE,
    when: ({ constraints }) => constraints,
    ignoreDifferences: GATEKEEPER_DIFFERENCES,
    values: gatekeeperValues,
  },
  'cert-manager': { layer: '10-controllers', wave: 0, namespace: 'cert-manager', values: certManagerValues },
  'cluster-autoscaler': {
    layer: '10-controllers',
    wave: 0,
    ...CLUSTER_AUTOSCALER,
    when: ({ nodeAutoscaler }) => nodeAutoscaler === 'cluster-autoscaler',
    values: clusterAutoscalerValues,
  },
  karpenter: {
    layer: '10-controllers',
    wave: 0,
    ...KARPENTER,
    when: hasKarpenter,
    values: karpenterValues,
  },
  'external-secrets': { layer: '10-controllers', wave: 0, ...EXTERNAL_SECRETS, values: externalSecretsValues },
  'argo-rollouts': { layer: '10-controllers', wave: 0, ...ARGO_ROLLOUTS, values: argoRolloutsValues },
  'kube-prometheus-stack': {
    layer: '10-controllers',
    wave: 0,
    namespace: MONITORING_NAMESPACE,
    uses: MONITORS,
    values: monitoringValues,
  },
  istiod: {
    layer: '10-controllers',
    wave: 0,
    namespace: ISTIO_SYSTEM,
    when: hasMesh,
    ignoreDifferences: ISTIO_WEBHOOKS,
    values: istiodValues,
  },
  'istio-cni': { layer: '10-controllers', wave: 1, namespace: ISTIO_SYSTEM, when: hasMesh, values: istioCniValues },
  ztunnel: { layer: '10-controllers', wave: 2, namespace: ISTIO_SYSTEM, when: isAmbient, values: ztunnelValues },
  'aws-load-balancer-controller': {
    layer: '10-controllers',
    wave: 1,
    ...LOAD_BALANCER_CONTROLLER,
    uses: CERTIFICATES,
    values: loadBalancerControllerValues,
  },
  'vertical-pod-autoscaler': {
    layer: '10-controllers',
    wave: 1,
    namespace: KUBE_SYSTEM,
    uses: CERTIFICATES,
    values: verticalPodAutoscalerValues,
  },
  velero: {
    layer: '10-controllers',
    wave: 0,
    ...VELERO,
    when: ({ velero }) => velero !== undefined,
    values: veleroValues,
  },
  'chaos-mesh': {
    layer: '10-controllers',
    wave: 1,
    namespace: CHAOS_MESH_NAMESPACE,
    when: ({ chaos }) => chaos,
    uses: CERTIFICATES,
    ignoreDifferences: CHAOS_MESH_DIFFERENCES,
    values: chaosMeshValues,
  },
  keda: {
    layer: '10-controllers',
    wave: 1,
    namespace: 'keda',
    when: ({ externalMetrics }) => externalMetrics === 'keda',
    registers: () => ['v1beta1.external.metrics.k8s.io'],
    values: kedaValues,
  },
  // After the rules, which stand in the same layer without a wave of their own, and after Prometheus.
  'prometheus-adapter': {
    layer: '10-controllers',
    wave: 1,
    namespace: MONITORING_NAMESPACE,
    when: ({ adapter }) => adapter.rules.length + adapter.externalRules.length > 0,
    registers: ({ adapter }) => (adapter.rules.length > 0 ? ['v1beta1.custom.metrics.k8s.io'] : []),
    values: prometheusAdapterValues,
  },
};

/** Those that a cluster gets. */
export const servicesOf = (plan: ClusterServicesPlan): { readonly name: ServiceName; readonly service: Service }[] =>
  Object.entries<Service>(SERVICES)
    .filter(([, { when }]) => when === undefined || when(plan))
    .map(([name, service]) => ({ name: name as ServiceName, service }));
