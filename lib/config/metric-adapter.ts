import { type Check, type Finding, inspect } from '../check';
import { type CustomMetric, metricKind, metricWindow, type ScalingMetric } from '../model';
import { isMeasured, labelMatchers, type MeasuredMetric, metricQuery, objectLabel, sortedLabels } from './metric-query';
import { yamlText } from './yaml-text';

/** How the adapter finds the Kubernetes object that a series belongs to. */
interface Association {
  /** Whether the namespace of the autoscaler is added to the query. @default true */
  readonly namespaced?: boolean;
  /** Prometheus label -> Kubernetes resource. */
  readonly overrides?: Readonly<Record<string, { readonly group?: string; readonly resource: string }>>;
}

/** One discovery rule of prometheus-adapter. */
export interface AdapterRule {
  /** Selector of the series the rule is for, in PromQL: `acgs_requests_total{pod!=""}`. */
  readonly seriesQuery: string;
  /** Which label of a series names which Kubernetes object. */
  readonly resources: Association;
  /** The name that autoscalers ask for. */
  readonly name: { readonly as: string };
  /** PromQL that computes the metric; the adapter fills in its `<<...>>` places for each request. */
  readonly metricsQuery: string;
}

/** Configuration of prometheus-adapter. Source: kubernetes-sigs/prometheus-adapter, `pkg/config/config.go`. */
export interface AdapterConfig {
  /** Rules of metrics on pods and objects, served as `custom.metrics.k8s.io`. */
  readonly rules: readonly AdapterRule[];
  /** Rules of metrics outside the cluster, served as `external.metrics.k8s.io`. */
  readonly externalRules: readonly AdapterRule[];
}

/** A metric with its defaults, in a fixed order: equal text means an equal answer from Prometheus. */
const canonical = (metric: CustomMetric): string =>
  JSON.stringify([
    metric.series,
    metricKind(metric),
    metricKind(metric) === 'gauge' ? 0 : metricWindow(metric),
    metric.combine ?? 'sum',
    metric.quantile?.toString() ?? '',
    sortedLabels(metric.labels),
  ]);

/** All declarations of one name. */
interface Declarations {
  readonly name: string;
  readonly texts: readonly string[];
}

/** What is said about all declarations of one metric name together. */
export const METRIC_ADAPTER_CHECKS: readonly Check<Declarations>[] = [
  {
    id: 'metric-has-one-meaning',
    prop: ({ name }) => `metric ${name}`,
    holds: ({ texts }) => texts.length === 1,
    rule: 'must be declared alike wherever it is used: the adapter answers one name with one query',
    received: ({ texts }) => texts.join(' and '),
    remedy: 'share one declaration, or give the second a name of its own',
  },
];

/** The names that are declared in two ways. What else a metric must satisfy, `inspectScaling` says. */
export function inspectAdapterMetrics(path: string, metrics: readonly ScalingMetric[]): Finding[] {
  const texts = new Map<string, Set<string>>();
  for (const { metric } of metrics.filter(isMeasured)) {
    texts.set(metric.name, (texts.get(metric.name) ?? new Set()).add(canonical(metric)));
  }
  return [...texts]
    .map(([name, found]) => ({ name, texts: [...found].sort() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((declarations) => inspect(path, declarations, METRIC_ADAPTER_CHECKS));
}

/**
 * The adapter's configuration for the metrics of any number of policies: one rule for each name and kind of object,
 * however often it is declared, in the order of names. Metrics of the kubelet need none.
 *
 * An external rule ignores the autoscaler's namespace: what it measures, such as a queue, lives elsewhere.
 */
export function adapterConfig(metrics: readonly ScalingMetric[]): AdapterConfig {
  const adapted = metrics.filter(isMeasured);
  return {
    rules: once(adapted.filter(({ on }) => on !== 'external').map(objectRule)),
    externalRules: once(adapted.filter(({ on }) => on === 'external').map(({ metric }) => externalRule(metric))),
  };
}

/** The configuration as the text that the adapter reads. */
export const adapterYaml = (config: AdapterConfig): string => yamlText(config);

/** Each rule once, in a fixed order. */
function once(rules: readonly AdapterRule[]): AdapterRule[] {
  const byKey = new Map(rules.map((rule) => [JSON.stringify([rule.name.as, rule]), rule]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule);
}

/** Where the adapter fills in the series and what it asks about. */
const PLACES = { series: '<<.Series>>', matchers: ['<<.LabelMatchers>>'] } as const;

function objectRule(use: MeasuredMetric): AdapterRule {
  const { metric } = use;
  const [label, resource] = objectLabel(use);
  return {
    seriesQuery: `${metric.series}{${[...labelMatchers(metric.labels), 'namespace!=""', `${label}!=""`].join(',')}}`,
    resources: { overrides: { namespace: { resource: 'namespace' }, [label]: resource } },
    name: { as: metric.name },
    metricsQuery: metricQuery(metric, { ...PLACES, groups: ['<<.GroupBy>>'] }),
  };
}

function externalRule(metric: CustomMetric): AdapterRule {
  return {
    seriesQuery: `${metric.series}{${labelMatchers(metric.labels).join(',')}}`,
    resources: { namespaced: false },
    name: { as: metric.name },
    metricsQuery: metricQuery(metric, { ...PLACES, groups: [] }),
  };
}
