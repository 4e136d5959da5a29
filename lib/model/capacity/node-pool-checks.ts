import { instanceType } from '../../catalog';
import {
  type Check,
  duplicates,
  type Finding,
  inspect,
  invalidLabels,
  isDnsLabel,
  isLabelKey,
  isLabelValue,
  isWholeWithin,
} from '../../check';
import { Duration, Percent } from '../../units';
import { NODE_TYPE_CHECKS } from '../cluster/node-types';
import { NODE_GROUP_LABEL } from '../cluster/nodes';
import { CAPACITY_SPREAD_LABEL } from './karpenter';
import { type DisruptionBudget, type NodePoolPlan, type NodePoolSpec, nodePoolPlan } from './node-pool';

const EFFECTS: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Whole seconds between two bounds, both included. */
const isWithin = (time: Duration, least: Duration, most: Duration): boolean =>
  time.inMillis % 1000 === 0 && least.isAtMost(time) && time.isAtMost(most);

/**
 * Labels that Karpenter keeps for itself, and those that stand for props. Source: karpenter.sh_nodepools.yaml,
 * validation of labels.
 */
const isReserved = (key: string): boolean =>
  /(^|\.)(karpenter\.sh|karpenter\.k8s\.aws)\//.test(key) ||
  ['kubernetes.io/hostname', CAPACITY_SPREAD_LABEL, NODE_GROUP_LABEL].includes(key);

const wrongLabels = ({ labels }: NodePoolPlan): string[] => [
  ...invalidLabels(labels),
  ...Object.keys(labels).filter(isReserved),
];

const wrongTaints = ({ taints }: NodePoolPlan): string[] => [
  ...taints
    .filter(({ key, value, effect }) => !isLabelKey(key) || !isLabelValue(value) || !EFFECTS.includes(effect))
    .map(({ key, value, effect }) => `${key}=${value}:${effect}`),
  ...duplicates(taints.map(({ key }) => key)),
];

const CRON = /^\S+( \S+){4}$/;

const isBudget = ({ nodes, during }: DisruptionBudget): boolean => {
  const isCount =
    nodes instanceof Percent ? isWholeWithin(nodes.inBasisPoints / 100, 0, 100) : isWholeWithin(nodes, 0, 10_000);
  const isTime =
    during === undefined ||
    (CRON.test(during.schedule) && during.lasts.inMillis > 0 && during.lasts.inMillis % 60_000 === 0);
  return isCount && isTime;
};

const written = ({ nodes, during }: DisruptionBudget): string =>
  `${nodes}${during === undefined ? '' : ` at ${during.schedule} for ${during.lasts}`}`;

/** A budget that never lets anything go, for whatever reason. */
const isClosed = ({ nodes, reasons, during }: DisruptionBudget): boolean =>
  during === undefined && reasons === undefined && (nodes instanceof Percent ? nodes.inBasisPoints : nodes) === 0;

/** CPUs and memory of the smallest of the types. */
const smallest = ({ instanceTypes }: NodePoolPlan): { readonly millis: number; readonly bytes: number } => {
  const types = instanceTypes.flatMap((name) => instanceType(name) ?? []);
  return {
    millis: Math.min(...types.map(({ vcpus }) => vcpus * 1000)),
    bytes: Math.min(...types.map(({ memoryMib }) => memoryMib * 2 ** 20)),
  };
};

/** What is asked of a pool. */
export const NODE_POOL_CHECKS: readonly Check<NodePoolPlan>[] = [
  {
    id: 'node-pool-name-is-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as general-spot',
  },
  {
    id: 'node-pool-group-is-a-label-value',
    prop: 'group',
    holds: ({ group }) => group !== '' && isLabelValue(group),
    rule: 'must be the value of a label: 1-63 letters, digits and inner . _ -',
    remedy: 'leave it out for the name of the pool',
  },
  {
    id: 'node-pool-limits-admit-a-node',
    prop: 'limits',
    holds: (plan) => {
      const { millis, bytes } = smallest(plan);
      return !Number.isFinite(millis) || (plan.limits.cpu.inMillis >= millis && plan.limits.memory.inBytes >= bytes);
    },
    rule: 'must admit one node of the smallest type, in CPU and in memory',
    received: ({ limits: { cpu, memory } }) => `${cpu} CPU and ${memory} memory`,
    remedy: 'count whole nodes: their nominal CPU and memory',
  },
  {
    id: 'node-pool-zones-are-distinct',
    prop: 'zones',
    holds: ({ zones = ['any'] }) => zones.length > 0 && duplicates(zones).length === 0,
    rule: 'must name at least one zone, and each once',
    remedy: 'leave it out for the zones of the subnets',
  },
  {
    id: 'node-pool-spread-values-are-distinct',
    prop: 'spread',
    holds: ({ spread }) =>
      duplicates(spread).length === 0 && spread.every((value) => value !== '' && isLabelValue(value)),
    rule: 'must be different values of a label',
    remedy: 'use those of capacityDomains',
  },
  {
    id: 'node-pool-labels-are-allowed',
    prop: 'labels',
    holds: (plan) => wrongLabels(plan).length === 0,
    rule: "must be Kubernetes labels, and neither Karpenter's own nor those of group and spread",
    received: wrongLabels,
    remedy: 'use a domain of your own',
  },
  {
    id: 'node-pool-taints-are-allowed',
    prop: 'taints',
    holds: (plan) => wrongTaints(plan).length === 0,
    rule: `must have a label's key, of which there is one each, a label's value and an effect of ${EFFECTS.join(', ')}`,
    received: wrongTaints,
    remedy: 'use a taint such as dedicated=compute:NoSchedule',
  },
  {
    id: 'node-pool-consolidation-waits',
    prop: 'consolidateAfter',
    holds: ({ consolidateAfter }) => isWithin(consolidateAfter, Duration.seconds(0), Duration.hours(24)),
    rule: 'must be whole seconds, at most 24 hours',
    remedy: 'use 300 s',
  },
  {
    id: 'node-pool-expiry-is-possible',
    prop: 'expireAfter',
    holds: ({ expireAfter }) => isWithin(expireAfter, Duration.hours(1), Duration.days(365)),
    rule: 'must be whole seconds from 1 hour to 365 days',
    remedy: 'use 30 days, so that no node keeps an old image for longer',
  },
  {
    id: 'node-pool-drain-is-possible',
    prop: 'drainWithin',
    holds: ({ drainWithin }) =>
      drainWithin === undefined || isWithin(drainWithin, Duration.minutes(1), Duration.days(7)),
    rule: 'must be whole seconds from 1 minute to 7 days',
    remedy: 'leave it out to wait for the budgets of pods',
  },
  {
    id: 'node-pool-budgets-are-possible',
    prop: 'budgets',
    holds: ({ budgets }) => budgets.length > 0 && budgets.length <= 50 && budgets.every(isBudget),
    rule: 'must be 1-50 whole numbers or whole percentages of nodes, at five fields of cron for whole minutes',
    received: ({ budgets }) => budgets.filter((budget) => !isBudget(budget)).map(written),
    remedy: "use { nodes: Percent.of(10) }, or { nodes: 0, during: { schedule: '0 8 * * 1-5', … } }",
  },
  {
    id: 'node-pool-budgets-let-nodes-go',
    severity: 'warning',
    prop: 'budgets',
    holds: ({ budgets }) => !budgets.some(isClosed),
    rule: 'should let a node go at some time: with none, images are never renewed but by expiry',
    received: ({ budgets }) => budgets.map(written),
    remedy: 'close the pool for some hours with `during`',
  },
  {
    id: 'node-pool-weight-is-possible',
    prop: 'weight',
    holds: ({ weight }) => weight === undefined || isWholeWithin(weight, 1, 100),
    rule: 'must be a whole number from 1 to 100',
    remedy: 'leave it out where pools are alike',
  },
];

/** Everything wrong with a declared pool, its types included. */
export function inspectNodePool(path: string, spec: NodePoolSpec): Finding[] {
  const plan = nodePoolPlan(spec);
  return [
    ...inspect(path, plan, NODE_POOL_CHECKS),
    ...inspect(path, { ...plan, autoscaler: 'karpenter' as const }, NODE_TYPE_CHECKS),
  ];
}
