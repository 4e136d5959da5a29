import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel } from '../../check';
import { analysisConditions, analysisQuery } from '../../config/analysis-query';
import {
  type AnalysisEnd,
  type AnalysisMetric,
  type AnalysisSpec,
  analysisPlan,
  measuringPlan,
  timed,
} from '../../model/rollout/analysis';
import { inspectAnalysis } from '../../model/rollout/analysis-checks';
import type { Labels } from '../labels';
import { type AnalysisTemplateSpec, type Metric, ROLLOUTS_API, type RolloutAnalysis } from './rollout-kinds';

/** What Prometheus is asked about a version, and when that ends. */
export interface AnalysisTemplateProps extends AnalysisSpec {
  /** Name of the object (DNS label). */
  readonly name: string;
  /** How its end is found. @default - by its counts alone */
  readonly end?: AnalysisEnd;
  /** Labels of the object. @default - none */
  readonly labels?: Labels;
}

/** What is said about the object beside its metrics. */
export const ANALYSIS_TEMPLATE_CHECKS: readonly Check<AnalysisTemplateProps>[] = [
  {
    id: 'analysis-template-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'shorten it',
  },
];

/** Time in which Prometheus has to answer (seconds). */
const QUERY_SECONDS = 30;

const optional = <K extends string, V>(key: K, value: V | undefined) =>
  value === undefined ? {} : ({ [key]: value } as Record<K, V>);

function measured(metric: AnalysisMetric, plan: Required<AnalysisSpec>): Metric {
  const { interval, initialDelay, count, failureLimit, consecutiveErrorLimit, withoutData } = measuringPlan(metric);
  return {
    name: metric.name,
    ...optional('interval', interval?.toString()),
    ...(initialDelay.inMillis === 0 ? {} : { initialDelay: initialDelay.toString() }),
    ...optional('count', count),
    ...analysisConditions(metric),
    failureLimit,
    ...(withoutData === 'inconclusive' ? { inconclusiveLimit: failureLimit } : {}),
    consecutiveErrorLimit,
    provider: {
      prometheus: { address: plan.prometheus, query: analysisQuery(metric, plan), timeout: QUERY_SECONDS },
    },
  };
}

/** What a Rollout gives to any analysis: the hash of the pods under test, and their namespace. */
const ARGUMENTS: NonNullable<RolloutAnalysis['args']> = [
  { name: 'version', valueFrom: { podTemplateHashValue: 'Latest' } },
  { name: 'namespace', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
];

/** An analysis of templates by name; undefined if there are none. */
export const analysisOf = (names: readonly string[]): RolloutAnalysis | undefined =>
  names.length === 0 ? undefined : { templates: names.map((templateName) => ({ templateName })), args: ARGUMENTS };

/**
 * Measures a version and no other: each query is about the pods of one hash in one namespace, and an answer without data
 * counts as what it was declared to be, a minute without requests for no reason to go back.
 *
 * Series need the labels `rollouts_pod_template_hash` and `namespace`. Pod discovery that copies the labels of pods
 * (`labelmap`) makes the first; a PodMonitor needs it in `podTargetLabels`.
 *
 * @example
 * new AnalysisTemplate(chart, 'Health', {
 *   name: 'orders-health',
 *   metrics: [{ name: 'success-rate', measures: 'success-rate', atLeast: Percent.of(99) }],
 * });
 */
export class AnalysisTemplate extends Construct {
  static inspect(path: string, { end = { by: 'count' }, ...props }: AnalysisTemplateProps): Finding[] {
    const findings = inspectAnalysis(path, '', props, end);
    return [
      ...inspect(path, props, ANALYSIS_TEMPLATE_CHECKS),
      ...findings.map((finding) => ({ ...finding, prop: finding.prop.replace(/^\./, '') })),
    ];
  }

  /** Name of the object. */
  readonly name: string;

  constructor(scope: Construct, id: string, props: AnalysisTemplateProps) {
    super(scope, id);
    const { end = { by: 'count' }, labels = {} } = props;
    enforce(this, AnalysisTemplate.inspect(this.node.path, props));

    const plan = analysisPlan(props);
    const spec: AnalysisTemplateSpec = {
      args: ARGUMENTS.map(({ name }) => ({ name })),
      metrics: timed(plan.metrics, end).map((metric) => measured(metric, plan)),
    };
    const metadata = { name: props.name, labels };
    new ApiObject(this, 'Resource', { apiVersion: ROLLOUTS_API, kind: 'AnalysisTemplate', metadata, spec });
    this.name = props.name;
  }
}
