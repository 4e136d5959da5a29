import { CeAnomalyMonitor } from '@cdktf/provider-aws/lib/ce-anomaly-monitor';
import { CeAnomalySubscription } from '@cdktf/provider-aws/lib/ce-anomaly-subscription';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, withDefaults } from '../../check';
import { COST_SUBSCRIBER_CHECKS, type CostSubscribers, type CostTag, costTagIsComplete } from './cost-subscribers';

/** What is watched for costs that do not look like those before, and who is told. */
export interface CostAnomalyMonitorProps extends CostSubscribers {
  /** Start of the names of monitor and subscriptions (1-100 letters, digits, blanks, `_`, `.`, `-`). */
  readonly name: string;
  /**
   * Watches what carries this tag.
   * @default - each AWS service by itself; an account has one such monitor at most, often from the start
   */
  readonly tag?: CostTag;
  /** Unexpected cost from which on somebody is told (USD, whole, 1 or more). @default 50 */
  readonly fromUsd?: number;
}

const DEFAULTS = { emails: [], topicArns: [], fromUsd: 50 } as const;

type Plan = CostAnomalyMonitorProps & Required<Pick<CostAnomalyMonitorProps, keyof typeof DEFAULTS>>;

/** What is asked of name, tag and threshold. */
export const COST_ANOMALY_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'cost-anomaly-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[A-Za-z0-9][\w .-]{0,99}$/.test(name),
    rule: "must be 1-100 letters, digits, blanks, '_', '.' or '-'",
    remedy: 'use a name such as acgs-production',
  },
  {
    id: 'cost-anomaly-threshold-is-money',
    prop: 'fromUsd',
    holds: ({ fromUsd }) => Number.isSafeInteger(fromUsd) && fromUsd >= 1,
    rule: 'must be a whole amount of 1 USD or more',
    remedy: 'use a twentieth of a month',
  },
  costTagIsComplete('cost-anomaly-tag-is-complete'),
  ...COST_SUBSCRIBER_CHECKS,
];

/** The service reads every member, and gives those that are not set back as null: written so, nothing drifts. */
const tagged = ({ key, value }: CostTag): string =>
  JSON.stringify({
    And: null,
    CostCategories: null,
    Dimensions: null,
    Not: null,
    Or: null,
    Tags: { Key: key, MatchOptions: null, Values: [value] },
  });

/**
 * Notices costs that differ from those before: letters once a day, messages to a topic at once.
 *
 * It learns for about ten days first. The account that pays sees all; a member account sees what is its own, and cannot
 * watch a tag. Where AWS has made a monitor of services by itself, import that one: a second is refused. A topic must let
 * `costalerts.amazonaws.com` publish, and its key must have `costalerts` among its users.
 *
 * @example
 * new CostAnomalyMonitor(stack, 'Anomalies', {
 *   name: 'acgs-production',
 *   tag: { key: 'environment', value: 'production' },
 *   topicArns: [alarms.arn],
 * });
 */
export class CostAnomalyMonitor extends Construct {
  /** What is wrong with tag, threshold and recipients; makes nothing. */
  static inspect(path: string, props: CostAnomalyMonitorProps): Finding[] {
    const plan = withDefaults<CostAnomalyMonitorProps, typeof DEFAULTS>(DEFAULTS, props);
    return inspect<Plan>(path, plan, COST_ANOMALY_CHECKS);
  }

  /** ARN of the monitor. */
  readonly arn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: CostAnomalyMonitorProps) {
    super(scope, id);
    const plan: Plan = withDefaults<CostAnomalyMonitorProps, typeof DEFAULTS>(DEFAULTS, props);
    enforce(this, CostAnomalyMonitor.inspect(this.node.path, props));

    this.arn = new CeAnomalyMonitor(this, 'Resource', {
      name: plan.name,
      ...(plan.tag
        ? { monitorType: 'CUSTOM', monitorSpecification: tagged(plan.tag) }
        : { monitorType: 'DIMENSIONAL', monitorDimension: 'SERVICE' }),
    }).arn;
    this.subscribe('Letters', `${plan.name}-letters`, 'DAILY', 'EMAIL', plan.emails, plan.fromUsd);
    this.subscribe('Messages', `${plan.name}-messages`, 'IMMEDIATE', 'SNS', plan.topicArns, plan.fromUsd);
  }

  /** Letters can be daily or weekly only, messages immediate only: two subscriptions. */
  private subscribe(
    id: string,
    name: string,
    frequency: 'DAILY' | 'IMMEDIATE',
    type: 'EMAIL' | 'SNS',
    addresses: readonly string[],
    fromUsd: number,
  ): void {
    if (addresses.length === 0) return;
    new CeAnomalySubscription(this, id, {
      name,
      frequency,
      monitorArnList: [this.arn],
      subscriber: addresses.map((address) => ({ type, address })),
      thresholdExpression: {
        dimension: {
          key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
          matchOptions: ['GREATER_THAN_OR_EQUAL'],
          values: [`${fromUsd}`],
        },
      },
    });
  }
}
