import {
  CRITICAL,
  type HelmValues,
  RESTRICTED_CONTAINER,
  RESTRICTED_POD,
  resourceValues,
} from '../../../config/helm-values';
import { OBSERVABILITY_NAMESPACES } from '../../../model';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

/**
 * The operator of Elasticsearch, for the namespace of logs and no other. Its definitions are a chart of their own, so that they
 * stand before anything of their kind. Its webhook would only say earlier what the operator says itself.
 */
export const elasticOperatorValues = ({ replicas }: ClusterServicesPlan): HelmValues => ({
  installCRDs: false,
  managedNamespaces: [OBSERVABILITY_NAMESPACES.logs],
  replicaCount: replicas,
  podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
  priorityClassName: CRITICAL,
  podSecurityContext: RESTRICTED_POD,
  securityContext: RESTRICTED_CONTAINER,
  webhook: { enabled: false },
  telemetry: { disabled: true },
  config: { elasticsearchObservationInterval: '30s' },
  resources: resourceValues({ cpu: Cpu.millis(50), memory: Memory.mib(256), memoryLimit: Memory.mib(512) }),
});
