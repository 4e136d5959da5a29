import { type Check, duplicates, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import type { NginxProxyPlan } from './nginx-proxy';
import { isFilePath, isMimeType, isZoneSize, lasts, MAX_WAIT } from './nginx-values';

const ports = ({ port, statusPort, metricsPort, tls }: NginxProxyPlan): number[] => [
  port,
  statusPort,
  metricsPort,
  ...(tls ? [tls.port] : []),
];

const idleConnections = ({ upstreams }: NginxProxyPlan): number =>
  upstreams.reduce((sum, { keepalive }) => sum + keepalive.connections, 0);

const SECOND = Duration.seconds(1);

/** What the process itself promises: its ports, its connections and how long it waits. */
export const NGINX_PROCESS_CHECKS: readonly Check<NginxProxyPlan>[] = [
  {
    id: 'gateway-body-limit-is-whole-kib',
    prop: 'maxBody',
    holds: ({ maxBody }) => isZoneSize(maxBody, 1, Number.MAX_SAFE_INTEGER),
    rule: 'must be whole KiB, at least 1: nginx reads 0 as no limit',
    remedy: 'use 1 MiB',
  },
  {
    id: 'gateway-outlasts-the-load-balancer',
    prop: 'clientKeepalive',
    holds: ({ clientKeepalive, loadBalancerIdle }) => clientKeepalive.inMillis > loadBalancerIdle.inMillis,
    rule: ({ loadBalancerIdle }) =>
      `must be above the ${loadBalancerIdle} that the load balancer keeps idle connections`,
    remedy: 'raise it, or the load balancer sends requests into connections that are being closed (502)',
  },
  {
    id: 'gateway-client-keepalive-is-bounded',
    prop: 'clientKeepalive',
    holds: ({ clientKeepalive }) => lasts(clientKeepalive, SECOND, MAX_WAIT),
    rule: 'must be 1 s to 1 h',
    remedy: 'use 75 s',
  },
  {
    id: 'gateway-load-balancer-idle-is-offered',
    prop: 'loadBalancerIdle',
    holds: ({ loadBalancerIdle }) => lasts(loadBalancerIdle, SECOND, Duration.seconds(4000)),
    rule: 'must be 1 s to 4000 s',
    remedy: "use the load balancer's own, 60 s",
  },
  {
    id: 'gateway-answers-before-the-load-balancer',
    prop: 'loadBalancerIdle',
    holds: ({ loadBalancerIdle, upstreams }) =>
      upstreams.every(({ timeouts }) => timeouts.read.isAtMost(loadBalancerIdle)),
    rule: 'should be at least every read time-out, else the load balancer answers 504 before nginx can',
    received: ({ loadBalancerIdle, upstreams }) =>
      upstreams
        .filter(({ timeouts }) => !timeouts.read.isAtMost(loadBalancerIdle))
        .map(({ name, timeouts }) => `${loadBalancerIdle} against ${timeouts.read} of ${name}`),
    remedy: 'raise it, or lower timeouts.read',
    severity: 'warning',
  },
  {
    id: 'gateway-drain-is-bounded',
    prop: 'drainFor',
    holds: ({ drainFor }) => lasts(drainFor, SECOND, MAX_WAIT),
    rule: 'must be 1 s to 1 h',
    remedy: 'use 30 s',
  },
  {
    id: 'gateway-ports-exist',
    prop: 'port',
    holds: (plan) => ports(plan).every((port) => isWholeWithin(port, 1, 65_535)),
    rule: 'and statusPort, metricsPort and tls.port must be 1-65535',
    received: ports,
    remedy: 'use 8080, 8081, 8082 and 8443',
  },
  {
    id: 'gateway-ports-differ',
    prop: 'port',
    holds: (plan) => duplicates(ports(plan)).length === 0,
    rule: 'and statusPort, metricsPort and tls.port must differ',
    received: ports,
    remedy: 'use 8080, 8081, 8082 and 8443',
  },
  {
    id: 'gateway-tls-files-are-absolute',
    prop: 'tls',
    holds: ({ tls }) => tls === undefined || [tls.certificatePath, tls.keyPath].every(isFilePath),
    rule: 'must name files by absolute paths of letters, digits and . _ - /',
    remedy: 'leave the paths out',
  },
  {
    id: 'gateway-workers-are-few',
    prop: 'workers',
    holds: ({ workers }) => isWholeWithin(workers, 1, 64),
    rule: 'must be 1-64',
    remedy: "use the container's CPU limit in cores, rounded up",
  },
  {
    id: 'gateway-connections-are-bounded',
    prop: 'workerConnections',
    holds: ({ workerConnections }) => isWholeWithin(workerConnections, 256, 65_536),
    rule: 'must be 256-65536',
    remedy: 'use 4096',
  },
  {
    id: 'gateway-connections-outnumber-idle-ones',
    prop: 'workerConnections',
    holds: (plan) => idleConnections(plan) * 2 <= plan.workerConnections,
    rule: (plan) => `must be at least twice the ${idleConnections(plan)} idle connections that a worker may keep`,
    remedy: 'raise it, or lower keepalive.connections of the upstreams',
  },
  {
    id: 'gateway-compresses-mime-types',
    prop: 'compressedTypes',
    holds: ({ compressedTypes }) => compressedTypes.every((type) => isMimeType(type) && type !== 'text/html'),
    rule: 'must be MIME types beside text/html, which is always one of them',
    remedy: 'use application/json, say',
  },
];
