import { type LimitPlan, type NginxProxyPlan, type RouteSpec, shareOfLimit } from '../../model/nginx/nginx-proxy';
import type { UpstreamPlan, UpstreamTimeouts } from '../../model/nginx/upstreams';
import type { ServerSource } from './nginx-servers';
import { type Block, block } from './nginx-text';
import { serviceHost } from './nginx-upstream';
import { nginxSize } from './nginx-values';

export interface LocationContext {
  readonly plan: NginxProxyPlan;
  readonly source: ServerSource;
  readonly replicas: number;
}

/**
 * Header fields that go to a service. nginx takes all of them from one level, so that a level which adds one repeats
 * them.
 */
export const requestHeaders = (host: string, forwardedProto: string, upgrade: boolean): string[] => [
  `proxy_set_header Connection ${upgrade ? '$connection_upgrade' : '""'}`,
  ...(upgrade ? ['proxy_set_header Upgrade $http_upgrade'] : []),
  `proxy_set_header Host ${host}`,
  'proxy_set_header X-Forwarded-For $remote_addr',
  'proxy_set_header X-Forwarded-Host $host',
  `proxy_set_header X-Forwarded-Proto ${forwardedProto}`,
  'proxy_set_header X-Request-ID $request_id',
];

/** Variable with the scheme the client used, as far as someone trusted says so. */
export const forwardedProto = ({ trustedProxies }: NginxProxyPlan): string =>
  trustedProxies.length === 0 ? '$scheme' : '$forwarded_proto';

function ownHeaders(
  { webSocket = false }: RouteSpec,
  upstream: UpstreamPlan,
  { plan, source }: LocationContext,
): string[] {
  const host = source.from === 'mesh' ? serviceHost(upstream.service, source) : '$host';
  return webSocket || source.from === 'mesh' ? requestHeaders(host, forwardedProto(plan), webSocket) : [];
}

function limitRequests(limit: LimitPlan, replicas: number): string {
  const { burst } = shareOfLimit(limit, replicas);
  return `limit_req zone=${limit.name}${burst === 0 ? '' : ` burst=${burst} nodelay`}`;
}

const timeouts = ({ connect, send, read }: Required<UpstreamTimeouts>): string[] => [
  `proxy_connect_timeout ${connect}`,
  `proxy_send_timeout ${send}`,
  `proxy_read_timeout ${read}`,
];

/** The statuses also count as failures for `max_fails`; `non_idempotent` is never among them. */
const retries = ({ retry: { tries, within } }: UpstreamPlan): string[] => [
  'proxy_next_upstream error timeout http_502 http_503 http_504',
  `proxy_next_upstream_tries ${tries}`,
  `proxy_next_upstream_timeout ${within}`,
];

const withoutSlash = (path: string): string => (path === '/' ? path : path.replace(/\/$/, ''));
const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`);

/**
 * The locations of a route. A prefix takes two, the path itself and what lies below it: a single one would either
 * cover `/author` with `/auth`, or answer `/auth` with a redirect.
 */
export function routeLocations(route: RouteSpec, upstream: UpstreamPlan, context: LocationContext): Block[] {
  const { path, match = 'prefix', upstreamPath, limits } = route;
  const { plan, replicas, source } = context;
  const at = (head: string, target: string): Block =>
    block(`location ${head}`, [
      ...plan.limits
        .filter(({ name }) => limits === undefined || limits.includes(name))
        .map((limit) => limitRequests(limit, replicas)),
      ...(route.maxBody === undefined ? [] : [`client_max_body_size ${nginxSize(route.maxBody)}`]),
      ...timeouts({ ...upstream.timeouts, ...route.timeouts }),
      ...(source.from === 'mesh' ? ['proxy_next_upstream off'] : retries(upstream)),
      ...ownHeaders(route, upstream, context),
      `proxy_pass http://${upstream.name}${target}`,
    ]);

  if (match === 'exact') return [at(`= ${path}`, upstreamPath ?? '')];
  const below = at(withSlash(path), upstreamPath === undefined ? '' : withSlash(upstreamPath));
  if (path === '/' || hasExact(route, plan)) return [below];
  return [at(`= ${withoutSlash(path)}`, upstreamPath === undefined ? '' : withoutSlash(upstreamPath)), below];
}

/** Whether a route of its own takes the path itself. */
const hasExact = ({ host, path }: RouteSpec, { routes }: NginxProxyPlan): boolean =>
  routes.some((other) => other.match === 'exact' && other.host === host && other.path === withoutSlash(path));
