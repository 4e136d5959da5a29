import type { IgnoredDifference } from '../gitops/service-application';

const annotated = (prefix: string): string =>
  `.metadata.annotations[(.metadata.annotations // {} | keys[] | select(startswith("${prefix}")))]`;

/**
 * What the controllers of a release write to objects that are declared here. Argo CD must ignore it, also when it syncs
 * (`RespectIgnoreDifferences=true`): else a sync in the middle of a release sends all users back to the old version for as
 * long as the controller takes to notice. Source: argo-rollouts docs/features/traffic-management/istio.md (2026-08).
 */
export const ROLLOUT_IGNORED_DIFFERENCES: readonly IgnoredDifference[] = [
  { group: 'argoproj.io', kind: 'Rollout', jqPathExpressions: ['.spec.replicas', '.spec.restartAt'] },
  { group: '', kind: 'Service', jqPathExpressions: ['.spec.selector["rollouts-pod-template-hash"]'] },
  { group: 'networking.istio.io', kind: 'VirtualService', jqPathExpressions: ['.spec.http[].route[].weight'] },
  {
    group: 'networking.k8s.io',
    kind: 'Ingress',
    jqPathExpressions: [
      annotated('alb.ingress.kubernetes.io/actions.'),
      '.metadata.annotations["rollouts.argoproj.io/managed-alb-actions"]',
    ],
  },
];
