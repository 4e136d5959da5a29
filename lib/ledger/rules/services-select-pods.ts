import { evidenceIn } from '../configured';
import type { Facts, Workload } from '../facts';
import { at, listAt, numberAt, pointerTo, textAt, textMembersAt } from '../members';
import { madeElsewhere } from '../network/elsewhere';
import { type Missing, resolved } from '../network/missing';
import { containerPort, type Services, servicesOf } from '../network/services';
import type { Rule, Verdict } from '../rule';
import { type Json, type KubernetesObject, objectName } from '../source';

/** Jobs end, and serve nobody on the way. */
const PASSING: readonly Workload['kind'][] = ['Job', 'CronJob'];

/** A Service leads to pods, to the right ones, and to a port that they have. */
export const servicesSelectPods: Rule = {
  id: 'services-select-pods',
  severity: 'error',
  protects: 'a Service without endpoints refuses every connection; one that takes the pods of others too refuses some',
  formula:
    'each selector matches pods of a workload; a named target port is in one of them; no pods of a Job, or of a workload that lists other ports, are taken beside',
  source: 'Kubernetes, "Service": selectors, and port definitions by name',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const services = servicesOf(facts);
    const elsewhere = madeElsewhere(facts);
    const spaces = new Set(facts.workloads.map(({ namespace }) => namespace));
    return services.all.flatMap((service) => {
      if (textAt(service.value, 'spec', 'type') === 'ExternalName') return [];
      if (Object.keys(textMembersAt(service.value, 'spec', 'selector')).length === 0) return [];
      return verdictsOn(facts, service, services, (namespace) =>
        spaces.has(namespace)
          ? elsewhere(namespace)
          : (elsewhere(namespace) ?? `manifests of the pods of namespace ${namespace ?? 'default'}`),
      );
    });
  },
};

function verdictsOn(
  facts: Facts,
  service: KubernetesObject,
  services: Services,
  elsewhere: (namespace: string | undefined) => string | undefined,
): Verdict[] {
  const subject = objectName(service);
  const pods = services.behind(service);
  const evidence = evidenceIn(service, '/spec/selector');
  const missing: Missing[] =
    pods.length === 0
      ? [
          {
            subject,
            evidence,
            arithmetic: `no pods have the labels ${labelsOf(service)}${closest(facts, service)}`,
            remedy: 'correct its selector to the labels of the pods, or remove the Service',
            needs: elsewhere(service.namespace),
          },
        ]
      : listAt(service.value, 'spec', 'ports').flatMap((port, index) => portMissing(service, pods, port, index));
  return resolved(subject, missing, {
    evidence: [evidence],
    arithmetic: `it selects pods of ${pods.length > 2 ? `${pods.length} workloads` : pods.map(({ id }) => id).join(' and ')}`,
  });
}

const labelsOf = ({ value }: KubernetesObject): string =>
  Object.entries(textMembersAt(value, 'spec', 'selector'))
    .map((pair) => pair.join('='))
    .join(',');

/** A workload of the same namespace that has most of the labels. */
function closest({ workloads }: Facts, { value, namespace }: KubernetesObject): string {
  const wanted = Object.entries(textMembersAt(value, 'spec', 'selector'));
  const near = workloads
    .filter((workload) => workload.namespace === namespace)
    .map(({ id, shape }) => ({ id, lacks: wanted.filter(([key, label]) => shape.labels[key] !== label) }))
    .filter(({ lacks }) => lacks.length < wanted.length)
    .sort((one, other) => one.lacks.length - other.lacks.length)[0];
  return near === undefined ? '' : `; ${near.id} lacks ${near.lacks.map((pair) => pair.join('=')).join(',')}`;
}

function portMissing(service: KubernetesObject, pods: readonly Workload[], port: Json, index: number): Missing[] {
  const target = at(port, 'targetPort') ?? at(port, 'port');
  const said = (words: Pick<Missing, 'arithmetic' | 'remedy' | 'severity'>): Missing[] => [
    {
      subject: `${objectName(service)} port ${numberAt(port, 'port') ?? textAt(port, 'name') ?? index}`,
      evidence: evidenceIn(service, pointerTo('spec', 'ports', index)),
      ...words,
    },
  ];
  const ids = pods.map(({ id }) => id).join(', ');
  if (typeof target === 'string' && numberAt(target) === undefined) {
    if (pods.some((workload) => containerPort(workload, target) !== undefined)) return [];
    return said({
      arithmetic: `no container of ${ids} has a port named ${target}`,
      remedy: `name one of ${portNames(pods)}, or name a port ${target}`,
    });
  }
  const number = numberAt(target);
  if (number === undefined) return [];
  const listing = pods.map((workload) => ({ workload, ports: portsOf(workload) }));
  const [listens] = listing.filter(({ workload, ports }) => ports.includes(number) || isTold(workload, number));
  const strange = listing.filter(
    ({ workload, ports }) =>
      !ports.includes(number) &&
      !isTold(workload, number) &&
      (ports.length > 0 || PASSING.includes(workload.kind)) &&
      listens !== undefined,
  );
  const [other] = strange;
  if (other !== undefined && listens !== undefined)
    return said({
      arithmetic: `it takes pods of ${other.workload.id} too, which do not listen on ${number} as those of ${listens.workload.id} do`,
      remedy: `select a label that only ${listens.workload.id} has`,
      severity: 'warning',
    });
  if (listens !== undefined || !listing.every(({ ports }) => ports.length > 0)) return [];
  return said({
    arithmetic: `it leads to port ${number}, and containers of ${ids} list ${[...new Set(listing.flatMap(({ ports }) => ports))].join(', ')}`,
    remedy: `lead to a port that is listed, or list ${number}`,
    severity: 'warning',
  });
}

const written = ({ pod }: Workload): readonly Json[] =>
  [...listAt(pod, 'containers'), ...listAt(pod, 'initContainers')].flatMap((container) => listAt(container, 'ports'));

/** Whether a port is in what containers are started with: lists of ports inform, and none has to be complete. */
const isTold = ({ pod }: Workload, port: number): boolean =>
  listAt(pod, 'containers')
    .flatMap((container) => [
      ...listAt(container, 'command'),
      ...listAt(container, 'args'),
      ...listAt(container, 'env').map((variable) => at(variable, 'value') ?? ''),
    ])
    .some((text) => new RegExp(`(^|[^\\d.])${port}($|[^\\d.])`).test(String(text)));

const portsOf = (workload: Workload): number[] =>
  written(workload).flatMap((port) => numberAt(port, 'containerPort') ?? []);

const portNames = (pods: readonly Workload[]): string =>
  [...new Set(pods.flatMap(written).flatMap((port) => textAt(port, 'name') ?? []))].join(', ') ||
  'the numbers of its ports';
