import { Construct } from 'constructs';
import {
  type Check,
  enforce,
  type Finding,
  inspect,
  inspectEach,
  invalidLabels,
  isDnsLabel,
  isWholeWithin,
  withDefaults,
} from '../../check';
import { isIpv4Range, isWithinRange } from '../../model/network/ipv4-range';
import { KubeNetworkPolicy } from '../k8s';
import type { Labels } from '../labels';
import { egressRule, ingressRule, isPodPeer, type OpenPeer, peerText } from './network-peers';

/** The pods a policy is about, and whom they may talk with. */
export interface NetworkPolicyProps {
  /** DNS label. */
  readonly name: string;
  /** @default - the chart's */
  readonly namespace?: string;
  /** Pods the policy is about; `{}` is every pod of the namespace. */
  readonly selector: Labels;
  /** Who may connect to the pods, and to which of their ports. @default - nobody */
  readonly ingress?: readonly OpenPeer[];
  /** Whom the pods may connect to, and on which port. @default - nobody */
  readonly egress?: readonly OpenPeer[];
  /** Labels of the policy itself. @default - none */
  readonly labels?: Labels;
}

/** What is said about the policy beside its peers. */
export const NETWORK_POLICY_CHECKS: readonly Check<NetworkPolicyProps>[] = [
  {
    id: 'network-policy-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use the name of the workload',
  },
  {
    id: 'network-policy-selector-is-of-labels',
    prop: 'selector',
    holds: ({ selector }) => invalidLabels(selector).length === 0,
    rule: 'must be Kubernetes labels: values of at most 63 letters, digits and inner . _ -',
    received: ({ selector }) => invalidLabels(selector),
    remedy: 'use the selector of the workload',
  },
  {
    id: 'network-policy-labels-are-valid',
    prop: 'labels',
    holds: ({ labels = {} }) => invalidLabels(labels).length === 0,
    rule: 'must be Kubernetes labels: values of at most 63 letters, digits and inner . _ -',
    received: ({ labels = {} }) => invalidLabels(labels),
    remedy: 'use an annotation for free text',
  },
];

const rangesOf = (peer: OpenPeer): readonly string[] => (isPodPeer(peer) ? [] : [peer.cidr]);

const strayExceptions = (peer: OpenPeer): readonly string[] =>
  isPodPeer(peer) ? [] : (peer.except ?? []).filter((inner) => !isWithinRange(inner, peer.cidr));

const wrongLabels = (peer: OpenPeer): string[] => (isPodPeer(peer) ? invalidLabels(peer.pods) : []);

const PROTOCOLS: readonly string[] = ['TCP', 'UDP'];

/** What is said about one peer and its port. */
export const NETWORK_PEER_CHECKS: readonly Check<OpenPeer>[] = [
  {
    id: 'network-peer-port-is-real',
    prop: 'port',
    holds: ({ port }) => isWholeWithin(port, 1, 65535),
    rule: 'must be a whole number from 1 to 65535',
    remedy: 'use the port of the container, which a policy sees, not the port of a Service',
  },
  {
    id: 'network-peer-protocol-is-known',
    prop: 'protocol',
    holds: ({ protocol = 'TCP' }) => PROTOCOLS.includes(protocol),
    rule: `must be ${PROTOCOLS.join(' or ')}`,
    remedy: 'leave it out for TCP',
  },
  {
    id: 'network-peer-labels-are-valid',
    prop: 'pods',
    holds: (peer) => wrongLabels(peer).length === 0,
    rule: 'must be Kubernetes labels: values of at most 63 letters, digits and inner . _ -',
    received: wrongLabels,
    remedy: 'copy the labels of the pods that are meant',
  },
  {
    id: 'network-peer-range-is-ipv4',
    prop: 'cidr',
    holds: (peer) => rangesOf(peer).every(isIpv4Range),
    rule: 'must be an IPv4 range without bits beyond its length',
    received: rangesOf,
    remedy: 'write one host as 10.0.0.7/32',
  },
  {
    id: 'network-peer-exceptions-lie-inside',
    prop: 'except',
    holds: (peer) => strayExceptions(peer).length === 0,
    rule: 'must be true parts of cidr',
    received: strayExceptions,
    remedy: 'leave out what cidr does not contain',
  },
  {
    id: 'network-peer-namespace-is-a-dns-label',
    prop: 'namespace',
    holds: (peer) => !isPodPeer(peer) || peer.namespace === undefined || isDnsLabel(peer.namespace),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    received: (peer) => (isPodPeer(peer) ? peer.namespace : undefined),
    remedy: 'leave it out for the same namespace',
  },
  {
    id: 'network-peer-is-narrow',
    prop: 'cidr',
    severity: 'warning',
    holds: (peer) => rangesOf(peer).every((cidr) => !cidr.endsWith('/0')),
    rule: 'should not be every address',
    received: peerText,
    remedy: 'list the ranges that are meant',
  },
];

/**
 * Closes its pods in both directions but for the peers it names. Policies add up: another one can only open more.
 *
 * @example
 * new NetworkPolicy(chart, 'Orders', {
 *   name: 'orders',
 *   selector: selectorLabels('orders'),
 *   ingress: [{ pods: selectorLabels('gateway'), port: 8080 }],
 *   egress: DNS,
 * });
 */
export class NetworkPolicy extends Construct {
  /** Findings about the props and about each peer, by its place in the list; builds nothing. */
  static inspect(path: string, props: NetworkPolicyProps): Finding[] {
    return [
      ...inspect(path, props, NETWORK_POLICY_CHECKS),
      ...inspectEach(path, 'ingress', props.ingress ?? [], NETWORK_PEER_CHECKS),
      ...inspectEach(path, 'egress', props.egress ?? [], NETWORK_PEER_CHECKS),
    ];
  }

  constructor(scope: Construct, id: string, props: NetworkPolicyProps) {
    super(scope, id);
    const plan = withDefaults({ ingress: [], egress: [], labels: {} }, props);
    enforce(this, NetworkPolicy.inspect(this.node.path, props));

    new KubeNetworkPolicy(this, 'Resource', {
      metadata: {
        name: plan.name,
        labels: plan.labels,
        ...(plan.namespace === undefined ? {} : { namespace: plan.namespace }),
      },
      spec: {
        podSelector: { matchLabels: plan.selector },
        policyTypes: ['Ingress', 'Egress'],
        ingress: plan.ingress.map(ingressRule),
        egress: plan.egress.map(egressRule),
      },
    });
  }
}
