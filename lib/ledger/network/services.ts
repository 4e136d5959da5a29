import type { Facts, Workload } from '../facts';
import { groupOf } from '../facts/view';
import { at, listAt, numberAt, textAt } from '../members';
import { onceFor } from '../once-for';
import { isSameNamespace, podsBehind } from '../rules/behind';
import type { KubernetesObject } from '../source';

/** A port of pods: a number, and what a policy may call it. */
export interface PodPort {
  readonly workload: Workload;
  readonly port: number;
  readonly protocol: string;
}

/** A Service that a host names, with one of its pods where the host does. */
export interface NamedService {
  readonly service: KubernetesObject;
  readonly pod: string | undefined;
}

/** Services by name, and the pods behind them. */
export interface Services {
  readonly all: readonly KubernetesObject[];
  readonly named: (name: string, namespace: string | undefined) => KubernetesObject | undefined;
  /** The Service that a host names, as a pod of a namespace resolves it. */
  readonly resolve: (host: string, from: string | undefined) => NamedService | undefined;
  readonly behind: (service: KubernetesObject) => readonly Workload[];
  /** Ports of pods that a port of a Service leads to; none where it has no such port, or pods that are not known. */
  readonly podPorts: (named: NamedService, port: number | undefined) => readonly PodPort[];
}

export const servicesOf = onceFor(readServices);

function readServices(facts: Facts): Services {
  const all = facts.objects.filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1');
  const byName = new Map<string, KubernetesObject[]>();
  for (const service of all) byName.set(service.name, [...(byName.get(service.name) ?? []), service]);
  let find: ReturnType<typeof podsBehind> | undefined;
  const behind = (service: KubernetesObject): readonly Workload[] => {
    find ??= podsBehind(facts);
    return find(service);
  };
  const named = (name: string, namespace: string | undefined): KubernetesObject | undefined => {
    const same = byName.get(name) ?? [];
    return (
      same.find((one) => one.namespace === namespace) ?? same.find((one) => isSameNamespace(one.namespace, namespace))
    );
  };
  const resolve = (host: string, from: string | undefined): NamedService | undefined => {
    const short = host
      .toLowerCase()
      .replace(/\.$/, '')
      .replace(/\.svc(\.cluster\.local)?$/, '');
    const labels = short.split('.');
    const [first = '', second, third] = labels;
    if (labels.length === 1) return whole(named(first, from));
    if (labels.length > 3 || byName.size === 0) return undefined;
    if (labels.length === 2) {
      const service = whole(exactly(first, second));
      // without `svc` two labels may also be a pod of a headless Service
      return service ?? (short === host ? ofPod(named(second ?? '', from), first) : undefined);
    }
    return ofPod(exactly(second ?? '', third), first);
  };
  const exactly = (name: string, namespace: string | undefined): KubernetesObject | undefined =>
    (byName.get(name) ?? []).find((one) => one.namespace === undefined || one.namespace === namespace);
  return { all, named, resolve, behind, podPorts: (to, port) => podPorts(to, port, behind(to.service)) };
}

const whole = (service: KubernetesObject | undefined): NamedService | undefined =>
  service && { service, pod: undefined };

const ofPod = (service: KubernetesObject | undefined, pod: string): NamedService | undefined =>
  service && isHeadless(service) ? { service, pod } : undefined;

export const isHeadless = ({ value }: KubernetesObject): boolean => textAt(value, 'spec', 'clusterIP') === 'None';

function podPorts(
  { service, pod }: NamedService,
  port: number | undefined,
  pods: readonly Workload[],
): readonly PodPort[] {
  const workloads =
    pod === undefined ? pods : pods.filter(({ kind, name }) => kind !== 'StatefulSet' || pod.startsWith(`${name}-`));
  const written = listAt(service.value, 'spec', 'ports');
  const [only, ...others] = written;
  const wanted =
    port === undefined && others.length === 0 ? only : written.find((one) => numberAt(one, 'port') === port);
  if (isHeadless(service) && port !== undefined)
    return workloads.map((workload) => ({ workload, port, protocol: textAt(wanted, 'protocol') ?? 'TCP' }));
  if (wanted === undefined) return [];
  return workloads.flatMap((workload) => {
    const target = at(wanted, 'targetPort') ?? at(wanted, 'port');
    const number =
      typeof target === 'string' ? (numberAt(target) ?? containerPort(workload, target)) : numberAt(target);
    return number === undefined ? [] : [{ workload, port: number, protocol: textAt(wanted, 'protocol') ?? 'TCP' }];
  });
}

/** Number of a port that containers call by a name. */
export function containerPort({ pod }: Workload, name: string): number | undefined {
  const containers = [...listAt(pod, 'containers'), ...listAt(pod, 'initContainers')];
  const found = containers
    .flatMap((container) => listAt(container, 'ports'))
    .find((port) => textAt(port, 'name') === name);
  return numberAt(found, 'containerPort');
}

/** Objects of one kind and group. */
export const ofKind = ({ objects }: Facts, kind: string, group: RegExp): KubernetesObject[] =>
  objects.filter((object) => object.kind === kind && group.test(groupOf(object.apiVersion)));
