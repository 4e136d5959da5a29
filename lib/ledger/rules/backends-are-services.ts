import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { listAt, numberAt, pointerTo, textAt, textMembersAt, textsAt } from '../members';
import { hostsOf } from '../network/addressed';
import { type Named, namedBackends } from '../network/backends';
import { madeElsewhere } from '../network/elsewhere';
import { type Missing, resolved } from '../network/missing';
import { isHeadless, ofKind, servicesOf } from '../network/services';
import type { Rule, Verdict } from '../rule';
import { type KubernetesObject, objectName } from '../source';

/** What sends requests on sends them to something that exists. */
export const backendsAreServices: Rule = {
  id: 'backends-are-services',
  severity: 'error',
  protects:
    'requests are answered with 503, a rollout stays InvalidSpec, or nginx does not start: host not found in upstream',
  formula:
    'each Service, port, route and analysis template that an Ingress, route, VirtualService, DestinationRule, Rollout, webhook or nginx upstream names exists',
  source:
    'Kubernetes, "Ingress"; istio.io, "Virtual Service"; Argo Rollouts, specification; nginx, ngx_http_upstream_module',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const look = lookup(facts);
    return facts.objects.flatMap((object) => {
      const named = object.kind === 'ConfigMap' ? upstreams(object) : namedBackends(object);
      return named.length === 0 ? [] : verdictsOn(object, named, look);
    });
  },
};

type Look = (named: Named, from: KubernetesObject) => Omit<Missing, 'subject' | 'evidence'> | undefined;

function verdictsOn(object: KubernetesObject, named: readonly Named[], look: Look): Verdict[] {
  const missing = named.flatMap((one): Missing[] => {
    const found = look(one, object);
    return found === undefined
      ? []
      : [
          {
            subject: `${objectName(object)}: ${one.kind} ${one.name}`,
            evidence: evidenceIn(object, one.pointer),
            ...found,
          },
        ];
  });
  const names = new Set(named.map(({ kind, name }) => `${kind} ${name}`));
  return resolved(objectName(object), [...new Map(missing.map((one) => [one.subject, one])).values()], {
    evidence: [evidenceIn(object, named[0]?.pointer ?? '/spec')],
    arithmetic: names.size === 1 ? `${[...names][0]} exists` : `${names.size} names, all of which exist`,
  });
}

/** Servers of nginx, and where it passes requests on to. Of other texts nobody knows what they are. */
const upstreams = (object: KubernetesObject): Named[] =>
  Object.entries(textMembersAt(object.value, 'data')).flatMap(([entry, text]) => {
    if (!/\bupstream\s+\S+\s*\{/.test(text)) return [];
    return hostsOf(text)
      .filter(({ host }) => /\.svc(\.cluster\.local)?$/.test(host) || !/[.]/.test(host))
      .map(({ host, port }) => ({
        kind: 'Service' as const,
        name: host,
        namespace: undefined,
        port,
        pointer: pointerTo('data', entry),
        isHost: true as const,
      }));
  });

function lookup(facts: Facts): Look {
  const services = servicesOf(facts);
  const elsewhere = madeElsewhere(facts);
  const known = new Set(facts.objects.map(({ kind, namespace, name }) => `${kind} ${namespace ?? ''}/${name}`));
  const spaces = new Set(facts.objects.filter(({ kind }) => kind !== 'Namespace').map(({ namespace }) => namespace));
  // routes alone say nothing of what they lead to
  const served = new Set([...services.all, ...facts.workloads].map(({ namespace }) => namespace));
  const entries = new Set(
    ofKind(facts, 'ServiceEntry', /^networking\.istio\.io$/).flatMap(({ value }) => textsAt(value, 'spec', 'hosts')),
  );
  return (named, from) => {
    if (named.kind !== 'Service') {
      const namespace = named.kind === 'ClusterAnalysisTemplate' ? undefined : from.namespace;
      return known.has(`${named.kind} ${namespace ?? ''}/${named.name}`) ? undefined : gone(named, namespace);
    }
    if (named.isHost && entries.has(named.name)) return undefined;
    const [name, namespace] = placeOf(named, from);
    if (namespace === undefined && named.isHost && named.name.includes('.')) return undefined;
    const service = services.named(name, namespace);
    if (service !== undefined) return portGone(service, named);
    if (named.isHost && named.name.includes('.') && services.resolve(named.name, from.namespace) !== undefined)
      return undefined;
    return gone(named, namespace);
  };

  function gone({ kind, name }: Named, namespace: string | undefined): ReturnType<Look> {
    const near = services.all.filter((one) => one.namespace === namespace).map((one) => one.name);
    const isGiven = (kind === 'Service' ? served : spaces).has(namespace);
    const given = isGiven ? undefined : `manifests of namespace ${namespace ?? 'default'}`;
    return {
      arithmetic: `there is no ${kind} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`,
      remedy:
        kind === 'Service' && near.length > 0
          ? `name one of ${near.slice(0, 4).join(', ')}, or create it`
          : 'correct the name, or create it',
      needs: kind === 'ClusterAnalysisTemplate' ? `the manifest of ${kind} ${name}` : (elsewhere(namespace) ?? given),
    };
  }
}

/** Name and namespace of a backend: a host has them in itself. Undefined where it leads out of the cluster. */
function placeOf({ name, namespace, isHost }: Named, from: KubernetesObject): readonly [string, string | undefined] {
  if (!isHost) return [name, namespace ?? from.namespace];
  const labels = name.split('.');
  if (labels.length === 1) return [name, from.namespace];
  return labels[2] === 'svc' ? [labels[0] ?? '', labels[1]] : [name, undefined];
}

/** A headless Service has whatever ports its pods have. */
function portGone(service: KubernetesObject, { port }: Named): ReturnType<Look> {
  if (port === undefined || isHeadless(service) || textAt(service.value, 'spec', 'type') === 'ExternalName')
    return undefined;
  const ports = listAt(service.value, 'spec', 'ports');
  const isNamed = typeof port === 'string' && numberAt(port) === undefined;
  const has = ports.some((one) => (isNamed ? textAt(one, 'name') === port : numberAt(one, 'port') === numberAt(port)));
  if (has) return undefined;
  const all = ports.map((one) =>
    [textAt(one, 'name'), numberAt(one, 'port')].filter((part) => part !== undefined).join(' '),
  );
  return {
    arithmetic: `${objectName(service)} has no port ${port}, only ${all.join(', ')}`,
    remedy: `send to one of its ports, or add ${port}`,
  };
}
