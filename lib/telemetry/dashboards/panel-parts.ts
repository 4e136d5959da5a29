import { inNamespace, ofAutoscalers, quantileName, seconds } from '../rules/promql';
import type { Watched } from '../rules/watched';
import { type PanelSpec, panel, redFrom } from './panel';

const HPA = 'kube_horizontalpodautoscaler_';

/** Legend of what belongs to an autoscaler. */
export const AUTOSCALER = '{{horizontalpodautoscaler}}';

/** Unit of numbers of pods. */
export const PODS = 'suffix: pods';

/** A series of the environment's autoscalers. */
export const hpa = (subject: Watched, name: string, ...more: readonly string[]): string =>
  `${HPA}${name}${inNamespace(subject, ofAutoscalers(subject), ...more)}`;

/** Name of a dashboard. */
export const title = ({ platform, environment }: Watched, what: string): string =>
  `${platform} ${environment.name}: ${what}`;

/** Latency of all but one request in a hundred, beside what is promised. */
export function p99(subject: Watched, name: string): PanelSpec {
  const { within } = subject.plan.objectives.latency;
  return panel(name, 's', `Red is more than ${within}.`, quantileName(99), '{{service}}', redFrom(seconds(within)));
}
