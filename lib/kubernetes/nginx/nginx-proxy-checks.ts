import { type Check, isDnsLabel, isWholeWithin } from '../../check';
import { podsService } from '../../config/nginx/nginx-servers';
import type { NginxProxyPlan } from '../../model/nginx/nginx-proxy';
import { Memory } from '../../units';
import type { NginxProxyPodPlan } from './nginx-proxy-props';

/** The proxy as it runs: what nginx reads, and the pod around it. */
export interface NginxInPod {
  /** The workload, with its defaults. */
  readonly pod: NginxProxyPodPlan;
  /** The configuration, with its defaults. */
  readonly nginx: NginxProxyPlan;
}

/** First nginx that looks names up again without a subscription. */
const RESOLVES_SINCE = [1, 27, 3] as const;

/** Numbers of an nginx image's tag; nothing if the image is not called nginx or its tag is not a version. */
function nginxVersion(image: string): readonly number[] | undefined {
  const match = /(?:^|\/)nginx(?:-unprivileged)?:(\d+)\.(\d+)(?:\.(\d+))?/.exec(image);
  return match?.slice(1).map((part) => (part === undefined ? Number.POSITIVE_INFINITY : Number(part)));
}

function resolvesNames(image: string): boolean {
  const version = nginxVersion(image);
  if (version === undefined) return true;
  const at = RESOLVES_SINCE.findIndex((part, index) => part !== version[index]);
  return at < 0 || (version[at] ?? 0) > (RESOLVES_SINCE[at] ?? 0);
}

const unprivileged = ({ nginx: { statusPort, metricsPort, tls } }: NginxInPod): number[] => [
  statusPort,
  metricsPort,
  ...(tls === undefined ? [] : [tls.port]),
];

const shared = ({ nginx: { upstreams, limits } }: NginxInPod): Memory =>
  [...upstreams, ...limits].reduce((sum, { zoneSize }) => sum.plus(zoneSize), Memory.bytes(0));

const largestBody = ({ nginx: { maxBody, routes } }: NginxInPod): Memory =>
  routes.reduce((most, { maxBody: own }) => (own === undefined || own.isAtMost(most) ? most : own), maxBody);

const madeServices = ({ pod: { podsServices, balancedBy }, nginx: { upstreams } }: NginxInPod): string[] =>
  balancedBy === 'mesh'
    ? []
    : upstreams.filter(({ name }) => podsServices[name] === undefined).map(({ service }) => podsService(service));

/** Bodies that may lie in the temporary space at once. */
const BODIES = 32;

/** What is said about nginx and its pod together: image, ports, memory and temporary space. */
export const NGINX_PROXY_POD_CHECKS: readonly Check<NginxInPod>[] = [
  {
    id: 'nginx-proxy-image-resolves-names',
    prop: 'image',
    holds: ({ pod: { image, balancedBy } }) => balancedBy === 'mesh' || resolvesNames(image),
    rule: `must be nginx ${RESOLVES_SINCE.join('.')} or later, which follows pods as they come and go`,
    received: ({ pod }) => pod.image,
    remedy: 'use 1.30.4, or let a mesh balance',
  },
  {
    id: 'nginx-proxy-mesh-balances-for-sidecars',
    prop: 'balancedBy',
    holds: ({ pod: { mesh, balancedBy } }) => mesh !== 'sidecar' || balancedBy === 'mesh',
    rule: "must be mesh beside a sidecar, which passes requests to pods' own addresses through without mTLS or policy",
    received: ({ pod }) => pod.balancedBy,
    remedy: 'leave it out',
  },
  {
    id: 'nginx-proxy-mesh-exists-to-balance',
    prop: 'balancedBy',
    holds: ({ pod: { mesh, balancedBy } }) => balancedBy === 'nginx' || mesh !== undefined,
    rule: 'must be nginx without a mesh: a Service alone balances connections, and nginx keeps those open',
    received: ({ pod }) => pod.balancedBy,
    remedy: 'declare mesh, or leave balancedBy out',
  },
  {
    id: 'nginx-proxy-ports-are-unprivileged',
    prop: 'statusPort',
    holds: (subject) => unprivileged(subject).every((port) => isWholeWithin(port, 1024, 65_535)),
    rule: 'and metricsPort and tls.port must be 1024-65535',
    received: unprivileged,
    remedy: 'use 8081, 8082 and 8443; lower ports need a privilege nginx does not get',
  },
  {
    id: 'nginx-proxy-services-are-dns-labels',
    prop: 'upstreams',
    holds: (subject) => madeServices(subject).every(isDnsLabel),
    rule: 'must name services of at most 58 characters, so that -pods can follow',
    received: (subject) => madeServices(subject).filter((name) => !isDnsLabel(name)),
    remedy: 'shorten the name, or give a Service in podsServices',
  },
  {
    id: 'nginx-proxy-services-are-of-upstreams',
    prop: 'podsServices',
    holds: ({ pod, nginx }) =>
      Object.keys(pod.podsServices).every((name) => nginx.upstreams.some((upstream) => upstream.name === name)),
    rule: 'must be keyed by names of declared upstreams',
    received: ({ pod }) => Object.keys(pod.podsServices),
    remedy: 'use the name of the upstream, not of the service',
  },
  {
    id: 'nginx-proxy-memory-holds-zones',
    prop: 'resources.limits.memory',
    holds: (subject) => shared(subject).times(2).isAtMost(subject.pod.resources.limits.memory),
    rule: (subject) => `must be at least twice the ${shared(subject)} that workers share`,
    received: ({ pod }) => pod.resources.limits.memory,
    remedy: 'raise it, or lower zoneSize',
  },
  {
    id: 'nginx-proxy-space-holds-bodies',
    prop: 'temporarySpace',
    holds: (subject) => largestBody(subject).times(BODIES).isAtMost(subject.pod.temporarySpace),
    rule: (subject) =>
      `should hold ${BODIES} request bodies of ${largestBody(subject)}: a full one gets the pod evicted`,
    received: ({ pod }) => pod.temporarySpace,
    remedy: 'raise it with the limit of ephemeral storage, or lower maxBody',
    severity: 'warning',
  },
];

/** Where the proxy is put, against where it was said to be. */
export interface ProxyPlace {
  /** Namespace that the props name. */
  readonly namespace: string;
  /** Namespace of the chart; undefined if it has none. */
  readonly chartNamespace: string | undefined;
}

/** What is said about the place, which only the construct tree knows: no part of `inspect`. */
export const NGINX_PROXY_PLACE_CHECKS: readonly Check<ProxyPlace>[] = [
  {
    id: 'nginx-proxy-namespace-is-the-charts',
    prop: 'namespace',
    holds: ({ namespace, chartNamespace }) => chartNamespace === undefined || chartNamespace === namespace,
    rule: ({ chartNamespace }) => `must be that of the chart, ${chartNamespace}`,
    remedy: 'put the proxy into the chart of its services',
  },
];
