import { metricKind, type ObjectReference } from '../model';
import { labelMatchers, type MeasuredMetric, metricQuery, objectLabel, type SeriesSelection } from './metric-query';

/** A workload that KEDA scales, and where its pods and objects are. */
export interface ScaledWorkload {
  /** Namespace of the workload, as Prometheus labels its series. */
  readonly namespace: string;
  /** The workload. */
  readonly target: ObjectReference;
}

/** Characters of generated names: no vowels and nothing that looks like one. Source: kubernetes `util/rand`. */
const GENERATED = 'b-df-hj-np-tv-xz24-9';

/** Characters that the API server keeps of a name before it appends five of its own (`storage/names`). */
const KEPT_CHARACTERS = 58;

/** Longest name of a workload whose pods carry it, the hash of their template (at most 10) and two hyphens in full. */
const WHOLE_NAME = KEPT_CHARACTERS - 12;

/** A name as a regular expression: of what names hold, only the dot means something. */
const literal = (name: string): string => name.split('.').join('\\.');

/**
 * Names of a workload's pods, as a regular expression that Prometheus anchors at both ends; nothing if it is not known
 * how the kind names its pods. Pods of `api` do not include those of `api-v2` or of a Job `api-report`.
 */
export function podNames({ kind, name }: ObjectReference): string | undefined {
  switch (kind) {
    case 'StatefulSet':
      return `${literal(name)}-[0-9]+`;
    case 'Deployment':
    case 'Rollout':
      return name.length <= WHOLE_NAME
        ? `${literal(name)}-[${GENERATED}]{1,10}-[${GENERATED}]{5}`
        : `${literal(`${name}-`.slice(0, KEPT_CHARACTERS))}[${GENERATED}-]{5,16}`;
    default:
      return undefined;
  }
}

/**
 * PromQL whose one number, against the declared target, asks for as many pods as the adapter's answer would.
 *
 * - pods: the sum over the pods of the workload, which the autoscaler divides by their number;
 * - object and external: the number itself.
 *
 * A pod without requests has no quantile (NaN). It counts as zero, and a series that is missing stays missing: KEDA then
 * reports an error and the autoscaler removes nothing.
 */
export function kedaQuery(use: MeasuredMetric, workload: ScaledWorkload): string {
  const { metric, on } = use;
  const adds = metricKind(metric) !== 'quantile' && (metric.combine ?? 'sum') === 'sum';
  const groups = on === 'pods' && !adds ? ['pod'] : [];
  const answer = metricQuery(metric, { ...selection(use, workload), groups });
  if (metricKind(metric) === 'quantile') return `sum(${answer} > -Inf) or 0 * count(${answer})`;
  return groups.length === 0 ? answer : `sum(${answer})`;
}

function selection(use: MeasuredMetric, { namespace, target }: ScaledWorkload): Omit<SeriesSelection, 'groups'> {
  const { series } = use.metric;
  switch (use.on) {
    case 'pods':
      return {
        series,
        matchers: [...inNamespace(namespace), `pod=~${JSON.stringify(podNames(target) ?? anyOf(target))}`],
      };
    case 'object':
      return {
        series,
        matchers: [...inNamespace(namespace), ...labelMatchers({ [objectLabel(use)[0]]: use.object.name })],
      };
    case 'external':
      return { series, matchers: labelMatchers(use.selector) };
  }
}

const inNamespace = (namespace: string): string[] => labelMatchers({ namespace });

/** Of a kind that is not known: whatever starts with its name, which may be too much. */
const anyOf = ({ name }: ObjectReference): string => `${literal(name)}-.+`;
