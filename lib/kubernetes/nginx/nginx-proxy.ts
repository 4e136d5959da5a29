import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { inspectSource, podsService, type ServerSource } from '../../config/nginx/nginx-servers';
import { meshSource, NginxUpstreams, podsSource } from '../../config/nginx/nginx-upstreams';
import { inspectUpstreams } from '../../model';
import { planNginxProxy } from '../../model/nginx/nginx-proxy';
import { KubeConfigMap, KubeService } from '../k8s';
import { type Labels, selectorLabels, standardLabels } from '../labels';
import { intOrString } from '../quantities';
import { WebService } from '../workload/web-service';
import { NGINX_PROXY_PLACE_CHECKS, NGINX_PROXY_POD_CHECKS } from './nginx-proxy-checks';
import {
  CONFIG_FILE,
  configName,
  type NginxProxyPodPlan,
  type NginxProxyProps,
  nginxProxyPodPlan,
  nginxSpec,
  sharers,
} from './nginx-proxy-props';
import { openPorts, proxyWorkload } from './nginx-proxy-workload';

const COMPONENT = 'nginx-proxy';

const sourceOf = (plan: NginxProxyPodPlan): ServerSource =>
  plan.balancedBy === 'mesh' ? meshSource(plan) : podsSource(plan);

/**
 * nginx in front of services: a hardened workload whose configuration is derived from the declaration, and the
 * headless Services that let it see pods. A changed configuration rolls the pods; a pod on its way out first waits
 * until load balancers know, then gets the image's SIGQUIT and ends its requests.
 *
 * @example
 * new NginxProxy(chart, 'Gateway', {
 *   name: 'gateway',
 *   namespace: 'shop',
 *   upstreams: [{ name: 'shop_cluster', service: 'shop', port: 8001 }],
 *   routes: [{ path: '/', upstream: 'shop_cluster' }],
 *   trustedProxies: ['10.0.0.0/20'],
 * });
 */
export class NginxProxy extends Construct {
  /**
   * Findings about configuration, pod and workload together; only the check of the chart is left to the constructor.
   */
  static inspect(path: string, props: NginxProxyProps): Finding[] {
    const pod = nginxProxyPodPlan(props);
    const nginx = planNginxProxy(nginxSpec(pod));
    return [
      ...inspectUpstreams(path, nginxSpec(pod)),
      ...inspectSource(path, nginx.upstreams, sourceOf(pod)),
      ...inspect(path, { pod, nginx }, NGINX_PROXY_POD_CHECKS),
      ...WebService.inspect(`${path}/Resource`, proxyWorkload(pod, '')),
    ];
  }

  /** The text of the nginx.conf that the pods read. */
  readonly config: string;
  /** The workload: its Deployment, Service, budget, network policy and autoscaler. */
  readonly workload: WebService;
  /** Port of its pods for plain HTTP. */
  readonly port: number;
  /** Port of its pods for probes. */
  readonly statusPort: number;
  /** Port of its pods with `/metrics`. */
  readonly metricsPort: number;

  constructor(scope: Construct, id: string, props: NginxProxyProps) {
    super(scope, id);
    const plan = nginxProxyPodPlan(props);
    enforce(this, [...NginxProxy.inspect(this.node.path, props), ...this.inspectPlace(plan)]);

    const nginx = NginxUpstreams.of(nginxSpec(plan), this.node.path);
    const around = { replicas: sharers(plan) };
    this.config = plan.balancedBy === 'mesh' ? nginx.meshed(plan, around) : nginx.resolved(plan, around);
    this.port = nginx.plan.port;
    this.statusPort = nginx.plan.statusPort;
    this.metricsPort = nginx.plan.metricsPort;

    const labels = { ...plan.labels, ...standardLabels(plan.name, COMPONENT, plan.partOf) };
    new KubeConfigMap(this, 'Config', {
      metadata: { name: configName(plan), labels },
      data: { [CONFIG_FILE]: this.config },
    });
    this.workload = new WebService(this, 'Resource', proxyWorkload(plan, this.config));
    openPorts(this.workload, plan);
    if (plan.balancedBy === 'nginx') this.podsServices(plan, labels);
  }

  private inspectPlace({ namespace }: NginxProxyPodPlan): Finding[] {
    const chartNamespace = Chart.of(this).namespace;
    return inspect(this.node.path, { namespace, chartNamespace }, NGINX_PROXY_PLACE_CHECKS);
  }

  /** Services without an address of their own: DNS answers with the pods that are ready. */
  private podsServices({ upstreams, podsServices }: NginxProxyPodPlan, labels: Labels): void {
    const missing = upstreams.filter(({ name }) => podsServices[name] === undefined);
    for (const service of new Set(missing.map((upstream) => upstream.service))) {
      const ports = new Set(missing.filter((upstream) => upstream.service === service).map(({ port }) => port));
      new KubeService(this, podsService(service), {
        metadata: { name: podsService(service), labels },
        spec: {
          clusterIp: 'None',
          selector: selectorLabels(service),
          ports: [...ports].map((port) => ({
            name: `http-${port}`,
            port,
            targetPort: intOrString(port),
            protocol: 'TCP',
            appProtocol: 'http',
          })),
        },
      });
    }
  }
}
