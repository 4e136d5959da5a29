import type { NginxProxyPlan, RouteSpec, TlsPlan } from '../../model/nginx/nginx-proxy';
import { TLS_ZONE } from '../../model/nginx/nginx-values';
import { type LocationContext, routeLocations } from './nginx-location';
import { refusal } from './nginx-required-header';
import { type Block, block } from './nginx-text';

const NOT_FOUND = block('location /', ['return 404']);

const tlsLines = ({ certificatePath, keyPath }: TlsPlan): string[] => [
  `ssl_certificate ${certificatePath}`,
  `ssl_certificate_key ${keyPath}`,
  'ssl_protocols TLSv1.2 TLSv1.3',
  `ssl_session_cache shared:${TLS_ZONE}:10m`,
  'ssl_session_tickets off',
];

/** One server for each host that routes name, and one for all other hosts. */
export function trafficServers(context: LocationContext): Block[] {
  const { plan } = context;
  const hosts = [...new Set(plan.routes.flatMap(({ host }) => (host === undefined ? [] : [host])))];
  const servers = [undefined, ...hosts].map((host) => trafficServer(host, context));
  return plan.tls === undefined ? servers : [redirectServer(plan), ...servers];
}

function trafficServer(host: string | undefined, context: LocationContext): Block {
  const { plan } = context;
  const routes = plan.routes.filter((route) => route.host === host);
  const fallback = host === undefined ? ' default_server' : '';
  const listen = plan.tls === undefined ? `${plan.port}${fallback}` : `${plan.tls.port} ssl${fallback}`;
  return block('server', [
    `listen ${listen}`,
    `server_name ${host ?? '_'}`,
    ...(plan.tls === undefined ? [] : tlsLines(plan.tls)),
    ...refusal(plan),
    ...routes.flatMap((route) => locations(route, context)),
    ...(routes.some(({ path, match = 'prefix' }) => path === '/' && match === 'prefix') ? [] : [NOT_FOUND]),
  ]);
}

function locations(route: RouteSpec, context: LocationContext): Block[] {
  const upstream = context.plan.upstreams.find(({ name }) => name === route.upstream);
  return upstream === undefined ? [] : routeLocations(route, upstream, context);
}

/** 308 keeps the method and the body. */
const redirectServer = ({ port }: NginxProxyPlan): Block =>
  block('server', [`listen ${port} default_server`, 'server_name _', 'return 308 https://$host$request_uri']);

const answer = (path: string, body: string): Block => block(`location = ${path}`, [`return 200 "${body}"`]);

/**
 * Paths that probes may ask. They say that nginx runs, whatever the services do: a dead service is no reason to
 * restart it.
 */
export const STATUS_PATHS = { startup: '/healthz', readiness: '/readyz', liveness: '/livez' } as const;

export const statusServer = ({ statusPort }: NginxProxyPlan): Block =>
  block('server', [
    `listen ${statusPort}`,
    'access_log off',
    ...Object.values(STATUS_PATHS).map((path) => answer(path, 'ok\\n')),
    NOT_FOUND,
  ]);

const CONNECTION_STATES = ['active', 'reading', 'writing', 'waiting'] as const;

/**
 * Prometheus metrics out of nginx' own variables: connections by state beside the most there can be. No exporter
 * needed.
 */
export const metricsServer = ({ metricsPort, workers, workerConnections }: NginxProxyPlan): Block =>
  block('server', [
    `listen ${metricsPort}`,
    'access_log off',
    answer(
      '/metrics',
      [
        ...CONNECTION_STATES.flatMap((state) => [
          `# TYPE nginx_connections_${state} gauge`,
          `nginx_connections_${state} $connections_${state}`,
        ]),
        '# TYPE nginx_connections_limit gauge',
        `nginx_connections_limit ${workers * workerConnections}`,
      ]
        .map((line) => `${line}\\n`)
        .join(''),
    ),
    block('location = /stub_status', ['stub_status']),
    NOT_FOUND,
  ]);
