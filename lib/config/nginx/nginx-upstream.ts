import type { Balancing, UpstreamPlan, UpstreamServer } from '../../model/nginx/upstreams';
import { type ListedServers, podsService, type ServerSource, type ServiceDomain } from './nginx-servers';
import { type Block, block, comment, type Entry } from './nginx-text';
import { hashVariable, nginxSize } from './nginx-values';

function balancer(balancing: Balancing): string[] {
  if (typeof balancing === 'object') {
    return [`hash ${hashVariable(balancing.hash)}${balancing.consistent ? ' consistent' : ''}`];
  }
  const directives: Record<typeof balancing, string[]> = {
    'round-robin': [],
    'least-conn': ['least_conn'],
    'ip-hash': ['ip_hash'],
    'random-two': ['random two least_conn'],
  };
  return directives[balancing];
}

const connectionLimit = ({ maxConnections }: UpstreamPlan): string =>
  maxConnections === undefined ? '' : ` max_conns=${maxConnections}`;

const passiveHealth = (upstream: UpstreamPlan): string =>
  ` max_fails=${upstream.maxFails} fail_timeout=${upstream.failTimeout}${connectionLimit(upstream)}`;

function listed(
  upstream: UpstreamPlan,
  { host, port = upstream.port, weight = 1, backup = false }: UpstreamServer,
  { resolver }: ListedServers,
) {
  const share = weight === 1 ? '' : ` weight=${weight}`;
  const resolve = resolver === undefined ? '' : ' resolve';
  return `server ${host}:${port}${resolve}${share}${passiveHealth(upstream)}${backup ? ' backup' : ''}`;
}

/** DNS name of a Service, in full: nginx does not complete names. */
export const serviceHost = (service: string, { namespace, clusterDomain }: Required<ServiceDomain>): string =>
  `${service}.${namespace}.svc.${clusterDomain}`;

const keepalive = ({ keepalive: { connections, requests, timeout } }: UpstreamPlan): string[] => [
  `keepalive ${connections}`,
  `keepalive_requests ${requests}`,
  `keepalive_timeout ${timeout}`,
];

const zone = ({ name, zoneSize }: UpstreamPlan): string => `zone ${name} ${nginxSize(zoneSize)}`;

function servers(upstream: UpstreamPlan, source: ServerSource): Entry[] {
  if (source.from === 'list') {
    return [
      ...balancer(upstream.balancing),
      ...(source.servers[upstream.name] ?? []).map((server) => listed(upstream, server, source)),
      zone(upstream),
    ];
  }
  if (source.from === 'pods') {
    const host = serviceHost(source.podsServices[upstream.name] ?? podsService(upstream.service), source);
    return [
      ...balancer(upstream.balancing),
      `server ${host}:${upstream.port} resolve${passiveHealth(upstream)}`,
      zone(upstream),
    ];
  }
  return [
    comment('One address. The mesh behind it balances and leaves failing pods out:'),
    comment('balancing methods and max_fails would do nothing here.'),
    `server ${serviceHost(upstream.service, source)}:${upstream.port}`,
  ];
}

/**
 * An upstream of the http block. Failures are counted in shared memory: without it each worker would have to find out
 * for itself. Idle connections come after the balancing method, as nginx demands.
 */
export const upstreamBlock = (upstream: UpstreamPlan, source: ServerSource): Block =>
  block(`upstream ${upstream.name}`, [...servers(upstream, source), ...keepalive(upstream)]);
