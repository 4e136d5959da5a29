import { evidenceIn } from '../configured';
import { seconds } from '../facts/amounts';
import { at, listAt, numberAt, pointerTo, textsAt } from '../members';
import type { Evidence, Rule, Verdict } from '../rule';
import type { KubernetesObject } from '../source';
import { nginxSeconds } from '../texts/nginx-conf';
import { grouped, isSameNamespace, objectsOf } from './behind';
import { compared, unknown } from './compared';
import { type Entrance, entrances } from './entrances';
import { type NginxServer, nginxServers } from './nginx-servers';

/** What nginx does where nothing is written. Source: nginx.org, ngx_http_core_module and ngx_http_proxy_module. */
const DEFAULT_KEEPALIVE = 75;
const DEFAULT_READ = 60;

/** Seconds of each directive of that name that reads as a time. */
const secondsNamed = ({ all }: NginxServer, name: string): number[] =>
  all(name).flatMap(({ words }) => nginxSeconds(words[0]) ?? []);

/** Keepalive towards clients; that of upstreams has the same name inside them. */
function clientKeepalive(server: NginxServer): number {
  const inUpstreams = server
    .all('upstream')
    .flatMap(({ inside }) => inside.filter(({ name }) => name === 'keepalive_timeout'));
  const own = server.all('keepalive_timeout').filter((directive) => !inUpstreams.includes(directive));
  const shortest = Math.min(...own.flatMap(({ words }) => nginxSeconds(words[0]) ?? []));
  return Number.isFinite(shortest) ? shortest : DEFAULT_KEEPALIVE;
}

const readTimeout = (server: NginxServer): number => {
  const longest = Math.max(...secondsNamed(server, 'proxy_read_timeout'));
  return Number.isFinite(longest) ? longest : DEFAULT_READ;
};

/** The load balancer closes an idle connection before the server behind it does. */
export const loadBalancerClosesIdleConnectionsFirst: Rule = {
  id: 'load-balancer-closes-idle-connections-first',
  severity: 'error',
  protects:
    'a server that closes an idle connection first lets the load balancer send a request into it, which comes back as 502',
  formula: 'idle time-out of the load balancer + 1 s <= keepalive time-out of the server behind it',
  source: 'Application Load Balancer user guide, troubleshooting HTTP 502; kubernetes/ingress-nginx issue 3099',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const servers = new Map(nginxServers(facts).map((server) => [server.workload, server]));
    return entrances(facts)
      .filter(({ idleSeconds }) => idleSeconds !== undefined)
      .map((entrance) => idleVerdict(entrance, servers.get(entrance.workload)));
  },
};

function idleVerdict(
  { workload, idleSeconds = Number.NaN, evidence }: Entrance,
  server: NginxServer | undefined,
): Verdict {
  if (server === undefined)
    return unknown(workload.id, 'how long it keeps idle connections (only configuration of nginx says so)');
  const keeps = clientKeepalive(server);
  return compared({
    subject: workload.id,
    evidence: [server.evidence, ...evidence],
    arithmetic: `the load balancer closes after ${idleSeconds} s, ${workload.name} after ${keeps} s`,
    margin: { of: `idle connections of ${workload.id}`, needed: idleSeconds + 1, available: keeps, unit: 's' },
    remedy: () =>
      `raise keepalive_timeout from ${keeps}s to ${idleSeconds + 15}s, or lower the idle time-out below ${keeps} s`,
  });
}

/** Whoever waits outside waits longer than who waits inside. */
export const outerTimeoutsOutlastInner: Rule = {
  id: 'outer-timeouts-outlast-inner',
  severity: 'warning',
  protects: 'when the outer side gives up first the inner one works on for nobody, and its retries double the load',
  formula:
    'idle time-out of the load balancer >= proxy_read_timeout >= time-out of the mesh route >= attempts x perTryTimeout',
  source: 'the arithmetic itself; nginx.org ngx_http_proxy_module; istio.io VirtualService, HTTPRetry',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const servers = nginxServers(facts);
    const ways = grouped(entrances(facts), ({ workload }) => [workload.id]);
    const byUpstream = grouped(servers, ({ all }) => all('server').map(({ words }) => serviceOf(words[0] ?? '')));
    return [
      ...servers.flatMap((server) => (ways.get(server.workload.id) ?? []).flatMap((way) => readVerdict(server, way))),
      ...objectsOf(facts, 'VirtualService').flatMap((route) => {
        const hosts = textsAt(route.value, 'spec', 'hosts').map(serviceOf);
        return routeVerdicts(route, [...new Set(hosts.flatMap((host) => byUpstream.get(host) ?? []))]);
      }),
    ];
  },
};

function readVerdict(server: NginxServer, { workload, idleSeconds, evidence }: Entrance): Verdict[] {
  if (idleSeconds === undefined) return [];
  const reads = readTimeout(server);
  return [
    compared({
      subject: `load balancer of ${workload.id}`,
      evidence: [server.evidence, ...evidence],
      arithmetic: `the load balancer waits ${idleSeconds} s for an answer, ${workload.name} up to ${reads} s`,
      margin: { of: `answers through ${workload.id}`, needed: reads, available: idleSeconds, unit: 's' },
      remedy: () =>
        `lower proxy_read_timeout from ${reads}s to ${idleSeconds}s, or raise the idle time-out to ${reads} s`,
    }),
  ];
}

function routeVerdicts(route: KubernetesObject, servers: readonly NginxServer[]): Verdict[] {
  return listAt(route.value, 'spec', 'http').flatMap((http, index) => {
    const timeout = seconds(at(http, 'timeout'));
    if (timeout === undefined || timeout === 0) return [];
    const name = at(http, 'name');
    const subject = `VirtualService ${route.namespace === undefined ? '' : `${route.namespace}/`}${route.name} ${typeof name === 'string' ? name : `http[${index}]`}`;
    const evidence = [evidenceIn(route, pointerTo('spec', 'http', index, 'timeout'))];
    return [
      ...retryVerdict(http, timeout, subject, evidence),
      ...waitingVerdicts(route, servers, timeout, subject, evidence),
    ];
  });
}

type Http = Parameters<typeof at>[0];

function retryVerdict(http: Http, timeout: number, subject: string, evidence: readonly Evidence[]): Verdict[] {
  const each = seconds(at(http, 'retries', 'perTryTimeout'));
  const attempts = numberAt(http, 'retries', 'attempts') ?? 0;
  if (each === undefined || attempts < 1) return [];
  return [
    compared({
      subject: `${subject}, retries`,
      evidence,
      arithmetic: `${attempts} attempts x ${each} s = ${attempts * each} s of ${timeout} s`,
      margin: { of: `retries of ${subject}`, needed: attempts * each, available: timeout, unit: 's' },
      remedy: () =>
        `raise timeout from ${timeout}s to ${attempts * each}s, or lower perTryTimeout to ${timeout / attempts}s`,
    }),
  ];
}

/** nginx in front of a route waits at least as long as the route does. */
function waitingVerdicts(
  route: KubernetesObject,
  servers: readonly NginxServer[],
  timeout: number,
  subject: string,
  evidence: readonly Evidence[],
): Verdict[] {
  const hosts = textsAt(route.value, 'spec', 'hosts');
  const isHere = ({ namespace }: { readonly namespace: string | undefined }) =>
    isSameNamespace(namespace, route.namespace);
  return servers
    .filter((server) =>
      server
        .all('server')
        .some(({ words }) =>
          hosts.some((host) => isUpstream(words[0] ?? '', host, route.namespace, isHere(server.workload))),
        ),
    )
    .map((server) => {
      const reads = readTimeout(server);
      return compared({
        subject: `${server.workload.id} before ${subject}`,
        evidence: [server.evidence, ...evidence],
        arithmetic: `${server.workload.name} waits ${reads} s for a route that may take ${timeout} s`,
        margin: { of: `waiting of ${server.workload.id} for ${subject}`, needed: timeout, available: reads, unit: 's' },
        remedy: () => `raise proxy_read_timeout from ${reads}s to ${timeout}s, or lower the time-out of the route`,
      });
    });
}

/** First label of an address: the name of a Service. */
const serviceOf = (address: string): string => address.split(/[.:]/)[0] ?? '';

/** Whether an address names the host of a route: in full, or by its first label from its own namespace. */
function isUpstream(address: string, host: string, namespace: string | undefined, isHere: boolean): boolean {
  const [name = ''] = address.split(':');
  const [service, place] = name.split('.');
  if (name === host) return isHere || host.includes('.');
  return service === host.split('.')[0] && place !== undefined && place === (host.split('.')[1] ?? namespace);
}
