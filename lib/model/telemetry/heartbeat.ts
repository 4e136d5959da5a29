import { type Check, type Finding, inspect } from '../../check';
import type { EnvironmentSpec } from '../environment';
import { heartbeatTopicName } from '../observability/observability-names';

/** The topic that hears it, by what is known at synthesis. */
export interface HeartbeatTarget {
  readonly topicArn: string;
  readonly region: string;
}

/** The part of AWS that a region belongs to. Source: AWS general reference, "Amazon Resource Names". */
const partitionOf = (region: string): string => {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
};

/** Where the heartbeat of an environment goes; undefined where it has none. */
export function heartbeatOf(platform: string, environment: EnvironmentSpec): HeartbeatTarget | undefined {
  const { telemetry, region, account, name } = environment;
  if (telemetry?.heartbeat !== 'on') return undefined;
  const topic = heartbeatTopicName(platform, name);
  return { topicArn: `arn:${partitionOf(region)}:sns:${region}:${account}:${topic}`, region };
}

/** What is asked of whoever is to notice that it stops. */
export const HEARTBEAT_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'telemetry-heartbeat-is-heard',
    prop: 'telemetry.heartbeat',
    holds: ({ telemetry, operations }) => telemetry?.heartbeat !== 'on' || operations !== undefined,
    rule: "must be 'off' without operations: its silence is an alarm of CloudWatch",
    received: ({ telemetry }) => telemetry?.heartbeat,
    remedy: 'declare operations with somebody who hears alarms',
  },
];

/** Whether somebody hears that nothing is heard any more. */
export const inspectHeartbeat = (path: string, environment: EnvironmentSpec): Finding[] =>
  inspect(path, environment, HEARTBEAT_CHECKS);
