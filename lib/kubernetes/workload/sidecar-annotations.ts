import { yamlText } from '../../config/yaml-text';
import { sidecarPlan } from '../../model/mesh/sidecar';
import { POD_IDENTITY } from '../cluster/network-peers';
import type { Labels } from '../labels';
import type { MeshPodPlan, MeshPodProps } from './mesh-pod';

/**
 * What the injected sidecar is told. Probes need nothing: Istio sends those of the program through the sidecar's agent,
 * and the kubelet reaches pods of its node whatever their network policy, on 15020 and 15021 too. Metrics of Envoy are
 * on 15020 with those of the program, so that 15090 stays closed.
 *
 * AWS credentials are a request to the node, which is outside every mesh. A sidecar that is an init container (Istio's
 * choice from Kubernetes 1.33 on) starts before the program and ends after it by itself, and passes `shutdown` over.
 */
export function meshAnnotations(plan: MeshPodPlan): Readonly<Record<string, string>> {
  if (plan.mesh !== 'sidecar') return {};
  return {
    ...sidecarAnnotations(plan),
    'proxy.istio.io/config': yamlText(lifecycle(plan)),
    'traffic.sidecar.istio.io/excludeOutboundIPRanges': POD_IDENTITY.cidr,
    ...portList('excludeOutboundPorts', plan.bypassMesh),
    ...portList('excludeInboundPorts', plan.plainInbound),
  };
}

/** Requests and limits of the sidecar of a pod, whichever kind of pod it is. */
export function sidecarAnnotations(plan: MeshPodProps): Labels {
  if (plan.mesh !== 'sidecar') return {};
  const { requests, limits } = sidecarPlan(plan.sidecar);
  return {
    'sidecar.istio.io/proxyCPU': requests.cpu.toString(),
    'sidecar.istio.io/proxyCPULimit': limits.cpu.toString(),
    'sidecar.istio.io/proxyMemory': requests.memory.toString(),
    'sidecar.istio.io/proxyMemoryLimit': limits.memory.toString(),
  };
}

/** Ports in order, as the annotation of that name wants them; no annotation for none. */
const portList = (name: string, ports: readonly number[] = []): Labels =>
  ports.length === 0 ? {} : { [`traffic.sidecar.istio.io/${name}`]: [...ports].sort((a, b) => a - b).join(',') };

/**
 * Start and end of a sidecar that is a container beside the program: the program waits for it, and it stays for as long
 * as requests arrive (`deregisterWithin`) and then until the last connection is closed.
 */
const lifecycle = ({ deregisterWithin, drainFor }: MeshPodPlan) => ({
  holdApplicationUntilProxyStarts: true,
  drainDuration: `${deregisterWithin.plus(drainFor).toSeconds()}s`,
  proxyMetadata: {
    EXIT_ON_ZERO_ACTIVE_CONNECTIONS: 'true',
    MINIMUM_DRAIN_DURATION: `${deregisterWithin.toSeconds()}s`,
  },
});
