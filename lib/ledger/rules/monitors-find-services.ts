import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { listAt, textAt } from '../members';
import { madeElsewhere } from '../network/elsewhere';
import { byOwnLabels, isLookedAt, monitoredPods, monitoredServices } from '../network/monitors';
import { ByLabel } from '../network/selectors';
import { containerPort, ofKind, servicesOf } from '../network/services';
import type { Rule, Verdict } from '../rule';
import { type KubernetesObject, objectName } from '../source';
import { unknown } from './compared';

const GROUP = /^monitoring\.coreos\.com$/;

/** A monitor that finds nothing fetches nothing, and its alerts stay silent. */
export const monitorsFindServices: Rule = {
  id: 'monitors-find-services',
  severity: 'warning',
  protects: 'metrics that nobody fetches: alerts on them never fire, and what scales by them stands still',
  formula:
    'each ServiceMonitor selects a Service that has every port it names; each PodMonitor selects pods that have them',
  source: 'prometheus-operator, API reference of ServiceMonitor and PodMonitor',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const [ofServices, ofPods] = [ofKind(facts, 'ServiceMonitor', GROUP), ofKind(facts, 'PodMonitor', GROUP)];
    if (ofServices.length + ofPods.length === 0) return [];
    const elsewhere = madeElsewhere(facts);
    const services = byOwnLabels(servicesOf(facts).all);
    const pods = new ByLabel(facts.workloads, ({ shape }) => shape.labels);
    return [
      ...ofServices.map((monitor) => {
        const found = monitoredServices(monitor, services);
        const has = (port: string) =>
          found.some(({ value }) => listAt(value, 'spec', 'ports').some((one) => textAt(one, 'name') === port));
        return verdictOn(facts, monitor, 'Service', found.length, has, elsewhere);
      }),
      ...ofPods.map((monitor) => {
        const found = monitoredPods(monitor, pods);
        const has = (port: string) => found.some((workload) => containerPort(workload, port) !== undefined);
        return verdictOn(facts, monitor, 'pods', found.length, has, elsewhere);
      }),
    ];
  },
};

function verdictOn(
  { workloads }: Facts,
  monitor: KubernetesObject,
  what: string,
  found: number,
  has: (port: string) => boolean,
  elsewhere: ReturnType<typeof madeElsewhere>,
): Verdict {
  const subject = objectName(monitor);
  const list = monitor.kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints';
  const ports = listAt(monitor.value, 'spec', list).flatMap((endpoint) => textAt(endpoint, 'port') ?? []);
  const lost = ports.filter((port) => !has(port));
  const [first] = lost;
  const evidence = [evidenceIn(monitor, found === 0 ? '/spec/selector' : `/spec/${list}`)];
  if (found > 0 && first === undefined)
    return {
      outcome: 'holds',
      subject,
      evidence,
      arithmetic: `it finds ${found === 1 ? 'one' : found} of ${what}, with every port`,
    };
  const looked = [...new Set([monitor.namespace, ...workloads.map(({ namespace }) => namespace)])].filter((namespace) =>
    isLookedAt(monitor, namespace),
  );
  const maker = found === 0 ? looked.map(elsewhere).find((one) => one !== undefined) : undefined;
  if (maker !== undefined) return unknown(subject, maker);
  if (found === 0 && !workloads.some(({ namespace }) => isLookedAt(monitor, namespace)))
    return unknown(subject, 'manifests of the namespaces that it looks at');
  return {
    outcome: 'broken',
    subject,
    evidence,
    arithmetic:
      found === 0
        ? `it selects no ${what} of what was read`
        : `no ${what} that it selects has a port named ${lost.join(', ')}`,
    remedy:
      found === 0
        ? `select labels that the ${what === 'pods' ? 'pods have' : 'Service has (its own, not those of its pods)'}`
        : `name a port that there is, or add ${first}`,
  };
}
