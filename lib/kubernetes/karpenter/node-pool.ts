import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsName } from '../../check';
import { NODE_GROUP_LABEL, nodeArchitecture } from '../../model';
import { CAPACITY_SPREAD_LABEL, CAPACITY_TYPE_LABEL } from '../../model/capacity/karpenter';
import {
  type DisruptionBudget,
  type NodePoolPlan,
  type NodePoolSpec,
  nodePoolPlan,
} from '../../model/capacity/node-pool';
import { inspectNodePool } from '../../model/capacity/node-pool-checks';
import type { Duration } from '../../units';
import { clusterScoped } from '../cluster-scoped';
import { standardLabels } from '../labels';
import { NODE_CLASS_GROUP, NODE_CLASS_KIND, type NodePoolObjectSpec, type Requirement } from './karpenter-kinds';

/** A pool as declared, and what its nodes have in common. */
export interface NodePoolProps extends NodePoolSpec {
  /** Name of the node class (DNS name). @default 'default' */
  readonly nodeClass?: string;
}

/** What is said about the object beside the pool itself. */
export const NODE_POOL_OBJECT_CHECKS: readonly Check<NodePoolProps>[] = [
  {
    id: 'node-pool-class-is-dns-name',
    prop: 'nodeClass',
    holds: ({ nodeClass = 'default' }) => isDnsName(nodeClass),
    rule: 'must be the name of a node class',
    remedy: 'leave it out for default',
  },
];

/** Whole seconds: Karpenter reads s, m and h. */
const seconds = (time: Duration): string => `${time.toSeconds()}s`;

const budget = ({ nodes, reasons, during }: DisruptionBudget): NodePoolObjectSpec['disruption']['budgets'][number] => ({
  nodes: `${nodes}`,
  ...(reasons && { reasons }),
  ...(during && { schedule: during.schedule, duration: `${during.lasts.toMinutes()}m` }),
});

const among = (key: string, values: readonly string[] | undefined): Requirement[] =>
  values === undefined || values.length === 0 ? [] : [{ key, operator: 'In', values }];

const requirements = (plan: NodePoolPlan): Requirement[] => [
  ...among(CAPACITY_TYPE_LABEL, [plan.capacity]),
  ...among('kubernetes.io/os', ['linux']),
  ...among('kubernetes.io/arch', [nodeArchitecture(plan.instanceTypes) ?? 'amd64']),
  ...among('node.kubernetes.io/instance-type', plan.instanceTypes),
  ...among('topology.kubernetes.io/zone', plan.zones),
  ...among(CAPACITY_SPREAD_LABEL, plan.spread),
];

/**
 * Nodes that come when pods ask for them, up to a limit, and go when they are no longer worth it: five minutes after, a
 * tenth at a time, and after thirty days at the latest, so that none keeps an old image. Nodes carry the group of the
 * pool under the label by which workloads name their node group.
 *
 * A pool buys one way. For a share of spot, make a pair with `nodePoolPair`, and spread pods with `capacitySpread`.
 *
 * @example
 * new NodePool(chart, 'General', {
 *   name: 'general',
 *   instanceTypes: ['m5.large', 'm5.xlarge'],
 *   limits: { cpu: Cpu.cores(80), memory: Memory.gib(320) },
 * });
 */
export class NodePool extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: NodePoolProps): Finding[] {
    return [...inspect(path, props, NODE_POOL_OBJECT_CHECKS), ...inspectNodePool(path, props)];
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: NodePoolProps) {
    super(scope, id);
    const plan = nodePoolPlan(props);
    enforce(this, NodePool.inspect(this.node.path, props));

    const { name, taints, drainWithin, weight } = plan;
    const spec: NodePoolObjectSpec = {
      template: {
        metadata: { labels: { [NODE_GROUP_LABEL]: plan.group, ...plan.labels } },
        spec: {
          nodeClassRef: { group: NODE_CLASS_GROUP, kind: NODE_CLASS_KIND, name: props.nodeClass ?? 'default' },
          requirements: requirements(plan),
          ...(taints.length > 0 && { taints: taints.map(({ key, value, effect }) => ({ key, value, effect })) }),
          expireAfter: seconds(plan.expireAfter),
          ...(drainWithin === undefined ? {} : { terminationGracePeriod: seconds(drainWithin) }),
        },
      },
      disruption: {
        consolidationPolicy: plan.consolidate === 'empty' ? 'WhenEmpty' : 'WhenEmptyOrUnderutilized',
        consolidateAfter: seconds(plan.consolidateAfter),
        budgets: plan.budgets.map(budget),
      },
      limits: { cpu: `${plan.limits.cpu}`, memory: `${plan.limits.memory}` },
      ...(weight === undefined ? {} : { weight }),
    };
    clusterScoped(
      new ApiObject(this, 'Resource', {
        apiVersion: 'karpenter.sh/v1',
        kind: 'NodePool',
        metadata: { name, labels: standardLabels(name, 'node-pool') },
        spec,
      }),
    );
  }
}
