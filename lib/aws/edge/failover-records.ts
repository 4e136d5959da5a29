import { Route53HealthCheck, type Route53HealthCheckConfig } from '@cdktf/provider-aws/lib/route53-health-check';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, withDefaults } from '../../check';
import { failoverDetection, failoverHealthPlan } from '../../model/edge/failover';
import type { Duration } from '../../units';
import { FAILOVER_CHECKS } from './failover-checks';
import { FAILOVER_DEFAULTS, type FailoverPlan, type FailoverRecordsProps, type FailoverSide } from './failover-props';

const failoverPlan = (props: FailoverRecordsProps): FailoverPlan => ({
  ...withDefaults(FAILOVER_DEFAULTS, props),
  ...failoverHealthPlan({
    ...(props.interval && { interval: props.interval }),
    ...(props.failureThreshold !== undefined && { failureThreshold: props.failureThreshold }),
  }),
});

/**
 * A name that leads to one of two regions, and never to a standby whose database is not promoted.
 *
 * | primary serves users | gate | answer |
 * |---|---|---|
 * | yes | closed | primary |
 * | no | closed | primary: with neither healthy Route 53 gives the first, so users wait for a decision |
 * | yes or no | open | secondary |
 *
 * The gate decides alone once it is open: the primary then counts as lost even if it answers again, because what it holds is
 * old. Nothing falls back by itself, and losing the standby after a promotion sends nobody to the old database either: the
 * secondary's health is the gate and nothing else.
 *
 * **Why a switch.** A health check on the promoted writer cannot tell "not promoted" from "out of reach", and its inverse would
 * let users back to the old primary whenever the standby stumbles. A state that a person sets can. It is the inversion of a
 * disabled health check, which Route 53 documents for taking traffic off; Terraform makes it closed and never touches it again.
 * Its API stands in us-east-1 alone, so a primary there needs a routing control instead.
 *
 * **Fail over.** Fence the old writer, promote the standby, see that it writes; then open the gate:
 * `aws route53 update-health-check --health-check-id <GateId> --no-inverted`. Users follow within the TTL of 60 s.
 * A planned move takes the same steps, with the primary drained first.
 *
 * **Fail back.** Make the old primary a replica, let it catch up, promote it, then close the gate with `--inverted`.
 *
 * **Order.** The records of both regions stand first: Route 53 refuses a name that leads to nothing.
 *
 * **Upgrade.** Another `interval` makes another health check, as Route 53 fixes it; the gate keeps its state, and changing
 * `kind` of the gate makes a closed one: only while users are at the primary.
 *
 * **Destroy.** Names go at once and answers within their TTL. Destroy with the gate closed, or users are cut off.
 *
 * @example
 * new FailoverRecords(stack, 'Failover', {
 *   zoneId: 'Z0123456789ABCDEFGHIJ',
 *   name: 'acgs.example.com',
 *   healthPath: '/auth-service/health',
 *   primary: { region: 'us-west-2', name: 'us-west-2.acgs.example.com' },
 *   secondary: { region: 'us-east-1', name: 'us-east-1.acgs.example.com' },
 * });
 */
export class FailoverRecords extends Construct {
  /** All that is wrong with names, health check and gate; makes nothing. */
  static inspect(path: string, props: FailoverRecordsProps): Finding[] {
    return inspect(path, failoverPlan(props), FAILOVER_CHECKS);
  }

  /** Health check that a runbook inverts, or that follows the routing control; also an output. */
  readonly gateId: string;
  /** Health check of the primary as DNS sees it, for an alarm on `HealthCheckStatus` in us-east-1: 0 is lost, or given up. */
  readonly primaryHealthId: string;
  /** Time until clients would ask the other region, with the gate open all along; promotion comes on top. */
  readonly detection: Duration;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: FailoverRecordsProps) {
    super(scope, id);
    const plan = failoverPlan(props);
    enforce(this, FailoverRecords.inspect(this.node.path, props));

    const gate = this.gate(plan);
    const lost = this.healthCheck('PrimaryLost', {
      ...userPath(plan),
      invertHealthcheck: true,
      lifecycle: { createBeforeDestroy: true },
    });
    // Healthy if the primary is neither lost nor given up.
    const health = this.healthCheck('PrimaryHealth', {
      type: 'CALCULATED',
      childHealthchecks: [lost.id, gate.id],
      childHealthThreshold: 1,
      invertHealthcheck: true,
    });

    this.failover('Primary', plan, plan.primary, health.id);
    this.failover('Secondary', plan, plan.secondary, gate.id);
    new TerraformOutput(this, 'GateId', { value: gate.id, description: `Promotion gate of ${plan.name}` });
    this.gateId = gate.id;
    this.primaryHealthId = health.id;
    this.detection = failoverDetection(plan);
  }

  /**
   * Open is healthy. Disabled, a health check is healthy by itself; inverted, it is not. It asks nobody, and no prop is in what
   * would replace it: its state would be lost.
   */
  private gate(plan: FailoverPlan): Route53HealthCheck {
    if (plan.gate.kind === 'routing-control') {
      return this.healthCheck('RoutingControl', { type: 'RECOVERY_CONTROL', routingControlArn: plan.gate.arn });
    }
    return this.healthCheck('Gate', {
      type: 'HTTPS',
      fqdn: plan.secondary.name,
      port: 443,
      resourcePath: '/',
      requestInterval: 30,
      failureThreshold: 3,
      disabled: true,
      invertHealthcheck: true,
      lifecycle: { ignoreChanges: ['invert_healthcheck'] },
    });
  }

  private healthCheck(id: string, config: Route53HealthCheckConfig): Route53HealthCheck {
    return new Route53HealthCheck(this, id, { ...config, tags: { Name: `${this.node.path}/${id}` } });
  }

  private failover(type: 'Primary' | 'Secondary', plan: FailoverPlan, side: FailoverSide, healthCheckId: string): void {
    const { zoneId, name } = plan;
    new Route53Record(this, type, {
      zoneId,
      name,
      type: 'A',
      setIdentifier: type.toLowerCase(),
      failoverRoutingPolicy: { type: type.toUpperCase() },
      healthCheckId,
      // The health checks say all there is to say: a load balancer without healthy pods must not decide about a promotion.
      alias: { name: side.name, zoneId, evaluateTargetHealth: false },
    });
  }
}

/** Asked at the name that leads to the primary whatever DNS decides. */
const userPath = ({ primary, healthPath, searchString, interval, failureThreshold }: FailoverPlan) => ({
  type: searchString === undefined ? 'HTTPS' : 'HTTPS_STR_MATCH',
  ...(searchString === undefined ? {} : { searchString }),
  fqdn: primary.name,
  port: 443,
  enableSni: true,
  resourcePath: healthPath,
  requestInterval: interval.toSeconds(),
  failureThreshold,
});
