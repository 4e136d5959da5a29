import { ISTIO_PROXY } from '../../catalog/addon-pods';
import type { Resources } from '../facts';
import { at, listAt, type Members, textAt, textMembersAt } from '../members';
import type { KubernetesObject } from '../source';
import { bytes, cpuMillis, MIB } from './amounts';

/** What decides whether Istio puts its proxy into a pod. */
interface Injected {
  readonly labels: Members;
  readonly annotations: Members;
  readonly namespace: KubernetesObject | undefined;
  readonly pod: Members;
}

/** Whether Istio puts its proxy into a pod: by label of the pod, else by that of its namespace; not where it is already. */
export function takesMeshProxy({ labels, annotations, namespace, pod }: Injected): boolean {
  const asked = textAt(labels, 'sidecar.istio.io/inject') ?? textAt(annotations, 'sidecar.istio.io/inject');
  const ofNamespace = textMembersAt(namespace?.value, 'metadata', 'labels');
  const everywhere = ofNamespace['istio-injection'] === 'enabled' || ofNamespace['istio.io/rev'] !== undefined;
  const excluded =
    asked === 'false' || at(pod, 'hostNetwork') === true || ofNamespace['istio-injection'] === 'disabled';
  if (excluded || !(everywhere || asked === 'true')) return false;
  const present = [...listAt(pod, 'containers'), ...listAt(pod, 'initContainers')];
  return !present.some((container) => at(container, 'name') === 'istio-proxy');
}

/** Requests of the proxy that Istio puts into a pod; undefined where it puts in none. */
export function meshSidecar(injected: Injected): Resources | undefined {
  if (!takesMeshProxy(injected)) return undefined;
  const { annotations } = injected;
  return {
    cpuMillis: cpuMillis(annotations['sidecar.istio.io/proxyCPU']) ?? ISTIO_PROXY.facts.cpuMillis,
    memoryBytes: bytes(annotations['sidecar.istio.io/proxyMemory']) ?? ISTIO_PROXY.facts.memoryMib * MIB,
    ephemeralBytes: 0,
  };
}
