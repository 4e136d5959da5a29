import type { EnvironmentSpec, RuleGroup } from '../../model';
import { type AlertDefinition, alertRule, type DefinedGroup } from './alert';
import { autoscalingRules, scaleUpRules } from './autoscaling-rules';
import { heartbeatRules } from './heartbeat-rules';
import { metricRules } from './metric-rules';
import { objectiveRules } from './objective-rules';
import { poolerRules } from './pooler-rules';
import { postgresRules } from './postgres-rules';
import { redisRules } from './redis-rules';
import { resourceRules } from './resource-rules';
import { serviceRules } from './service-rules';
import { type Watched, watched } from './watched';

/** As often as Prometheus scrapes: a condition of a minute is looked at four times. */
const INTERVAL = '15s';

/** Parts as one group, whose members see what those before them have just recorded. Other groups may be one evaluation late. */
const joined =
  (name: string, ...parts: readonly ((watched: Watched) => DefinedGroup)[]) =>
  (watched: Watched): DefinedGroup => {
    const groups = parts.map((part) => part(watched));
    return {
      name,
      records: groups.flatMap(({ records }) => records),
      alerts: groups.flatMap(({ alerts }) => alerts),
    };
  };

const GROUPS: readonly ((watched: Watched) => DefinedGroup)[] = [
  joined('services', serviceRules, metricRules, scaleUpRules),
  autoscalingRules,
  objectiveRules,
  resourceRules,
  redisRules,
  postgresRules,
  poolerRules,
  heartbeatRules,
];

const defined = (platform: string, environment: EnvironmentSpec): readonly [Watched, DefinedGroup][] => {
  const { telemetry } = environment;
  if (telemetry === undefined) return [];
  const subject = watched(platform, environment, telemetry);
  return GROUPS.map((group): [Watched, DefinedGroup] => [subject, group(subject)]);
};

/** Every alert of an environment with what to do about it, in the order of the rules. */
export const environmentAlerts = (platform: string, environment: EnvironmentSpec): AlertDefinition[] =>
  defined(platform, environment).flatMap(([, { alerts }]) => alerts);

/**
 * The rules of an environment, all derived from its declaration; none without `telemetry`. A rule reads what its own group
 * records, so that when it rings does not depend on the order of groups.
 */
export const environmentRules = (platform: string, environment: EnvironmentSpec): RuleGroup[] =>
  defined(platform, environment)
    .map(([subject, { name, records, alerts }]) => ({
      name: `${platform}-${environment.name}-${name}`,
      interval: INTERVAL,
      rules: [...records, ...alerts.map((alert) => alertRule(subject, alert))],
    }))
    .filter(({ rules }) => rules.length > 0);
