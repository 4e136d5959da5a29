import { DESTINATION_RULE_CHECKS, DestinationRule, type DestinationRuleProps } from '../../../lib/kubernetes';
import { MESH_TRAFFIC_CHECKS } from '../../../lib/model';
import { Duration, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const rule = (props: Partial<DestinationRuleProps> = {}): Manifest =>
  only(
    manifests((chart) => new DestinationRule(chart, 'Traffic', { service: 'orders', ...props })),
    'DestinationRule',
  );

const broken: [check: string, props: Partial<DestinationRuleProps>][] = [
  ['destination-rule-service-is-a-dns-label', { service: 'Orders' }],
  ['destination-rule-service-is-a-dns-label', { service: 'orders.shop' }],
  ['mesh-traffic-balancing-is-known', { balancing: 'LEAST_CONN' as 'RANDOM' }],
  ['mesh-traffic-errors-are-counted', { outliers: { consecutiveErrors: 0 } }],
  ['mesh-traffic-errors-are-counted', { outliers: { consecutiveErrors: 1001 } }],
  ['mesh-traffic-errors-are-counted', { outliers: { consecutiveErrors: 1.5 } }],
  ['mesh-traffic-errors-are-counted', { outliers: { consecutiveErrors: Number.NaN } }],
  ['mesh-traffic-interval-is-bounded', { outliers: { interval: Duration.millis(999) } }],
  ['mesh-traffic-interval-is-bounded', { outliers: { interval: Duration.seconds(3601) } }],
  ['mesh-traffic-ejection-is-bounded', { outliers: { ejectFor: Duration.seconds(0) } }],
  ['mesh-traffic-ejection-is-bounded', { outliers: { ejectFor: Duration.seconds(3601) } }],
  ['mesh-traffic-ejection-is-a-share', { outliers: { atMost: Percent.of(0) } }],
  ['mesh-traffic-ejection-is-a-share', { outliers: { atMost: Percent.of(101) } }],
  ['mesh-traffic-ejection-is-a-share', { outliers: { atMost: Percent.of(0.5) } }],
];

describe('DestinationRule', () => {
  test('prefers the pod with fewer requests, and leaves out for 30 s one that failed five times', () => {
    expect(rule({ partOf: 'shop' })).toMatchObject({
      apiVersion: 'networking.istio.io/v1',
      metadata: { name: 'orders', labels: { 'app.kubernetes.io/part-of': 'shop' } },
      spec: {
        host: 'orders',
        trafficPolicy: {
          loadBalancer: { simple: 'LEAST_REQUEST' },
          outlierDetection: {
            consecutive5xxErrors: 5,
            interval: '30s',
            baseEjectionTime: '30s',
            maxEjectionPercent: 50,
          },
        },
      },
    });
  });

  test('writes what is declared', () => {
    const outliers = {
      consecutiveErrors: 7,
      interval: Duration.seconds(10),
      ejectFor: Duration.minutes(2),
      atMost: Percent.of(57),
    };
    expect(rule({ balancing: 'RANDOM', outliers }).spec.trafficPolicy).toEqual({
      loadBalancer: { simple: 'RANDOM' },
      outlierDetection: {
        consecutive5xxErrors: 7,
        interval: '10s',
        baseEjectionTime: '120s',
        maxEjectionPercent: 57,
      },
    });
  });

  test.each(broken)('%s fails (row %#)', (check, props) => {
    expect(ids(DestinationRule.inspect('shop/orders', { service: 'orders', ...props }))).toEqual([check]);
  });

  test.each([
    [{ outliers: { consecutiveErrors: 1, interval: Duration.seconds(1), ejectFor: Duration.seconds(1) } }],
    [{ outliers: { consecutiveErrors: 1000, interval: Duration.hours(1), ejectFor: Duration.hours(1) } }],
    [{ outliers: { atMost: Percent.of(1) } }],
    [{ outliers: { atMost: Percent.of(100) } }],
  ] satisfies [Partial<DestinationRuleProps>][])('the bounds themselves are accepted (row %#)', (props) => {
    expect(DestinationRule.inspect('shop/orders', { service: 'orders', ...props })).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(
      allIds(DESTINATION_RULE_CHECKS, MESH_TRAFFIC_CHECKS),
    );
  });
});
