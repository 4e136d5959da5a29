import type { Dated } from './dated';

/** An API version that a Kubernetes minor stopped serving. */
export interface RemovedApi {
  /** `policy/v1beta1`. */
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** First minor without it: `1.25`. */
  readonly since: string;
  /** What to write instead; undefined where nothing took its place. */
  readonly instead?: string;
}

const removed = (since: string, apiVersion: string, instead: string | undefined, ...kinds: string[]): RemovedApi => ({
  apiVersion,
  kinds,
  since,
  ...(instead !== undefined && { instead }),
});

const WEBHOOKS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];
const ROLES = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];
const FLOWS = ['FlowSchema', 'PriorityLevelConfiguration'];

/** Everything that the guide lists. It lists nothing for the minors between, and nothing after 1.32. */
export const REMOVED_APIS: Dated<readonly RemovedApi[]> = {
  asOf: '2026-11-21',
  source: 'kubernetes.io/docs/reference/using-api/deprecation-guide, "Removed APIs by release"',
  facts: [
    removed('1.16', 'extensions/v1beta1', 'networking.k8s.io/v1', 'NetworkPolicy'),
    removed('1.16', 'extensions/v1beta1', undefined, 'PodSecurityPolicy'),
    removed('1.16', 'extensions/v1beta1', 'apps/v1', 'DaemonSet', 'Deployment', 'ReplicaSet'),
    removed('1.16', 'apps/v1beta1', 'apps/v1', 'Deployment', 'ReplicaSet', 'StatefulSet'),
    removed('1.16', 'apps/v1beta2', 'apps/v1', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'),
    removed('1.22', 'admissionregistration.k8s.io/v1beta1', 'admissionregistration.k8s.io/v1', ...WEBHOOKS),
    removed('1.22', 'apiextensions.k8s.io/v1beta1', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
    removed('1.22', 'apiregistration.k8s.io/v1beta1', 'apiregistration.k8s.io/v1', 'APIService'),
    removed('1.22', 'authentication.k8s.io/v1beta1', 'authentication.k8s.io/v1', 'TokenReview'),
    removed(
      '1.22',
      'authorization.k8s.io/v1beta1',
      'authorization.k8s.io/v1',
      'LocalSubjectAccessReview',
      'SelfSubjectAccessReview',
      'SelfSubjectRulesReview',
      'SubjectAccessReview',
    ),
    removed('1.22', 'certificates.k8s.io/v1beta1', 'certificates.k8s.io/v1', 'CertificateSigningRequest'),
    removed('1.22', 'coordination.k8s.io/v1beta1', 'coordination.k8s.io/v1', 'Lease'),
    removed('1.22', 'extensions/v1beta1', 'networking.k8s.io/v1', 'Ingress'),
    removed('1.22', 'networking.k8s.io/v1beta1', 'networking.k8s.io/v1', 'Ingress', 'IngressClass'),
    removed('1.22', 'rbac.authorization.k8s.io/v1beta1', 'rbac.authorization.k8s.io/v1', ...ROLES),
    removed('1.22', 'scheduling.k8s.io/v1beta1', 'scheduling.k8s.io/v1', 'PriorityClass'),
    removed(
      '1.22',
      'storage.k8s.io/v1beta1',
      'storage.k8s.io/v1',
      'CSIDriver',
      'CSINode',
      'StorageClass',
      'VolumeAttachment',
    ),
    removed('1.25', 'autoscaling/v2beta1', 'autoscaling/v2', 'HorizontalPodAutoscaler'),
    removed('1.25', 'batch/v1beta1', 'batch/v1', 'CronJob'),
    removed('1.25', 'discovery.k8s.io/v1beta1', 'discovery.k8s.io/v1', 'EndpointSlice'),
    removed('1.25', 'events.k8s.io/v1beta1', 'events.k8s.io/v1', 'Event'),
    removed('1.25', 'node.k8s.io/v1beta1', 'node.k8s.io/v1', 'RuntimeClass'),
    removed('1.25', 'policy/v1beta1', 'policy/v1', 'PodDisruptionBudget'),
    removed('1.25', 'policy/v1beta1', undefined, 'PodSecurityPolicy'),
    removed('1.26', 'autoscaling/v2beta2', 'autoscaling/v2', 'HorizontalPodAutoscaler'),
    removed('1.26', 'flowcontrol.apiserver.k8s.io/v1beta1', 'flowcontrol.apiserver.k8s.io/v1', ...FLOWS),
    removed('1.27', 'storage.k8s.io/v1beta1', 'storage.k8s.io/v1', 'CSIStorageCapacity'),
    removed('1.29', 'flowcontrol.apiserver.k8s.io/v1beta2', 'flowcontrol.apiserver.k8s.io/v1', ...FLOWS),
    removed('1.32', 'flowcontrol.apiserver.k8s.io/v1beta3', 'flowcontrol.apiserver.k8s.io/v1', ...FLOWS),
  ],
};
