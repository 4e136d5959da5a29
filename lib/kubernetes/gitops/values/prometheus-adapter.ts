import { createHash } from 'node:crypto';
import { adapterYaml } from '../../../config';
import { CRITICAL, type HelmValues, resourceValues, spreadValues } from '../../../config/helm-values';
import { PROMETHEUS } from '../../../model/names';
import { Cpu, Memory } from '../../../units';
import type { ClusterServicesPlan } from '../cluster-services-props';

/** ConfigMap that `MetricAdapterRules` makes unless it is told another name. */
const RULES = 'metric-adapter-rules';

/** The adapter reads its rules when it starts: others start it again. */
const CHECKSUM = 'headroom.dev/config-checksum';
const checksum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/**
 * Answers autoscalers out of Prometheus, by the rules that are derived from their policies. With rules of its own the chart
 * never registers the API of external metrics, which the rules do; it registers that of objects if `default` is on, and
 * that must be off where no rule is for objects: an API that nobody answers keeps namespaces from being deleted.
 */
export const prometheusAdapterValues = ({ replicas, adapter }: ClusterServicesPlan): HelmValues => ({
  fullnameOverride: 'prometheus-adapter',
  replicas,
  prometheus: PROMETHEUS,
  rules: { default: adapter.rules.length > 0, existing: RULES },
  podAnnotations: { [CHECKSUM]: checksum(adapterYaml(adapter)) },
  logLevel: 2,
  priorityClassName: CRITICAL,
  podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
  resources: resourceValues({ cpu: Cpu.millis(100), memory: Memory.mib(256), memoryLimit: Memory.mib(512) }),
  topologySpreadConstraints: spreadValues({
    'app.kubernetes.io/name': 'prometheus-adapter',
    'app.kubernetes.io/instance': 'prometheus-adapter',
  }),
});
