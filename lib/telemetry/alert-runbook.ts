import { type EnvironmentSpec, telemetryPlan } from '../model';
import { type AlertDefinition, DASHBOARDS } from './rules/alert';
import { environmentAlerts } from './rules/environment-rules';

const WHO: Readonly<Record<'immediate' | '5m' | 'none', string>> = {
  immediate: 'pages at once',
  '5m': 'pages if it still holds after 5 minutes',
  none: 'pages nobody',
};

/** Prometheus' places, in words of a reader who has no values. */
const told = (text: string): string =>
  text.replace(/\{\{ \$labels\.(\w+) \}\}/g, '<$1>').replace(/\{\{ \$value[^}]*\}\}/g, '<value>');

function chapter(
  definitions: readonly [AlertDefinition, ...AlertDefinition[]],
  grafana: string,
  further: string | undefined,
): string {
  const [{ alert, severity, escalation, summary, dashboard, steps }] = definitions;
  const paging = WHO[escalation ?? (severity === 'critical' ? 'immediate' : 'none')];
  const conditions = definitions.flatMap(({ description, expr, for: lasting }) => [
    told(description),
    '',
    `Rings once this has held for ${lasting}:`,
    '',
    '```promql',
    expr,
    '```',
    '',
  ]);
  return [
    `## ${alert}`,
    '',
    `${told(summary)}. It is \`${severity}\` and ${paging}. To be seen at <${grafana}/d/${DASHBOARDS[dashboard]}>.`,
    '',
    ...conditions,
    'What to do:',
    '',
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    '',
    ...(further === undefined ? [] : [`Commands: [${further}](${further}).`, '']),
  ].join('\n');
}

/**
 * What each alert of an environment means and what to do about it, by the anchors that alerts lead to.
 *
 * @param further Sections of other runbooks that go on from here, by alert.
 */
export function alertRunbook(
  platform: string,
  environment: EnvironmentSpec,
  further: Readonly<Record<string, string>> = {},
): string | undefined {
  const { telemetry } = environment;
  if (telemetry === undefined) return undefined;
  const { grafana } = telemetryPlan(telemetry);
  const byName = new Map<string, [AlertDefinition, ...AlertDefinition[]]>();
  for (const definition of environmentAlerts(platform, environment)) {
    const others = byName.get(definition.alert);
    if (others) others.push(definition);
    else byName.set(definition.alert, [definition]);
  }
  return [
    `# Alerts of ${platform}/${environment.name}`,
    '',
    ...[...byName.values()].map((definitions) => chapter(definitions, grafana, further[definitions[0].alert])),
  ].join('\n');
}
