import type { App } from 'cdktf';
import {
  AlarmTopic,
  BackupAlarms,
  Budget,
  CacheAlarms,
  ClusterAlarms,
  CostAnomalyMonitor,
  DatabaseAlarms,
  Heartbeat,
  LoadBalancerAlarms,
  NatAlarms,
  type Network,
} from '../aws';
import type { Finding } from '../check';
import { versionRunbook } from '../config';
import {
  type EnvironmentSpec,
  inspectOperationsSpec,
  inspectQuotas,
  inspectVersions,
  type PlatformSpec,
  VERSIONS_RUNBOOK,
} from '../model';
import type { Edge } from './edge-stack';
import { EnvironmentStack } from './environment-stack';
import type { FileTree } from './output/file-tree';
import { planCostTopic, planCostWatch, plannedCostTopicArn } from './plan/plan-cost-watch';
import { planHeartbeat } from './plan/plan-heartbeat';
import { planAlarms, planAlarmTopic, plannedWatchedPlace } from './plan/plan-operations';
import { planQuotas } from './plan/plan-quotas';
import { planVersionRunbook, versionedThings } from './plan/plan-versions';
import { isWatched, type Watched } from './plan/watched';

/** All that is wrong with alarms, quotas and versions of an environment; makes nothing. */
export function inspectOperations(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const findings = inspectOperationsSpec(path, platform, environment);
  if (!isWatched(environment)) return findings;
  const { operations, asOf } = environment;
  const quotas = planQuotas(platform, environment);
  return [
    ...findings,
    ...AlarmTopic.inspect(`${path}/AlarmTopic`, planAlarmTopic(platform, environment)),
    ...inspectAlarms(`${path}/Alarms`, platform, environment),
    ...inspectCosts(`${path}/Costs`, platform, environment),
    ...(quotas ? inspectQuotas(`${path}/Quotas`, quotas.plan, quotas.quotas) : []),
    ...inspectVersions(`${path}/Versions`, versionedThings(platform, environment), asOf, operations.upgrades),
  ];
}

function inspectAlarms(path: string, platform: PlatformSpec, environment: Watched): Finding[] {
  const place = plannedWatchedPlace(platform, environment);
  const heartbeat = planHeartbeat(platform.name, environment, [place.topicArn]);
  const { cluster, nat, loadBalancer, backups, databases, caches } = planAlarms(platform, environment, place);
  return [
    ...(heartbeat ? Heartbeat.inspect(`${path}/Heartbeat`, heartbeat) : []),
    ...ClusterAlarms.inspect(`${path}/Cluster`, cluster),
    ...NatAlarms.inspect(`${path}/Nat`, nat),
    ...(loadBalancer ? LoadBalancerAlarms.inspect(`${path}/LoadBalancer`, loadBalancer) : []),
    ...(backups ? BackupAlarms.inspect(`${path}/Backups`, backups) : []),
    ...Object.entries(databases).flatMap(([name, plan]) => DatabaseAlarms.inspect(`${path}/${name}`, plan)),
    ...Object.entries(caches).flatMap(([name, plan]) => CacheAlarms.inspect(`${path}/${name}`, plan)),
  ];
}

function inspectCosts(path: string, platform: PlatformSpec, environment: Watched): Finding[] {
  const topic = planCostTopic(platform, environment);
  const plans = planCostWatch(platform, environment, plannedCostTopicArn(platform, environment));
  return [
    ...(topic ? AlarmTopic.inspect(`${path}/Topic`, topic) : []),
    ...(plans ? Budget.inspect(`${path}/Budget`, plans.budget) : []),
    ...(plans?.anomalies ? CostAnomalyMonitor.inspect(`${path}/Anomalies`, plans.anomalies) : []),
  ];
}

/** Topic, alarms and a watch on cost, if an environment declares operations. */
export function buildOperations(
  app: App,
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  network: Network,
  edge: Edge | undefined,
): void {
  if (!isWatched(environment)) return;
  const stack = new EnvironmentStack(app, platform, environment, 'operations');
  const topic = new AlarmTopic(stack, 'Alarms', planAlarmTopic(platform, environment));
  buildAlarms(stack, platform, environment, topic, network, edge);
  buildCosts(stack, platform, environment);
}

function buildAlarms(
  stack: EnvironmentStack,
  platform: PlatformSpec,
  environment: Watched,
  topic: AlarmTopic,
  network: Network,
  edge: Edge | undefined,
): void {
  const place = {
    topicArn: topic.arn,
    natGateways: network.natGatewayIds,
    loadBalancer: edge && watchedLoadBalancer(edge),
  };
  const { cluster, nat, loadBalancer, backups, databases, caches } = planAlarms(platform, environment, place);
  const heartbeat = planHeartbeat(platform.name, environment, [topic.arn]);
  if (heartbeat) new Heartbeat(stack, 'Heartbeat', heartbeat);
  new ClusterAlarms(stack, 'ClusterAlarms', cluster);
  new NatAlarms(stack, 'NatAlarms', nat);
  if (loadBalancer) new LoadBalancerAlarms(stack, 'LoadBalancerAlarms', loadBalancer);
  if (backups) new BackupAlarms(stack, 'BackupAlarms', backups);
  for (const [name, plan] of Object.entries(databases)) new DatabaseAlarms(stack, `Database-${name}`, plan);
  for (const [name, plan] of Object.entries(caches)) new CacheAlarms(stack, `Cache-${name}`, plan);
}

const watchedLoadBalancer = ({ loadBalancer: { arnSuffix, targetGroups } }: Edge) => ({
  suffix: arnSuffix,
  targetGroups: Object.fromEntries(Object.entries(targetGroups).map(([name, group]) => [name, group.arnSuffix])),
});

function buildCosts(stack: EnvironmentStack, platform: PlatformSpec, environment: Watched): void {
  const topic = planCostTopic(platform, environment);
  const arn = topic && new AlarmTopic(stack, 'CostTopic', topic).arn;
  const plans = planCostWatch(platform, environment, arn);
  if (plans) new Budget(stack, 'Budget', plans.budget);
  if (plans?.anomalies) new CostAnomalyMonitor(stack, 'Anomalies', plans.anomalies);
}

/** Until when each version of a watched environment is supported. */
export const versions = (platform: PlatformSpec, environment: EnvironmentSpec): FileTree =>
  isWatched(environment)
    ? new Map([[VERSIONS_RUNBOOK, versionRunbook(planVersionRunbook(platform, environment))]])
    : new Map();
