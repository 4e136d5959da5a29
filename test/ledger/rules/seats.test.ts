import type { Facts, NodeGroup, Workload } from '../../../lib/ledger/facts';
import {
  ephemeralStorageCoversThePeak,
  peakPodsHaveSeats,
  podsPerNodeCoverThePeak,
} from '../../../lib/ledger/rules/seats';
import { autoscalerOf, blockOf, factsWith, groupOf, requests, shapeOf, workloadOf } from '../pack/facts';
import { only, said, words } from './verdicts';

const ZONE = 'topology.kubernetes.io/zone';

/** `max` pods of one CPU each, on groups whose nodes have four. */
const shop = (max: number, groups: readonly NodeGroup[], more: Partial<Workload> = {}, min = 1): Facts => {
  const app = workloadOf('app', { shape: shapeOf({ labels: { app: 'app' }, requests: requests(1000, 0) }), ...more });
  return factsWith({ workloads: [app], autoscalers: [autoscalerOf(app, min, max)], nodeGroups: groups });
};

describe('peak-pods-have-seats', () => {
  test.each([
    { it: 'holds below the last seat', facts: shop(23, [groupOf('one')]), outcome: 'holds' },
    { it: 'holds at the last seat', facts: shop(24, [groupOf('one')]), outcome: 'holds' },
    { it: 'is broken by one pod more', facts: shop(25, [groupOf('one')]), outcome: 'broken' },
    { it: 'counts the surge of a release', facts: shop(20, [groupOf('one')], { surge: () => 5 }), outcome: 'broken' },
    {
      it: 'holds with a surge that just fits',
      facts: shop(20, [groupOf('one')], { surge: () => 4 }),
      outcome: 'holds',
    },
    {
      it: 'counts the second set of a release once',
      facts: shop(12, [groupOf('one')], { doubles: true, surge: (pods) => pods }),
      outcome: 'holds',
    },
    {
      it: 'counts a second set in full',
      facts: shop(13, [groupOf('one')], { doubles: true, surge: (pods) => pods }),
      outcome: 'broken',
    },
    {
      it: 'takes what DaemonSets need off each node',
      facts: {
        ...shop(19, [groupOf('one')]),
        workloads: [
          ...shop(19, []).workloads,
          workloadOf('agent', { kind: 'DaemonSet', shape: shapeOf({ requests: requests(1, 0) }) }),
        ],
      },
      outcome: 'broken',
    },
    {
      it: 'takes nothing for DaemonSets that the nodes refuse',
      facts: {
        ...shop(24, [groupOf('one')]),
        workloads: [
          ...shop(24, []).workloads,
          workloadOf('agent', {
            kind: 'DaemonSet',
            shape: shapeOf({ requests: requests(1, 0), nodeSelector: { gpu: 'a' } }),
          }),
        ],
      },
      outcome: 'holds',
    },
    {
      it: 'takes twice as much where the new pod of a DaemonSet comes before the old one goes',
      facts: {
        ...shop(18, [groupOf('one')]),
        workloads: [
          ...shop(18, []).workloads,
          workloadOf('agent', {
            kind: 'DaemonSet',
            surge: () => 1,
            shape: shapeOf({ requests: requests(501, 0) }),
          }),
        ],
      },
      outcome: 'broken',
    },
    {
      it: 'takes node agents off once, if a manifest shows them',
      facts: {
        ...shop(18, [groupOf('one', { allocatable: { ...groupOf('one').allocatable, cpuMillis: 3220 } })]),
        blocks: [blockOf('aws_eks_addon', 'proxy', { addon_name: 'kube-proxy' })],
        workloads: [
          ...shop(18, []).workloads,
          workloadOf('kube-proxy', { kind: 'DaemonSet', shape: shapeOf({ requests: requests(150, 0) }) }),
        ],
      },
      outcome: 'holds',
    },
    {
      it: 'counts node agents of EKS that no manifest shows',
      facts: { ...shop(23, [groupOf('one')]), blocks: [blockOf('aws_eks_cluster', 'main', {})] },
      outcome: 'broken',
    },
  ])('$it', ({ facts, outcome }) => {
    expect(peakPodsHaveSeats.judge(facts, 'ordinary')[0]?.outcome).toBe(outcome);
  });

  test('releases of two services are not thought to come together, and in a promotion they are', () => {
    const pair = ['a', 'b'].map((name) =>
      workloadOf(name, {
        replicas: 8,
        doubles: true,
        shape: shapeOf({ labels: { app: name }, requests: requests(1000, 0) }),
      }),
    );
    const facts = factsWith({ workloads: pair, nodeGroups: [groupOf('one')] });
    expect(said(peakPodsHaveSeats, facts)).toEqual(['holds: CPU of nodes one', 'holds: memory of nodes one']);
    expect(said(peakPodsHaveSeats, facts, 'promotion')).toEqual(['broken (warning): nodes one']);
  });

  test('groups that pods do not share are judged apart', () => {
    const taints = [{ key: 'only', value: 'b', effect: 'NoSchedule' as const }];
    const own = (name: string, replicas: number, shape = {}) =>
      workloadOf(name, { replicas, shape: shapeOf({ requests: requests(1000, 0), ...shape }) });
    const facts = factsWith({
      workloads: [own('a', 24), own('b', 25, { nodeSelector: { pool: 'b' }, tolerations: [{ operator: 'Exists' }] })],
      nodeGroups: [groupOf('a'), groupOf('b', { labels: { pool: 'b' }, taints })],
    });
    expect(said(peakPodsHaveSeats, facts)).toEqual([
      'holds: CPU of nodes a',
      'holds: memory of nodes a',
      'broken: nodes b',
    ]);
  });

  test('room that only some orders of arrival find is a warning', () => {
    const pods = (name: string, replicas: number, cpu: number) =>
      workloadOf(name, { replicas, shape: shapeOf({ labels: { app: name }, requests: requests(cpu, 0) }) });
    const facts = factsWith({
      workloads: [pods('small', 6, 100), pods('large', 6, 3950)],
      nodeGroups: [groupOf('one', { max: 7 })],
    });
    expect(said(peakPodsHaveSeats, facts)).toEqual(['broken (warning): nodes one']);
  });

  test.each([
    { it: 'a third of the nodes is gone with a zone', max: 17, min: 17, outcome: 'broken: nodes one' },
    { it: 'and what is left still seats', max: 16, min: 16, outcome: 'holds: CPU of nodes one' },
    {
      it: 'a maximum that has to wait is a warning where the minimum has seats',
      max: 17,
      min: 16,
      outcome: 'broken (warning): nodes one',
    },
  ])('zone-lost: $it', ({ max, min, outcome }) => {
    expect(said(peakPodsHaveSeats, shop(max, [groupOf('one')], {}, min), 'zone-lost')[0]).toBe(outcome);
  });

  test('zone-lost: of nodes that do not divide, the lost zone had the larger share', () => {
    const eight = [groupOf('one', { max: 8 })];
    expect(said(peakPodsHaveSeats, shop(20, eight, {}, 20), 'zone-lost')[0]).toBe('holds: CPU of nodes one');
    expect(said(peakPodsHaveSeats, shop(21, eight, {}, 21), 'zone-lost')).toEqual(['broken: nodes one']);
  });

  test('zone-replaced: the other zones make up for it, except groups that have no other', () => {
    expect(said(peakPodsHaveSeats, shop(24, [groupOf('one')]), 'zone-replaced')[0]).toBe('holds: CPU of nodes one');
    const single = shop(24, [groupOf('x', { zones: ['a'], max: 3 }), groupOf('y', { zones: ['b'], max: 3 })]);
    expect(said(peakPodsHaveSeats, single, 'zone-replaced')[0]).toBe('broken: nodes x, y');
  });

  test('pods whose volumes lie in the lost zone wait for it', () => {
    const data = {
      kind: 'StatefulSet' as const,
      shape: shapeOf({ requests: requests(4000, 0), volumeClaims: ['data'] }),
    };
    expect(said(peakPodsHaveSeats, shop(6, [groupOf('one')], data, 6), 'zone-lost')[0]).toBe('holds: CPU of nodes one');
  });

  test('pods that must lie in one zone are lost with it', () => {
    const pinned = { shape: shapeOf({ requests: requests(100, 0), nodeSelector: { [ZONE]: 'a' } }) };
    expect(said(peakPodsHaveSeats, shop(2, [groupOf('one')], pinned, 2), 'zone-lost')).toEqual(['broken: nodes one']);
  });

  test('spot-lost: what is left must seat all, and without spot nothing is asked', () => {
    const groups = (max: number) => [groupOf('own', { max }), groupOf('cheap', { capacity: 'spot' })];
    expect(said(peakPodsHaveSeats, shop(24, groups(6), {}, 24), 'spot-lost')[0]).toBe('holds: CPU of nodes own, cheap');
    expect(said(peakPodsHaveSeats, shop(24, groups(5), {}, 24), 'spot-lost')).toEqual(['broken: nodes own, cheap']);
    expect(said(peakPodsHaveSeats, shop(24, [groupOf('own')]), 'spot-lost')).toEqual([]);
  });

  test('node-update: only what takes nodes before it adds any', () => {
    const facts = (value: Parameters<typeof blockOf>[2], max: number) => ({
      ...shop(max, [groupOf('one')], {}, max),
      blocks: [blockOf('aws_eks_node_group', 'one', value)],
    });
    const minimal = { update_config: { update_strategy: 'MINIMAL' } };
    const eks = 5 * 4 - 1; // four CPU less 150m each seat three pods
    expect(said(peakPodsHaveSeats, facts(minimal, 15), 'node-update')[0]).toBe('holds: CPU of nodes one');
    expect(said(peakPodsHaveSeats, facts(minimal, 16), 'node-update')).toEqual(['broken: nodes one']);
    expect(said(peakPodsHaveSeats, facts({}, eks), 'node-update')).toEqual([]);
  });

  test('what cannot be known is said', () => {
    const app = shop(1, []);
    expect(words(only(peakPodsHaveSeats, app))).toBe('not-evaluated: node groups (Terraform, or Karpenter node pools)');
    const two = shop(1, [groupOf('one'), groupOf('two', { cluster: 'other' })]);
    expect(words(only(peakPodsHaveSeats, two))).toBe('not-evaluated: one cluster at a time, got shop, other');
    const nowhere = shop(1, [groupOf('one', { zones: [] })]);
    expect(words(only(peakPodsHaveSeats, nowhere, 'zone-lost'))).toBe(
      'not-evaluated: zones of one (the subnets they refer to)',
    );
  });

  test('nodes that could not be read make a shortage a warning', () => {
    const skipped = [
      {
        place: { file: 'x' },
        what: 'aws_eks_fargate_profile.main',
        why: 'is not counted',
        view: 'nodeGroups' as const,
      },
    ];
    const facts = { ...shop(25, [groupOf('one')]), skipped };
    expect(said(peakPodsHaveSeats, facts)).toEqual(['broken (warning): nodes one']);
    expect(words(only(peakPodsHaveSeats, facts))).toContain('not counting aws_eks_fargate_profile.main');
  });

  test('a pool without limits counts for the type that carries most', () => {
    const room = (cpuMillis: number, pods = 110) => ({ ...groupOf('x').allocatable, cpuMillis, pods });
    const pool = groupOf('pool', {
      max: Number.POSITIVE_INFINITY,
      choice: [
        { instanceType: 'small', max: Number.POSITIVE_INFINITY, allocatable: room(1000) },
        { instanceType: 'large', max: Number.POSITIVE_INFINITY, allocatable: room(8000) },
      ],
    });
    const large = { shape: shapeOf({ requests: requests(8000, 0) }) };
    expect(said(peakPodsHaveSeats, shop(900, [pool], large))[0]).toBe('holds: CPU of nodes pool');
  });

  test('the remedy lowers maxima in proportion where one alone does not suffice', () => {
    const pods = ['a', 'b'].map((name) =>
      workloadOf(name, { shape: shapeOf({ labels: { app: name }, requests: requests(1000, 0) }) }),
    );
    const facts = factsWith({
      workloads: pods,
      autoscalers: pods.map((one) => autoscalerOf(one, 1, 40)),
      nodeGroups: [groupOf('one')],
    });
    expect(words(only(peakPodsHaveSeats, facts))).toBe(
      'broken: 40 x 1 CPU (Deployment shop/a) + 40 x 1 CPU (Deployment shop/b) = 80 CPU of 24 CPU on 6 nodes of one after DaemonSets and add-ons' +
        ' -> raise max_size of one from 6 to 20, or lower maxReplicas of a from 40 to 12 and maxReplicas of b from 40 to 12',
    );
  });
});

describe('pods-per-node-cover-the-peak', () => {
  const many = (max: number) => shop(max, [groupOf('one')], { shape: shapeOf({ requests: requests(1, 1) }) });
  test.each([
    { it: 'holds at 58 a node', facts: many(348), said: ['holds: pods of nodes one'] },
    { it: 'is broken above', facts: many(349), said: ['broken: nodes one'] },
    {
      it: 'says nothing of its own where CPU runs out first',
      facts: shop(25, [groupOf('one')]),
      said: ['holds: pods of nodes one'],
    },
  ])('$it', ({ facts, said: expected }) => {
    expect(said(podsPerNodeCoverThePeak, facts)).toEqual(expected);
  });
});

describe('ephemeral-storage-covers-the-peak', () => {
  const heavy = (max: number) => shop(max, [groupOf('one')], { shape: shapeOf({ requests: requests(1, 1, 50_000) }) });
  test.each([
    { it: 'holds at two of half a disk each', facts: heavy(12), said: ['holds: ephemeral storage of nodes one'] },
    { it: 'is broken above', facts: heavy(13), said: ['broken: nodes one'] },
  ])('$it', ({ facts, said: expected }) => {
    expect(said(ephemeralStorageCoversThePeak, facts)).toEqual(expected);
  });
});
