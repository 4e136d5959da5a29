import type { Facts } from '../facts';
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
  readonly operated: ReadonlyMap<string, string>;
}

/** Says what may make more in a namespace than what was given: a chart, or an operator. Undefined where nothing does. */
export function madeElsewhere(facts: Facts): (namespace: string | undefined) => string | undefined {
  // most of what is given lacks nothing, and then nobody asks
  let makers: Makers | undefined;
  return (namespace = '') => {
    makers ??= makersOf(facts);
    const installed = [...(makers.charts.get(namespace) ?? [])];
    if (installed.length === 0) return makers.operated.get(namespace);
    const more = installed.length > MOST ? ` and ${installed.length - MOST} more` : '';
    return `the output of helm template for charts of namespace ${namespace} (${installed.slice(0, MOST).join(', ')}${more})`;
  };
}

function makersOf(facts: Facts): Makers {
  const charts = new Map<string, Set<string>>();
  for (const { chart, namespace = '' } of installedCharts(facts))
    charts.set(namespace, (charts.get(namespace) ?? new Set()).add(chart));
  const operated = new Map<string, string>();
  for (const { kind, apiVersion, namespace = '' } of facts.objects) {
    const group = groupOf(apiVersion);
    if (group.includes('.') && !QUIET.test(group) && !QUIET_KINDS.test(kind) && !operated.has(namespace))
      operated.set(namespace, `what the operator makes of ${kind} in namespace ${namespace}`);
  }
  return { charts, operated };
}
