import type { HeartbeatProps } from '../../aws';
import { type EnvironmentSpec, HEARTBEAT_ALERT, heartbeatOf, heartbeatTopicName, telemetryPlan } from '../../model';
import { RUNBOOK_FILE } from '../../telemetry';

/** The topic that must not fall silent, and whom its silence tells; undefined where nothing beats. */
export function planHeartbeat(
  platform: string,
  environment: EnvironmentSpec,
  topicArns: readonly string[],
): HeartbeatProps | undefined {
  const { telemetry, name } = environment;
  if (telemetry === undefined || heartbeatOf(platform, environment) === undefined) return undefined;
  const { runbooks } = telemetryPlan(telemetry);
  return {
    name: heartbeatTopicName(platform, name),
    topicArns,
    runbooks: { Silence: `${runbooks}/${platform}/${name}/${RUNBOOK_FILE}#${HEARTBEAT_ALERT.toLowerCase()}` },
  };
}
