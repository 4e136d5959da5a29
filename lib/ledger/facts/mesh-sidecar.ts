import { ISTIO_PROXY } from '../../catalog/addon-pods';
import type { Resources } from '../facts';
import { at, listAt, type Members, textMembersAt } from '../members';
import type { KubernetesObject } from '../source';
import { bytes, cpuMillis } from './amounts';

const MIB = 2 ** 20;

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
    cpuMillis: cpuMillis(annotations['sidecar.istio.io/proxyCPU']) ?? ISTIO_PROXY.facts.cpuMillis,
    memoryBytes: bytes(annotations['sidecar.istio.io/proxyMemory']) ?? ISTIO_PROXY.facts.memoryMib * MIB,
    ephemeralBytes: 0,
  };
}
