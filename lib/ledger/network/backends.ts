import { groupOf } from '../facts/view';
import { at, isMembers, listAt, membersAt, pointerTo, textAt } from '../members';
import type { Json, KubernetesObject } from '../source';
import { type Backend, ingressBackends, portOf } from './ingress-backends';

/** Something that an object names and cannot do without: a Service that it sends to, or a template that it runs. */
export interface Named extends Backend {
  readonly kind: 'Service' | 'VirtualService' | 'AnalysisTemplate' | 'ClusterAnalysisTemplate';
  /** Whether the name is a host, which may have the namespace in it and may lead out of the cluster. */
  readonly isHost?: true;
}

/** What objects name that send requests on. */
export function namedBackends(object: KubernetesObject): readonly Named[] {
  const { kind, apiVersion, value } = object;
  switch (`${groupOf(apiVersion)}/${kind}`) {
    case 'networking.k8s.io/Ingress':
      return ingressBackends(object).map((backend) => ({ ...backend, kind: 'Service' }));
    case 'gateway.networking.k8s.io/HTTPRoute':
    case 'gateway.networking.k8s.io/GRPCRoute':
    case 'gateway.networking.k8s.io/TCPRoute':
    case 'gateway.networking.k8s.io/TLSRoute':
      return routed(value);
    case 'networking.istio.io/VirtualService':
      return ['http', 'tcp', 'tls'].flatMap((list) => destinations(value, list));
    case 'networking.istio.io/DestinationRule':
      return host(textAt(value, 'spec', 'host'), undefined, '/spec/host');
    case 'elbv2.k8s.aws/TargetGroupBinding':
      return service(
        textAt(value, 'spec', 'serviceRef', 'name'),
        '/spec/serviceRef',
        at(value, 'spec', 'serviceRef', 'port'),
      );
    case 'argoproj.io/Rollout':
      return ofRollout(value);
    case 'apiregistration.k8s.io/APIService':
      return elsewhere(at(value, 'spec', 'service'), '/spec/service');
    default:
      return /^(Mutating|Validating)WebhookConfiguration$/.test(kind)
        ? listAt(value, 'webhooks').flatMap((webhook, index) =>
            elsewhere(at(webhook, 'clientConfig', 'service'), pointerTo('webhooks', index, 'clientConfig', 'service')),
          )
        : [];
  }
}

function service(name: string | undefined, pointer: string, port?: Json): Named[] {
  return name === undefined ? [] : [{ kind: 'Service', name, namespace: undefined, port: portOf(port), pointer }];
}

/** Services of what belongs to no namespace itself. */
const elsewhere = (reference: Json | undefined, pointer: string): Named[] => {
  const namespace = textAt(reference, 'namespace');
  return service(textAt(reference, 'name'), pointer, at(reference, 'port')).map((one) => ({ ...one, namespace }));
};

const host = (name: string | undefined, port: Json | undefined, pointer: string): Named[] =>
  name === undefined || name.includes('*')
    ? []
    : [{ kind: 'Service', name, namespace: undefined, port: portOf(port), pointer, isHost: true }];

const routed = (value: Json): Named[] =>
  listAt(value, 'spec', 'rules').flatMap((rule, index) =>
    listAt(rule, 'backendRefs').flatMap((backend, number): Named[] => {
      const [kind, group] = [textAt(backend, 'kind') ?? 'Service', textAt(backend, 'group') ?? ''];
      if (kind !== 'Service' || group !== '') return [];
      return elsewhere(backend, pointerTo('spec', 'rules', index, 'backendRefs', number));
    }),
  );

const destinations = (value: Json, list: string): Named[] =>
  listAt(value, 'spec', list).flatMap((route, index) =>
    listAt(route, 'route').flatMap((one, number) =>
      host(
        textAt(one, 'destination', 'host'),
        at(one, 'destination', 'port', 'number'),
        pointerTo('spec', list, index, 'route', number, 'destination'),
      ),
    ),
  );

/** Services of both colours, the route that is moved between them, and every analysis. */
function ofRollout(value: Json): Named[] {
  const strategy = (name: string): Named[] => {
    const pointer = `/spec/strategy/${name}`;
    const own = at(value, 'spec', 'strategy', name);
    if (!isMembers(own)) return [];
    const services = ['stableService', 'canaryService', 'activeService', 'previewService'].flatMap((member) =>
      service(textAt(own, member), `${pointer}/${member}`),
    );
    const routing = membersAt(own, 'trafficRouting', 'istio');
    const routes = [at(routing, 'virtualService') ?? null, ...listAt(routing, 'virtualServices')].flatMap((route) => {
      const named = textAt(route, 'name');
      const at = `${pointer}/trafficRouting/istio`;
      return named === undefined
        ? []
        : [{ kind: 'VirtualService' as const, name: named, namespace: undefined, port: undefined, pointer: at }];
    });
    return [...services, ...routes, ...analyses(own, pointer)];
  };
  return [...strategy('canary'), ...strategy('blueGreen')];
}

function analyses(strategy: Json, pointer: string): Named[] {
  const holders: readonly (readonly [Json | undefined, string])[] = [
    ...['analysis', 'prePromotionAnalysis', 'postPromotionAnalysis'].map(
      (member) => [at(strategy, member), `${pointer}/${member}`] as const,
    ),
    ...listAt(strategy, 'steps').map(
      (step, index) => [at(step, 'analysis'), `${pointer}${pointerTo('steps', index, 'analysis')}`] as const,
    ),
  ];
  return holders.flatMap(([holder, place]) =>
    listAt(holder, 'templates').flatMap((template, index): Named[] => {
      const name = textAt(template, 'templateName');
      if (name === undefined) return [];
      const kind = at(template, 'clusterScope') === true ? 'ClusterAnalysisTemplate' : 'AnalysisTemplate';
      return [
        { kind, name, namespace: undefined, port: undefined, pointer: `${place}${pointerTo('templates', index)}` },
      ];
    }),
  );
}
