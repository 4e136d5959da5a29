import { Chart, Testing } from 'cdk8s';
import {
  PLATFORM_NAMESPACE_CHECKS,
  PlatformNamespace,
  type PlatformNamespaceProps,
} from '../../../lib/kubernetes/cluster/platform-namespace';
import { Cpu, Memory } from '../../../lib/units';
import { allIds, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const namespace = (props: Partial<PlatformNamespaceProps> = {}, version?: string) =>
  manifests((chart) => new PlatformNamespace(chart, 'Namespace', { name: 'shop', ...props }), version);

const quota = {
  requests: { cpu: Cpu.cores(10), memory: Memory.gib(20) },
  limits: { cpu: Cpu.cores(40), memory: Memory.gib(40) },
  pods: 50,
};

const amounts = (cpu: number, memory: number, disk: number) => ({
  cpu: Cpu.millis(cpu),
  memory: Memory.mib(memory),
  ephemeralStorage: Memory.mib(disk),
});

describe('PlatformNamespace', () => {
  test.each(['1.28', '1.35'])('enforces, audits and warns by the restricted level of %s', (version) => {
    expect(only(namespace({}, version), 'Namespace').metadata).toEqual({
      name: 'shop',
      labels: {
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': `v${version}`,
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/audit-version': `v${version}`,
        'pod-security.kubernetes.io/warn': 'restricted',
        'pod-security.kubernetes.io/warn-version': `v${version}`,
      },
    });
  });

  test('another level stands there with its reason', () => {
    const { metadata } = only(namespace({ level: 'privileged', reason: 'node agents read /proc' }), 'Namespace');
    expect(metadata.labels['pod-security.kubernetes.io/enforce']).toBe('privileged');
    expect(metadata.annotations).toEqual({ 'headroom.dev/pod-security-reason': 'node agents read /proc' });
  });

  test('labels of its own cannot weaken the level', () => {
    const labels = { 'istio-injection': 'enabled', 'pod-security.kubernetes.io/enforce': 'privileged' };
    expect(only(namespace({ labels }), 'Namespace').metadata.labels).toMatchObject({
      'istio-injection': 'enabled',
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  test('all traffic is closed but for DNS and AWS credentials', () => {
    const { metadata, spec } = only(namespace(), 'NetworkPolicy');
    expect(metadata).toMatchObject({ name: 'default-deny', namespace: 'shop' });
    expect(spec).toMatchObject({ podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [] });
    expect(spec.egress.map(({ ports }: { ports: object[] }) => ports[0])).toEqual([
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
      { port: 80, protocol: 'TCP' },
    ]);
  });

  test('a container that declares nothing still has requests and limits', () => {
    const { metadata, spec } = only(namespace(), 'LimitRange');
    expect(metadata.namespace).toBe('shop');
    expect(spec.limits).toEqual([
      {
        type: 'Container',
        defaultRequest: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '128Mi' },
        default: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '256Mi' },
      },
    ]);
  });

  test('there is a quota only if one is given', () => {
    expect(namespace().map(({ kind }) => kind)).not.toContain('ResourceQuota');
    const { metadata, spec } = only(namespace({ quota: { ...quota, volumeClaims: 4 } }), 'ResourceQuota');
    expect(metadata.namespace).toBe('shop');
    expect(spec.hard).toEqual({
      pods: '50',
      'requests.cpu': '10',
      'requests.memory': '20Gi',
      'limits.cpu': '40',
      'limits.memory': '40Gi',
      persistentvolumeclaims: '4',
    });
  });

  test('a quota that names no claims allows none', () => {
    expect(only(namespace({ quota }), 'ResourceQuota').spec.hard.persistentvolumeclaims).toBe('0');
  });

  test('in a chart with a namespace of its own, each object is still where it belongs', () => {
    const chart = new Chart(Testing.app(), 'test', { namespace: 'elsewhere' });
    new PlatformNamespace(chart, 'Namespace', { name: 'shop', quota });
    const places = Testing.synth(chart).map(({ kind, metadata }) => [kind, metadata.namespace]);
    expect(Object.fromEntries(places)).toEqual({
      Namespace: undefined,
      LimitRange: 'shop',
      ResourceQuota: 'shop',
      NetworkPolicy: 'shop',
    });
  });

  test.each<[string, Partial<PlatformNamespaceProps>]>([
    ['a quota of one pod', { quota: { ...quota, pods: 1 } }],
    ['the largest quota', { quota: { ...quota, pods: 100_000, volumeClaims: 10_000 } }],
    ['requests of exactly the limits', { quota: { ...quota, limits: quota.requests } }],
    [
      'defaults of exactly their limits',
      { containerDefaults: { requests: amounts(1, 1, 1), limits: amounts(1, 1, 1) } },
    ],
  ])('accepts %s', (_what, props) => {
    expect(PlatformNamespace.inspect('p', { name: 'shop', ...props })).toEqual([]);
  });

  const defaults = (cpu: number, memory: number, disk: number) => ({
    containerDefaults: { requests: amounts(cpu, memory, disk), limits: amounts(100, 100, 100) },
  });

  const broken: [id: string, props: Partial<PlatformNamespaceProps>][] = [
    ['namespace-name-is-its-own', { name: 'default' }],
    ['namespace-name-is-its-own', { name: 'kube-system' }],
    ['namespace-name-is-its-own', { name: 'Shop' }],
    ['namespace-level-is-known', { level: 'open' as unknown as 'baseline', reason: 'a slip' }],
    ['namespace-labels-are-valid', { labels: { team: 'a b' } }],
    ['namespace-level-has-a-reason', { level: 'baseline' }],
    ['namespace-level-has-a-reason', { level: 'privileged', reason: ' ' }],
    ['namespace-defaults-fit', defaults(101, 100, 100)],
    ['namespace-defaults-fit', defaults(100, 101, 100)],
    ['namespace-defaults-fit', defaults(100, 100, 101)],
    ['namespace-quota-counts-pods', { quota: { ...quota, pods: 0 } }],
    ['namespace-quota-counts-pods', { quota: { ...quota, pods: 100_001 } }],
    ['namespace-quota-counts-pods', { quota: { ...quota, pods: Number.NaN } }],
    ['namespace-quota-counts-claims', { quota: { ...quota, volumeClaims: -1 } }],
    ['namespace-quota-counts-claims', { quota: { ...quota, volumeClaims: 10_001 } }],
    ['namespace-quota-fits', { quota: { ...quota, limits: { ...quota.limits, cpu: Cpu.cores(9) } } }],
    ['namespace-quota-fits', { quota: { ...quota, limits: { ...quota.limits, memory: Memory.gib(19) } } }],
  ];

  test.each(broken)('refuses: %s %j', (id, props) => {
    expect(refused(() => namespace(props))).toEqual([id]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([id]) => id))].sort()).toEqual(allIds(PLATFORM_NAMESPACE_CHECKS));
  });
});
