import { ApiObject, JsonPatch } from 'cdk8s';
import { STATUS_PATHS } from '../../config/nginx/nginx-server';
import { planNginxProxy } from '../../model/nginx/nginx-proxy';
import { Duration } from '../../units';
import { isPodPeer, type OpenPeer, PROMETHEUS } from '../cluster/network-peers';
import { selectorLabels } from '../labels';
import type { WebService } from '../workload/web-service';
import type { Caller, WebServiceProps } from '../workload/web-service-props';
import {
  CONFIG_FILE,
  CONFIG_FOLDER,
  configName,
  type NginxProxyPodPlan,
  nginxSpec,
  senders,
  TLS_FOLDER,
} from './nginx-proxy-props';

/** nginx in the foreground, its first errors on stderr too: the image's own paths are not writable. */
const COMMAND = ['nginx', '-e', 'stderr', '-c', `${CONFIG_FOLDER}/${CONFIG_FILE}`, '-g', 'daemon off;'];

/** The web service that the proxy is. Its image's SIGQUIT ends it with grace, so that no hook has to. */
export function proxyWorkload(plan: NginxProxyPodPlan, config: string): WebServiceProps {
  const { port, statusPort, metricsPort, tls, drainFor, upstreams } = planNginxProxy(nginxSpec(plan));
  const from = senders(plan);
  const doors = (caller: Caller): readonly Caller[] =>
    caller.port === undefined
      ? [
          caller,
          ...(tls === undefined ? [] : [{ ...caller, port: tls.port }]),
          ...(isPodPeer(caller) ? [] : [{ ...caller, port: statusPort }]),
        ]
      : [caller];
  return {
    ...plan,
    port,
    drainFor,
    command: COMMAND,
    health: {
      readinessPath: STATUS_PATHS.readiness,
      livenessPath: STATUS_PATHS.liveness,
      startWithin: Duration.seconds(30),
    },
    configMaps: [{ name: configName(plan), mountPath: CONFIG_FOLDER, content: { [CONFIG_FILE]: config } }],
    secretFiles: plan.tls === undefined ? [] : [{ secret: plan.tls.secret, mountPath: TLS_FOLDER }],
    ...(from === undefined ? {} : { ingressFrom: from.flatMap(doors) }),
    egressTo: upstreams.map((upstream): OpenPeer => ({ pods: selectorLabels(upstream.service), port: upstream.port })),
    ...(plan.mesh === 'sidecar'
      ? { plainInbound: plan.plainInbound ?? seenByLoadBalancers(plan, [port, statusPort, ...(tls ? [tls.port] : [])]) }
      : { scrapedBy: scrapers(plan, metricsPort) }),
  };
}

/** Metrics stay with the sidecar, which hands them on. */
const seenByLoadBalancers = ({ trustedProxies = [] }: NginxProxyPodPlan, ports: readonly number[]) =>
  trustedProxies.length === 0 ? [] : ports;

const scrapers = ({ scrapedBy = [PROMETHEUS] }: NginxProxyPodPlan, port: number): Caller[] =>
  scrapedBy.map((scraper) => ({ ...scraper, port: scraper.port ?? port }));

const CONTAINER = '/spec/template/spec/containers/0';
const METRICS_PORT_ANNOTATION = '/spec/template/metadata/annotations/prometheus.io~1port';

/**
 * Adds to the workload the ports that web services do not have, moves its probes to the one that asks no upstream, and
 * sends Prometheus to the one with metrics, also through a sidecar.
 */
export function openPorts(workload: WebService, plan: NginxProxyPodPlan): void {
  const { statusPort, metricsPort, tls } = planNginxProxy(nginxSpec(plan));
  const ports = { status: statusPort, metrics: metricsPort, ...(tls === undefined ? {} : { https: tls.port }) };
  const { scrapedBy = [PROMETHEUS], annotations = {} } = plan;
  const isScraped = scrapedBy.length > 0 && annotations['prometheus.io/port'] === undefined;
  const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'];
  ApiObject.of(workload).addJsonPatch(
    ...Object.entries(ports).map(([name, containerPort]) =>
      JsonPatch.add(`${CONTAINER}/ports/-`, { name, containerPort, protocol: 'TCP' }),
    ),
    ...probes.map((probe) => JsonPatch.replace(`${CONTAINER}/${probe}/httpGet/port`, 'status')),
    JsonPatch.replace(`${CONTAINER}/startupProbe/httpGet/path`, STATUS_PATHS.startup),
    ...(isScraped ? [JsonPatch.replace(METRICS_PORT_ANNOTATION, `${metricsPort}`)] : []),
  );
  if (tls === undefined) return;
  const https = {
    name: 'https',
    port: tls.port,
    targetPort: 'https',
    protocol: 'TCP',
    appProtocol: 'https',
  };
  ApiObject.of(workload.node.findChild('Service')).addJsonPatch(JsonPatch.add('/spec/ports/-', https));
}
