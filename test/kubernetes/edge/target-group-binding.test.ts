import {
  loadBalancerPeers,
  TARGET_GROUP_BINDING_CHECKS,
  TargetGroupBinding,
  type TargetGroupBindingProps,
} from '../../../lib/kubernetes/edge/target-group-binding';
import { targetPorts } from '../../../lib/model/edge/target-group';
import { targetGroupName } from '../../../lib/model/edge/target-group-name';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

type Change = Partial<TargetGroupBindingProps>;

const gateway = { name: 'gateway', port: 8080, healthCheck: { path: '/readyz', port: 8081 } };
const name = targetGroupName('acgs-production', gateway);
const valid: TargetGroupBindingProps = { targetGroupName: name, service: 'gateway' };

const binding = (change: Change = {}): Manifest =>
  only(
    manifests((chart) => new TargetGroupBinding(chart, 'Binding', { ...valid, ...change })),
    'TargetGroupBinding',
  );

describe('TargetGroupBinding', () => {
  test('registers the pods of a Service in a group that it names, and holds nothing of an account', () => {
    expect(binding({ partOf: 'acgs', labels: { tier: 'edge' } })).toEqual({
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata: {
        name,
        labels: {
          tier: 'edge',
          'app.kubernetes.io/name': 'gateway',
          'app.kubernetes.io/instance': 'gateway',
          'app.kubernetes.io/component': 'load-balancing',
          'app.kubernetes.io/managed-by': 'cdk-headroom',
          'app.kubernetes.io/part-of': 'acgs',
        },
      },
      spec: { targetGroupName: name, targetType: 'ip', serviceRef: { name: 'gateway', port: 'http' } },
    });
  });

  test('takes a port of the Service by number or name', () => {
    expect(binding({ servicePort: 8080 }).spec.serviceRef.port).toBe(8080);
    expect(binding({ servicePort: 'https' }).spec.serviceRef.port).toBe('https');
  });

  test('another group is another object, as none can change its group', () => {
    const other = targetGroupName('acgs-production', { ...gateway, port: 8443 });
    expect(binding({ targetGroupName: other }).metadata.name).toBe(other);
    expect(other).not.toBe(name);
  });
});

describe('callers that load balancers are', () => {
  test('each range knocks at each port', () => {
    expect(loadBalancerPeers(['10.0.192.0/22', '10.0.196.0/22'], targetPorts(gateway))).toEqual([
      { cidr: '10.0.192.0/22', port: 8080 },
      { cidr: '10.0.192.0/22', port: 8081 },
      { cidr: '10.0.196.0/22', port: 8080 },
      { cidr: '10.0.196.0/22', port: 8081 },
    ]);
  });

  test('what is no range is refused', () => {
    expect(() => loadBalancerPeers(['10.0.192.0/22', '10.0.0.1/16'], [80])).toThrow(
      new RangeError('cidrs must be IPv4 ranges, got 10.0.0.1/16'),
    );
  });
});

const broken: [check: string, change: Change][] = [
  ['target-group-binding-names-a-group', { targetGroupName: 'a'.repeat(33) }],
  ['target-group-binding-names-a-group', { targetGroupName: 'Gateway' }],
  ['target-group-binding-names-a-group', { targetGroupName: '' }],
  ['target-group-binding-names-a-group', { targetGroupName: 'arn:aws:elasticloadbalancing' }],
  ['target-group-binding-service-is-a-dns-label', { service: 'gateway.acgs' }],
  ['target-group-binding-port-is-a-port', { servicePort: 0 }],
  ['target-group-binding-port-is-a-port', { servicePort: 65_536 }],
  ['target-group-binding-port-is-a-port', { servicePort: Number.NaN }],
  ['target-group-binding-port-is-a-port', { servicePort: '80' }],
  ['target-group-binding-port-is-a-port', { servicePort: 'a-port-with-16-c' }],
];

const found = (change: Change) => ids(TargetGroupBinding.inspect('edge', { ...valid, ...change }));

test.each(broken)('%s fails (row %#)', (check, change) => {
  expect(found(change)).toEqual([check]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(TARGET_GROUP_BINDING_CHECKS));
});

test.each<[string, Change]>([
  ['the props as they are', {}],
  ['32 characters', { targetGroupName: 'a'.repeat(32) }],
  ['the first port', { servicePort: 1 }],
  ['the last port', { servicePort: 65_535 }],
  ['a name of 15 characters', { servicePort: 'a-port-with-15c' }],
])('accepts %s', (_, change) => {
  expect(found(change)).toEqual([]);
});

test('nothing is made of what is wrong', () => {
  expect(refused(() => binding({ service: '' }))).toEqual(['target-group-binding-service-is-a-dns-label']);
});
