import type { Rule } from './hardening-pods';
import { isEmptySelector, podPorts, type Surroundings, selects } from './hardening-selection';
import type { Manifest } from './manifests';

type Backend = { readonly name: string; readonly port: Manifest };

const backends = ({ spec: { defaultBackend, rules = [] } }: Manifest): Backend[] =>
  [defaultBackend, ...rules.flatMap(({ http }: Manifest) => (http?.paths ?? []).map((path: Manifest) => path.backend))]
    .filter((backend) => backend?.service !== undefined)
    .map(({ service }) => ({ name: service.name, port: service.port?.name ?? service.port?.number }));

const isListedPort = (wanted: Manifest, { spec }: Manifest): boolean =>
  // `use-annotation` is not a port: the load balancer controller reads an action of that name
  wanted === 'use-annotation' || spec.ports.some(({ name, port }: Manifest) => name === wanted || port === wanted);

/** Peers that are pods of the policy's own namespace. */
const ownPeers = ({ spec: { ingress = [], egress = [] } }: Manifest): Manifest[] =>
  [...ingress.flatMap(({ from = [] }: Manifest) => from), ...egress.flatMap(({ to = [] }: Manifest) => to)]
    .filter(({ podSelector, namespaceSelector }) => podSelector !== undefined && namespaceSelector === undefined)
    .map(({ podSelector }) => podSelector);

/** Rules about who reaches whom, by kind. */
export function networks(around: Surroundings): Readonly<Record<string, readonly Rule[]>> {
  const targets = (service: Manifest) =>
    service.spec.selector === undefined ? [] : around.selected(service, { matchLabels: service.spec.selector });
  const followed = (monitor: Manifest, kind: string) => {
    const { any, matchNames } = monitor.spec.namespaceSelector ?? {};
    const there = matchNames ?? [monitor.metadata.namespace];
    return around.all(kind).filter(({ metadata }) => any || there.includes(metadata.namespace));
  };
  return {
    Service: [
      ['exposed-services', ({ spec }) => !['NodePort', 'LoadBalancer'].includes(spec.type)],
      ['dangling-service', (service) => service.spec.selector === undefined || targets(service).length > 0],
      [
        'service-targets-declared-port',
        (service) =>
          targets(service).every((workload) =>
            service.spec.ports.every(({ port, targetPort = port }: Manifest) =>
              podPorts(workload).some(({ name, containerPort }) => name === targetPort || containerPort === targetPort),
            ),
          ),
      ],
    ],
    Ingress: [
      [
        'dangling-ingress',
        (ingress) =>
          backends(ingress).every(({ name, port }) =>
            around
              .near(ingress, 'Service')
              .some((service) => service.metadata.name === name && isListedPort(port, service)),
          ),
      ],
    ],
    NetworkPolicy: [
      [
        'dangling-networkpolicy',
        (policy) =>
          isEmptySelector(policy.spec.podSelector) || around.selected(policy, policy.spec.podSelector).length > 0,
      ],
      [
        'dangling-networkpolicypeer-podselector',
        (policy) => ownPeers(policy).every((peer) => around.selected(policy, peer).length > 0),
      ],
    ],
    ServiceMonitor: [
      [
        'dangling-servicemonitor',
        (monitor) =>
          followed(monitor, 'Service').some(({ metadata }) => selects(monitor.spec.selector, metadata.labels)),
      ],
    ],
  };
}
