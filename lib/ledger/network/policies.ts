import { Cidr } from '../../model/network/cidr';
import type { Facts, Workload } from '../facts';
import { at, isMembers, listAt, numberAt, textAt, textsAt } from '../members';
import { isSameNamespace } from '../rules/behind';
import type { Json, KubernetesObject } from '../source';
import { type Answer, answer, any, both } from './answers';
import { BySelector, type Labels, namespaceLabels, namespaceSelector, podSelector } from './selectors';
import { containerPort, ofKind } from './services';

/** What is at the other end: pods, or a block of addresses that are none of pods. */
export type Peer =
  | { readonly pods: true; readonly namespace: string | undefined; readonly labels: Labels }
  | { readonly pods: false; readonly block: Cidr | undefined }
  /** Whoever it is: only ports are compared. */
  | { readonly pods: 'any' };

/** A port at the pods that are called, and those pods, whose names for ports policies use. */
export interface Door {
  readonly port: number | undefined;
  readonly protocol: string;
  readonly of: Workload | undefined;
}

export type Direction = 'Ingress' | 'Egress';

/** What the policies of one end of a connection say, and which ones those are. */
export interface Said {
  readonly answer: Answer;
  readonly policies: readonly KubernetesObject[];
}

export type Policies = (
  direction: Direction,
  at: { readonly namespace: string | undefined; readonly labels: Labels },
  peer: Peer,
  door: Door,
) => Said;

interface Policy {
  readonly object: KubernetesObject;
  readonly selects: (labels: Labels) => Answer;
  readonly rules: Readonly<Record<Direction, Openings | undefined>>;
}

/** A policy that takes some pods, or may. */
interface Governing {
  readonly policy: Policy;
  readonly taken: Answer;
}

/** One peer of a rule with the rule's ports: all such pairs let through what any of them does. */
interface Opening {
  readonly ports: readonly Json[];
  readonly selector: Json | undefined;
  readonly lets: (peer: Peer) => Answer;
}

interface Openings {
  readonly all: readonly Opening[];
  /** A policy may name a thousand callers, and each asks for itself. */
  readonly index: BySelector<Opening>;
}

export const peerOf = ({ namespace, shape }: Workload): Peer & { readonly pods: true } => ({
  pods: true,
  namespace,
  labels: shape.labels,
});

/** Every NetworkPolicy. `podBlocks` are the addresses that pods may have; empty where nobody knows. */
export function policiesOf(facts: Facts, podBlocks: readonly Cidr[]): Policies {
  const namespaces = namespaceLabels(facts.objects);
  const policies = ofKind(facts, 'NetworkPolicy', /^networking\.k8s\.io$/).map(compiled);
  const index = new BySelector(policies, ({ object }) => at(object.value, 'spec', 'podSelector'));
  const taken = {
    Ingress: new WeakMap<Labels, readonly Governing[]>(),
    Egress: new WeakMap<Labels, readonly Governing[]>(),
  };
  return (direction, { namespace, labels }, peer, door) => {
    const governing = governingOf(direction, namespace, labels);
    if (governing.length === 0) return { answer: 'yes', policies: [] };
    const opened = any(governing, ({ policy }) =>
      any(openingsFor(policy.rules[direction], peer), ({ ports, lets }) =>
        both(peer.pods === 'any' ? 'yes' : lets(peer), () => portOpen(ports, door)),
      ),
    );
    const isSure = governing.some(({ taken }) => taken === 'yes');
    return {
      answer: opened === 'no' && !isSure ? 'maybe' : opened,
      policies: governing.map(({ policy }) => policy.object),
    };
  };

  /** Policies that take some pods; asked for every connection of theirs, so it is worked out once. */
  function governingOf(direction: Direction, namespace: string | undefined, labels: Labels): readonly Governing[] {
    const known = taken[direction].get(labels);
    if (known !== undefined) return known;
    const found = index
      .near(labels)
      .filter(({ object, rules }) => rules[direction] !== undefined && isSameNamespace(object.namespace, namespace))
      // what stands in no namespace may be applied in another
      .map((policy) => ({
        policy,
        taken: both(policy.selects(labels), () => (policy.object.namespace === namespace ? 'yes' : 'maybe')),
      }))
      .filter((one) => one.taken !== 'no');
    taken[direction].set(labels, found);
    return found;
  }

  function compiled(object: KubernetesObject): Policy {
    const types = textsAt(object.value, 'spec', 'policyTypes');
    // egress counts where it is named, or where rules for it are written and no types are
    const governs = (direction: Direction): boolean =>
      types.length > 0
        ? types.includes(direction)
        : direction === 'Ingress' || at(object.value, 'spec', 'egress') !== undefined;
    const rules = (direction: Direction, list: string, member: string): Openings | undefined => {
      if (!governs(direction)) return undefined;
      const all = listAt(object.value, 'spec', list).flatMap((rule) => openingsOf(rule, member, object));
      return { all, index: new BySelector(all, ({ selector }) => selector) };
    };
    return {
      object,
      selects: podSelector(at(object.value, 'spec', 'podSelector') ?? {}),
      rules: { Ingress: rules('Ingress', 'ingress', 'from'), Egress: rules('Egress', 'egress', 'to') },
    };
  }

  function openingsOf(rule: Json, member: string, { namespace }: KubernetesObject): Opening[] {
    const ports = listAt(rule, 'ports');
    const peers = listAt(rule, member);
    if (peers.length === 0) return [{ ports, selector: undefined, lets: () => 'yes' }];
    return peers.map((one) =>
      isMembers(at(one, 'ipBlock'))
        ? { ports, selector: undefined, lets: blockPeer(one) }
        : { ports, selector: at(one, 'podSelector'), lets: podPeer(one, namespace) },
    );
  }

  function podPeer(one: Json, own: string | undefined): (peer: Peer) => Answer {
    const spaces = at(one, 'namespaceSelector');
    const space = isMembers(spaces)
      ? namespaceSelector(spaces)
      : (namespace: string | undefined) => answer(isSameNamespace(own, namespace));
    const selector = at(one, 'podSelector');
    const pods = isMembers(selector) ? podSelector(selector) : () => 'yes' as const;
    return (peer) =>
      peer.pods === true
        ? both(pods(peer.labels), () => space(peer.namespace, namespaces.get(peer.namespace ?? '')))
        : 'no';
  }

  function blockPeer(one: Json): (peer: Peer) => Answer {
    const cidr = textAt(one, 'ipBlock', 'cidr') ?? '';
    if (cidr.includes(':')) return () => 'no';
    const whole = Cidr.enclosing(cidr);
    const except = textsAt(one, 'ipBlock', 'except').flatMap((text) => Cidr.enclosing(text) ?? []);
    if (whole === undefined) return () => 'maybe';
    if (whole.prefix === 0 && except.length === 0) return () => 'yes';
    return (peer) => {
      const blocks = peer.pods ? podBlocks : peer.block === undefined ? [] : [peer.block];
      const each = new Set(blocks.map((block) => holds(whole, except, block)));
      const [first] = each;
      return each.size === 1 && first !== undefined ? first : 'maybe';
    };
  }
}

/** Those that may let a peer through. */
function openingsFor(openings: Openings | undefined, peer: Peer): readonly Opening[] {
  if (openings === undefined) return [];
  return peer.pods === true ? openings.index.near(peer.labels) : openings.all;
}

/** Whether all of a block is let through. */
function holds(whole: Cidr, except: readonly Cidr[], block: Cidr): Answer {
  if (!whole.overlaps(block) || except.some((one) => one.contains(block))) return 'no';
  return whole.contains(block) && !except.some((one) => one.overlaps(block)) ? 'yes' : 'maybe';
}

const portOpen = (ports: readonly Json[], door: Door): Answer =>
  ports.length === 0
    ? 'yes'
    : any(ports, (port) => {
        if ((textAt(port, 'protocol') ?? 'TCP') !== door.protocol) return 'no';
        const written = at(port, 'port') ?? undefined;
        if (written === undefined) return 'yes';
        const first =
          numberAt(written) ?? (door.of === undefined ? undefined : containerPort(door.of, String(written)));
        if (door.port === undefined || (first === undefined && door.of === undefined)) return 'maybe';
        if (first === undefined) return 'no';
        return answer(door.port >= first && door.port <= (numberAt(port, 'endPort') ?? first));
      });
