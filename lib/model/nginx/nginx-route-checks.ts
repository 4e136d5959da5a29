import { type Check, duplicates, isWholeWithin } from '../../check';
import type { LimitPlan, NginxProxyPlan, RouteSpec } from './nginx-proxy';
import {
  isHeaderName,
  isLocationPath,
  isNginxName,
  isServerName,
  isZoneSize,
  lasts,
  MAX_WAIT,
  MIN_WAIT,
} from './nginx-values';
import type { UpstreamTimeouts } from './upstreams';

/** A route and the proxy it belongs to. */
interface RouteInPlan {
  readonly route: RouteSpec;
  readonly plan: NginxProxyPlan;
}

/** The path without a slash at its end, by which nginx' locations are told apart. */
const trimmed = (path: string): string => (path === '/' ? path : path.replace(/\/$/, ''));

/** One text for each route: host, path and match. An exact route may stand beside a prefix of the same path. */
export const routesOf = ({ routes }: NginxProxyPlan): string[] =>
  routes.map(
    ({ host = '*', path, match = 'prefix' }) => `${host} ${match === 'exact' ? path : trimmed(path)} ${match}`,
  );

const waits = ({ connect, send, read }: UpstreamTimeouts) => [connect, send, read].filter((wait) => wait !== undefined);

const limitNames = ({ limits }: NginxProxyPlan): string[] => limits.map(({ name }) => name);

const countedBy = ({ route, plan }: RouteInPlan): LimitPlan[] =>
  plan.limits.filter(({ name }) => route.limits === undefined || route.limits.includes(name));

/** What is said about one route, in the proxy it belongs to. */
export const ROUTE_CHECKS: readonly Check<RouteInPlan>[] = [
  {
    id: 'route-path-is-literal',
    prop: 'path',
    holds: ({ route }) => isLocationPath(route.path),
    rule: 'must start with / and hold only letters, digits and . _ ~ - /, no // and no %',
    received: ({ route }) => route.path,
    remedy: 'write the decoded path',
  },
  {
    id: 'route-target-path-is-literal',
    prop: 'upstreamPath',
    holds: ({ route }) => route.upstreamPath === undefined || isLocationPath(route.upstreamPath),
    rule: 'must start with / and hold only letters, digits and . _ ~ - /, no // and no %',
    received: ({ route }) => route.upstreamPath,
    remedy: "use '/' to cut the path off",
  },
  {
    id: 'route-host-is-a-dns-name',
    prop: 'host',
    holds: ({ route }) => route.host === undefined || isServerName(route.host),
    rule: 'must be a lower-case DNS name, at most with *. in front',
    received: ({ route }) => route.host,
    remedy: 'leave it out for every host',
  },
  {
    id: 'route-leads-to-an-upstream',
    prop: 'upstream',
    holds: ({ route, plan }) => plan.upstreams.some(({ name }) => name === route.upstream),
    rule: ({ plan }) => `must be one of ${plan.upstreams.map(({ name }) => name).join(', ') || 'no upstreams'}`,
    received: ({ route }) => route.upstream,
    remedy: 'declare the upstream',
  },
  {
    id: 'route-limits-are-declared',
    prop: 'limits',
    holds: ({ route, plan }) => (route.limits ?? []).every((name) => limitNames(plan).includes(name)),
    rule: ({ plan }) => `must be among ${limitNames(plan).join(', ') || 'no limits'}`,
    received: ({ route, plan }) => route.limits?.filter((name) => !limitNames(plan).includes(name)),
    remedy: 'declare the limit',
  },
  {
    id: 'route-limits-are-named-once',
    prop: 'limits',
    holds: ({ route }) => duplicates(route.limits ?? []).length === 0,
    rule: 'must name each limit once',
    received: ({ route }) => duplicates(route.limits ?? []),
    remedy: 'remove the repetition',
  },
  {
    id: 'route-is-limited-by-address-too',
    prop: 'limits',
    holds: (subject) => {
      const limits = countedBy(subject);
      return limits.length === 0 || limits.some(({ key }) => key === 'client-address');
    },
    rule: 'should hold one by client-address: a client may put anything into a header',
    received: (subject) => countedBy(subject).map(({ name }) => name),
    remedy: 'add a limit by client-address beside it',
    severity: 'warning',
  },
  {
    id: 'route-body-limit-is-whole-kib',
    prop: 'maxBody',
    holds: ({ route }) => route.maxBody === undefined || isZoneSize(route.maxBody, 1, Number.MAX_SAFE_INTEGER),
    rule: 'must be whole KiB, at least 1: nginx reads 0 as no limit',
    received: ({ route }) => route.maxBody,
    remedy: "leave it out for the proxy's",
  },
  {
    id: 'route-timeouts-are-bounded',
    prop: 'timeouts',
    holds: ({ route }) => waits(route.timeouts ?? {}).every((wait) => lasts(wait, MIN_WAIT, MAX_WAIT)),
    rule: 'must each be 0.1 s to 1 h',
    received: ({ route }) => waits(route.timeouts ?? {}),
    remedy: "leave them out for the upstream's",
  },
  {
    id: 'route-timeouts-fit-the-retries',
    prop: 'timeouts',
    holds: ({ route, plan }) => {
      const upstream = plan.upstreams.find(({ name }) => name === route.upstream);
      if (upstream === undefined || upstream.retry.tries === 1 || route.timeouts === undefined) return true;
      const { connect, read } = { ...upstream.timeouts, ...route.timeouts };
      return connect.inMillis < upstream.retry.within.inMillis && upstream.retry.within.isAtMost(read);
    },
    rule: "must leave connect below and read at or above the upstream's retry.within",
    received: ({ route }) => waits(route.timeouts ?? {}),
    remedy: 'use an upstream of its own, with other retries, for this route',
  },
];

/** What is said about one limit, with its defaults. */
export const LIMIT_CHECKS: readonly Check<LimitPlan>[] = [
  {
    id: 'limit-name-is-plain',
    prop: 'name',
    holds: ({ name }) => isNginxName(name),
    rule: 'must be a letter, then letters, digits and _, at most 63',
    remedy: 'write per_client, say',
  },
  {
    id: 'limit-rate-lets-something-through',
    prop: 'rate',
    holds: ({ rate }) => isWholeWithin(rate.inPerMinute, 1, 600_000_000),
    rule: 'must be 1 a minute to 10000000 a second',
    remedy: 'remove the route to let nothing through',
  },
  {
    id: 'limit-burst-is-whole',
    prop: 'burst',
    holds: ({ burst }) => isWholeWithin(burst, 0, 1_000_000),
    rule: 'must be 0-1000000 requests',
    remedy: 'use what a client sends at once when a page opens',
  },
  {
    id: 'limit-key-is-a-header',
    prop: 'key',
    holds: ({ key }) => key === 'client-address' || isHeaderName(key.header),
    rule: 'must be client-address or a header name of letters, digits and -',
    remedy: 'write the name alone, X-Api-Key for one',
  },
  {
    id: 'limit-zone-holds-clients',
    prop: 'zoneSize',
    holds: ({ zoneSize }) => isZoneSize(zoneSize, 1024, 1024 * 1024),
    rule: 'must be whole KiB, 1 MiB to 1 GiB',
    remedy: 'plan 1 MiB for 8000 clients',
  },
];
