import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { at, listAt, numberAt, textAt } from '../members';
import { targetGroups } from '../rules/target-groups';
import { blockName, type KubernetesObject, objectName } from '../source';
import { type Ground, subnetBlocks } from './addresses';
import type { Connection, Source } from './connections';
import { ingressBackends } from './ingress-backends';
import type { PodPort, Services } from './services';
import { ofKind } from './services';

/** Load balancers of AWS that send to pods: bound target groups, and Ingresses of their controller. */
export const entranceConnections = (facts: Facts, services: Services, ground: Ground): Connection[] => [
  ...boundConnections(facts, services, ground),
  ...ofKind(facts, 'Ingress', /^networking\.k8s\.io$/).flatMap((ingress) => ingressConnections(ingress, services)),
];

function boundConnections(facts: Facts, services: Services, { refer }: Ground): Connection[] {
  const bindings = ofKind(facts, 'TargetGroupBinding', /^elbv2\.k8s\.aws$/);
  if (bindings.length === 0) return [];
  const groups = targetGroups(facts);
  return bindings.flatMap((binding) => {
    const group = groups.named(textAt(binding.value, 'spec', 'targetGroupName') ?? '');
    const balancer = group && groups.balancerOf(group);
    if (group === undefined || balancer === undefined || textAt(group.value, 'target_type') !== 'ip') return [];
    const blocks = subnetBlocks(refer, at(balancer.value, 'subnets'), balancer);
    const carried = listAt(balancer.value, 'security_groups').map((id) => refer(id, balancer));
    // its controller opens security groups by itself where it is told who comes
    const isOurs = at(binding.value, 'spec', 'networking') === undefined && carried.every((found) => found.length > 0);
    const from: Source = {
      id: blockName(balancer),
      workload: undefined,
      peers:
        blocks === undefined ? [{ pods: false, block: undefined }] : blocks.map((block) => ({ pods: false, block })),
      ...(isOurs && { comer: { blocks: blocks ?? [], groups: carried.flat() } }),
    };
    const doors = backendDoors(services, binding, at(binding.value, 'spec', 'serviceRef') ?? null);
    const health = numberAt(group.value, 'health_check', 'port') ?? numberAt(group.value, 'health_check', 0, 'port');
    const checked = health === undefined ? [] : doors.map((door) => ({ ...door, port: health }));
    return [...doors, ...checked].map((to) => ({
      from,
      to,
      words: objectName(binding),
      evidence: evidenceIn(binding, '/spec/serviceRef'),
      byName: false,
    }));
  });
}

function backendDoors(
  services: Services,
  { namespace }: KubernetesObject,
  backend: Parameters<typeof at>[0],
): readonly PodPort[] {
  const service = services.named(textAt(backend, 'name') ?? '', namespace);
  if (service === undefined) return [];
  const port = at(backend, 'port');
  const number = numberAt(port) ?? portNamed(service, String(port));
  return number === undefined ? [] : services.podPorts({ service, pod: undefined }, number);
}

const portNamed = ({ value }: KubernetesObject, name: string): number | undefined =>
  numberAt(
    listAt(value, 'spec', 'ports').find((port) => textAt(port, 'name') === name),
    'port',
  );

const CLASS = 'kubernetes.io/ingress.class';
const TARGET_TYPE = 'alb.ingress.kubernetes.io/target-type';

/** Only load balancers that send to addresses of pods; whatever else is in between is not known. */
function ingressConnections(ingress: KubernetesObject, services: Services): Connection[] {
  const annotation = (name: string) => textAt(ingress.value, 'metadata', 'annotations', name);
  const className = textAt(ingress.value, 'spec', 'ingressClassName') ?? annotation(CLASS);
  if (className !== 'alb' || annotation(TARGET_TYPE) !== 'ip') return [];
  const from: Source = {
    id: `load balancer of ${objectName(ingress)}`,
    workload: undefined,
    peers: [{ pods: false, block: undefined }],
  };
  return ingressBackends(ingress).flatMap(({ name, port, pointer }) =>
    backendDoors(services, ingress, { name, port: port ?? null }).map((to) => ({
      from,
      to,
      words: objectName(ingress),
      evidence: evidenceIn(ingress, pointer),
      byName: false,
    })),
  );
}
