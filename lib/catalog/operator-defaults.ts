import type { Dated } from './dated';

/** Quantities as Kubernetes writes them, of one container. */
export interface DefaultResources {
  readonly requests: { readonly cpu?: string; readonly memory?: string };
  readonly limits?: { readonly cpu?: string; readonly memory?: string };
}

const both = (memory: string, cpu?: string): DefaultResources => ({
  requests: { memory, ...(cpu && { cpu }) },
  limits: { memory, ...(cpu && { cpu }) },
});

/**
 * What operators give a container whose custom resource says nothing. Kinds that are missing have no defaults: their pods ask
 * for nothing unless told. Of Kibana it depends on the release: 1Gi before the one that was read. An Agent has 400Mi and 200m, as
 * a Fleet server 1Gi: it is missing because nobody counts its pods yet.
 */
export const OPERATOR_DEFAULTS: Dated<Readonly<Record<string, DefaultResources>>> = {
  asOf: '2026-08-22',
  source:
    'elastic/cloud-on-k8s 2026-08-21 (pkg/controller: elasticsearch/nodespec/defaults.go, kibana/pod.go, apmserver/pod.go, beat/common/pod.go, logstash/pod.go, agent/pod.go); rabbitmq/cluster-operator (api/v1beta1/rabbitmqcluster_types.go); prometheus-operator/prometheus-operator (pkg/alertmanager, flags of config-reloader)',
  facts: {
    Elasticsearch: both('2Gi'),
    Kibana: both('2Gi'),
    ApmServer: both('512Mi'),
    Beat: both('300Mi', '100m'),
    Logstash: { requests: { memory: '2Gi', cpu: '1' }, limits: { memory: '2Gi', cpu: '2' } },
    RabbitmqCluster: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '2Gi' } },
    Alertmanager: { requests: { memory: '200Mi' } },
    // Beside each Prometheus, Alertmanager and ruler.
    'config-reloader': both('50Mi', '10m'),
  },
};
