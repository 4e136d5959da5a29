import { evidenceIn } from '../configured';
import type { Facts, Workload } from '../facts';
import { at, isMembers, isTrueAt, listAt, numberAt, pointerTo, textAt, textMembersAt, textsAt } from '../members';
import type { Json, KubernetesObject } from '../source';
import type { Connection, Source } from './connections';
import { ByLabel, podSelector } from './selectors';
import { containerPort, ofKind, type PodPort, type Services } from './services';

const GROUP = /^monitoring\.coreos\.com$/;

/** Where Prometheus goes to fetch metrics. Nobody is asked where it runs in a way that is not known. */
export function monitorConnections(facts: Facts, services: Services): Connection[] {
  const scrapers = scrapersOf(facts);
  if (scrapers.length === 0) return [];
  const labelled = byOwnLabels(services.all);
  const pods = new ByLabel(facts.workloads, ({ shape }) => shape.labels);
  return [
    ...ofKind(facts, 'ServiceMonitor', GROUP).flatMap((monitor) =>
      monitoredServices(monitor, labelled).flatMap((service) =>
        listAt(monitor.value, 'spec', 'endpoints').flatMap((endpoint, index) =>
          serviceDoors(endpoint, service, services).flatMap((to) => connected(monitor, index, 'endpoints', to)),
        ),
      ),
    ),
    ...ofKind(facts, 'PodMonitor', GROUP).flatMap((monitor) =>
      podDoors(monitor, pods).flatMap(({ index, to }) => connected(monitor, index, 'podMetricsEndpoints', to)),
    ),
  ];

  function connected(monitor: KubernetesObject, index: number, list: string, to: PodPort): Connection[] {
    const evidence = evidenceIn(monitor, pointerTo('spec', list, index));
    return scrapers.map((from) => ({ from, to, words: `${monitor.kind} ${monitor.name}`, evidence, byName: false }));
  }
}

/** Services by labels of their own, which are those that monitors select. */
export const byOwnLabels = (services: readonly KubernetesObject[]): ByLabel<KubernetesObject> =>
  new ByLabel(services, ({ value }) => textMembersAt(value, 'metadata', 'labels'));

/** Services that a monitor selects. */
export function monitoredServices(
  monitor: KubernetesObject,
  services: ByLabel<KubernetesObject>,
): readonly KubernetesObject[] {
  const selector = at(monitor.value, 'spec', 'selector');
  const selects = podSelector(selector);
  return services
    .near(selector)
    .filter(
      ({ namespace, value }) =>
        isLookedAt(monitor, namespace) && selects(textMembersAt(value, 'metadata', 'labels')) === 'yes',
    );
}

/** Workloads whose pods a PodMonitor selects. */
export function monitoredPods(monitor: KubernetesObject, workloads: ByLabel<Workload>): readonly Workload[] {
  const selector = at(monitor.value, 'spec', 'selector');
  const selects = podSelector(selector);
  return workloads
    .near(selector)
    .filter(({ namespace, shape }) => isLookedAt(monitor, namespace) && selects(shape.labels) === 'yes');
}

/** Namespaces that a monitor looks at: all, some by name, or its own. */
export function isLookedAt(monitor: KubernetesObject, namespace: string | undefined): boolean {
  const wanted = at(monitor.value, 'spec', 'namespaceSelector');
  if (isTrueAt(wanted, 'any')) return true;
  const names = textsAt(wanted, 'matchNames');
  const own = names.length === 0 && monitor.namespace !== undefined ? [monitor.namespace] : names;
  return namespace === undefined || own.length === 0 || own.includes(namespace);
}

function serviceDoors(endpoint: Json, service: KubernetesObject, services: Services): readonly PodPort[] {
  const name = textAt(endpoint, 'port');
  const written = listAt(service.value, 'spec', 'ports').find((port) => textAt(port, 'name') === name);
  if (name !== undefined)
    return services
      .podPorts({ service, pod: undefined }, numberAt(written, 'port') ?? 0)
      .filter(() => written !== undefined);
  const target = at(endpoint, 'targetPort');
  return services.behind(service).flatMap((workload) => {
    const port = typeof target === 'string' ? containerPort(workload, target) : numberAt(target);
    return port === undefined ? [] : [{ workload, port, protocol: 'TCP' }];
  });
}

function podDoors(
  monitor: KubernetesObject,
  pods: ByLabel<Workload>,
): { readonly index: number; readonly to: PodPort }[] {
  return monitoredPods(monitor, pods).flatMap((workload) =>
    listAt(monitor.value, 'spec', 'podMetricsEndpoints').flatMap((endpoint, index) => {
      const name = textAt(endpoint, 'port');
      const port = name === undefined ? numberAt(endpoint, 'portNumber') : containerPort(workload, name);
      return port === undefined ? [] : [{ index, to: { workload, port, protocol: 'TCP' } }];
    }),
  );
}

/** Pods of Prometheus: those that the operator makes of its objects, else workloads that say so. */
function scrapersOf({ objects, workloads }: Facts): Source[] {
  const made = objects
    .filter(({ kind, value }) => kind === 'Prometheus' && isMembers(at(value, 'spec')))
    .map(({ kind, namespace, name }): Source => {
      const labels = { 'app.kubernetes.io/name': 'prometheus', 'operator.prometheus.io/name': name, prometheus: name };
      const all = {
        ...labels,
        'app.kubernetes.io/instance': name,
        'app.kubernetes.io/managed-by': 'prometheus-operator',
      };
      return {
        id: `${kind} ${namespace ?? ''}/${name}`,
        workload: undefined,
        peers: [{ pods: true, namespace, labels: all }],
      };
    });
  if (made.length > 0) return made;
  return workloads
    .filter(({ shape }) => shape.labels['app.kubernetes.io/name'] === 'prometheus' && !shape.hostNetwork)
    .map((workload) => ({
      id: workload.id,
      workload,
      peers: [{ pods: true, namespace: workload.namespace, labels: workload.shape.labels }],
    }));
}
