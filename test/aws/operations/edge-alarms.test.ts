import { Lazy } from 'cdktf';
import { LoadBalancerAlarms } from '../../../lib/aws/operations/load-balancer-alarms';
import {
  LOAD_BALANCER_ALARM_CHECKS,
  type LoadBalancerAlarmsProps,
} from '../../../lib/aws/operations/load-balancer-alarms-props';
import { NAT_ALARM_CHECKS, NatAlarms, type NatAlarmsProps } from '../../../lib/aws/operations/nat-alarms';
import {
  LOAD_BALANCER_THRESHOLD_CHECKS,
  type LoadBalancerThresholds,
} from '../../../lib/model/operations/load-balancer-thresholds';
import { NAT_THRESHOLD_CHECKS } from '../../../lib/model/operations/nat-thresholds';
import { Duration, Percent } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import type { Block } from '../../support/terraform';
import { alarmsBySuffix, ringing, TOPIC } from './support';

const LINES = (alarms: Record<string, Block>) =>
  Object.fromEntries(Object.entries(alarms).map(([name, alarm]) => [name, ringing(alarm)]));

describe('NatAlarms', () => {
  const PROPS: NatAlarmsProps = {
    name: 'acgs-production',
    gateways: { 'us-west-2a': 'nat-0a', 'us-west-2b': 'nat-0b' },
    topicArns: [TOPIC],
  };

  const synth = (overrides: Partial<NatAlarmsProps> = {}) =>
    alarmsBySuffix('acgs-production-nat-', (stack) => {
      new NatAlarms(stack, 'Alarms', { ...PROPS, ...overrides });
    });

  test('watches ports and packets of the gateway of each zone', () => {
    const ports = 'ErrorPortAllocation Sum > 0 1/1x300s notBreaching';
    const packets =
      'IF(sent + returned > 0, 100 * FILL(dropped, 0) / (sent + returned), 0) > 0.01 3/3x300s notBreaching';
    const alarms = synth();

    expect(LINES(alarms)).toEqual({
      'us-west-2a-ports': ports,
      'us-west-2a-packets': packets,
      'us-west-2b-ports': ports,
      'us-west-2b-packets': packets,
    });
    expect(alarms['us-west-2b-ports']).toMatchObject({
      namespace: 'AWS/NATGateway',
      dimensions: { NatGatewayId: 'nat-0b' },
    });
    expect(
      alarms['us-west-2a-packets'].metric_query.slice(1).map(({ id, metric }: Block) => [id, metric.metric_name]),
    ).toEqual([
      ['dropped', 'PacketsDropCount'],
      ['sent', 'PacketsOutToDestination'],
      ['returned', 'PacketsOutToSource'],
    ]);
  });

  test('thresholds can be told', () => {
    const alarms = synth({ thresholds: { failedPorts: 7, droppedPackets: Percent.of(1) } });
    expect([alarms['us-west-2a-ports'].threshold, alarms['us-west-2a-packets'].threshold]).toEqual([7, 1]);
  });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<NatAlarmsProps>])[] = [
    ['nat-alarm-has-gateways', 'no gateway', { gateways: {} }],
    ['nat-alarm-has-gateways', 'a gateway without an id', { gateways: { a: '' } }],
    ['nat-alarm-failed-ports-are-possible', 'fewer than none', { thresholds: { failedPorts: -1 } }],
    ['nat-alarm-failed-ports-are-possible', 'no number', { thresholds: { failedPorts: Number.NaN } }],
    ['nat-alarm-dropped-packets-are-a-share', 'no packet', { thresholds: { droppedPackets: Percent.of(0) } }],
    [undefined, 'all packets', { thresholds: { droppedPackets: Percent.of(100) } }],
    ['nat-alarm-dropped-packets-are-a-share', 'more than all', { thresholds: { droppedPackets: Percent.of(101) } }],
    ['alarm-tells-somebody', 'no topic', { topicArns: [] }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(NatAlarms.inspect('Alarms', { ...PROPS, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ gateways: {} }))).toEqual(['nat-alarm-has-gateways']);
  });

  test('every check has a failing row', () => {
    const found = new Set(rows.map(([check]) => check));
    expect(allIds(NAT_ALARM_CHECKS, NAT_THRESHOLD_CHECKS).filter((id) => !found.has(id))).toEqual([]);
  });
});

describe('LoadBalancerAlarms', () => {
  const PROPS: LoadBalancerAlarmsProps = {
    name: 'acgs-production',
    loadBalancer: 'app/acgs-production/50dc6c495c0c9188',
    targetGroups: { gateway: 'targetgroup/gateway/943f017f100becff' },
    topicArns: [TOPIC],
  };

  const synth = (overrides: Partial<LoadBalancerAlarmsProps> = {}) =>
    alarmsBySuffix('acgs-production-', (stack) => {
      new LoadBalancerAlarms(stack, 'Alarms', { ...PROPS, ...overrides });
    });

  test('watches errors as a share of requests, and each target group', () => {
    const share = 'IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0) > 5 2/2x60s notBreaching';
    expect(LINES(synth())).toEqual({
      'target-errors': share,
      'load-balancer-errors': share,
      'gateway-unavailable': 'HealthyHostCount Maximum < 1 1/1x60s breaching',
      'gateway-unhealthy': 'UnHealthyHostCount Maximum > 0 5/5x60s notBreaching',
      'gateway-latency': 'TargetResponseTime p95 > 0.5 3/5x60s notBreaching',
    });
  });

  test('errors of services and of the load balancer are two things', () => {
    const metrics = (name: string) =>
      synth()
        [name].metric_query.slice(1)
        .map(({ metric }: Block) => metric);
    const dimensions = { LoadBalancer: 'app/acgs-production/50dc6c495c0c9188' };
    expect(metrics('target-errors')).toMatchObject([
      { metric_name: 'HTTPCode_Target_5XX_Count', stat: 'Sum', dimensions },
      { metric_name: 'RequestCount', stat: 'Sum', dimensions },
    ]);
    expect(metrics('load-balancer-errors')[0].metric_name).toBe('HTTPCode_ELB_5XX_Count');
  });

  test('a target group is known by both suffixes', () => {
    expect(synth()['gateway-latency']).toMatchObject({
      namespace: 'AWS/ApplicationELB',
      dimensions: {
        LoadBalancer: 'app/acgs-production/50dc6c495c0c9188',
        TargetGroup: 'targetgroup/gateway/943f017f100becff',
      },
    });
  });

  test('thresholds can be told', () => {
    const alarms = synth({
      thresholds: { errors: Percent.of(1), requests: 100, latency: Duration.seconds(2), unhealthyTargets: 1 },
    });
    expect(LINES(alarms)).toMatchObject({
      'target-errors': expect.stringMatching(/>= 100, .*> 1 /),
      'gateway-latency': expect.stringContaining('> 2 '),
      'gateway-unhealthy': expect.stringContaining('> 1 '),
    });
  });

  test('suffixes may be references', () => {
    const reference = Lazy.stringValue({ produce: () => 'known later' });
    const findings = LoadBalancerAlarms.inspect('Alarms', {
      ...PROPS,
      loadBalancer: reference,
      targetGroups: { gateway: reference },
    });
    expect(findings).toEqual([]);
  });

  const limit = (thresholds: LoadBalancerThresholds): Partial<LoadBalancerAlarmsProps> => ({ thresholds });
  const ARN = 'arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/a/1';

  const rows: readonly (readonly [
    check: string | undefined,
    it: string,
    overrides: Partial<LoadBalancerAlarmsProps>,
  ])[] = [
    ['load-balancer-alarm-has-a-suffix', 'a whole ARN', { loadBalancer: ARN }],
    ['load-balancer-alarm-groups-have-suffixes', 'a group by its name', { targetGroups: { gateway: 'gateway' } }],
    ['load-balancer-alarm-groups-have-suffixes', 'a name that is no label', { targetGroups: { A: 'targetgroup/a/1' } }],
    [undefined, 'no group', { targetGroups: {} }],
    ['load-balancer-alarm-errors-are-a-share', '0.09 %', limit({ errors: Percent.of(0.09) })],
    [undefined, '0.1 %', limit({ errors: Percent.of(0.1) })],
    ['load-balancer-alarm-errors-are-a-share', '101 %', limit({ errors: Percent.of(101) })],
    ['load-balancer-alarm-requests-are-possible', 'no request', limit({ requests: 0 })],
    ['load-balancer-alarm-requests-are-possible', 'no number of requests', limit({ requests: Number.NaN })],
    ['load-balancer-alarm-latency-is-possible', '9 ms', limit({ latency: Duration.millis(9) })],
    [undefined, '10 ms', limit({ latency: Duration.millis(10) })],
    ['load-balancer-alarm-latency-is-possible', '61 minutes', limit({ latency: Duration.minutes(61) })],
    ['load-balancer-alarm-targets-are-possible', 'fewer than none', limit({ unhealthyTargets: -1 })],
    ['load-balancer-alarm-targets-are-possible', '1001', limit({ unhealthyTargets: 1001 })],
    ['alarm-tells-somebody', 'no topic', { topicArns: [] }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(LoadBalancerAlarms.inspect('Alarms', { ...PROPS, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ loadBalancer: 'acgs' }))).toEqual(['load-balancer-alarm-has-a-suffix']);
  });

  test('every check has a failing row', () => {
    const found = new Set(rows.map(([check]) => check));
    expect(allIds(LOAD_BALANCER_ALARM_CHECKS, LOAD_BALANCER_THRESHOLD_CHECKS).filter((id) => !found.has(id))).toEqual(
      [],
    );
  });
});
