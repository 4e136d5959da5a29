import {
  DNS,
  ISTIOD,
  type OpenPeer,
  POD_IDENTITY,
  PROMETHEUS,
  peerText,
} from '../../../lib/kubernetes/cluster/network-peers';
import {
  NETWORK_PEER_CHECKS,
  NETWORK_POLICY_CHECKS,
  NetworkPolicy,
  type NetworkPolicyProps,
} from '../../../lib/kubernetes/cluster/network-policy';
import { allIds, ids, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const valid: NetworkPolicyProps = { name: 'api', selector: { app: 'api' } };

const policy = (props: Partial<NetworkPolicyProps> = {}) =>
  only(
    manifests((chart) => new NetworkPolicy(chart, 'Policy', { ...valid, ...props })),
    'NetworkPolicy',
  );

describe('NetworkPolicy', () => {
  test('without peers it closes both directions', () => {
    expect(policy().spec).toEqual({
      podSelector: { matchLabels: { app: 'api' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [],
    });
  });

  test.each<[string, OpenPeer, object]>([
    [
      'pods of the same namespace',
      { pods: { app: 'web' }, port: 80 },
      { podSelector: { matchLabels: { app: 'web' } } },
    ],
    [
      'pods of another namespace, both at once',
      { pods: { app: 'web' }, namespace: 'edge', port: 80 },
      {
        podSelector: { matchLabels: { app: 'web' } },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } },
      },
    ],
    ['a range', { cidr: '10.0.0.0/16', port: 80 }, { ipBlock: { cidr: '10.0.0.0/16' } }],
    [
      'a range with exceptions',
      { cidr: '10.0.0.0/16', except: ['10.0.1.0/24'], port: 80 },
      { ipBlock: { cidr: '10.0.0.0/16', except: ['10.0.1.0/24'] } },
    ],
  ])('opens to %s', (_who, peer, expected) => {
    const { ingress, egress } = policy({ ingress: [peer], egress: [peer] }).spec;
    expect(ingress).toEqual([{ from: [expected], ports: [{ port: 80, protocol: 'TCP' }] }]);
    expect(egress).toEqual([{ to: [expected], ports: [{ port: 80, protocol: 'TCP' }] }]);
  });

  test('each peer gets its own port and protocol', () => {
    const { egress } = policy({ egress: [...DNS, POD_IDENTITY, ISTIOD] }).spec;
    expect(egress.map(({ ports }: { ports: object }) => ports)).toEqual([
      [{ port: 53, protocol: 'UDP' }],
      [{ port: 53, protocol: 'TCP' }],
      [{ port: 80, protocol: 'TCP' }],
      [{ port: 15012, protocol: 'TCP' }],
    ]);
    expect(egress[2].to).toEqual([{ ipBlock: { cidr: '169.254.170.23/32' } }]);
  });

  test('it may stand in a namespace of its own', () => {
    expect(policy({ namespace: 'shop' }).metadata.namespace).toBe('shop');
    expect(policy().metadata).not.toHaveProperty('namespace');
  });

  test.each<[string, OpenPeer]>([
    ['the lowest port', { ...PROMETHEUS, port: 1 }],
    ['the highest port', { ...PROMETHEUS, port: 65535 }],
    ['every pod of a namespace', { pods: {}, namespace: 'edge', port: 80 }],
    ['half of all addresses', { cidr: '0.0.0.0/1', port: 80 }],
  ])('accepts %s', (_what, peer) => {
    expect(NetworkPolicy.inspect('p', { ...valid, ingress: [peer], egress: [peer] })).toEqual([]);
  });

  const broken: [id: string, prop: string, props: Partial<NetworkPolicyProps>][] = [
    ['network-policy-name-is-a-dns-label', 'name', { name: 'Api' }],
    ['network-policy-selector-is-of-labels', 'selector', { selector: { app: 'a b' } }],
    ['network-policy-labels-are-valid', 'labels', { labels: { 'a b': 'c' } }],
    [
      'network-peer-protocol-is-known',
      'ingress[0].protocol',
      { ingress: [{ pods: {}, port: 80, protocol: 'SCTP' as unknown as 'TCP' }] },
    ],
    ['network-peer-labels-are-valid', 'egress[0].pods', { egress: [{ pods: { app: '-' }, port: 80 }] }],
    ['network-peer-port-is-real', 'ingress[0].port', { ingress: [{ pods: {}, port: 0 }] }],
    ['network-peer-port-is-real', 'egress[1].port', { egress: [...DNS.slice(1), { pods: {}, port: 65536 }] }],
    ['network-peer-port-is-real', 'egress[0].port', { egress: [{ pods: {}, port: Number.NaN }] }],
    ['network-peer-range-is-ipv4', 'ingress[0].cidr', { ingress: [{ cidr: '10.0.0.1/16', port: 80 }] }],
    [
      'network-peer-exceptions-lie-inside',
      'egress[0].except',
      { egress: [{ cidr: '10.0.0.0/16', except: ['10.0.1.0/24', '10.0.0.0/16'], port: 80 }] },
    ],
    [
      'network-peer-namespace-is-a-dns-label',
      'ingress[0].namespace',
      { ingress: [{ pods: {}, namespace: 'Edge', port: 80 }] },
    ],
    ['network-peer-is-narrow', 'egress[0].cidr', { egress: [{ cidr: '0.0.0.0/0', port: 443 }] }],
  ];

  test.each(broken)('reports %s at %s', (id, prop, props) => {
    expect(NetworkPolicy.inspect('p', { ...valid, ...props })).toMatchObject([{ check: id, prop }]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([id]) => id))].sort()).toEqual(allIds(NETWORK_POLICY_CHECKS, NETWORK_PEER_CHECKS));
  });

  test('a wide peer is only warned of, a wrong one refused', () => {
    expect(() => policy({ egress: [{ cidr: '0.0.0.0/0', port: 443 }] })).not.toThrow();
    expect(refused(() => policy({ egress: [{ cidr: '0.0.0.0', port: 443 }] }))).toEqual(['network-peer-range-is-ipv4']);
    expect(ids(NetworkPolicy.inspect('p', { ...valid, egress: [{ cidr: '0.0.0.0/0', port: 443 }] }))).toHaveLength(1);
  });

  test.each<[OpenPeer, string]>([
    [{ cidr: '10.0.0.0/16', port: 80 }, '10.0.0.0/16'],
    [{ pods: {}, port: 80 }, 'pods of any kind'],
    [{ pods: { app: 'web', tier: 'a' }, namespace: 'edge', port: 80 }, 'pods app=web,tier=a in edge'],
  ])('a peer reads as text', (peer, text) => expect(peerText(peer)).toBe(text));
});
