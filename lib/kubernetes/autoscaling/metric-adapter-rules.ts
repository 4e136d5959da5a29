import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, type WithDefaults, withDefaults } from '../../check';
import { adapterConfig, adapterYaml, inspectAdapterMetrics } from '../../config';
import { inspectMetric, MONITORING_NAMESPACE, type ScalingMetric } from '../../model';
import { clusterScoped } from '../cluster-scoped';
import { KubeApiService, KubeConfigMap } from '../k8s';
import { type Labels, standardLabels } from '../labels';

/** The metrics of a cluster, and where their adapter stands. */
export interface MetricAdapterRulesProps {
  /** Metrics of every policy in the cluster; those of the kubelet are passed over, and repeated ones count once. */
  readonly metrics: readonly ScalingMetric[];
  /** Name of the ConfigMap (DNS label), for `rules.existing` of the adapter's chart. @default 'metric-adapter-rules' */
  readonly name?: string;
  /** Namespace of the adapter (DNS label). @default - the chart's */
  readonly namespace?: string;
  /** What answers for external metrics, if there are any. @default - `prometheus-adapter` beside the rules */
  readonly service?: AdapterService;
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

/** The adapter's Service. */
export interface AdapterService {
  /** DNS label. @default 'prometheus-adapter' */
  readonly name?: string;
  /** DNS label. @default - the namespace of the rules, else the chart's, else `monitoring` */
  readonly namespace?: string;
}

/** File that the adapter's chart mounts and reads. */
const FILE = 'config.yaml';

const DEFAULTS = { name: 'metric-adapter-rules', service: {} } as const;

type Plan = WithDefaults<MetricAdapterRulesProps, typeof DEFAULTS>;

const planned = (props: MetricAdapterRulesProps): Plan => withDefaults(DEFAULTS, props);

const EXTERNAL_GROUP = 'external.metrics.k8s.io';

/** What is said about the ConfigMap and the adapter it is for. */
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
  {
    id: 'metric-adapter-service-is-named',
    prop: 'service',
    holds: ({ service: { name, namespace } }) => [name, namespace].every((one) => one === undefined || isDnsLabel(one)),
    rule: 'must have DNS labels as name and namespace',
    received: ({ service: { name, namespace } }) => [name, namespace],
    remedy: "use the name of the adapter's Service",
  },
];

const labelsOf = ({ name, partOf, labels }: Plan): Labels => ({
  ...standardLabels(name, 'metric-adapter', partOf),
  ...labels,
});

/**
 * What prometheus-adapter must know to serve every metric that the given policies scale on: no metric is asked for that
 * has no rule. One per cluster, because the adapter reads one file. It reads it at its start, so its pods should carry a
 * checksum of `text`.
 *
 * The Helm chart of the adapter takes the ConfigMap with `rules.existing: metric-adapter-rules`, and then does not register
 * the API of external metrics: where there are any, this does.
 *
 * @example
 * new MetricAdapterRules(chart, 'MetricRules', { metrics: services.flatMap(({ scaling }) => scaling.metrics) });
 */
export class MetricAdapterRules extends Construct {
  /** Findings about the props, each metric, and declarations of one name that differ; builds nothing. */
  static inspect(path: string, props: MetricAdapterRulesProps): Finding[] {
    return [
      ...inspect(path, planned(props), METRIC_ADAPTER_RULES_CHECKS),
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
    const plan = planned(props);
    const { name, namespace, metrics } = plan;
    enforce(this, MetricAdapterRules.inspect(this.node.path, props));

    const config = adapterConfig(metrics);
    this.text = adapterYaml(config);
    const object = new KubeConfigMap(this, 'Resource', {
      metadata: {
        name,
        ...(namespace !== undefined && { namespace }),
        labels: labelsOf(plan),
      },
      data: { [FILE]: this.text },
    });
    this.name = object.name;
    if (config.externalRules.length > 0) this.serveExternal(plan);
  }

  /** The adapter's certificate is of its own making, as its chart has it for the other group. */
  private serveExternal(plan: Plan): void {
    const { name = 'prometheus-adapter', namespace = plan.namespace ?? Chart.of(this).namespace } = plan.service;
    const object = new KubeApiService(this, 'ExternalMetrics', {
      metadata: { name: `v1beta1.${EXTERNAL_GROUP}`, labels: labelsOf(plan) },
      spec: {
        group: EXTERNAL_GROUP,
        version: 'v1beta1',
        service: { name, namespace: namespace ?? MONITORING_NAMESPACE },
        insecureSkipTlsVerify: true,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    });
    clusterScoped(object);
  }
}
