import { BUDGET_CHECKS, Budget, type BudgetProps } from '../../../lib/aws/cost/budget';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, terraform } from '../../support/terraform';

const TOPIC = 'arn:aws:sns:us-west-2:123456789012:costs';

const props: BudgetProps = {
  name: 'acgs-production',
  limitUsd: 2900,
  tag: { key: 'environment', value: 'production' },
  emails: ['platform@acgs.example.com'],
};

const synth = (overrides: Partial<BudgetProps> = {}): Block =>
  terraform((stack) => {
    new Budget(stack, 'Budget', { ...props, ...overrides });
  });

const budget = (overrides?: Partial<BudgetProps>): Block => onlyResource(synth(overrides), 'aws_budgets_budget');

describe('Budget', () => {
  test('speaks up at 80 and 100 % of what was spent, and when the forecast passes the limit', () => {
    expect(budget()).toMatchObject({
      name: 'acgs-production',
      budget_type: 'COST',
      time_unit: 'MONTHLY',
      limit_amount: '2900',
      limit_unit: 'USD',
      cost_filter: [{ name: 'TagKeyValue', values: ['user:environment$production'] }],
      cost_types: { include_credit: false, include_refund: false },
      notification: [
        { notification_type: 'ACTUAL', threshold: 80 },
        { notification_type: 'ACTUAL', threshold: 100 },
        { notification_type: 'FORECASTED', threshold: 100 },
      ],
    });
  });

  test('every notification is in percent, above, and goes to those who are named', () => {
    for (const notification of budget({ topicArns: [TOPIC] }).notification) {
      expect(notification).toMatchObject({
        comparison_operator: 'GREATER_THAN',
        threshold_type: 'PERCENTAGE',
        subscriber_email_addresses: ['platform@acgs.example.com'],
        subscriber_sns_topic_arns: [TOPIC],
      });
    }
  });

  test('a kind of recipient that there is none of is not written', () => {
    expect(budget().notification[0]).not.toHaveProperty('subscriber_sns_topic_arns');
    expect(budget({ emails: [], topicArns: [TOPIC] }).notification[0]).not.toHaveProperty('subscriber_email_addresses');
  });

  test.each([
    {
      it: 'an account',
      given: { accounts: ['123456789012'] },
      expected: { name: 'LinkedAccount', values: ['123456789012'] },
    },
    { it: 'a region', given: { region: 'us-west-2' }, expected: { name: 'Region', values: ['us-west-2'] } },
  ])('counts only $it', ({ given, expected }) => {
    expect(budget(given).cost_filter).toEqual([
      { name: 'TagKeyValue', values: ['user:environment$production'] },
      expected,
    ]);
  });

  test('counts everything where nothing is named', () => {
    const json = terraform((stack) => {
      new Budget(stack, 'Budget', { name: 'all', limitUsd: 100.5, emails: ['a@b.example'] });
    });
    expect(onlyResource(json, 'aws_budgets_budget')).toMatchObject({ limit_amount: '100.5' });
    expect(onlyResource(json, 'aws_budgets_budget').cost_filter ?? []).toEqual([]);
  });

  test('thresholds are those that are given', () => {
    const { notification } = budget({ spentPercents: [50], forecastPercents: [] });
    expect(notification).toHaveLength(1);
    expect(notification[0]).toMatchObject({ notification_type: 'ACTUAL', threshold: 50 });
  });

  test('breaks no rule of hardening', () => {
    expect(brokenAwsRules('test', synth(), AWS_RULES)).toEqual([]);
  });
});

const broken: readonly (readonly [string, Partial<BudgetProps>])[] = [
  ['budget-name-is-allowed', { name: 'a:b' }],
  ['budget-name-is-allowed', { name: '' }],
  ['budget-name-is-allowed', { name: 'a'.repeat(101) }],
  ['budget-name-is-allowed', { name: 'x/action/y' }],
  ['budget-limit-is-money', { limitUsd: 0 }],
  ['budget-limit-is-money', { limitUsd: 10.005 }],
  ['budget-limit-is-money', { limitUsd: Number.NaN }],
  ['budget-limit-is-money', { limitUsd: Number.POSITIVE_INFINITY }],
  ['budget-tag-is-complete', { tag: { key: 'aws:x', value: 'y' } }],
  ['budget-tag-is-complete', { tag: { key: 'a$b', value: 'y' } }],
  ['budget-tag-is-complete', { tag: { key: 'environment', value: '' } }],
  ['budget-tag-is-complete', { tag: { key: 'environment', value: '{x}' } }],
  ['budget-accounts-have-12-digits', { accounts: ['12345'] }],
  ['budget-thresholds-are-parts', { spentPercents: [0] }],
  ['budget-thresholds-are-parts', { spentPercents: [1001] }],
  ['budget-thresholds-are-parts', { forecastPercents: [99.5] }],
  ['budget-tells-each-threshold-once', { spentPercents: [80, 80] }],
  ['budget-tells-each-threshold-once', { spentPercents: [], forecastPercents: [] }],
  ['budget-tells-each-threshold-once', { spentPercents: [1, 2, 3, 4, 5, 6], forecastPercents: [1, 2, 3, 4, 5] }],
  ['cost-somebody-is-told', { emails: [] }],
  ['cost-emails-are-addresses', { emails: ['platform'] }],
  ['cost-emails-are-addresses', { emails: ['a@b.example', 'a@b.example'] }],
  ['cost-emails-are-addresses', { emails: Array.from({ length: 11 }, (_, index) => `a${index}@b.example`) }],
  ['cost-topics-are-arns', { topicArns: ['costs'] }],
  ['cost-topics-are-arns', { topicArns: [TOPIC, `${TOPIC}-2`] }],
];

describe('checks', () => {
  test.each(broken)('%s: %p', (check, given) => {
    expect(ids(Budget.inspect('test', { ...props, ...given }))).toEqual([check]);
    expect(refused(() => synth(given))).toEqual([check]);
  });

  test.each<Partial<BudgetProps>>([
    { limitUsd: 0.01 },
    { name: 'a'.repeat(100) },
    { spentPercents: [1], forecastPercents: [1000] },
    { spentPercents: [1, 2, 3, 4, 5], forecastPercents: [1, 2, 3, 4, 5] },
    { emails: Array.from({ length: 10 }, (_, index) => `a${index}@b.example`) },
    { emails: [], topicArns: [TOPIC] },
  ])('nothing is said about %p', (given) => {
    expect(Budget.inspect('test', { ...props, ...given })).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(BUDGET_CHECKS));
  });
});
