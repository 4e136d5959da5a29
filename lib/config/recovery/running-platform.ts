import type { RecoveryRunbookProps } from './recovery-runbook-props';

/** Asked of the cluster that serves, and of the address that users ask. */
export const working = ({ host, path = '/', namespace }: RecoveryRunbookProps): readonly string[] => [
  `kubectl --namespace ${namespace} wait pods --all --for=condition=Ready --timeout=15m`,
  `curl --fail --silent --show-error https://${host}${path}`,
];

/** Argo CD would start again what is stopped. */
export const stopped = ({ namespace }: RecoveryRunbookProps): readonly string[] => [
  'kubectl --namespace argocd scale statefulset argocd-application-controller --replicas=0',
  `kubectl --namespace ${namespace} scale deployments --all --replicas=0`,
  `kubectl --namespace ${namespace} scale rollouts.argoproj.io --all --replicas=0`,
];
