import { type Check, duplicates, type Finding, inspect, inspectEach, isDnsLabel, isWholeWithin } from '../../check';
import { isFilePath, isResolver, isServerName, isUpstreamHost } from '../../model/nginx/nginx-values';
import type { UpstreamPlan, UpstreamServer } from '../../model/nginx/upstreams';
import { inspectResolver } from './nginx-resolver';

/** Servers that are listed one by one: Compose, virtual machines. */
export interface ListedServers {
  /** Tells this source from Kubernetes' ones. */
  readonly from: 'list';
  /** Servers by the name of their upstream. */
  readonly servers: Readonly<Record<string, readonly UpstreamServer[]>>;
  /** DNS server that is asked again and again where the servers are (nginx 1.27.3). @default - they are looked up once */
  readonly resolver?: string;
}

/** Where the DNS names of Services end: `<service>.<namespace>.svc.<cluster domain>`. */
export interface ServiceDomain {
  /** Namespace of the services (DNS label). */
  readonly namespace: string;
  /** @default 'cluster.local' */
  readonly clusterDomain?: string;
}

/** Pods behind headless Services, which nginx (1.27.3 or later) looks up again and again. */
export interface ResolvedPods extends ServiceDomain {
  /**
   * DNS server that nginx asks. A name is itself looked up once, when nginx starts.
   * @default - the cluster's kube-dns Service
   */
  readonly resolver?: string;
  /** Headless Services by upstream, where they have names of their own. @default - the service's name and `-pods` */
  readonly podsServices?: Readonly<Record<string, string>>;
}

/** Where the servers of an upstream come from. */
export type ServerSource =
  | ListedServers
  | (Required<ResolvedPods> & { readonly from: 'pods' })
  | (Required<ServiceDomain> & { readonly from: 'mesh' });

/** What one nginx has to know beside the declaration. */
export interface Surroundings {
  /** Proxies that share the limits (1-1000): those that always run. @default 1 */
  readonly replicas?: number;
  /** Folder that nginx may write to: its process id and the bodies that it buffers. @default '/tmp' */
  readonly scratchPath?: string;
}

/** Headless Service over the pods of a service. */
export const podsService = (service: string): string => `${service}-pods`;

const CLUSTER_IP = /\.svc(\.|$)/;

interface ListedUpstream {
  readonly upstream: UpstreamPlan;
  readonly servers: readonly UpstreamServer[];
}

const takesBackups = ({ balancing }: UpstreamPlan): boolean =>
  balancing === 'round-robin' || balancing === 'least-conn';

const address = ({ upstream }: ListedUpstream, { host, port = upstream.port }: UpstreamServer) => `${host}:${port}`;

/** What is said about the list of an upstream: it has a server, and its balancing allows them. */
export const LISTED_SERVERS_CHECKS: readonly Check<ListedUpstream>[] = [
  {
    id: 'listed-upstream-has-a-server',
    prop: ({ upstream }) => upstream.name,
    holds: ({ servers }) => servers.some(({ backup = false }) => !backup),
    rule: 'must list at least one server that is no backup',
    received: ({ servers }) => servers.map(({ host }) => host),
    remedy: 'list its servers, composeServers(service, replicas) for Compose',
  },
  {
    id: 'listed-servers-are-unique',
    prop: ({ upstream }) => upstream.name,
    holds: (listed) => duplicates(listed.servers.map((server) => address(listed, server))).length === 0,
    rule: 'must list each server once',
    received: (listed) => duplicates(listed.servers.map((server) => address(listed, server))),
    remedy: 'give it a weight instead',
  },
  {
    id: 'listed-backups-can-be-used',
    prop: ({ upstream }) => upstream.name,
    holds: ({ upstream, servers }) => takesBackups(upstream) || !servers.some(({ backup = false }) => backup),
    rule: 'must have no backup servers unless it balances by round-robin or least-conn',
    received: ({ servers }) => servers.filter(({ backup }) => backup).map(({ host }) => host),
    remedy: 'change balancing, or make them full servers',
  },
];

/** What is said about one listed server. */
export const LISTED_SERVER_CHECKS: readonly Check<UpstreamServer>[] = [
  {
    id: 'listed-server-host-is-plain',
    prop: 'host',
    holds: ({ host }) => isUpstreamHost(host),
    rule: 'must be a name or IPv4 address of letters, digits and . _ -',
    remedy: 'leave out the scheme and the port',
  },
  {
    id: 'listed-server-is-not-a-cluster-ip',
    prop: 'host',
    holds: ({ host }) => !CLUSTER_IP.test(host),
    rule: 'must not be a Kubernetes Service: it is one address, so that balancing and max_fails would do nothing',
    remedy: 'render for pods, or for the mesh',
  },
  {
    id: 'listed-server-port-exists',
    prop: 'port',
    holds: ({ port }) => port === undefined || isWholeWithin(port, 1, 65_535),
    rule: 'must be 1-65535',
    remedy: "leave it out for the upstream's",
  },
  {
    id: 'listed-server-weight-is-whole',
    prop: 'weight',
    holds: ({ weight }) => weight === undefined || isWholeWithin(weight, 1, 1000),
    rule: 'must be 1-1000',
    remedy: 'leave it out for 1',
  },
];

type ClusterSource = Exclude<ServerSource, ListedServers>;

const podsServices = (source: ClusterSource) => (source.from === 'pods' ? source.podsServices : {});

/** What is said about servers that Kubernetes provides: names that DNS can answer. */
export const CLUSTER_SOURCE_CHECKS: readonly Check<ClusterSource>[] = [
  {
    id: 'resolved-namespace-is-a-dns-label',
    prop: 'namespace',
    holds: ({ namespace }) => isDnsLabel(namespace),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens: nginx does not complete short names',
    remedy: 'name the namespace of the services',
  },
  {
    id: 'resolved-cluster-domain-is-a-dns-name',
    prop: 'clusterDomain',
    holds: ({ clusterDomain }) => isServerName(clusterDomain),
    rule: 'must be a lower-case DNS name',
    remedy: 'use cluster.local',
  },
  {
    id: 'resolved-resolver-is-an-address',
    prop: 'resolver',
    holds: (source) => source.from === 'mesh' || isResolver(source.resolver),
    rule: 'must be a DNS name or an address, with or without a port',
    remedy: 'leave it out for kube-dns',
  },
  {
    id: 'resolved-services-are-dns-labels',
    prop: 'podsServices',
    holds: (source) => Object.values(podsServices(source)).every(isDnsLabel),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use the name of the headless Service alone',
  },
];

/** What is said about the place a configuration is written for, with its defaults. */
export const SURROUNDINGS_CHECKS: readonly Check<Required<Surroundings>>[] = [
  {
    id: 'rendering-replicas-are-whole',
    prop: 'replicas',
    holds: ({ replicas }) => isWholeWithin(replicas, 1, 1000),
    rule: 'must be 1-1000',
    remedy: 'use the number that always runs',
  },
  {
    id: 'rendering-scratch-path-is-absolute',
    prop: 'scratchPath',
    holds: ({ scratchPath }) => isFilePath(scratchPath),
    rule: 'must be an absolute path of letters, digits and . _ - /',
    remedy: 'use /tmp',
  },
];

/** Everything that keeps a source of servers from serving these upstreams. */
export function inspectSource(path: string, upstreams: readonly UpstreamPlan[], source: ServerSource): Finding[] {
  if (source.from !== 'list') return inspect(path, source, CLUSTER_SOURCE_CHECKS);
  const listed = upstreams.flatMap((upstream) => {
    const servers = source.servers[upstream.name] ?? [];
    return [
      ...inspect(path, { upstream, servers }, LISTED_SERVERS_CHECKS),
      ...inspectEach(path, `servers.${upstream.name}`, servers, LISTED_SERVER_CHECKS),
    ];
  });
  return [...inspectResolver(path, source.resolver), ...listed];
}
