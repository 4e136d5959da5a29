import type { Construct } from 'constructs';
import { type Check, type Finding, inspect, isError } from '../../check';
import { type AlarmSpec, inspectAlarm } from '../../model/operations/alarm';
import { ALARM_ACTION_CHECKS, Alarm, type AlarmActions } from './alarm';

/** Several alarms, whom they tell, and where those who are told read on. */
export interface AlarmSetActions extends AlarmActions {
  /** Runbooks (URLs, or paths of files) by ids of alarms: `{ ReplicaLag: 'runbooks/recovery.md' }`. @default - none */
  readonly runbooks?: Readonly<Record<string, string>>;
}

/** Alarms by the ids that they have in the tree. */
export type AlarmRules = Readonly<Record<string, AlarmSpec>>;

interface AlarmSet extends AlarmSetActions {
  readonly rules: AlarmRules;
}

const strayRunbooks = ({ runbooks = {}, rules }: AlarmSet): string[] =>
  Object.keys(runbooks).filter((id) => rules[id] === undefined);

/** What is asked of the runbooks of a set: a slip in an id would lose one unseen. */
export const ALARM_SET_CHECKS: readonly Check<AlarmSet>[] = [
  {
    id: 'alarm-runbooks-belong-to-alarms',
    prop: 'runbooks',
    holds: (set) => strayRunbooks(set).length === 0,
    rule: ({ rules }) => `must be under ids of these alarms: ${Object.keys(rules).join(', ')}`,
    received: strayRunbooks,
    remedy: 'use the id that the alarm has below the set',
  },
];

/** The findings, those about whom the alarms tell, and, if there is no error among them, those about each alarm below its id. */
export function inspectSet(
  path: string,
  findings: readonly Finding[],
  rules: () => AlarmRules,
  actions: AlarmSetActions,
): Finding[] {
  const own = [...findings, ...inspect<AlarmActions>(path, actions, ALARM_ACTION_CHECKS)];
  if (own.some(isError)) return own;
  const set: AlarmSet = { ...actions, rules: rules() };
  return [
    ...own,
    ...inspect(path, set, ALARM_SET_CHECKS),
    ...withRunbooks(set).flatMap(([id, rule]) => inspectAlarm(`${path}/${id}`, rule)),
  ];
}

/** What is wrong with thresholds, each below the prop that holds them. */
export const inspectThresholds = <T>(path: string, thresholds: T, checks: readonly Check<T>[]): Finding[] =>
  inspect(path, thresholds, checks).map((finding) => ({ ...finding, prop: `thresholds.${finding.prop}` }));

/** Makes each alarm below `scope`. */
export const buildAlarms = (scope: Construct, rules: AlarmRules, actions: AlarmSetActions): Alarm[] =>
  withRunbooks({ ...actions, rules }).map(
    ([id, rule]) =>
      new Alarm(scope, id, {
        ...rule,
        topicArns: actions.topicArns,
        ...(actions.region !== undefined && { region: actions.region }),
      }),
  );

/** Each alarm with the runbook that is named for it. */
const withRunbooks = ({ rules, runbooks = {} }: AlarmSet): [string, AlarmSpec][] =>
  Object.entries(rules).map(([id, rule]) => {
    const runbook = runbooks[id];
    return [id, runbook === undefined ? rule : { ...rule, runbook }];
  });
