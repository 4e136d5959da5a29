import { NginxUpstreams } from '../config';
import { STATUS_PATHS } from '../config/nginx/nginx-server';
import {
  composeServers,
  type GatewaySpec,
  gatewayHeader,
  gatewayRoutes,
  type NginxProxySpec,
  PUBLIC_IMAGES,
  publicServices,
  upstreamName,
} from '../model';
import { Cpu, Duration, Memory } from '../units';
import type { ComposeService } from './compose-file';
import { container, inMemory, mounted, published, SERVICES_NETWORK, serviceHealth } from './container';
import type { LocalPlan } from './local-plan';
import type { Part } from './parts';
import { GATEWAY } from './reservations';

/** Docker's own, in every network of a project: it knows where containers are now. */
export const DOCKER_DNS = '127.0.0.11';

const CONF = '/etc/nginx/nginx.conf';
const TLS = '/etc/nginx/tls';
const DEFAULT_PORTS = { http: 8080 } as const;

const portsOf = ({ choices }: LocalPlan): { readonly http: number; readonly https?: number } =>
  choices.gateway ?? DEFAULT_PORTS;

/** Whether the gateway speaks TLS here, and so needs a certificate. */
export const hasTls = (plan: LocalPlan): boolean =>
  plan.environment.gateway !== undefined && portsOf(plan).https !== undefined;

/** The gateway of the environment with the containers of this machine behind it. No proxy in front is believed. */
export const localProxy = (plan: LocalPlan, gateway: GatewaySpec): NginxProxySpec => {
  const { name: _name, scaling: _scaling, upstream: _upstream, ...proxy } = gateway;
  const requiredHeader = gatewayHeader(plan.environment, publicServices(plan.environment));
  return {
    ...proxy,
    ...gatewayRoutes(plan.environment, gateway),
    ...(requiredHeader && { requiredHeader }),
    workers: 1,
    ...(hasTls(plan) ? { tls: { certificatePath: `${TLS}/tls.crt`, keyPath: `${TLS}/tls.key` } } : {}),
  };
};

/** Containers behind each upstream. */
const servers = ({ services, project }: LocalPlan) =>
  Object.fromEntries(
    services.map(({ service, replicas }) => [upstreamName(service), composeServers(service.name, replicas, project)]),
  );

/** What nginx reads: servers are listed by name, and looked up again when a container has come back elsewhere. */
export const localNginxConf = (plan: LocalPlan, gateway: GatewaySpec): string =>
  NginxUpstreams.of(localProxy(plan, gateway)).staticServers(servers(plan), {}, DOCKER_DNS);

/** Public services that start at once are healthy before the gateway starts. */
const waitsFor = ({ services }: LocalPlan): NonNullable<ComposeService['depends_on']> =>
  Object.fromEntries(
    services
      .filter(({ service, isStarted }) => service.isPublic && isStarted)
      .map(({ service }) => [service.name, { condition: 'service_healthy' as const }]),
  );

/** The proxy in front of the public services. */
export function gatewayPart(plan: LocalPlan, gateway: GatewaySpec): Part {
  const { plan: proxy } = NginxUpstreams.of(localProxy(plan, gateway));
  const { http, https } = portsOf(plan);
  return {
    services: {
      [gateway.name]: container(
        {
          image: plan.choices.images.nginx ?? PUBLIC_IMAGES.nginx,
          command: ['nginx', '-e', 'stderr', '-c', CONF, '-g', 'daemon off;'],
          volumes: [mounted('nginx/nginx.conf', CONF)],
          ...(proxy.tls === undefined
            ? {}
            : { secrets: ['crt', 'key'].map((end) => ({ source: `tls-${end}`, target: `${TLS}/tls.${end}` })) }),
          ports: [
            published(plan, http, proxy.port),
            ...(https === undefined || proxy.tls === undefined ? [] : [published(plan, https, proxy.tls.port)]),
          ],
          tmpfs: [inMemory('/tmp', 256)],
          networks: { [SERVICES_NETWORK]: {} },
          depends_on: waitsFor(plan),
          healthcheck: serviceHealth(
            ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${proxy.statusPort}${STATUS_PATHS.readiness}`],
            Duration.seconds(10),
          ),
          stop_signal: 'SIGQUIT',
          stop_grace_period: `${proxy.drainFor.plus(Duration.seconds(5))}`,
        },
        {
          resources: {
            requests: GATEWAY,
            limits: { cpu: Cpu.cores(1), memory: Memory.mib(256) },
          },
        },
      ),
    },
    files: { 'nginx/nginx.conf': localNginxConf(plan, gateway) },
  };
}
