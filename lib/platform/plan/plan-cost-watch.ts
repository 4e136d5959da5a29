import type { AlarmTopicProps, BudgetProps, CostAnomalyMonitorProps } from '../../aws';
import {
  type CostScope,
  clusterName,
  costTopicName,
  costWatchPlan,
  type EnvironmentSpec,
  environmentCost,
  monthlyLimit,
  type PlatformSpec,
} from '../../model';
import { plannedUsage } from './plan-usage';
import type { Watched } from './watched';

/** Where AWS reckons costs, and publishes what it finds. */
const HOME_OF_COSTS = 'us-east-1';

const scope = (counts: CostScope, { name, region }: EnvironmentSpec): Pick<BudgetProps, 'region' | 'tag'> => {
  if (counts === 'region') return { region };
  return counts === 'tag' ? { tag: { key: 'environment', value: name } } : {};
};

/**
 * The topic for those who are told by https. Letters are written by AWS itself, without a link to follow first; undefined where
 * they are all there is.
 */
export function planCostTopic(platform: PlatformSpec, { name, operations }: Watched): AlarmTopicProps | undefined {
  const subscriptions = operations.costs?.subscriptions.filter(({ protocol }) => protocol !== 'email') ?? [];
  if (subscriptions.length === 0) return undefined;
  return {
    name: costTopicName(platform.name, name),
    region: HOME_OF_COSTS,
    publishers: ['budgets', 'costalerts'],
    subscriptions,
  };
}

/** ARN of that topic as far as it is known before it exists: what inspection needs. */
export function plannedCostTopicArn(platform: PlatformSpec, environment: Watched): string | undefined {
  const topic = planCostTopic(platform, environment);
  return topic && `arn:aws:sns:${HOME_OF_COSTS}:${environment.account}:${topic.name}`;
}

/** What an environment may cost, and what is noticed beside. */
export interface CostPlans {
  readonly budget: BudgetProps;
  readonly anomalies: CostAnomalyMonitorProps | undefined;
}

/** Budget and monitor of an environment; undefined if it declares no watch. */
export function planCostWatch(
  platform: PlatformSpec,
  environment: Watched,
  topicArn: string | undefined,
): CostPlans | undefined {
  const { costs } = environment.operations;
  if (costs === undefined) return undefined;
  const watch = costWatchPlan(costs);
  const name = clusterName(platform.name, environment.name);
  const told = {
    name,
    emails: watch.subscriptions.flatMap((one) => (one.protocol === 'email' ? [one.address] : [])),
    ...(topicArn !== undefined && { topicArns: [topicArn] }),
  };
  const expected = environmentCost(environment, plannedUsage(platform, environment)).usd.expected;
  return {
    budget: { ...told, limitUsd: monthlyLimit(watch, expected), ...scope(watch.counts, environment) },
    anomalies: watch.anomaliesFromUsd === undefined ? undefined : { ...told, fromUsd: watch.anomaliesFromUsd },
  };
}
