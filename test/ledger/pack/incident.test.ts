import type { Facts, NodeGroup } from '../../../lib/ledger/facts';
import type { Verdict } from '../../../lib/ledger/rule';
import { peakPodsHaveSeats } from '../../../lib/ledger/rules/seats';
import { autoscalerOf, blockOf, factsWith, groupOf, MIB, requests, shapeOf, workloadOf } from './facts';

/**
 * n8n-io/terraform-aws-n8n issue 51: maxima of 20 main pods (a task runner beside each) and 50 webhook pods, on at most six
 * t3.xlarge. At its worst 15 pods were Pending, with the node autoscaler at its maximum.
 */
const incident = ({ main, webhook, nodes }: { main: number; webhook: number; nodes: number }): Facts => {
  const mainPods = workloadOf('main', { shape: shapeOf({ labels: { app: 'main' }, requests: requests(1200, 2304) }) });
  const webhooks = workloadOf('webhook', {
    shape: shapeOf({ labels: { app: 'webhook' }, requests: requests(300, 512) }),
  });
  const group: Partial<NodeGroup> = {
    max: nodes,
    allocatable: { cpuMillis: 3920, memoryBytes: 14_162 * MIB, ephemeralBytes: 40_000 * MIB, pods: 58 },
  };
  return factsWith({
    workloads: [mainPods, webhooks],
    autoscalers: [autoscalerOf(mainPods, 1, main), autoscalerOf(webhooks, 2, webhook)],
    nodeGroups: [groupOf('default', group)],
    blocks: [blockOf('aws_eks_cluster', 'main', { name: 'n8n' })],
  });
};

const broken = (verdicts: readonly Verdict[]) => verdicts.flatMap((one) => (one.outcome === 'broken' ? [one] : []));

test('the incident is found before it happens, with its arithmetic', () => {
  const [found, ...others] = broken(peakPodsHaveSeats.judge(incident({ main: 20, webhook: 50, nodes: 6 }), 'ordinary'));
  expect(others).toEqual([]);
  // 6 x (3920m - aws-node 50m - kube-proxy 100m); CoreDNS 2 x 100m.
  expect(found?.arithmetic).toBe(
    '20 x 1.2 CPU (Deployment shop/main) + 50 x 0.3 CPU (Deployment shop/webhook) + 2 x 0.1 CPU (add-on coredns)' +
      ' = 39.2 CPU of 22.62 CPU on 6 nodes of default after DaemonSets and add-ons',
  );
  expect(found?.margin).toEqual({ of: 'CPU of nodes default', needed: 39_200, available: 22_620, unit: 'm' });
  expect(found?.evidence.map(({ of, field }) => `${of} ${field}`)).toEqual([
    'aws_eks_node_group.default in shop /scaling_config/max_size',
    'HorizontalPodAutoscaler shop/main /spec/maxReplicas',
    'HorizontalPodAutoscaler shop/webhook /spec/maxReplicas',
  ]);
});

const remedyOf = (given: Facts) => broken(peakPodsHaveSeats.judge(given, 'ordinary'))[0]?.remedy ?? '';

test('each way out that it names suffices, and one step less does not', () => {
  const remedy = remedyOf(incident({ main: 20, webhook: 50, nodes: 6 }));
  const found =
    /^raise max_size of default from 6 to (\d+), or lower maxReplicas of main from 20 to (\d+)$/.exec(remedy) ??
    expect(remedy).toBe('another shape');
  const [, nodes, main] = (found ?? []).map(Number);
  const holds = (given: Parameters<typeof incident>[0]) =>
    broken(peakPodsHaveSeats.judge(incident(given), 'ordinary')).length === 0;
  expect(holds({ main: 20, webhook: 50, nodes: nodes ?? 0 })).toBe(true);
  expect(holds({ main: 20, webhook: 50, nodes: (nodes ?? 0) - 1 })).toBe(false);
  expect(holds({ main: main ?? 0, webhook: 50, nodes: 6 })).toBe(true);
  expect(holds({ main: (main ?? 0) + 1, webhook: 50, nodes: 6 })).toBe(false);
});

test('the maxima that were proposed in the issue hold', () => {
  expect(broken(peakPodsHaveSeats.judge(incident({ main: 6, webhook: 8, nodes: 6 }), 'ordinary'))).toEqual([]);
});
