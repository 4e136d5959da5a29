import type { Resources } from '../facts';
import { at, listAt, type Members, textMembersAt } from '../members';
import type { KubernetesObject } from '../source';
import { bytes, cpuMillis } from './amounts';

/** Requests of Istio's proxy where its chart's defaults stand. */
const ISTIO_PROXY: Resources = { cpuMillis: 100, memoryBytes: 128 * 1024 * 1024, ephemeralBytes: 0 };

/**
 * Requests of the proxy that Istio puts into a pod: by label of the pod, else by that of its namespace.
 * Undefined where none is put in, or where the pod has it already.
 */
export function meshSidecar(
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>>,
  namespace: KubernetesObject | undefined,
  pod: Members,
): Resources | undefined {
  const asked = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
  const ofNamespace = textMembersAt(namespace?.value, 'metadata', 'labels');
  const everywhere = ofNamespace['istio-injection'] === 'enabled' || ofNamespace['istio.io/rev'] !== undefined;
  const excluded =
    asked === 'false' || at(pod, 'hostNetwork') === true || ofNamespace['istio-injection'] === 'disabled';
  if (excluded || !(everywhere || asked === 'true')) return undefined;
  const present = [...listAt(pod, 'containers'), ...listAt(pod, 'initContainers')];
  if (present.some((container) => at(container, 'name') === 'istio-proxy')) return undefined;
  return {
    cpuMillis: cpuMillis(annotations['sidecar.istio.io/proxyCPU']) ?? ISTIO_PROXY.cpuMillis,
    memoryBytes: bytes(annotations['sidecar.istio.io/proxyMemory']) ?? ISTIO_PROXY.memoryBytes,
    ephemeralBytes: 0,
  };
}
