/** How much a fault hurts: people are woken by `critical`, look at `warning` today, and read `info` when they have time. */
export type AlertSeverity = 'critical' | 'warning' | 'info';

/** How soon an alert becomes a page: at once, if it still holds after five minutes, or never. */
export type AlertEscalation = 'immediate' | '5m' | 'none';

/** A series that Prometheus computes and keeps. */
export interface RecordingRule {
  /** Name of the new series. */
  readonly record: string;
  /** PromQL. */
  readonly expr: string;
  /** Labels beside those of the result. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What is said about a fault. `{{ $value }}` and `{{ $labels.x }}` are filled in by Prometheus. */
export interface AlertAnnotations {
  /** What is wrong, in one line. */
  readonly summary: string;
  /** The value, beside the one that was declared. */
  readonly description: string;
  /** Where it is written what to do. */
  readonly runbook_url: string;
  /** Where it can be seen. */
  readonly dashboard_url: string;
}

/** A condition that somebody hears of once it has held long enough. */
export interface AlertingRule {
  /** Name in CamelCase. */
  readonly alert: string;
  /** PromQL; each series of its result is an alert. */
  readonly expr: string;
  /** How long it must hold, as Prometheus reads it: `60s`. */
  readonly for: string;
  readonly labels: Readonly<Record<string, string>> & {
    readonly severity: AlertSeverity;
    readonly escalation: AlertEscalation;
  };
  readonly annotations: AlertAnnotations;
}

/** One rule of either kind. */
export type Rule = RecordingRule | AlertingRule;

/** Rules that are evaluated one after the other: later ones see what earlier ones recorded. */
export interface RuleGroup {
  /** Unique among the groups of an environment. */
  readonly name: string;
  /** Time between two evaluations, as Prometheus reads it. */
  readonly interval: string;
  readonly rules: readonly Rule[];
}

/** Whether a rule tells somebody, as opposed to recording a series. */
export const isAlert = (rule: Rule): rule is AlertingRule => 'alert' in rule;

/** Name of the alert that always holds, so that its silence is the fault. */
export const HEARTBEAT_ALERT = 'Watchdog';
