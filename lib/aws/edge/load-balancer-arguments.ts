import type { LbConfig } from '@cdktf/provider-aws/lib/lb';
import type { LbTargetGroupConfig } from '@cdktf/provider-aws/lib/lb-target-group';
import { type TargetGroupSpec, targetGroupPlan } from '../../model/edge/target-group';
import { targetGroupName } from '../../model/edge/target-group-name';
import type { LoadBalancerLogs, LoadBalancerPlan } from './load-balancer-props';

const logs = ({ bucket, prefix }: LoadBalancerLogs) => ({
  enabled: true,
  bucket,
  ...(prefix === undefined ? {} : { prefix }),
});

/** Everything but what other resources decide. */
export function balancerArguments(plan: LoadBalancerPlan) {
  const after = [...(plan.accessLogs.after ?? []), ...(plan.connectionLogs?.after ?? [])];
  return {
    name: plan.name,
    loadBalancerType: 'application',
    internal: plan.scheme === 'internal',
    ipAddressType: 'ipv4',
    subnets: [...plan.subnetIds],
    enableDeletionProtection: plan.deletionProtection,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: plan.desync,
    enableHttp2: plan.http2,
    // What a client claims stands in front of its address, never in place of it.
    xffHeaderProcessingMode: 'append',
    // So that a zone that serves badly can be left without a change of ours.
    enableZonalShift: true,
    idleTimeout: plan.idleTimeout.toSeconds(),
    clientKeepAlive: plan.clientKeepAlive.toSeconds(),
    accessLogs: logs(plan.accessLogs),
    ...(plan.connectionLogs && { connectionLogs: logs(plan.connectionLogs) }),
    ...(after.length > 0 && { dependsOn: after }),
  } satisfies LbConfig;
}

/** A target group of pods; its successor stands before it goes. */
export function targetGroupArguments({ name, vpcId }: Pick<LoadBalancerPlan, 'name' | 'vpcId'>, spec: TargetGroupSpec) {
  const { port, protocol, protocolVersion, algorithm, slowStart, deregistrationDelay, healthCheck } =
    targetGroupPlan(spec);
  return {
    name: targetGroupName(name, spec),
    vpcId,
    targetType: 'ip',
    port,
    protocol,
    protocolVersion,
    loadBalancingAlgorithmType: algorithm,
    ...(algorithm === 'weighted_random' && { loadBalancingAnomalyMitigation: 'on' }),
    ...(slowStart && { slowStart: slowStart.toSeconds() }),
    deregistrationDelay: `${deregistrationDelay.toSeconds()}`,
    stickiness: { type: 'lb_cookie', enabled: false },
    healthCheck: {
      enabled: true,
      protocol,
      path: healthCheck.path,
      port: healthCheck.port === undefined ? 'traffic-port' : `${healthCheck.port}`,
      interval: healthCheck.interval.toSeconds(),
      timeout: healthCheck.timeout.toSeconds(),
      healthyThreshold: healthCheck.healthyThreshold,
      unhealthyThreshold: healthCheck.unhealthyThreshold,
      matcher: '200',
    },
    lifecycle: { createBeforeDestroy: true },
  } satisfies LbTargetGroupConfig;
}
