import type { ClusterSpec, EnvironmentSpec, KarpenterSpec, NodeGroupSpec, PlatformSpec } from '../../lib/model';
import { SPOT_FALLBACK_CHECKS } from '../../lib/model';
import { inspectPlatform } from '../../lib/platform/inspect-platform';
import { SPOT_RELEASE_CHECKS } from '../../lib/platform/plan/plan-capacity';
import { planQuotas } from '../../lib/platform/plan/plan-quotas';
import { Cpu, Duration, Memory, Percent } from '../../lib/units';
import { brokenAwsRules } from '../hardening/aws-rule';
import { AWS_RULES } from '../hardening/aws-rules';
import { unwaived } from '../hardening/waiver';
import { AWS_WAIVERS } from '../hardening/waivers';
import { environment, service } from '../support/environment';
import { allIds, ids } from '../support/findings';
import type { Manifest } from '../support/manifests';
import { type Output, output } from '../support/output';
import { type Block, resources } from '../support/terraform';
import { terraformFaults } from '../support/terraform-faults';

const general: NodeGroupSpec = { name: 'general', instanceTypes: ['m5.large'], min: 3, max: 20, desired: 6 };
const data: NodeGroupSpec = {
  name: 'data',
  instanceTypes: ['r5.large'],
  min: 1,
  max: 2,
  desired: 1,
  zones: 'each',
  taints: [{ key: 'dedicated', value: 'data', effect: 'NoSchedule' }],
};
const TYPES = ['m5.large', 'm6i.large', 'm6a.large'];

const place = (cluster: Partial<ClusterSpec> = {}, overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec => {
  const valid = environment();
  return {
    ...valid,
    caches: valid.caches.map((cache) => ({ ...cache, nodes: 'data' })) as EnvironmentSpec['caches'],
    ...overrides,
    cluster: { ...valid.cluster, nodeGroups: [general, data], ...cluster },
  };
};

const platform = (one: EnvironmentSpec): PlatformSpec => ({ name: 'shop', environments: [one] });
const found = (one: EnvironmentSpec): string[] => ids(inspectPlatform(platform(one)));

const named = (from: Output, kind: string, name: string): Manifest =>
  from.objects('shop/production').find((object) => object.kind === kind && object.metadata.name === name) ?? {};
const ofKind = (from: Output, kind: string): Manifest[] =>
  from.objects('shop/production').filter((object) => object.kind === kind);
const groups = (from: Output): Block[] => resources(from.stack('shop-production-cluster'), 'aws_eks_node_group');
const valuesOf = (from: Output, chart: string): Manifest =>
  named(from, 'Application', chart).spec?.source.helm.valuesObject;
const spreadOf = (from: Output, kind: string, name: string): string[] =>
  named(from, kind, name).spec.template.spec.topologySpreadConstraints.map(
    ({ topologyKey }: Manifest) => topologyKey as string,
  );

const plain = output(platform(place()));

describe('spot nodes', () => {
  const spot = { instanceTypes: TYPES };
  const spotted = output(platform(place({ spot })));

  test('are a group that may be empty, sized by its share of the CPUs', () => {
    const added = groups(spotted).filter(({ capacity_type }) => capacity_type === 'SPOT');
    // 12 CPUs on demand: 3 nodes of 2 are 6 of 18; at the maxima 40: 9 nodes are 18 of 58.
    expect(added.map(({ scaling_config }) => scaling_config)).toEqual([{ min_size: 0, desired_size: 3, max_size: 9 }]);
    expect(groups(spotted)).toHaveLength(groups(plain).length + 1);
  });

  test('are tried first, waited for as long as is said, and capped by what on demand can do without them', () => {
    const { expanderPriorities, extraArgs } = valuesOf(spotted, 'cluster-autoscaler');
    expect(expanderPriorities).toEqual({ 10: ['.*'], 50: ['^eks-spot-.*'] });
    // 20 + 3 x 2 on demand, and 3.
    expect(extraArgs).toMatchObject({ 'max-nodes-total': 29, 'max-node-provision-time': '5m' });
    expect(valuesOf(plain, 'cluster-autoscaler').extraArgs['max-nodes-total']).toBe(26);
    const hasty = output(platform(place({ spot: { ...spot, name: 'cheap', provisionTimeout: Duration.minutes(2) } })));
    expect(valuesOf(hasty, 'cluster-autoscaler')).toMatchObject({
      expanderPriorities: { 50: ['^eks-cheap-.*'] },
      extraArgs: { 'max-node-provision-time': '2m' },
    });
  });

  test('have tags by which an empty group is known', () => {
    const tags = resources(spotted.stack('shop-production-cluster'), 'aws_autoscaling_group_tag')
      .filter(({ autoscaling_group_name }) => autoscaling_group_name.includes('spot'))
      .map(({ tag }) => `${tag.key}=${tag.value}`);
    expect(tags).toContain('k8s.io/cluster-autoscaler/node-template/label/eks.amazonaws.com/capacityType=SPOT');
    expect(tags).toContain('k8s.io/cluster-autoscaler/node-template/label/headroom.dev/node-group=spot');
  });

  test('get no more than their part of a service, as far as there is room', () => {
    expect(spreadOf(spotted, 'Deployment', 'orders')).toEqual([
      'topology.kubernetes.io/zone',
      'kubernetes.io/hostname',
      'eks.amazonaws.com/capacityType',
    ]);
    expect(spreadOf(plain, 'Deployment', 'orders')).toHaveLength(2);
  });

  test('change no pod beside that, and no store', () => {
    const withoutSpread = (object: Manifest): Manifest =>
      JSON.parse(
        JSON.stringify(object, (key, value) =>
          key === 'topologySpreadConstraints'
            ? value.filter((one: Manifest) => !/capacity/.test(one.topologyKey))
            : value,
        ),
      );
    const workloads = (from: Output): Manifest[] =>
      from.objects('shop/production').filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind));
    expect(workloads(spotted).map(withoutSpread)).toEqual(workloads(plain));
    expect(JSON.stringify(ofKind(spotted, 'StatefulSet'))).not.toContain('capacityType');
  });

  test('count in quotas, and in what the network must hold', () => {
    const needs = (one: EnvironmentSpec) => {
      const watched = { ...one, operations: { subscriptions: [] } };
      return planQuotas(platform(watched), watched)?.plan.needs;
    };
    // 9 nodes, and 2 a zone while they are updated, of 2 CPUs.
    expect(needs(place({ spot }))?.spotVcpus).toBe(30);
    expect(needs(place())?.spotVcpus).toBe(0);
    const seated = (share: Percent): boolean =>
      !found(place({ spot: { ...spot, share } }, { network: { cidr: '10.20.0.0/17', nat: 'per-zone' } })).includes(
        'network-private-subnets-hold-the-pods',
      );
    // 9 nodes more, or 180
    expect([seated(Percent.of(30)), seated(Percent.of(90))]).toEqual([true, false]);
  });

  test('are on the bill, in advance as little as anything that follows', () => {
    const bill = JSON.parse(spotted.documents['cost/shop/production/monthly.json'] ?? '{}');
    expect(bill.lines.map(({ item }: { item: string }) => item)).toContain('nodes of spot');
  });

  test('cannot be asked for by name: nothing would fall back', () => {
    expect(found(place({ spot }, { services: [service('orders', { nodes: 'spot' })] }))).toContain(
      'service-nodes-exist',
    );
  });

  test('are no place for stores', () => {
    const { caches } = environment();
    expect(found(place({ spot, nodeGroups: [general] }, { caches }))).toContain('redis-members-have-lasting-nodes');
  });

  test('are left in two minutes: pods that need longer are told', () => {
    const slow = service('orders', { drainFor: Duration.minutes(2) });
    expect(found(place({ spot }, { services: [slow] }))).toContain('web-service-stops-before-spot-reclaim');
    expect(found(place({}, { services: [slow] }))).not.toContain('web-service-stops-before-spot-reclaim');
    const pinned = { ...slow, nodes: 'steady' };
    const steady = { ...general, name: 'steady', max: 2, desired: 2, min: 2 };
    expect(found(place({ spot, nodeGroups: [general, data, steady] }, { services: [pinned] }))).not.toContain(
      'web-service-stops-before-spot-reclaim',
    );
  });

  test('are refused beside any other autoscaler', () => {
    expect(found(place({ spot, autoscaler: 'none' }))).toContain('cluster-spot-has-its-autoscaler');
  });
});

describe('what remains without spot', () => {
  // A node leaves 1930m of its two CPUs; each pod asks for 200m.
  const need = (pods: number, nodes: number, overrides: Partial<EnvironmentSpec> = {}): string[] => {
    const grown = service('orders', {
      scaling: { min: 2, max: pods, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
    });
    const group = { ...general, max: nodes, desired: nodes, min: 1 };
    const checks = allIds(SPOT_FALLBACK_CHECKS, SPOT_RELEASE_CHECKS);
    return found(
      place({ spot: { instanceTypes: TYPES }, nodeGroups: [group, data] }, { services: [grown], ...overrides }),
    ).filter((id) => checks.includes(id));
  };

  test.each([
    // 38 pods are 7600m, and 48 with what an update adds: 9600m; four nodes have 7720m, five 9650m.
    { it: 'the maximum fits, an update of it does too', pods: 38, nodes: 5, expected: [] },
    { it: 'an update of it does not', pods: 38, nodes: 4, expected: ['spot-share-leaves-room-for-a-release'] },
    {
      it: 'the maximum does not fit',
      pods: 39,
      nodes: 4,
      expected: ['spot-share-can-fall-back', 'spot-share-leaves-room-for-a-release'],
    },
  ])('$it', ({ pods, nodes, expected }) => {
    expect(need(pods, nodes)).toEqual(expected);
  });

  test('sidecars count with the pods', () => {
    // 26 pods of 300m: 7800m of 7720m.
    expect(need(25, 4)).toEqual([]);
    expect(need(26, 4, { mesh: 'istio' })).toContain('spot-share-can-fall-back');
    expect(need(26, 4)).toEqual([]);
  });

  test('tainted groups are no room', () => {
    const tainted = { ...general, name: 'jobs', taints: data.taints ?? [] };
    const jobs = service('jobs', { nodes: 'jobs' });
    const small = { ...general, min: 1, desired: 1, max: 1 };
    const one = place(
      { spot: { instanceTypes: TYPES }, nodeGroups: [small, tainted, data] },
      {
        services: [
          service('orders', { scaling: { min: 2, max: 10, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] } }),
          jobs,
        ],
      },
    );
    expect(found(one)).toContain('spot-share-can-fall-back');
  });

  test('services with nodes of their own need none of it', () => {
    const big = service('big', {
      nodes: 'jobs',
      scaling: { min: 2, max: 500, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
    });
    const jobs = { ...general, name: 'jobs', max: 100, taints: data.taints ?? [] };
    const one = place(
      { spot: { instanceTypes: TYPES }, nodeGroups: [general, data, jobs] },
      { services: [service('orders'), big] },
    );
    expect(found(one).filter((id) => id.startsWith('spot-share'))).toEqual([]);
  });
});

const karpenter: KarpenterSpec = {
  imageVersion: 'v20260818',
  pools: [
    {
      name: 'web',
      onDemandTypes: ['m5.large', 'm6i.large'],
      spotTypes: TYPES,
      limits: { cpu: Cpu.cores(80), memory: Memory.gib(320) },
    },
    {
      name: 'jobs',
      instanceTypes: ['c5.2xlarge'],
      limits: { cpu: Cpu.cores(32), memory: Memory.gib(64) },
      taints: [{ key: 'dedicated', value: 'jobs', effect: 'NoSchedule' }],
    },
  ],
};

describe('Karpenter', () => {
  const bootstrap = { ...general, name: 'bootstrap', min: 2, max: 2, desired: 2 };
  const cluster = { autoscaler: 'karpenter', nodeGroups: [bootstrap, data], karpenter } as const;
  const services = [...environment().services, service('jobs', { nodes: 'jobs' })];
  const declared = place(cluster, { services, tags: { team: 'shop' } });
  const made = output(platform(declared));

  test('is nothing to warn of once it is declared whole', () => {
    expect(found(declared)).toEqual(found(place()));
  });

  test('has role, queue, rules and profile in the stack of the cluster, and Cluster Autoscaler has nothing', () => {
    const stack = made.stack('shop-production-cluster');
    const accounts = resources(stack, 'aws_eks_pod_identity_association').map(({ service_account }) => service_account);
    expect(accounts).toContain('karpenter');
    expect(accounts).not.toContain('cluster-autoscaler');
    expect(resources(stack, 'aws_sqs_queue').map(({ name }) => name)).toEqual(['shop-production-karpenter']);
    expect(resources(stack, 'aws_cloudwatch_event_rule')).toHaveLength(5);
    expect(resources(stack, 'aws_iam_instance_profile').map(({ name }) => name)).toContain(
      'shop-production-karpenter-node',
    );
    expect(resources(stack, 'aws_autoscaling_group_tag')).toEqual([]);
    expect(resources(plain.stack('shop-production-cluster'), 'aws_sqs_queue')).toEqual([]);
  });

  test('finds by name what Terraform has named', () => {
    const stack = made.stack('shop-production-cluster');
    const [nodeClass] = ofKind(made, 'EC2NodeClass');
    const [queue] = resources(stack, 'aws_sqs_queue');
    const discovery = { 'karpenter.sh/discovery': 'shop-production' };
    expect(valuesOf(made, 'karpenter').settings).toEqual({
      clusterName: 'shop-production',
      interruptionQueue: queue.name,
    });
    expect(nodeClass?.spec).toMatchObject({
      instanceProfile: 'shop-production-karpenter-node',
      subnetSelectorTerms: [{ tags: discovery }],
      securityGroupSelectorTerms: [{ tags: discovery }],
      amiSelectorTerms: [{ alias: 'al2023@v20260818' }],
      tags: { platform: 'shop', environment: 'production', team: 'shop' },
    });
    const subnets = resources(made.stack('shop-production-network'), 'aws_subnet').filter(
      ({ tags }) => tags['karpenter.sh/discovery'] === 'shop-production',
    );
    expect(subnets).toHaveLength(3);
    expect(resources(stack, 'aws_ec2_tag')).toMatchObject([{ key: 'karpenter.sh/discovery' }]);
  });

  test('has every pool in the layer before workloads, a pair as two, with limits and budgets', () => {
    const file = made.kubernetes['shop/production/20-policies/karpenter.yaml'] ?? '';
    expect(file.match(/^kind: .*$/gm)).toEqual([
      'kind: EC2NodeClass',
      'kind: NodePool',
      'kind: NodePool',
      'kind: NodePool',
    ]);
    const pools = ofKind(made, 'NodePool').map(({ metadata, spec }) => [
      metadata.name,
      spec.limits.cpu,
      spec.disruption.budgets,
    ]);
    expect(pools.sort()).toEqual([
      ['jobs', '32', [{ nodes: '10%' }]],
      ['web-on-demand', '80', [{ nodes: '10%' }]],
      ['web-spot', '24', [{ nodes: '10%' }]],
    ]);
  });

  test('brings definitions and controller, and no other autoscaler of nodes', () => {
    const charts = ofKind(made, 'Application').map(({ metadata }) => metadata.name);
    expect(charts).toEqual(expect.arrayContaining(['karpenter', 'karpenter-crd']));
    expect(charts).not.toContain('cluster-autoscaler');
    expect(ofKind(plain, 'Application').map(({ metadata }) => metadata.name)).not.toContain('karpenter');
  });

  test('spreads pods over both pools of a pair, and over no pool that buys one way', () => {
    expect(spreadOf(made, 'Deployment', 'orders')).toContain('headroom.dev/capacity-spread');
    expect(spreadOf(made, 'Deployment', 'jobs')).toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
  });

  test('gives pods that ask for a pool its label and toleration', () => {
    expect(named(made, 'Deployment', 'jobs').spec.template.spec).toMatchObject({
      nodeSelector: { 'headroom.dev/node-group': 'jobs' },
      tolerations: [{ key: 'dedicated', value: 'jobs', effect: 'NoSchedule' }],
    });
  });

  test('is what the provider takes, hardened as linters want it', () => {
    const stack = made.stack('shop-production-cluster');
    expect(terraformFaults(stack)).toEqual([]);
    expect(unwaived(brokenAwsRules('shop-production-cluster', stack, AWS_RULES), AWS_WAIVERS)).toEqual([]);
  });

  test('counts in quotas by its limits', () => {
    const watched = { ...declared, operations: { subscriptions: [] } };
    // 12 nodes of 2, and 2 a zone.
    expect(planQuotas(platform(watched), watched)?.plan.needs.spotVcpus).toBe(36);
  });

  test.each([
    ['pools beside Cluster Autoscaler', place({ karpenter }), 'cluster-karpenter-is-the-autoscaler'],
    ['the name without pools', place({ autoscaler: 'karpenter' }), 'cluster-karpenter-has-pools'],
    [
      'a release that is none',
      place({ ...cluster, karpenter: { ...karpenter, imageVersion: '1.2' } }),
      'node-class-image-is-a-release',
    ],
    ['a tainted pool that nothing tolerates', place(cluster), 'node-taints-are-tolerated'],
    [
      'tags that it keeps for itself',
      place(cluster, { services, tags: { 'kubernetes.io/cluster/a': 'owned' } }),
      'node-class-tags-are-free',
    ],
    [
      'a pod that no node of its pool seats',
      place(cluster, {
        services: [
          ...environment().services,
          service('jobs', {
            nodes: 'jobs',
            resources: {
              requests: { cpu: Cpu.cores(9), memory: Memory.gib(1), ephemeralStorage: Memory.gib(1) },
              limits: { cpu: Cpu.cores(9), memory: Memory.gib(1), ephemeralStorage: Memory.gib(1) },
            },
          }),
        ],
      }),
      'pod-fits-a-node',
    ],
  ])('%s is told before anything is built', (_, one, check) => {
    expect(found(one)).toContain(check);
  });
});
