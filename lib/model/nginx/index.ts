export { gatewayRoutes, publicServices, upstreamName } from './gateway';
export { NGINX_PROCESS_CHECKS } from './nginx-process-checks';
export {
  type LimitPlan,
  type NginxProxyPlan,
  type NginxProxySpec,
  type NginxTls,
  type RequestLimit,
  type RouteSpec,
  SECURITY_HEADERS,
  type TlsPlan,
} from './nginx-proxy';
export { inspectUpstreams, NGINX_PROXY_CHECKS } from './nginx-proxy-checks';
export { REQUIRED_HEADER_VALUE_CHECKS } from './nginx-required-header-checks';
export { LIMIT_CHECKS, ROUTE_CHECKS } from './nginx-route-checks';
export { inspectUpstream, UPSTREAM_CHECKS } from './upstream-checks';
export {
  type Balancing,
  composeServers,
  type HashKey,
  type UpstreamKeepalive,
  type UpstreamPlan,
  type UpstreamRetry,
  type UpstreamServer,
  type UpstreamSpec,
  type UpstreamTimeouts,
} from './upstreams';
