import {
  CRITICAL,
  type HelmValues,
  RESTRICTED_CONTAINER,
  RESTRICTED_POD,
  resourceValues,
} from '../../../config/helm-values';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

/**
 * Recommender, updater and webhook. The webhook sees each pod that is made, so that it must never stand in the way: without
 * an answer in time the pod keeps its declared requests. Its certificate comes from cert-manager.
 */
export const verticalPodAutoscalerValues = ({ replicas }: ClusterServicesPlan): HelmValues => {
  const common = {
    replicas,
    priorityClassName: CRITICAL,
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
  };
  return {
    podSecurityContext: { ...RESTRICTED_POD, runAsUser: 65_534 },
    containerSecurityContext: RESTRICTED_CONTAINER,
    recommender: {
      ...common,
      resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(512), memoryLimit: Memory.gib(1) }),
    },
    updater: {
      ...common,
      resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(256), memoryLimit: Memory.mib(512) }),
    },
    admissionController: {
      ...common,
      resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(256), memoryLimit: Memory.mib(512) }),
      certGen: { enabled: false },
      certManager: { enabled: true, createSelfSignedIssuer: { enabled: true } },
      mutatingWebhookConfiguration: { failurePolicy: 'Ignore', timeoutSeconds: 5 },
    },
  };
};
