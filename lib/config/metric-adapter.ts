import { type Check, type Finding, inspect } from '../check';
import { type CustomMetric, metricKind, metricWindow, type ScalingMetric } from '../model';
import { Duration } from '../units';
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

/** A declared metric and what it is measured on. */
type Adapted = Extract<ScalingMetric, { readonly metric: CustomMetric }>;

const isAdapted = (metric: ScalingMetric): metric is Adapted => 'metric' in metric;

/** A metric with its defaults, in a fixed order: equal text means an equal answer from Prometheus. */
const canonical = (metric: CustomMetric): string =>
  JSON.stringify([
    metric.series,
    metricKind(metric),
    metricKind(metric) === 'gauge' ? 0 : metricWindow(metric),
    metric.combine ?? 'sum',
    metric.quantile?.toString() ?? '',
    sorted(metric.labels),
  ]);

const sorted = (labels: Readonly<Record<string, string>> = {}): (readonly [string, string])[] =>
  Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));

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
  for (const { metric } of metrics.filter(isAdapted)) {
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
  const adapted = metrics.filter(isAdapted);
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

/** The label that names the object, and the API resource it stands for. */
function objectLabel(use: Adapted): readonly [label: string, resource: { group?: string; resource: string }] {
  if (use.on !== 'object') return ['pod', { resource: 'pod' }];
  const [group, version] = use.object.apiVersion.split('/');
  const resource = use.object.kind.toLowerCase();
  return [resource, version === undefined || group === undefined ? { resource } : { group, resource }];
}

function objectRule(use: Adapted): AdapterRule {
  const { metric } = use;
  const [label, resource] = objectLabel(use);
  return {
    seriesQuery: `${metric.series}{${[...matchers(metric), 'namespace!=""', `${label}!=""`].join(',')}}`,
    resources: { overrides: { namespace: { resource: 'namespace' }, [label]: resource } },
    name: { as: metric.name },
    metricsQuery: query(metric, ['<<.GroupBy>>']),
  };
}

function externalRule(metric: CustomMetric): AdapterRule {
  return {
    seriesQuery: `${metric.series}{${matchers(metric).join(',')}}`,
    resources: { namespaced: false },
    name: { as: metric.name },
    metricsQuery: query(metric, []),
  };
}

/** PromQL matchers of the declared labels. A string of PromQL escapes as one of JSON does. */
const matchers = ({ labels }: CustomMetric): string[] =>
  sorted(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);

/** The declared labels stand first: the adapter's own may be empty, and only a trailing comma is allowed. */
function query(metric: CustomMetric, groups: readonly string[]): string {
  const selector = `<<.Series>>{${[...matchers(metric), '<<.LabelMatchers>>'].join(',')}}`;
  const rate = `rate(${selector}[${Duration.seconds(metricWindow(metric))}])`;
  switch (metricKind(metric)) {
    case 'gauge':
      return by(`${metric.combine ?? 'sum'}(${selector})`, groups);
    case 'rate':
      return by(`${metric.combine ?? 'sum'}(${rate})`, groups);
    case 'quantile':
      return `histogram_quantile(${metric.quantile?.toRatio()}, ${by(`sum(${rate})`, ['le', ...groups])})`;
  }
}

const by = (aggregate: string, groups: readonly string[]): string =>
  groups.length === 0 ? aggregate : `${aggregate} by (${groups.join(', ')})`;
