import { type HelmValues, resourceValues } from '../../../config/helm-values';
import { KARPENTER } from '../../../model/capacity/karpenter';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

/** Its chart is hardened and spread by itself, away from the nodes that it makes. */
export const karpenterValues = ({ clusterName, replicas, interruptionQueue }: ClusterServicesPlan): HelmValues => ({
  replicas,
  serviceAccount: { create: true, name: KARPENTER.serviceAccount },
  settings: { clusterName, ...(interruptionQueue && { interruptionQueue }) },
  controller: { resources: resourceValues({ cpu: Cpu.millis(250), memory: Memory.gib(1) }) },
});
