import { capacitySpread } from '../../../lib/kubernetes/karpenter/capacity-spread';
import { NODE_POOL_OBJECT_CHECKS, NodePool, type NodePoolProps } from '../../../lib/kubernetes/karpenter/node-pool';
import { nodePoolPair } from '../../../lib/model/capacity/capacity-domains';
import { Cpu, Duration, Memory } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const props: NodePoolProps = {
  name: 'general',
  instanceTypes: ['m5.large', 'm5.xlarge'],
  limits: { cpu: Cpu.cores(80), memory: Memory.gib(320) },
};

const object = (overrides: Partial<NodePoolProps> = {}): Manifest =>
  only(
    manifests((chart) => {
      new NodePool(chart, 'Pool', { ...props, ...overrides });
    }),
    'NodePool',
  );

const requirement = (pool: Manifest, key: string): string[] | undefined =>
  pool.spec.template.spec.requirements.find((one: Manifest) => one.key === key)?.values;

describe('NodePool', () => {
  test('nodes come to a limit, on demand, and go after five minutes, a tenth at a time', () => {
    expect(object().spec).toEqual({
      template: {
        metadata: { labels: { 'headroom.dev/node-group': 'general' } },
        spec: {
          nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' },
          requirements: [
            { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] },
            { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
            { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] },
            { key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['m5.large', 'm5.xlarge'] },
          ],
          expireAfter: '2592000s',
        },
      },
      disruption: {
        consolidationPolicy: 'WhenEmptyOrUnderutilized',
        consolidateAfter: '300s',
        budgets: [{ nodes: '10%' }],
      },
      limits: { cpu: '80', memory: '320Gi' },
    });
  });

  test.each([
    {
      it: 'spot, and no other way',
      given: { capacity: 'spot' as const, instanceTypes: ['m5.large', 'm6i.large', 'm6a.large'] },
      expected: ['spot'],
      key: 'karpenter.sh/capacity-type',
    },
    { it: 'arm64', given: { instanceTypes: ['m6g.large'] }, expected: ['arm64'], key: 'kubernetes.io/arch' },
    {
      it: 'zones',
      given: { zones: ['us-west-2a'] },
      expected: ['us-west-2a'],
      key: 'topology.kubernetes.io/zone',
    },
    {
      it: 'values to spread over',
      given: { spread: ['spot-1', 'spot-2'] },
      expected: ['spot-1', 'spot-2'],
      key: 'headroom.dev/capacity-spread',
    },
  ])('asks for $it', ({ given, key, expected }) => {
    expect(requirement(object(given), key)).toEqual(expected);
  });

  test.each([
    {
      it: 'empties only what is empty',
      given: { consolidate: 'empty' as const, consolidateAfter: Duration.minutes(1) },
      expected: { disruption: { consolidationPolicy: 'WhenEmpty', consolidateAfter: '60s' } },
    },
    {
      it: 'closes for some hours',
      given: {
        budgets: [
          { nodes: 2, reasons: ['Drifted' as const] },
          { nodes: 0, during: { schedule: '0 8 * * 1-5', lasts: Duration.hours(10) } },
        ],
      },
      expected: {
        disruption: {
          budgets: [
            { nodes: '2', reasons: ['Drifted'] },
            { nodes: '0', schedule: '0 8 * * 1-5', duration: '600m' },
          ],
        },
      },
    },
    {
      it: 'keeps others away',
      given: { taints: [{ key: 'dedicated', value: 'compute', effect: 'NoSchedule' as const }] },
      expected: { template: { spec: { taints: [{ key: 'dedicated', value: 'compute', effect: 'NoSchedule' }] } } },
    },
    { it: 'weighs', given: { weight: 10 }, expected: { weight: 10 } },
    {
      it: 'drains in a given time',
      given: { drainWithin: Duration.hours(1), expireAfter: Duration.days(7) },
      expected: { template: { spec: { terminationGracePeriod: '3600s', expireAfter: '604800s' } } },
    },
    {
      it: 'stands for a node group of another name',
      given: { group: 'shared', labels: { tier: 'web' } },
      expected: { template: { metadata: { labels: { 'headroom.dev/node-group': 'shared', tier: 'web' } } } },
    },
    {
      it: 'has another class',
      given: { nodeClass: 'gpu' },
      expected: { template: { spec: { nodeClassRef: { name: 'gpu' } } } },
    },
  ])('$it', ({ given, expected }) => {
    expect(object(given).spec).toMatchObject(expected);
  });

  test('what nobody asked for is not written', () => {
    expect(object().spec).not.toHaveProperty('weight');
    expect(object().spec.template.spec).not.toHaveProperty('taints');
    expect(object().spec.template.spec).not.toHaveProperty('terminationGracePeriod');
  });

  test('a pair shares no value of the spread label and buys two ways', () => {
    const pair = nodePoolPair({
      name: 'general',
      onDemandTypes: ['m5.large'],
      spotTypes: ['m5.large', 'm6i.large', 'm6a.large'],
      limits: props.limits,
    }).map((pool) => object(pool));
    const values = pair.map((pool) => requirement(pool, 'headroom.dev/capacity-spread') ?? []);
    expect(values.map(({ length }) => length)).toEqual([7, 3]);
    expect(new Set(values.flat()).size).toBe(10);
    expect(pair.map((pool) => requirement(pool, 'karpenter.sh/capacity-type'))).toEqual([['on-demand'], ['spot']]);
    expect(pair.map((pool) => pool.spec.template.metadata.labels['headroom.dev/node-group'])).toEqual([
      'general',
      'general',
    ]);
  });

  test('errors of the pool and of the object are told together', () => {
    expect(refused(() => object({ nodeClass: 'No Class', weight: 0 }))).toEqual([
      'node-pool-class-is-dns-name',
      'node-pool-weight-is-possible',
    ]);
  });

  test('every check of the object has a failing row', () => {
    expect(ids(NodePool.inspect('test', { ...props, nodeClass: 'No Class' }))).toEqual(allIds(NODE_POOL_OBJECT_CHECKS));
  });
});

test('pods are asked, and not forced, to spread over the values', () => {
  expect(capacitySpread({ app: 'orders' })).toEqual({
    topologyKey: 'headroom.dev/capacity-spread',
    maxSkew: 1,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { app: 'orders' } },
  });
});
