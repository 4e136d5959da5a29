import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, withDefaults } from '../../check';
import type { MetricSeries } from '../../model/operations/alarm';
import { NAT_THRESHOLD_CHECKS, type NatThresholds, natThresholds } from '../../model/operations/nat-thresholds';
import { Duration } from '../../units';
import type { Alarm } from './alarm';
import { type AlarmRules, type AlarmSetActions, buildAlarms, inspectSet, inspectThresholds } from './alarm-set';

/** NAT gateways that are watched. */
export interface NatAlarmsProps extends AlarmSetActions {
  /** What the names of the alarms start with: `acgs-production` makes `acgs-production-nat-us-west-2a-ports`. */
  readonly name: string;
  /** Ids of the gateways by the zone they stand in (at least one). */
  readonly gateways: Readonly<Record<string, string>>;
  /** When to ring. @default - those of `natThresholds` */
  readonly thresholds?: NatThresholds;
}

type Plan = NatAlarmsProps & Required<Pick<NatAlarmsProps, 'thresholds'>>;

/** What is asked of watched gateways. */
export const NAT_ALARM_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'nat-alarm-has-gateways',
    prop: 'gateways',
    holds: ({ gateways }) =>
      Object.keys(gateways).length > 0 && Object.entries(gateways).every(([zone, id]) => zone !== '' && id !== ''),
    rule: 'must name at least one gateway by its zone',
    remedy: 'leave the alarms out where there is no gateway',
  },
];

const planned = (props: NatAlarmsProps): Plan => withDefaults({ thresholds: {} }, props);

/**
 * Alarms on NAT gateways: connections that found no port (a gateway has 55000 to each destination, for each of its
 * addresses), and packets that it dropped.
 *
 * @example
 * new NatAlarms(stack, 'NatAlarms', {
 *   name: 'acgs-production',
 *   gateways: { 'us-west-2a': 'nat-0a1b', 'us-west-2b': 'nat-0c2d' },
 *   topicArns: [topic.arn],
 * });
 */
export class NatAlarms extends Construct {
  /** What is wrong with gateways, thresholds and alarms; makes nothing. */
  static inspect(path: string, props: NatAlarmsProps): Finding[] {
    const plan = planned(props);
    const findings = [
      ...inspect<Plan>(path, plan, NAT_ALARM_CHECKS),
      ...inspectThresholds(path, natThresholds(plan.thresholds), NAT_THRESHOLD_CHECKS),
    ];
    return inspectSet(path, findings, () => rulesOf(plan), plan);
  }

  /** Every alarm, zone by zone. */
  readonly alarms: readonly Alarm[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: NatAlarmsProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, NatAlarms.inspect(this.node.path, props));

    this.alarms = buildAlarms(this, rulesOf(plan), plan);
  }
}

const rulesOf = (plan: Plan): AlarmRules =>
  Object.assign({}, ...Object.entries(plan.gateways).map(([zone, gateway]) => zoneRules(plan, zone, gateway)));

/** Source of names: VPC user guide, "NAT gateway metrics and dimensions". */
function zoneRules({ name, thresholds }: Plan, zone: string, gateway: string): AlarmRules {
  const limits = natThresholds(thresholds);
  const sum = (metric: string): MetricSeries => ({
    namespace: 'AWS/NATGateway',
    metric,
    dimensions: { NatGatewayId: gateway },
    statistic: 'Sum',
  });
  const quiet = { missing: 'notBreaching', missingBecause: 'a gateway that nobody uses reports nothing' } as const;
  return {
    [`Ports-${zone}`]: {
      name: `${name}-nat-${zone}-ports`,
      happened: `The NAT gateway of ${zone} had no port left for more than ${limits.failedPorts} connections in 5 minutes`,
      remedy:
        'find in the flow logs which destination takes the connections, reuse them there, use a VPC endpoint for AWS ' +
        'services, or give the gateway more addresses',
      watched: sum('ErrorPortAllocation'),
      comparison: '>',
      threshold: limits.failedPorts,
      period: Duration.minutes(5),
      periods: 1,
      badPeriods: 1,
      ...quiet,
    },
    [`Packets-${zone}`]: {
      name: `${name}-nat-${zone}-packets`,
      happened: `The NAT gateway of ${zone} dropped more than ${limits.droppedPackets} of its packets for 15 minutes`,
      remedy:
        'look at the health dashboard of AWS and at the bandwidth of the gateway, and move traffic to another zone',
      watched: {
        formula: 'IF(sent + returned > 0, 100 * FILL(dropped, 0) / (sent + returned), 0)',
        series: {
          dropped: sum('PacketsDropCount'),
          sent: sum('PacketsOutToDestination'),
          returned: sum('PacketsOutToSource'),
        },
      },
      comparison: '>',
      threshold: limits.droppedPackets.inBasisPoints / 100,
      period: Duration.minutes(5),
      periods: 3,
      badPeriods: 3,
      ...quiet,
    },
  };
}
