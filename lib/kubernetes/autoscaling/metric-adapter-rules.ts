import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel } from '../../check';
import { adapterConfig, adapterYaml, inspectAdapterMetrics } from '../../config';
import { inspectMetric, type ScalingMetric } from '../../model';
import { KubeConfigMap } from '../k8s';
import { type Labels, standardLabels } from '../labels';

export interface MetricAdapterRulesProps {
  /** Metrics of every policy in the cluster; those of the kubelet are passed over, and repeated ones count once. */
  readonly metrics: readonly ScalingMetric[];
  /** Name of the ConfigMap (DNS label), for `rules.existing` of the adapter's chart. @default 'metric-adapter-rules' */
  readonly name?: string;
  /** Namespace of the adapter (DNS label). @default - the chart's */
  readonly namespace?: string;
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

/** File that the adapter's chart mounts and reads. */
const FILE = 'config.yaml';

const DEFAULTS = { name: 'metric-adapter-rules' } as const;

type Plan = MetricAdapterRulesProps & { readonly name: string };

export const METRIC_ADAPTER_RULES_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'metric-adapter-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be a DNS label',
    remedy: `use ${DEFAULTS.name}`,
  },
  {
    id: 'metric-adapter-namespace-is-a-dns-label',
    prop: 'namespace',
    holds: ({ namespace }) => namespace === undefined || isDnsLabel(namespace),
    rule: 'must be a DNS label',
    remedy: 'use the namespace that the adapter runs in',
  },
];

/**
 * What prometheus-adapter must know to serve every metric that the given policies scale on: no metric is asked for that
 * has no rule. One per cluster, because the adapter reads one file. It reads it at its start, so its pods should carry a
 * checksum of `text`.
 *
 * @example
 * new MetricAdapterRules(chart, 'MetricRules', { metrics: services.flatMap(({ scaling }) => scaling.metrics) });
 */
export class MetricAdapterRules extends Construct {
  static inspect(path: string, props: MetricAdapterRulesProps): Finding[] {
    return [
      ...inspect<Plan>(path, { ...DEFAULTS, ...props }, METRIC_ADAPTER_RULES_CHECKS),
      ...props.metrics.flatMap((metric, index) => inspectMetric(path, `metrics[${index}]`, metric)),
      ...inspectAdapterMetrics(path, props.metrics),
    ];
  }

  /** Name of the ConfigMap. */
  readonly name: string;
  /** The adapter's configuration, as it stands in the ConfigMap. */
  readonly text: string;

  constructor(scope: Construct, id: string, props: MetricAdapterRulesProps) {
    super(scope, id);
    const { name, namespace, labels, partOf, metrics }: Plan = { ...DEFAULTS, ...props };
    enforce(this, MetricAdapterRules.inspect(this.node.path, props));

    this.text = adapterYaml(adapterConfig(metrics));
    const object = new KubeConfigMap(this, 'Resource', {
      metadata: {
        name,
        ...(namespace !== undefined && { namespace }),
        labels: { ...standardLabels(name, 'metric-adapter', partOf), ...labels },
      },
      data: { [FILE]: this.text },
    });
    this.name = object.name;
  }
}
