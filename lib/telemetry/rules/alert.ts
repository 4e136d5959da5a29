import type { AlertEscalation, AlertingRule, AlertSeverity, RecordingRule } from '../../model';
import type { Duration } from '../../units';
import type { Watched } from './watched';

/** Dashboards, by the last part of their address. */
export const DASHBOARDS = {
  scaling: 'scaling-overview',
  services: 'service-performance',
  activity: 'auto-scaling-activity',
  stores: 'data-stores',
  objectives: 'objectives',
} as const;

/** An alert, what it means, and what to do about it. */
export interface AlertDefinition {
  readonly alert: string;
  readonly expr: string;
  readonly for: Duration;
  readonly severity: AlertSeverity;
  /** @default - at once if critical, else never */
  readonly escalation?: AlertEscalation;
  /** Labels that tell rules of one name apart, or say what the expression does not. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
  readonly dashboard: keyof typeof DASHBOARDS;
  /** What to do, step by step. */
  readonly steps: readonly string[];
}

/** Rules that belong together: what is recorded comes first. */
export interface DefinedGroup {
  readonly name: string;
  readonly records: readonly RecordingRule[];
  readonly alerts: readonly AlertDefinition[];
}

/** Where an environment's alerts are explained. */
export const RUNBOOK_FILE = 'alerts.md';

/** The alert as Prometheus reads it. */
export function alertRule({ platform, environment, plan }: Watched, definition: AlertDefinition): AlertingRule {
  const { alert, expr, severity, labels = {}, summary, description, dashboard } = definition;
  const escalation = definition.escalation ?? (severity === 'critical' ? 'immediate' : 'none');
  return {
    alert,
    expr,
    for: `${definition.for}`,
    labels: { ...labels, severity, escalation, platform, environment: environment.name },
    annotations: {
      summary,
      description,
      runbook_url: `${plan.runbooks}/${platform}/${environment.name}/${RUNBOOK_FILE}#${alert.toLowerCase()}`,
      dashboard_url: `${plan.grafana}/d/${DASHBOARDS[dashboard]}`,
    },
  };
}
