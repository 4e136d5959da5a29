import type { Construct } from 'constructs';
import { type Check, type Finding, inspect, isError } from '../../check';
import { type AlarmSpec, inspectAlarm } from '../../model/operations/alarm';
import { ALARM_ACTION_CHECKS, Alarm, type AlarmActions } from './alarm';

/** Alarms by the ids that they have in the tree. */
export type AlarmRules = Readonly<Record<string, AlarmSpec>>;

/** The findings, those about whom the alarms tell, and, if there is no error among them, those about each alarm below its id. */
export function inspectSet(
  path: string,
  findings: readonly Finding[],
  rules: () => AlarmRules,
  actions: AlarmActions,
): Finding[] {
  const own = [...findings, ...inspect<AlarmActions>(path, actions, ALARM_ACTION_CHECKS)];
  if (own.some(isError)) return own;
  return [...own, ...Object.entries(rules()).flatMap(([id, rule]) => inspectAlarm(`${path}/${id}`, rule))];
}

/** What is wrong with thresholds, each below the prop that holds them. */
export const inspectThresholds = <T>(path: string, thresholds: T, checks: readonly Check<T>[]): Finding[] =>
  inspect(path, thresholds, checks).map((finding) => ({ ...finding, prop: `thresholds.${finding.prop}` }));

/** Makes each alarm below `scope`. */
export const buildAlarms = (scope: Construct, rules: AlarmRules, { topicArns, region }: AlarmActions): Alarm[] =>
  Object.entries(rules).map(
    ([id, rule]) => new Alarm(scope, id, { ...rule, topicArns, ...(region !== undefined && { region }) }),
  );
