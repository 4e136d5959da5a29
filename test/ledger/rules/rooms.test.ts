import type { Facts, PodShape } from '../../../lib/ledger/facts';
import { addressesSuffice } from '../../../lib/ledger/rules/addresses-suffice';
import { cpuLimitsFitANode, memoryLimitsFitNodes } from '../../../lib/ledger/rules/limits';
import { podsFitANode } from '../../../lib/ledger/rules/pods-fit-a-node';
import { quotaCoversThePeak } from '../../../lib/ledger/rules/quota-covers-the-peak';
import { spreadAllowsTheMaximum } from '../../../lib/ledger/rules/spread-allows-the-maximum';
import { autoscalerOf, blockOf, factsWith, groupOf, MIB, objectOf, requests, shapeOf, workloadOf } from '../pack/facts';
import { only, said, words } from './verdicts';

const pods = (replicas: number, shape: Partial<PodShape> = {}, more = {}) =>
  workloadOf('app', { replicas, shape: shapeOf({ labels: { app: 'app' }, ...shape }), ...more });
const on = (nodes: Facts['nodeGroups'], replicas: number, shape: Partial<PodShape> = {}, more = {}) =>
  factsWith({ workloads: [pods(replicas, shape, more)], nodeGroups: nodes });

describe('pods-fit-a-node', () => {
  const taints = [{ key: 'k', value: 'v', effect: 'NoSchedule' as const }];
  test.each([
    {
      it: 'all of a node',
      shape: { requests: requests(4000, 16_000) },
      expected: 'holds: a node of one takes 1 of its pods',
    },
    {
      it: 'a millicore more',
      shape: { requests: requests(4001, 0) },
      expected:
        'broken: refused by one: 4.001 CPU of 4 CPU -> ask for at most 4000m of CPU in each pod, or give one a larger instance type',
    },
    {
      it: 'a mebibyte more',
      shape: { requests: requests(0, 16_001) },
      expected:
        'broken: refused by one: 16001 Mi of 16000 Mi -> ask for at most 16000 Mi of memory in each pod, or give one a larger instance type',
    },
    {
      it: 'a selector that none has',
      shape: { nodeSelector: { gpu: 'yes' } },
      expected: /^broken: refused by one: node selector gpu=yes -> /,
    },
    {
      it: 'affinity that none has',
      shape: { nodeAffinity: [[{ key: 'gpu', operator: 'Exists' as const, values: [] }]] },
      expected: /^broken: refused by one: node affinity on gpu -> /,
    },
    {
      it: 'a label that EKS gives',
      shape: { nodeSelector: { 'eks.amazonaws.com/capacityType': 'ON_DEMAND' } },
      expected: /^holds/,
    },
  ])('$it', ({ shape, expected }) => {
    const said = words(only(podsFitANode, on([groupOf('one')], 1, shape)));
    if (typeof expected === 'string') expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });

  test.each([
    { it: 'no toleration', tolerations: [], expected: 'broken' },
    {
      it: 'the same key, value and effect',
      tolerations: [{ key: 'k', operator: 'Equal' as const, value: 'v', effect: 'NoSchedule' }],
      expected: 'holds',
    },
    { it: 'another value', tolerations: [{ key: 'k', operator: 'Equal' as const, value: 'w' }], expected: 'broken' },
    {
      it: 'another effect',
      tolerations: [{ key: 'k', operator: 'Exists' as const, effect: 'NoExecute' }],
      expected: 'broken',
    },
    { it: 'the key alone', tolerations: [{ key: 'k', operator: 'Exists' as const }], expected: 'holds' },
    { it: 'everything', tolerations: [{ operator: 'Exists' as const }], expected: 'holds' },
    { it: 'no key and no Exists', tolerations: [{ operator: 'Equal' as const, value: 'v' }], expected: 'broken' },
  ])('taints: $it', ({ tolerations, expected }) => {
    expect(only(podsFitANode, on([groupOf('one', { taints })], 1, { tolerations })).outcome).toBe(expected);
  });

  test.each([
    { effect: 'PreferNoSchedule' as const, key: 'k', expected: 'holds' },
    { effect: 'NoExecute' as const, key: 'k', expected: 'broken' },
    { effect: 'NoSchedule' as const, key: 'ebs.csi.aws.com/agent-not-ready', expected: 'holds' },
  ])('a taint $key:$effect', ({ effect, key, expected }) => {
    expect(only(podsFitANode, on([groupOf('one', { taints: [{ key, value: 'v', effect }] })], 1)).outcome).toBe(
      expected,
    );
  });

  test('zones that are not known are asked for', () => {
    const facts = on([groupOf('one', { zones: [] })], 1, { nodeSelector: { 'topology.kubernetes.io/zone': 'a' } });
    expect(words(only(podsFitANode, facts))).toBe('not-evaluated: zones of one (the subnets they refer to)');
  });
});

describe('limits', () => {
  test.each([
    { it: 'at the node', cpuMillis: 4000, expected: 'holds' },
    { it: 'above it', cpuMillis: 4001, expected: 'broken' },
  ])('cpu-limits-fit-a-node: $it', ({ cpuMillis, expected }) => {
    expect(only(cpuLimitsFitANode, on([groupOf('one')], 1, { limits: { cpuMillis } })).outcome).toBe(expected);
  });

  test.each([
    { it: 'six nodes of 16000 Mi', replicas: 12, expected: 'holds' },
    { it: 'one pod more', replicas: 13, expected: 'broken' },
  ])('memory-limits-fit-nodes: $it', ({ replicas, expected }) => {
    expect(
      only(memoryLimitsFitNodes, on([groupOf('one')], replicas, { limits: { memoryBytes: 8000 * MIB } })).outcome,
    ).toBe(expected);
  });

  test('memory-limits-fit-nodes: a pod without one leaves it open', () => {
    expect(words(only(memoryLimitsFitNodes, on([groupOf('one')], 1)))).toBe(
      'not-evaluated: memory limits of Deployment shop/app',
    );
  });
});

describe('spread-allows-the-maximum', () => {
  const apart = (topologyKey: string, required = true) => ({
    spread: [{ topologyKey, maxSkew: 1, matchLabels: { app: 'app' }, required, kind: 'anti-affinity' as const }],
  });
  const HOST = 'kubernetes.io/hostname';
  const ZONE = 'topology.kubernetes.io/zone';
  test.each([
    { it: 'a node for each', facts: on([groupOf('one')], 6, apart(HOST)), expected: ['holds'] },
    { it: 'one pod more than nodes', facts: on([groupOf('one')], 7, apart(HOST)), expected: ['broken'] },
    { it: 'a surge counts', facts: on([groupOf('one')], 6, apart(HOST), { surge: () => 1 }), expected: ['broken'] },
    {
      it: 'a second set does not',
      facts: on([groupOf('one')], 6, apart(HOST), { surge: (n: number) => n, doubles: true }),
      expected: ['holds'],
    },
    { it: 'a zone for each', facts: on([groupOf('one')], 3, apart(ZONE)), expected: ['holds'] },
    { it: 'one pod more than zones', facts: on([groupOf('one')], 4, apart(ZONE)), expected: ['broken'] },
    { it: 'preferred is not required', facts: on([groupOf('one')], 7, apart(HOST, false)), expected: [] },
    { it: 'a host port', facts: on([groupOf('one')], 7, { hostPorts: [80] }), expected: ['broken'] },
    {
      it: 'zones that nobody wrote',
      facts: on([groupOf('one', { zones: [] })], 4, apart(ZONE)),
      expected: ['not-evaluated'],
    },
  ])('$it', ({ facts, expected }) => {
    expect(spreadAllowsTheMaximum.judge(facts, 'ordinary').map(({ outcome }) => outcome)).toEqual(expected);
  });

  test('the way out leaves room for the surge', () => {
    expect(words(only(spreadAllowsTheMaximum, on([groupOf('one')], 7, apart(HOST), { surge: () => 1 })))).toBe(
      'broken: 7 pods + 1 of a surge need nodes of their own (anti-affinity by kubernetes.io/hostname): 8 of 6' +
        ' -> lower replicas from 7 to 5, or prefer the anti-affinity instead of requiring it, or raise the maximum of a group by 2',
    );
  });
});

describe('addresses-suffice', () => {
  const subnet = (cidr_block: string) => blockOf('aws_subnet', 'a', { cidr_block });
  const prefixes = blockOf('aws_eks_addon', 'cni', {
    addon_name: 'vpc-cni',
    configuration_values: '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}',
  });
  const judged = (
    replicas: number,
    cidr: string,
    blocks: Facts['blocks'] = [],
    more = {},
    scenario: 'ordinary' | 'node-update' = 'ordinary',
  ) =>
    only(
      addressesSuffice,
      {
        ...on([groupOf('one', { subnets: ['aws_subnet.a in shop'], max: 2, ...more })], replicas),
        blocks: [subnet(cidr), ...blocks],
      },
      scenario,
    );
  // t3.xlarge: 15 addresses an interface, one of them spare: 2 x 30 of 59 in a /26.
  test.each([
    { it: 'addresses left for no pod', replicas: 0, cidr: '10.0.0.0/26', expected: 'broken' },
    { it: 'all pods of a larger one', replicas: 63, cidr: '10.0.0.0/25', expected: 'holds' },
    { it: 'one pod more', replicas: 64, cidr: '10.0.0.0/25', expected: 'broken' },
  ])('$it', ({ replicas, cidr, expected }) => {
    expect(judged(replicas, cidr).outcome).toBe(expected);
  });

  test('prefixes: each node holds one to spare and one that is not full', () => {
    // 2 x (1 + 16 + 15) + CoreDNS' two pods = 66 of 123, for 57 pods more; without prefixes 60 of them are its nodes'.
    expect(judged(57, '10.0.0.0/25', [prefixes]).outcome).toBe('holds');
    expect(judged(58, '10.0.0.0/25', [prefixes]).outcome).toBe('holds');
    expect(judged(60, '10.0.0.0/25', [prefixes]).outcome).toBe('broken');
  });

  test('an update brings nodes that need addresses too', () => {
    expect(judged(40, '10.0.0.0/25', [], {}, 'node-update')).toMatchObject({
      outcome: 'broken',
      margin: { needed: 130, available: 123 },
    });
    expect(judged(40, '10.0.0.0/25')).toMatchObject({ outcome: 'holds', margin: { needed: 100, available: 123 } });
  });

  test('what has no range, or no limit, is asked for', () => {
    expect(words(judged(1, 'nonsense'))).toBe('not-evaluated: its cidr_block');
    expect(words(judged(1, '10.0.0.0/24', [], { max: Number.POSITIVE_INFINITY }))).toBe('not-evaluated: limits of one');
  });

  test('the way out is the next wider range', () => {
    expect(words(judged(64, '10.0.0.0/25'))).toBe(
      'broken: 2 nodes of one with 60 addresses of their own and to spare + 64 pods = 124 of 123 in 10.0.0.0/25' +
        ' -> give it a /24 (it has a /25), or lower max_size of one below 2, or put nodes into more subnets',
    );
  });
});

describe('quota-covers-the-peak', () => {
  const quota = (hard: Record<string, string>, more = {}) =>
    objectOf('ResourceQuota', 'quota', { spec: { hard, ...more } });
  const app = pods(1, { requests: requests(500, 100), limits: { cpuMillis: 1000 } }, { surge: () => 2 });
  const judged = (hard: Record<string, string>, more = {}, scenario: 'ordinary' | 'promotion' = 'ordinary') =>
    said(
      quotaCoversThePeak,
      factsWith({ workloads: [app], autoscalers: [autoscalerOf(app, 1, 10)], objects: [quota(hard, more)] }),
      scenario,
    );
  test.each([
    { it: 'CPU at', hard: { 'requests.cpu': '6' }, expected: ['holds: requests.cpu of ResourceQuota shop/quota'] },
    {
      it: 'CPU below',
      hard: { 'requests.cpu': '5999m' },
      expected: ['broken: requests.cpu of ResourceQuota shop/quota'],
    },
    { it: 'cpu is requests.cpu', hard: { cpu: '5999m' }, expected: ['broken: cpu of ResourceQuota shop/quota'] },
    {
      it: 'memory at',
      hard: { 'requests.memory': '1200Mi' },
      expected: ['holds: requests.memory of ResourceQuota shop/quota'],
    },
    { it: 'memory below', hard: { memory: '1199Mi' }, expected: ['broken: memory of ResourceQuota shop/quota'] },
    { it: 'limits at', hard: { 'limits.cpu': '12' }, expected: ['holds: limits.cpu of ResourceQuota shop/quota'] },
    {
      it: 'limits that pods do not have',
      hard: { 'limits.memory': '900Gi' },
      expected: ['broken: limits.memory of ResourceQuota shop/quota'],
    },
    { it: 'pods at', hard: { pods: '12' }, expected: ['holds: pods of ResourceQuota shop/quota'] },
    { it: 'pods below', hard: { pods: '11' }, expected: ['broken: pods of ResourceQuota shop/quota'] },
    { it: 'other things are not counted', hard: { services: '1' }, expected: [] },
  ])('$it', ({ hard, expected }) => {
    expect(judged(hard)).toEqual(expected);
  });

  test('one release at a time, and in a promotion all of them', () => {
    const other = { ...app, id: 'Deployment shop/web', name: 'web' };
    const facts = factsWith({ workloads: [app, other], objects: [quota({ pods: '4' })] });
    expect(said(quotaCoversThePeak, facts)).toEqual(['holds: pods of ResourceQuota shop/quota']);
    expect(said(quotaCoversThePeak, facts, 'promotion')).toEqual([
      'broken (warning): pods of ResourceQuota shop/quota',
    ]);
  });

  test('a quota with a scope is not understood', () => {
    expect(judged({ pods: '1' }, { scopes: ['BestEffort'] })).toEqual(['not-evaluated: ResourceQuota shop/quota']);
  });
});
