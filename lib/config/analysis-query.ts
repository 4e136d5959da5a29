import { type AnalysisMetric, type AnalysisSpec, DEFAULT_WINDOW, measuringPlan } from '../model/rollout/analysis';

type Labels = Pick<Required<AnalysisSpec>, 'versionLabel' | 'namespaceLabel'>;

/** Matchers of the pods under test, and no others: Argo Rollouts fills the places in for each run. */
const matchers = ({ versionLabel, namespaceLabel }: Labels): string =>
  `${namespaceLabel}="{{args.namespace}}",${versionLabel}="{{args.version}}"`;

/**
 * NaN if Prometheus reaches pods under test, nothing if it does not: what stands in for a value that has no series. Pods
 * that were never asked have none yet.
 */
const seen = (pods: string): string => `NaN * sum(up{${pods}} == 1)`;

/** PromQL for a metric of the version under test. A metric of our own answers with NaN where pods are seen and had no requests. */
export function analysisQuery(metric: AnalysisMetric, labels: Labels): string {
  const pods = matchers(labels);
  switch (metric.measures) {
    case 'success-rate': {
      const {
        series = 'http_requests_total',
        errorLabel = 'code',
        errorValues = '5..',
        window = DEFAULT_WINDOW,
      } = metric;
      const errors = `sum(rate(${series}{${pods},${errorLabel}=~"${errorValues}"}[${window}]))`;
      // A service without a single error has no series of errors, which is none and not nothing.
      return `1 - (${errors} or vector(0)) / sum(rate(${series}{${pods}}[${window}])) or ${seen(pods)}`;
    }
    case 'latency': {
      const { histogram = 'http_request_duration_seconds', quantile, window = DEFAULT_WINDOW } = metric;
      const rates = `sum by (le) (rate(${histogram}_bucket{${pods}}[${window}]))`;
      return `histogram_quantile(${quantile.toRatio()}, ${rates}) or ${seen(pods)}`;
    }
    case 'query':
      return metric.query;
    default: {
      const unknown: never = metric;
      return unknown;
    }
  }
}

/** What a good value is, in the words of a condition. */
function bound(metric: AnalysisMetric): readonly [good: string, bad: string] {
  switch (metric.measures) {
    case 'success-rate':
      return atLeast(metric.atLeast.toRatio());
    case 'latency':
      return atMost(metric.atMost.inMillis / 1000);
    case 'query':
      return 'atLeast' in metric.accepts ? atLeast(metric.accepts.atLeast) : atMost(metric.accepts.atMost);
    default: {
      const unknown: never = metric;
      return unknown;
    }
  }
}

const atLeast = (value: number) => [`result[0] >= ${value}`, `result[0] < ${value}`] as const;
const atMost = (value: number) => [`result[0] <= ${value}`, `result[0] > ${value}`] as const;

const HAS_DATA = 'len(result) > 0 && !isNaN(result[0])';
const HAS_NONE = 'len(result) == 0 || isNaN(result[0])';
const IS_SEEN = 'len(result) > 0';

/** Conditions of a metric; what holds neither is inconclusive. */
export interface AnalysisConditions {
  readonly successCondition: string;
  readonly failureCondition?: string;
}

/**
 * When a result is good. Prometheus answers with a list that is empty without series, and with NaN where nothing was
 * divided by nothing; a condition that reads either as a number ends in an error or in the wrong answer.
 */
export function analysisConditions(metric: AnalysisMetric): AnalysisConditions {
  const [good, bad] = bound(metric);
  switch (measuringPlan(metric).withoutData) {
    case 'failure-if-unseen':
      return { successCondition: `${IS_SEEN} && (isNaN(result[0]) || ${good})` };
    case 'failure':
      return { successCondition: `${HAS_DATA} && ${good}` };
    case 'inconclusive':
      return { successCondition: `${HAS_DATA} && ${good}`, failureCondition: `${HAS_DATA} && ${bad}` };
    default:
      return { successCondition: `${HAS_NONE} || ${good}` };
  }
}
