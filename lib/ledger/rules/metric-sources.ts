import { parse } from 'yaml';
import { configuredTexts } from '../configured';
import type { Facts } from '../facts';
import { isMembers, listAt, type Members, textAt } from '../members';
import type { Json } from '../source';

/** What serves a metric that an autoscaler asks for. */
export interface MetricSource {
  /** As a reader finds it: `ConfigMap monitoring/adapter`. */
  readonly from: string;
  readonly api: 'custom' | 'external';
  /** Whether it surely, possibly or never serves a metric of that name. */
  readonly serves: (name: string) => 'yes' | 'perhaps' | 'no';
}

/** Rules of a metric adapter for Prometheus, wherever a ConfigMap has them. */
export function metricSources(facts: Facts): MetricSource[] {
  return configuredTexts(facts.objects).flatMap(({ object, text, evidence }) => {
    if (!/^\s*(rules|externalRules|resourceRules)\s*:/m.test(text) || !/seriesQuery/.test(text)) return [];
    const document = parsed(text);
    if (!isMembers(document)) return [];
    const from = evidence.of;
    const sources = (list: string, api: 'custom' | 'external') =>
      listAt(document, list)
        .filter(isMembers)
        .map((rule) => ({ from, api, serves: servedBy(rule) }));
    return object.kind === 'ConfigMap' ? [...sources('rules', 'custom'), ...sources('externalRules', 'external')] : [];
  });
}

function parsed(text: string): Json | undefined {
  try {
    return parse(text, { maxAliasCount: 100, logLevel: 'silent' }) as Json;
  } catch {
    return undefined;
  }
}

/**
 * Names that a rule serves. `as` alone renames every series of the query; with `matches` it may refer to groups of it, and
 * without `as` a metric has the name of its series. Source: prometheus-adapter, docs/config.md.
 */
function servedBy(rule: Members): MetricSource['serves'] {
  const as = textAt(rule, 'name', 'as') ?? '';
  const matches = textAt(rule, 'name', 'matches') ?? '';
  if (as !== '' && !as.includes('$')) return (name) => (name === as ? 'yes' : 'no');
  const series = /^\s*([a-zA-Z_:][\w:]*)\s*(\{|$)/.exec(textAt(rule, 'seriesQuery') ?? '')?.[1];
  if (series === undefined) return () => 'perhaps';
  const served = renamed(series, matches, as);
  return (name) => (served === undefined ? 'perhaps' : name === served ? 'yes' : 'no');
}

function renamed(series: string, matches: string, as: string): string | undefined {
  if (matches === '') return as === '' ? series : as.replace(/\$(0|\{0\})/g, series);
  const groups = expression(matches)?.exec(series);
  if (!groups) return undefined;
  const template = as === '' ? (groups.length > 1 ? '$1' : '$0') : as;
  return template.replace(/\$\{?(\d)\}?/g, (_, digit: string) => groups[Number(digit)] ?? '');
}

/** A pattern of Go where JavaScript reads it the same. */
function expression(pattern: string): RegExp | undefined {
  try {
    return pattern.length > 200 ? undefined : new RegExp(pattern);
  } catch {
    return undefined;
  }
}

/** Kinds of KEDA, whose metrics it serves itself under names of its own. */
export const isOfKeda = ({ kind }: { readonly kind: string }): boolean => kind === 'ScaledObject';

/** Whether something serves usage of CPU and memory: pods, a chart, an add-on of EKS, or what registers the API. */
export const hasMetricsServer = ({ objects, blocks }: Facts): boolean =>
  objects.some(
    ({ kind, name, value }) =>
      ((kind === 'Deployment' || kind === 'Application') && /metrics-server/.test(name)) ||
      (kind === 'APIService' && name === 'v1beta1.metrics.k8s.io') ||
      (kind === 'Application' && textAt(value, 'spec', 'source', 'chart') === 'metrics-server'),
  ) ||
  blocks.some(
    ({ type, value }) =>
      (type === 'aws_eks_addon' && textAt(value, 'addon_name') === 'metrics-server') ||
      (type === 'helm_release' && textAt(value, 'chart') === 'metrics-server'),
  );
