import { CRITICAL, type HelmValues, resourceValues, spreadValues } from '../../../config/helm-values';
import { EXTERNAL_SECRETS } from '../../../model';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

const labels = (name: string) => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': 'external-secrets',
});

/** Brings secrets of AWS into the cluster. It may not make tokens of other service accounts: its own has the rights. */
export function externalSecretsValues({ replicas }: ClusterServicesPlan): HelmValues {
  const common = {
    priorityClassName: CRITICAL,
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
  };
  return {
    ...common,
    installCRDs: true,
    replicaCount: replicas,
    leaderElect: replicas > 1,
    serviceAccount: { create: true, name: EXTERNAL_SECRETS.serviceAccount },
    rbac: { serviceAccountTokenCreate: false },
    resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(128), memoryLimit: Memory.mib(512) }),
    topologySpreadConstraints: spreadValues(labels('external-secrets')),
    webhook: {
      ...common,
      replicaCount: replicas,
      resources: resourceValues({ cpu: Cpu.millis(25), memory: Memory.mib(64), memoryLimit: Memory.mib(128) }),
      topologySpreadConstraints: spreadValues(labels('external-secrets-webhook')),
    },
    certController: {
      ...common,
      replicaCount: replicas,
      resources: resourceValues({ cpu: Cpu.millis(25), memory: Memory.mib(128), memoryLimit: Memory.mib(256) }),
      topologySpreadConstraints: spreadValues(labels('external-secrets-cert-controller')),
    },
  };
}
