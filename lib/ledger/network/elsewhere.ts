import type { Facts } from '../facts';
import { OPERATORS } from '../facts/operators';
import { groupOf } from '../facts/view';
import { installedCharts } from './charts';

const MOST = 3;

/** Groups of which nothing makes pods or Services. */
const QUIET =
  /(^|\.)(k8s\.io|istio\.io|external-secrets\.io|cert-manager\.io|gatekeeper\.sh|elbv2\.k8s\.aws|keda\.sh|kyverno\.io|velero\.io|bitnami\.com|karpenter\.sh|karpenter\.k8s\.aws|fluxcd\.io)$/;
const QUIET_KINDS =
  /^(Application|ApplicationSet|AppProject|AnalysisTemplate|ClusterAnalysisTemplate|Rollout|ServiceMonitor|PodMonitor|PrometheusRule|Probe|ScrapeConfig|AlertmanagerConfig|HelmRelease|HelmChart|Secret|ConfigMap|SecretProviderClass)$/;

/** What is installed, and what operators look at, by namespace. */
interface Makers {
  readonly charts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Kind of one object that an operator looks at: of one whose pods are known, where there is such. */
  readonly operated: ReadonlyMap<string, string>;
}

/** Says what may make more in a namespace than what was given: a chart, or an operator. Undefined where nothing does. */
export function madeElsewhere(facts: Facts): (namespace: string | undefined) => string | undefined {
  // most of what is given lacks nothing, and then nobody asks
  let makers: Makers | undefined;
  return (namespace = '') => {
    makers ??= makersOf(facts);
    const installed = [...(makers.charts.get(namespace) ?? [])];
    const place = namespace === '' ? '' : ` in namespace ${namespace}`;
    if (installed.length === 0) {
      const kind = makers.operated.get(namespace);
      return kind === undefined ? undefined : `what the operator makes of ${kind}${place}`;
    }
    const more = installed.length > MOST ? ` and ${installed.length - MOST} more` : '';
    return `the output of helm template for charts${place.replace(' in', ' of')} (${installed.slice(0, MOST).join(', ')}${more})`;
  };
}

function makersOf(facts: Facts): Makers {
  const charts = new Map<string, Set<string>>();
  for (const { chart, namespace = '' } of installedCharts(facts))
    charts.set(namespace, (charts.get(namespace) ?? new Set()).add(chart));
  const operated = new Map<string, string>();
  for (const { kind, apiVersion, namespace = '' } of facts.objects) {
    const group = groupOf(apiVersion);
    const before = operated.get(namespace);
    const isBetter = before === undefined || (Object.hasOwn(OPERATORS, kind) && !Object.hasOwn(OPERATORS, before));
    if (isBetter && group.includes('.') && !QUIET.test(group) && !QUIET_KINDS.test(kind)) operated.set(namespace, kind);
  }
  return { charts, operated };
}
