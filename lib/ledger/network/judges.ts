import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import { groupOf } from '../facts/view';
import { at } from '../members';
import type { Evidence } from '../rule';
import { type KubernetesObject, objectName } from '../source';
import type { Ground } from './addresses';
import { type Answer, all } from './answers';
import { type Connection, isStore } from './connections';
import { meshOf } from './mesh';
import { type Direction, type Door, type Peer, peerOf, policiesOf, type Said } from './policies';
import { groupsOfPods, securityGroupsOf } from './security-groups';
import type { PodPort } from './services';
import type { Store } from './stores';

/** Something that does not let a connection through, or may not. */
export interface Refusal {
  readonly answer: Exclude<Answer, 'yes'>;
  readonly why: string;
  readonly needs: string;
  readonly remedy: string;
  readonly evidence: readonly Evidence[];
  /** What is not reached, where it is not the target itself. */
  readonly instead?: string;
}

/** Policies of other kinds, which add to what NetworkPolicy lets through or takes from it. */
const OTHER_POLICIES = /^(cilium\.io|(crd\.)?projectcalico\.org|policy\.networking\.k8s\.io|crd\.antrea\.io)$/;

const DNS: Door = { port: 53, protocol: 'UDP', of: undefined };

/** Asks everything that a connection goes through. */
export function judgesOf(facts: Facts, ground: Ground) {
  const policies = policiesOf(facts, ground.podBlocks);
  const mesh = meshOf(facts);
  const security = securityGroupsOf(facts, ground.refer);
  const podGroups = groupsOfPods(facts, ground.refer);
  const hasOthers = facts.objects.some(
    ({ apiVersion, kind }) => /Policy$/.test(kind) && OTHER_POLICIES.test(groupOf(apiVersion)),
  );
  const spread = (said: Said): Said => (hasOthers && said.answer === 'no' ? { ...said, answer: 'maybe' } : said);

  return {
    connection: (connection: Connection): Refusal[] =>
      isStore(connection.to) ? toStore(connection, connection.to) : toPods(connection, connection.to),
    lookup: ({ from: { workload } }: Connection): Refusal[] => {
      if (workload === undefined) return [];
      const said = spread(ask('Egress', peerOf(workload), [{ pods: 'any' }], DNS));
      return refusal(said, () => ({
        why: `${listed(said)} lets ${workload.id} ask no name server`,
        remedy: 'allow egress to port 53, UDP and TCP, of k8s-app: kube-dns in kube-system',
        instead: 'DNS',
      }));
    },
  };

  /** All blocks of addresses must get through; one block that does not tells enough. */
  function ask(direction: Direction, end: Peer & { readonly pods: true }, peers: readonly Peer[], door: Door): Said {
    const said = peers.map((peer) => policies(direction, end, peer, door));
    return { answer: all(said, (one) => one.answer), policies: said[0]?.policies ?? [] };
  }

  function toPods({ from }: Connection, { workload, port, protocol }: PodPort): Refusal[] {
    if (workload.shape.hostNetwork) return [];
    const door: Door = { port, protocol, of: workload };
    const target = peerOf(workload);
    const caller = from.workload;
    const egress = caller ? spread(ask('Egress', peerOf(caller), [target], door)) : undefined;
    const ingress = spread(ask('Ingress', target, from.peers, door));
    const inMesh = caller && protocol === 'TCP' ? mesh(caller, workload, port) : undefined;
    const groups =
      from.comer &&
      security(
        facts.blocks.filter(({ type }) => type === 'aws_eks_cluster'),
        port,
        from.comer,
      );
    return [
      ...refusal(egress, () => ({
        why: `${listed(egress)} lets ${from.id} out to no port ${port} of ${workload.id}`,
        remedy: `allow egress to port ${port} of ${labelsOf(target)} in ${listed(egress)}`,
      })),
      ...refusal(ingress, () => ({
        why: `${listed(ingress)} lets ${from.id} in on no port ${port} of ${workload.id}`,
        remedy: `allow ingress on port ${port} from ${from.peers.map(labelsOf).join(', ')} in ${listed(ingress)}`,
      })),
      ...refusal(inMesh, () => ({ why: inMesh?.why ?? '', remedy: meshRemedy(inMesh) })),
      ...refusal(groups && { answer: groups, policies: [] }, () => ({
        why: `no security group of the nodes lets ${from.id} in on port ${port}`,
        remedy: `add an ingress rule for port ${port} from the security group of ${from.id} to that of the cluster`,
        needs: `the security groups of ${from.id} and of the nodes`,
      })),
    ];
  }

  function toStore({ from }: Connection, { id, port, blocks, groups, block }: Store): Refusal[] {
    const caller = from.workload;
    if (caller === undefined) return [];
    const door: Door = { port, protocol: 'TCP', of: undefined };
    const peers: readonly Peer[] =
      blocks === undefined ? [{ pods: false, block: undefined }] : blocks.map((one) => ({ pods: false, block: one }));
    const egress = spread(ask('Egress', peerOf(caller), peers, door));
    const comer = { blocks: ground.podBlocks, groups: podGroups };
    const opened: Answer = groups === undefined ? 'maybe' : security(groups, port, comer);
    return [
      ...refusal(egress, () => ({
        why: `${listed(egress)} lets ${from.id} out to no port ${port} of ${peers.map(labelsOf).join(', ')}, where ${id} is`,
        remedy: `allow egress to port ${port} of ${peers.map(labelsOf).join(', ')} in ${listed(egress)}`,
      })),
      ...refusal({ answer: opened, policies: [] }, () => ({
        why: `no rule of its security groups lets nodes and pods of the cluster in on port ${port}`,
        needs: `the security groups of ${id} and of the nodes`,
        remedy: `add an ingress rule for port ${port} from the security group of the cluster`,
        evidence: [
          evidenceIn(
            block,
            at(block.value, 'security_group_ids') === undefined ? '/vpc_security_group_ids' : '/security_group_ids',
          ),
        ],
      })),
    ];
  }
}

function refusal(
  said: Said | undefined,
  words: () => Pick<Refusal, 'why' | 'remedy'> & Partial<Pick<Refusal, 'needs' | 'evidence' | 'instead'>>,
): Refusal[] {
  if (said === undefined || said.answer === 'yes') return [];
  return [
    {
      needs: `what ${listed(said)} selects by: labels of namespaces, subnets of the cluster, or policies of other kinds`,
      evidence: said.policies.map((policy) => evidenceIn(policy, '/spec')),
      ...words(),
      answer: said.answer,
    },
  ];
}

const listed = (said: Said | undefined): string =>
  said === undefined ? '' : said.policies.map((policy: KubernetesObject) => objectName(policy)).join(', ');

function labelsOf(peer: Peer): string {
  if (peer.pods === 'any') return 'anybody';
  if (!peer.pods) return peer.block === undefined ? 'its addresses' : String(peer.block);
  const labels = Object.entries(peer.labels)
    .slice(0, 2)
    .map((pair) => pair.join('='));
  return `${labels.join(',')}${peer.namespace === undefined ? '' : ` of namespace ${peer.namespace}`}`;
}

const meshRemedy = (said: { readonly policies: readonly KubernetesObject[] } | undefined): string => {
  const [first] = said?.policies ?? [];
  if (first === undefined) return '';
  return first.kind === 'PeerAuthentication'
    ? `give the caller a sidecar and let it take the port, or set the port to PERMISSIVE in ${objectName(first)}`
    : `add its principal and the port to ${objectName(first)}`;
};
