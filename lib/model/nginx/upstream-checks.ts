import { type Check, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import { isHeaderName, isNginxName, isZoneSize, lasts, MAX_WAIT, MIN_WAIT } from './nginx-values';
import { planUpstream, type UpstreamPlan, type UpstreamSpec } from './upstreams';

const hashKey = ({ balancing }: UpstreamPlan) => (typeof balancing === 'object' ? balancing.hash : 'uri');

const isHashKey = (upstream: UpstreamPlan): boolean => {
  const key = hashKey(upstream);
  if (key === 'uri') return true;
  return 'header' in key ? isHeaderName(key.header) : /^\w{1,64}$/.test(key.cookie);
};

const MAX_CONNECT = Duration.seconds(75);

/** What is said about one upstream, with its defaults. */
export const UPSTREAM_CHECKS: readonly Check<UpstreamPlan>[] = [
  {
    id: 'upstream-name-is-plain',
    prop: 'name',
    holds: ({ name }) => isNginxName(name),
    rule: 'must be a letter, then letters, digits and _, at most 63',
    remedy: 'write auth_service_cluster, say',
  },
  {
    id: 'upstream-service-is-a-dns-label',
    prop: 'service',
    holds: ({ service }) => isDnsLabel(service),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: "use the service's declared name",
  },
  {
    id: 'upstream-port-exists',
    prop: 'port',
    holds: ({ port }) => isWholeWithin(port, 1, 65_535),
    rule: 'must be 1-65535',
    remedy: 'use the port the containers listen on',
  },
  {
    id: 'upstream-hash-key-is-a-name',
    prop: 'balancing',
    holds: isHashKey,
    rule: 'must hash by uri, a header name of letters, digits and -, or a cookie name of letters, digits and _',
    received: hashKey,
    remedy: "write the name alone, without $ or ':'",
  },
  {
    id: 'upstream-max-fails-is-whole',
    prop: 'maxFails',
    holds: ({ maxFails }) => isWholeWithin(maxFails, 0, 1000),
    rule: 'must be 0-1000',
    remedy: 'use 3; 0 never leaves a server out',
  },
  {
    id: 'upstream-fail-timeout-is-whole-seconds',
    prop: 'failTimeout',
    holds: ({ failTimeout }) =>
      lasts(failTimeout, Duration.seconds(1), Duration.hours(1)) && failTimeout.inMillis % 1000 === 0,
    rule: 'must be whole seconds, 1 s to 1 h',
    remedy: 'use 30 s',
  },
  {
    id: 'upstream-max-connections-are-whole',
    prop: 'maxConnections',
    holds: ({ maxConnections }) => maxConnections === undefined || isWholeWithin(maxConnections, 1, 100_000),
    rule: 'must be 1-100000',
    remedy: 'leave it out for no limit',
  },
  {
    id: 'upstream-zone-holds-its-servers',
    prop: 'zoneSize',
    holds: ({ zoneSize }) => isZoneSize(zoneSize, 64, 64 * 1024),
    rule: 'must be whole KiB, 64 KiB to 64 MiB',
    remedy: 'plan 1 KiB for each server, the ones that are about to leave included',
  },
  {
    id: 'upstream-keepalive-is-bounded',
    prop: 'keepalive.connections',
    holds: ({ keepalive }) => isWholeWithin(keepalive.connections, 1, 10_000),
    rule: 'must be 1-10000',
    received: ({ keepalive }) => keepalive.connections,
    remedy: 'use twice the number of servers or more',
  },
  {
    id: 'upstream-keepalive-requests-are-bounded',
    prop: 'keepalive.requests',
    holds: ({ keepalive }) => isWholeWithin(keepalive.requests, 1, 1_000_000),
    rule: 'must be 1-1000000',
    received: ({ keepalive }) => keepalive.requests,
    remedy: 'use 1000',
  },
  {
    id: 'upstream-keepalive-time-is-bounded',
    prop: 'keepalive.timeout',
    holds: ({ keepalive }) => lasts(keepalive.timeout, Duration.seconds(1), Duration.hours(1)),
    rule: 'must be 1 s to 1 h',
    received: ({ keepalive }) => keepalive.timeout,
    remedy: 'use less than the service keeps an idle connection',
  },
  {
    id: 'upstream-keepalive-ends-before-the-service-hangs-up',
    prop: 'keepalive.timeout',
    holds: ({ keepalive, serverKeepalive }) =>
      serverKeepalive === undefined || keepalive.timeout.inMillis < serverKeepalive.inMillis,
    rule: ({ serverKeepalive }) => `must be below the ${serverKeepalive} the service keeps an idle connection`,
    received: ({ keepalive }) => keepalive.timeout,
    remedy: 'lower it, or raise the keep-alive of the service: else requests meet a closing connection',
  },
  {
    id: 'upstream-connect-timeout-is-possible',
    prop: 'timeouts.connect',
    holds: ({ timeouts }) => lasts(timeouts.connect, MIN_WAIT, MAX_CONNECT),
    rule: 'must be 0.1 s to 75 s',
    received: ({ timeouts }) => timeouts.connect,
    remedy: 'use 2 s: a pod that takes longer to accept is gone',
  },
  {
    id: 'upstream-send-timeout-is-bounded',
    prop: 'timeouts.send',
    holds: ({ timeouts }) => lasts(timeouts.send, MIN_WAIT, MAX_WAIT),
    rule: 'must be 0.1 s to 1 h',
    received: ({ timeouts }) => timeouts.send,
    remedy: 'use 30 s',
  },
  {
    id: 'upstream-read-timeout-is-bounded',
    prop: 'timeouts.read',
    holds: ({ timeouts }) => lasts(timeouts.read, MIN_WAIT, MAX_WAIT),
    rule: 'must be 0.1 s to 1 h',
    received: ({ timeouts }) => timeouts.read,
    remedy: 'use 30 s',
  },
  {
    id: 'upstream-tries-are-few',
    prop: 'retry.tries',
    holds: ({ retry }) => isWholeWithin(retry.tries, 1, 10),
    rule: 'must be 1-10',
    received: ({ retry }) => retry.tries,
    remedy: 'use 3; nginx reads 0 as without end',
  },
  {
    id: 'upstream-retry-outlasts-a-dead-server',
    prop: 'retry.within',
    holds: ({ retry, timeouts }) => retry.tries === 1 || retry.within.inMillis > timeouts.connect.inMillis,
    rule: ({ timeouts }) => `must be above the connect time-out of ${timeouts.connect}`,
    received: ({ retry }) => retry.within,
    remedy: 'raise it, or no second server is tried after one that does not answer',
  },
  {
    id: 'upstream-retry-ends-by-the-read-timeout',
    prop: 'retry.within',
    holds: ({ retry, timeouts }) => retry.tries === 1 || retry.within.isAtMost(timeouts.read),
    rule: ({ timeouts }) => `must be at most the read time-out of ${timeouts.read}`,
    received: ({ retry }) => retry.within,
    remedy: 'lower it: a request that has waited that long is not begun again',
  },
];

/** Everything that keeps an upstream from doing what it says. */
export const inspectUpstream = (path: string, spec: UpstreamSpec): Finding[] =>
  inspect(path, planUpstream(spec), UPSTREAM_CHECKS);
