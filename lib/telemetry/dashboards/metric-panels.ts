import type { MetricAlertSpec } from '../../model';
import { metricValue } from '../rules/metric-rules';
import type { Watched } from '../rules/watched';
import { type PanelSpec, panel, redBelow, redFrom } from './panel';

/** Unit of what is measured: that of the name, or a rate, or a plain number. */
function unit({ metric }: MetricAlertSpec): string {
  if (/seconds/.test(metric.name)) return 's';
  if (/(_rate|_ratio)$/.test(metric.name)) return 'percentunit';
  return /per_second$/.test(metric.name) ? 'reqps' : 'short';
}

/** Latency, as opposed to other declared metrics. */
export const isLatency = ({ metric }: MetricAlertSpec): boolean => metric.kind === 'quantile';

/** A panel for each declared alert, red where it rings. */
export const metricPanel = (watched: Watched, spec: MetricAlertSpec): PanelSpec => {
  const { alert, summary, title = summary, when, over = 'service', colors } = spec;
  const bound = 'above' in when ? redFrom(when.above) : redBelow(when.below);
  const shown = { ...bound, ...(colors && { colors, base: 'below' in when ? ('red' as const) : ('green' as const) }) };
  const legend = over === 'service' ? '{{service}}' : spec.metric.name;
  return panel(title, unit(spec), `${alert} rings where it is red.`, metricValue(watched, spec), legend, shown);
};
