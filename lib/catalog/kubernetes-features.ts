import type { Dated } from './dated';

/** Fields that we emit only where the API server has them on by default. */
export type KubernetesFeature =
  | 'pod-affinity-match-label-keys'
  | 'pod-apparmor-field'
  | 'prestop-sleep'
  | 'service-traffic-distribution'
  | 'hpa-tolerance'
  | 'native-sidecars'
  | 'statefulset-max-unavailable'
  | 'validating-admission-policy'
  | 'vpa-in-place';

/** First Kubernetes minor in which each is usable without a feature gate. */
export const KUBERNETES_FEATURES: Dated<Readonly<Record<KubernetesFeature, string>>> = {
  asOf: '2026-07-24',
  source:
    'kubernetes/enhancements: KEP 24, 753, 961, 1287, 3488, 3633, 3960, 4444, 4951 (kep.yaml); kubernetes pkg/features/kube_features.go; ' +
    'kubernetes/autoscaler vertical-pod-autoscaler/docs/features.md',
  facts: {
    'pod-affinity-match-label-keys': '1.31',
    'pod-apparmor-field': '1.30',
    'prestop-sleep': '1.30',
    'service-traffic-distribution': '1.31',
    'hpa-tolerance': '1.35',
    'native-sidecars': '1.29',
    'statefulset-max-unavailable': '1.35',
    'validating-admission-policy': '1.30',
    'vpa-in-place': '1.33',
  },
};

const minorOf = (version: string): number => Number(version.split('.')[1]);

/** Whether a cluster of that version (`1.35`) knows the feature. */
export const hasFeature = (version: string, feature: KubernetesFeature): boolean =>
  minorOf(version) >= minorOf(KUBERNETES_FEATURES.facts[feature]);
