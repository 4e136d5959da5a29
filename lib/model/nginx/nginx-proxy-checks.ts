import { type Check, duplicates, type Finding, inspect, inspectEach } from '../../check';
import { isIpv4Range } from '../network/ipv4-range';
import { NGINX_PROCESS_CHECKS } from './nginx-process-checks';
import { type NginxProxyPlan, type NginxProxySpec, planNginxProxy } from './nginx-proxy';
import { REQUIRED_HEADER_VALUE_CHECKS } from './nginx-required-header-checks';
import { LIMIT_CHECKS, ROUTE_CHECKS, routesOf } from './nginx-route-checks';
import { isHeaderName, isHeaderValue, TLS_ZONE } from './nginx-values';
import { UPSTREAM_CHECKS } from './upstream-checks';

const zones = ({ upstreams, limits }: NginxProxyPlan): string[] => [
  TLS_ZONE,
  ...upstreams.map(({ name }) => name),
  ...limits.map(({ name }) => name),
];

const header = ({ headers }: NginxProxyPlan, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

const hstsSeconds = (plan: NginxProxyPlan): number =>
  Number(/(?:^|;)\s*max-age=(\d+)\s*(?:;|$)/i.exec(header(plan, 'strict-transport-security') ?? '')?.[1]);

const HALF_A_YEAR_SECONDS = 15_768_000;

/** What is said about the proxy as a whole: its routes, names of zones, trusted ranges and headers. */
export const NGINX_PROXY_CHECKS: readonly Check<NginxProxyPlan>[] = [
  {
    id: 'gateway-has-routes',
    prop: 'routes',
    holds: ({ routes }) => routes.length > 0,
    rule: 'must hold at least one',
    remedy: "route '/' to an upstream",
  },
  {
    id: 'gateway-routes-are-unique',
    prop: 'routes',
    holds: (plan) => duplicates(routesOf(plan)).length === 0,
    rule: 'must name each host, path and match once',
    received: (plan) => duplicates(routesOf(plan)),
    remedy: 'remove the repetition',
  },
  {
    id: 'gateway-zone-names-are-unique',
    prop: 'upstreams',
    holds: (plan) => duplicates(zones(plan)).length === 0,
    rule: `and limits must have different names, none of them ${TLS_ZONE}: nginx refuses a zone of two kinds`,
    received: (plan) => duplicates(zones(plan)),
    remedy: 'rename one of them',
  },
  {
    id: 'gateway-upstreams-are-routed-to',
    prop: 'upstreams',
    holds: ({ upstreams, routes }) => upstreams.every(({ name }) => routes.some(({ upstream }) => upstream === name)),
    rule: 'must each have a route',
    received: ({ upstreams, routes }) =>
      upstreams.map(({ name }) => name).filter((name) => !routes.some(({ upstream }) => upstream === name)),
    remedy: 'add a route, or remove the upstream',
    severity: 'warning',
  },
  {
    id: 'gateway-trusts-ranges',
    prop: 'trustedProxies',
    holds: ({ trustedProxies }) => trustedProxies.every(isIpv4Range),
    rule: 'must be IPv4 ranges with no bits beyond their length',
    received: ({ trustedProxies }) => trustedProxies.filter((range) => !isIpv4Range(range)),
    remedy: "name the load balancer's subnets, 10.0.0.0/20 for one",
  },
  {
    id: 'gateway-does-not-trust-everyone',
    prop: 'trustedProxies',
    holds: ({ trustedProxies }) => !trustedProxies.some((range) => range.endsWith('/0')),
    rule: 'must not hold every address: any client could then choose its own',
    remedy: "name the load balancer's subnets",
  },
  {
    id: 'gateway-address-header-is-a-name',
    prop: 'addressHeader',
    holds: ({ addressHeader }) => isHeaderName(addressHeader),
    rule: 'must name a header of letters, digits and hyphens',
    remedy: 'leave it out for X-Forwarded-For',
  },
  {
    id: 'gateway-headers-are-literal',
    prop: 'headers',
    holds: ({ headers }) =>
      Object.entries(headers).every(([name, value]) => isHeaderName(name) && isHeaderValue(value)),
    rule: 'must have names of letters, digits and - and printable values without ", \\ and $',
    received: ({ headers }) =>
      Object.entries(headers)
        .filter(([name, value]) => !isHeaderName(name) || !isHeaderValue(value))
        .map(([name, value]) => `${name}: ${value}`),
    remedy: 'leave the characters out: nginx cannot escape them',
  },
  {
    id: 'gateway-headers-are-named-once',
    prop: 'headers',
    holds: ({ headers }) => duplicates(Object.keys(headers).map((name) => name.toLowerCase())).length === 0,
    rule: 'must name each header once, whatever its case',
    received: ({ headers }) => duplicates(Object.keys(headers).map((name) => name.toLowerCase())),
    remedy: 'remove one of the spellings',
  },
  {
    id: 'gateway-hsts-lasts',
    prop: 'headers',
    holds: (plan) => hstsSeconds(plan) >= HALF_A_YEAR_SECONDS,
    rule: `should hold Strict-Transport-Security with a max-age of at least ${HALF_A_YEAR_SECONDS} s`,
    received: (plan) => header(plan, 'strict-transport-security'),
    remedy: 'spread SECURITY_HEADERS',
    severity: 'warning',
  },
  {
    id: 'gateway-has-a-content-policy',
    prop: 'headers',
    holds: (plan) => header(plan, 'content-security-policy') !== undefined,
    rule: 'should hold Content-Security-Policy',
    received: ({ headers }) => Object.keys(headers),
    remedy: 'spread SECURITY_HEADERS',
    severity: 'warning',
  },
];

/**
 * Everything that keeps a proxy and its upstreams from doing what they say, with places such as `upstreams[1].port`.
 */
export function inspectUpstreams(path: string, spec: NginxProxySpec): Finding[] {
  const plan = planNginxProxy(spec);
  return [
    ...inspect(path, plan, NGINX_PROXY_CHECKS),
    ...inspect(path, plan, NGINX_PROCESS_CHECKS),
    ...inspect(path, plan, REQUIRED_HEADER_VALUE_CHECKS),
    ...inspectEach(path, 'upstreams', plan.upstreams, UPSTREAM_CHECKS),
    ...inspectEach(path, 'limits', plan.limits, LIMIT_CHECKS),
    ...inspectEach(
      path,
      'routes',
      plan.routes.map((route) => ({ route, plan })),
      ROUTE_CHECKS,
    ),
  ];
}
