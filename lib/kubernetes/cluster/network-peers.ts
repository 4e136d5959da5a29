import { MONITORING_NAMESPACE } from '../../model';
import type { IpBlock, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer } from '../k8s';
import { type Labels, NAMESPACE_LABEL } from '../labels';
import { intOrString } from '../quantities';

/** Pods that carry all these labels; `{}` is every pod of the namespace. */
export interface PodPeer {
  /** Labels that the pods carry, all of them. */
  readonly pods: Labels;
  /** @default - the policy's own namespace */
  readonly namespace?: string;
}

/** Addresses outside the cluster, or of load balancers that send straight to pods. */
export interface RangePeer {
  /** IPv4 range, for example `10.0.0.0/20`. */
  readonly cidr: string;
  /** Ranges inside `cidr` that stay closed. @default - none */
  readonly except?: readonly string[];
}

/** Who may be talked with. */
export type Peer = PodPeer | RangePeer;

/** A door: the port of the pod that is connected to. */
export interface Door {
  /** 1-65535. */
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
}

/** Who may be talked with, through which door. */
export type OpenPeer = Peer & Door;

/** Cluster DNS. */
export const DNS: readonly OpenPeer[] = (['UDP', 'TCP'] as const).map((protocol) => ({
  pods: { 'k8s-app': 'kube-dns' },
  namespace: 'kube-system',
  port: 53,
  protocol,
}));

/** The agent on each node that hands out AWS credentials (EKS Pod Identity, IPv4 clusters). */
export const POD_IDENTITY: RangePeer & Door = { cidr: '169.254.170.23/32', port: 80 };

/** Istio's control plane: configuration and certificates of sidecars. */
export const ISTIOD: OpenPeer = { pods: { app: 'istiod' }, namespace: 'istio-system', port: 15012 };

/** The Prometheus that scrapes the cluster. */
export const PROMETHEUS: PodPeer = {
  pods: { 'app.kubernetes.io/name': 'prometheus' },
  namespace: MONITORING_NAMESPACE,
};

/** Port on which a sidecar serves its own and the program's metrics in plain text. */
export const SIDECAR_METRICS_PORT = 15_020;

/** Port through which ambient nodes carry all traffic between pods of the mesh. */
export const AMBIENT_PORT = 15_008;

/** Address from which probes of the kubelet reach pods of an ambient mesh. */
export const AMBIENT_PROBES: RangePeer = { cidr: '169.254.7.127/32' };

export const isPodPeer = (peer: Peer): peer is PodPeer => 'pods' in peer;

/** A peer on one line: `pods app=web in monitoring`, `10.0.0.0/20`. */
export function peerText(peer: Peer): string {
  if (!isPodPeer(peer)) return peer.cidr;
  const labels = Object.entries(peer.pods).map((pair) => pair.join('='));
  return `pods ${labels.join(',') || 'of any kind'}${peer.namespace === undefined ? '' : ` in ${peer.namespace}`}`;
}

function selects(peer: Peer): NetworkPolicyPeer {
  if (!isPodPeer(peer)) return { ipBlock: block(peer) };
  return {
    podSelector: { matchLabels: peer.pods },
    ...(peer.namespace === undefined
      ? {}
      : { namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: peer.namespace } } }),
  };
}

const block = ({ cidr, except = [] }: RangePeer): IpBlock => ({
  cidr,
  ...(except.length === 0 ? {} : { except: [...except] }),
});

const ports = ({ port, protocol = 'TCP' }: Door) => [{ port: intOrString(port), protocol }];

export const ingressRule = (peer: OpenPeer): NetworkPolicyIngressRule => ({
  from: [selects(peer)],
  ports: ports(peer),
});

export const egressRule = (peer: OpenPeer): NetworkPolicyEgressRule => ({ to: [selects(peer)], ports: ports(peer) });
