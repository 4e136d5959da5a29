import { CRITICAL, type HelmValues, resourceValues, spreadValues } from '../../../config/helm-values';
import { GATEKEEPER_NAMESPACE } from '../../../model';
import { Cpu, Memory } from '../../../units';
import { NAMESPACE_LABEL } from '../../labels';
import type { ClusterServicesPlan } from '../cluster-services-props';

/** Namespaces that no rule of ours may ever keep anybody from mending. */
const NEVER = ['kube-system', 'kube-node-lease', 'kube-public', GATEKEEPER_NAMESPACE];

/** What constraints are about: nothing else waits for the webhook. */
const REVIEWED = [
  { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'] },
  { apiGroups: ['networking.k8s.io'], resources: ['ingresses'] },
].map((rule) => ({ ...rule, apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], scope: 'Namespaced' }));

/** Three on purpose: each stage has the same, so that what holds in one holds in the other. */
const REPLICAS = 3;

const room = { cpu: Cpu.millis(100), memory: Memory.mib(256), memoryLimit: Memory.mib(512) };

/**
 * Compares objects with one another. It changes none, and while it is down everything passes: also changes of namespaces,
 * which the chart would otherwise hold back. What passed is found by its audit.
 */
export const gatekeeperValues = ({ argocdNamespace }: ClusterServicesPlan): HelmValues => ({
  replicas: REPLICAS,
  disableMutation: true,
  validatingWebhookFailurePolicy: 'Ignore',
  validatingWebhookCheckIgnoreFailurePolicy: 'Ignore',
  validatingWebhookTimeoutSeconds: 3,
  validatingWebhookExemptNamespacesLabels: { [NAMESPACE_LABEL]: [...NEVER, argocdNamespace] },
  validatingWebhookCustomRules: REVIEWED,
  enableExternalData: false,
  enableGeneratorResourceExpansion: false,
  controllerManager: {
    priorityClassName: CRITICAL,
    exemptNamespaces: [...NEVER, argocdNamespace],
    resources: resourceValues(room),
    topologySpreadConstraints: spreadValues({ 'gatekeeper.sh/operation': 'webhook' }),
  },
  audit: { priorityClassName: CRITICAL, resources: resourceValues(room) },
  pdb: { controllerManager: { minAvailable: 2 } },
  // Definitions are applied, and namespaces labelled, by Argo CD: no Job of the chart has to.
  upgradeCRDs: { enabled: false },
  postInstall: { labelNamespace: { enabled: false }, probeWebhook: { enabled: false } },
});

/** Gatekeeper draws its own certificate, and keeps it where the chart has left room for it. */
export const GATEKEEPER_DIFFERENCES = [
  {
    group: 'admissionregistration.k8s.io',
    kind: 'ValidatingWebhookConfiguration',
    jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
  },
  { group: '', kind: 'Secret', jqPathExpressions: ['.data'] },
];
