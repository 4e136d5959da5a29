import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { type Check, duplicates, enforce, type Finding, inspect, withDefaults } from '../../check';
import { COST_SUBSCRIBER_CHECKS, type CostSubscribers, type CostTag, costTagIsComplete } from './cost-subscribers';

/** What a month may cost, and who is told when it will or does cost more. */
export interface BudgetProps extends CostSubscribers {
  /** Name, unique in its account (1-100 characters, without `:` and `\`). */
  readonly name: string;
  /** What a month may cost (USD, more than 0, in cents). */
  readonly limitUsd: number;
  /** Counts only what carries this tag, which must be a cost allocation tag. @default - everything in the account */
  readonly tag?: CostTag;
  /** Counts only what these accounts (12 digits) cost, in the account that pays for all. @default - all it pays for */
  readonly accounts?: readonly string[];
  /** Counts only what a region costs. @default - all regions */
  readonly region?: string;
  /** Parts of the limit at which what was spent is told (whole percent, 1-1000). @default [80, 100] */
  readonly spentPercents?: readonly number[];
  /** Parts of the limit at which what the month will come to is told (whole percent, 1-1000). @default [100] */
  readonly forecastPercents?: readonly number[];
}

const DEFAULTS = {
  emails: [],
  topicArns: [],
  accounts: [],
  spentPercents: [80, 100],
  forecastPercents: [100],
} as const;

type Plan = BudgetProps & Required<Pick<BudgetProps, keyof typeof DEFAULTS>>;

/** Notifications that a budget may have. Source: AWS Budgets quotas. */
const MAX_NOTIFICATIONS = 10;

const isPart = (percent: number): boolean => Number.isInteger(percent) && percent >= 1 && percent <= 1000;

/** What is asked of name, limit, filters and thresholds. */
export const BUDGET_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'budget-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^(?!.*\/action\/)[^:\\]{1,100}$/i.test(name),
    rule: 'must be 1-100 characters without : and \\',
    remedy: 'use a name such as acgs-production',
  },
  {
    id: 'budget-limit-is-money',
    prop: 'limitUsd',
    holds: ({ limitUsd }) => limitUsd > 0 && Number.isSafeInteger(Math.round(limitUsd * 100)) && inCents(limitUsd),
    rule: 'must be more than 0 USD, in whole cents',
    remedy: 'take the expected monthly cost, and a fifth more',
  },
  costTagIsComplete('budget-tag-is-complete'),
  {
    id: 'budget-accounts-have-12-digits',
    prop: 'accounts',
    holds: ({ accounts }) => accounts.every((id) => Token.isUnresolved(id) || /^\d{12}$/.test(id)),
    rule: 'must be AWS account ids of 12 digits',
    remedy: 'quote them, so that leading zeros stay',
  },
  {
    id: 'budget-thresholds-are-parts',
    prop: 'spentPercents',
    holds: ({ spentPercents, forecastPercents }) => [...spentPercents, ...forecastPercents].every(isPart),
    rule: 'and forecastPercents must be whole percentages from 1 to 1000',
    received: ({ spentPercents, forecastPercents }) =>
      [...spentPercents, ...forecastPercents].filter((percent) => !isPart(percent)),
    remedy: 'use 80 and 100',
  },
  {
    id: 'budget-tells-each-threshold-once',
    prop: 'spentPercents',
    holds: ({ spentPercents, forecastPercents }) =>
      duplicates(spentPercents).length + duplicates(forecastPercents).length === 0 &&
      spentPercents.length + forecastPercents.length >= 1 &&
      spentPercents.length + forecastPercents.length <= MAX_NOTIFICATIONS,
    rule: `and forecastPercents must hold 1-${MAX_NOTIFICATIONS} thresholds together, none twice`,
    received: ({ spentPercents, forecastPercents }) => [...spentPercents, ...forecastPercents],
    remedy: 'keep those that somebody acts on',
  },
  ...COST_SUBSCRIBER_CHECKS,
];

const inCents = (usd: number): boolean => Math.abs(usd * 100 - Math.round(usd * 100)) < 1e-6;

const filter = (name: string, values: readonly string[]) =>
  values.length === 0 ? [] : [{ name, values: [...values] }];

/**
 * A monthly budget that speaks up before the money is gone: at 80 and 100 % of what was spent, and as soon as the
 * forecast passes the limit. It reports; it stops nothing.
 *
 * Credits and refunds do not count, so that they hide nothing. A tag filters only once it is a cost allocation tag,
 * which the account that pays makes it (`CostAllocationTags`), and only what was used after that. A topic must let
 * `budgets.amazonaws.com` publish, and its key must have `budgets` among its users.
 *
 * @example
 * new Budget(stack, 'Budget', {
 *   name: 'acgs-production',
 *   limitUsd: 2900,
 *   tag: { key: 'environment', value: 'production' },
 *   emails: ['platform@acgs.example.com'],
 * });
 */
export class Budget extends Construct {
  /** What is wrong with limit, filters, thresholds and recipients; makes nothing. */
  static inspect(path: string, props: BudgetProps): Finding[] {
    return inspect<Plan>(path, withDefaults<BudgetProps, typeof DEFAULTS>(DEFAULTS, props), BUDGET_CHECKS);
  }

  /** ARN of the budget. */
  readonly arn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    const plan: Plan = withDefaults<BudgetProps, typeof DEFAULTS>(DEFAULTS, props);
    enforce(this, Budget.inspect(this.node.path, props));

    const notify = (notificationType: 'ACTUAL' | 'FORECASTED') => (threshold: number) => ({
      notificationType,
      comparisonOperator: 'GREATER_THAN',
      threshold,
      thresholdType: 'PERCENTAGE',
      ...(plan.emails.length > 0 && { subscriberEmailAddresses: [...plan.emails] }),
      ...(plan.topicArns.length > 0 && { subscriberSnsTopicArns: [...plan.topicArns] }),
    });
    this.arn = new BudgetsBudget(this, 'Resource', {
      name: plan.name,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      limitAmount: `${plan.limitUsd}`,
      limitUnit: 'USD',
      costFilter: [
        ...filter('TagKeyValue', plan.tag ? [`user:${plan.tag.key}$${plan.tag.value}`] : []),
        ...filter('LinkedAccount', plan.accounts),
        ...filter('Region', plan.region === undefined ? [] : [plan.region]),
      ],
      costTypes: { includeCredit: false, includeRefund: false },
      notification: [...plan.spentPercents.map(notify('ACTUAL')), ...plan.forecastPercents.map(notify('FORECASTED'))],
    }).arn;
  }
}
