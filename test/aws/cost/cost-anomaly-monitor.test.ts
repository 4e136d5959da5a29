import {
  COST_ANOMALY_CHECKS,
  CostAnomalyMonitor,
  type CostAnomalyMonitorProps,
} from '../../../lib/aws/cost/cost-anomaly-monitor';
import { COST_SUBSCRIBER_CHECKS } from '../../../lib/aws/cost/cost-subscribers';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const TOPIC = 'arn:aws:sns:us-west-2:123456789012:costs';

const props: CostAnomalyMonitorProps = {
  name: 'acgs-production',
  tag: { key: 'environment', value: 'production' },
  emails: ['platform@acgs.example.com'],
  topicArns: [TOPIC],
};

const synth = (overrides: Partial<CostAnomalyMonitorProps> = {}): Block =>
  terraform((stack) => {
    new CostAnomalyMonitor(stack, 'Anomalies', { ...props, ...overrides });
  });

describe('CostAnomalyMonitor', () => {
  test('watches what carries the tag, in the words that the service gives back', () => {
    const monitor = onlyResource(synth(), 'aws_ce_anomaly_monitor');
    expect(monitor).toMatchObject({ name: 'acgs-production', monitor_type: 'CUSTOM' });
    expect(JSON.parse(monitor.monitor_specification)).toEqual({
      And: null,
      CostCategories: null,
      Dimensions: null,
      Not: null,
      Or: null,
      Tags: { Key: 'environment', MatchOptions: null, Values: ['production'] },
    });
  });

  test('watches each service where no tag is named', () => {
    const json = terraform((stack) => {
      new CostAnomalyMonitor(stack, 'Anomalies', { name: 'all', topicArns: [TOPIC] });
    });
    const monitor = onlyResource(json, 'aws_ce_anomaly_monitor');
    expect(monitor).toMatchObject({ monitor_type: 'DIMENSIONAL', monitor_dimension: 'SERVICE' });
    expect(monitor).not.toHaveProperty('monitor_specification');
  });

  test('letters come once a day, messages at once', () => {
    const subscriptions = resources(synth(), 'aws_ce_anomaly_subscription');
    expect(subscriptions.map(({ frequency, subscriber }) => [frequency, subscriber])).toEqual([
      ['DAILY', [{ type: 'EMAIL', address: 'platform@acgs.example.com' }]],
      ['IMMEDIATE', [{ type: 'SNS', address: TOPIC }]],
    ]);
    expect(new Set(subscriptions.map(({ name }) => name)).size).toBe(2);
  });

  test('who is not named gets no subscription', () => {
    expect(resources(synth({ emails: [] }), 'aws_ce_anomaly_subscription')).toHaveLength(1);
    expect(resources(synth({ topicArns: [] }), 'aws_ce_anomaly_subscription')).toHaveLength(1);
  });

  test('small anomalies are nobody’s business', () => {
    const threshold = (overrides?: Partial<CostAnomalyMonitorProps>) =>
      resources(synth(overrides), 'aws_ce_anomaly_subscription')[0].threshold_expression.dimension;
    expect(threshold()).toEqual({
      key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
      match_options: ['GREATER_THAN_OR_EQUAL'],
      values: ['50'],
    });
    expect(threshold({ fromUsd: 200 }).values).toEqual(['200']);
  });
});

const broken: readonly (readonly [string, Partial<CostAnomalyMonitorProps>])[] = [
  ['cost-anomaly-name-is-allowed', { name: '-acgs' }],
  ['cost-anomaly-name-is-allowed', { name: 'a'.repeat(101) }],
  ['cost-anomaly-threshold-is-money', { fromUsd: 0 }],
  ['cost-anomaly-threshold-is-money', { fromUsd: 1.5 }],
  ['cost-anomaly-threshold-is-money', { fromUsd: Number.NaN }],
  ['cost-anomaly-tag-is-complete', { tag: { key: '', value: 'x' } }],
  ['cost-somebody-is-told', { emails: [], topicArns: [] }],
  ['cost-emails-are-addresses', { emails: ['nobody'] }],
  ['cost-topics-are-arns', { topicArns: ['costs'] }],
];

describe('checks', () => {
  test.each(broken)('%s: %p', (check, given) => {
    expect(ids(CostAnomalyMonitor.inspect('test', { ...props, ...given }))).toEqual([check]);
    expect(refused(() => synth(given))).toEqual([check]);
  });

  test.each<Partial<CostAnomalyMonitorProps>>([{ fromUsd: 1 }, { name: 'a'.repeat(100) }])(
    'nothing is said about %p',
    (given) => {
      expect(CostAnomalyMonitor.inspect('test', { ...props, ...given })).toEqual([]);
    },
  );

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(
      allIds(COST_ANOMALY_CHECKS, COST_SUBSCRIBER_CHECKS),
    );
  });
});
