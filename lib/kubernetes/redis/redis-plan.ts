import { isWholeWithin, withDefaults } from '../../check';
import { NODE_GROUP_LABEL } from '../../model';
import { PUBLIC_IMAGES } from '../../model/images/public-images';
import {
  MOST_REPLICAS,
  MOST_SHARDS,
  membersPerShard,
  type RedisClusterSpec,
  type RedisPlan,
  redisPlan,
} from '../../model/redis/redis';
import { type Cpu, Duration } from '../../units';
import { type PodPeer, PROMETHEUS } from '../cluster/network-peers';
import { type Labels, standardLabels } from '../labels';
import type { NodePlacement } from '../workload/node-placement';

/** A Secret with `ca.crt`, `tls.crt` and `tls.key`, as cert-manager writes it. */
export interface RedisTlsSecret {
  /** Name of the Secret, in the namespace of the chart. */
  readonly secretName: string;
}

/** A key of a Secret that holds the password, one line. */
export interface RedisAuthSecret {
  /** Name of the Secret, in the namespace of the chart. */
  readonly secretName: string;
  /** Key of the Secret whose value is the password: one line, not empty, without control characters. */
  readonly key: string;
}

/** A Redis Cluster as pods: the declaration of the model, and where and with whom they run. */
export interface RedisClusterProps extends RedisClusterSpec {
  /** Availability zones that have nodes for the members (at least one more than `replicasPerShard`). Shard n is at home in the n-th, in turn. */
  readonly zones: readonly string[];
  /** Pods that may connect. Nobody else can. */
  readonly clients: readonly PodPeer[];
  /** Redis 7.0 or later, with redis-cli, a shell and `timeout`; by tag or digest. @default 'docker.io/library/redis:7.2.11-alpine' */
  readonly image?: string;
  /**
   * Certificate of the members, for `certificateNames`, valid for servers and clients; or `off`, which is reported.
   * @default - the Secret `<name>-tls`
   */
  readonly tls?: RedisTlsSecret | 'off';
  /** Password of clients and members; or `off`, which is reported. @default - key `password` of the Secret `<name>-auth` */
  readonly auth?: RedisAuthSecret | 'off';
  /** @default - the cluster's default class; it should bind a volume only once its pod is placed */
  readonly storageClass?: string;
  /** Processor limit of a member, at least its request. @default - four times the request: forks and rewrites run beside the server */
  readonly cpuLimit?: Cpu;
  /** Sidecar that Prometheus scrapes; or `off`. @default 'docker.io/oliver006/redis_exporter:v1.77.0' */
  readonly exporterImage?: string;
  /** Pods that may scrape the sidecar. @default - the Prometheus in `monitoring` */
  readonly scrapers?: readonly PodPeer[];
  /** How often addresses, replicas and homes are put right (1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 minutes). @default Duration.minutes(2) */
  readonly reconcileEvery?: Duration;
  /** Which nodes the members run on. @default - the node group `nodes`, if that is given */
  readonly placement?: NodePlacement;
  /** Name of a PriorityClass for the members. @default - the cluster's default */
  readonly priorityClass?: string;
  /** Name of a PriorityClass for the jobs that keep their shape, and may wait. @default - the cluster's default */
  readonly jobPriorityClass?: string;
  /** Product it belongs to. @default - none */
  readonly partOf?: string;
}

/** The props with every choice made. */
export interface RedisClusterPlan extends RedisPlan {
  /** Availability zones of the members; shard n is at home in the n-th, in turn. */
  readonly zones: readonly string[];
  /** Pods that may connect. */
  readonly clients: readonly PodPeer[];
  /** Redis of every member. */
  readonly image: string;
  /** Certificate of the members; `off` is plain text. */
  readonly tls: RedisTlsSecret | 'off';
  /** Password of clients and members; `off` is none. */
  readonly auth: RedisAuthSecret | 'off';
  /** Class of the volumes; undefined is the cluster's default. */
  readonly storageClass: string | undefined;
  /** Processor limit of a member. */
  readonly cpuLimit: Cpu;
  /** Sidecar that Prometheus scrapes; `off` is none. */
  readonly exporterImage: string;
  /** Pods that may scrape the sidecar. */
  readonly scrapers: readonly PodPeer[];
  /** How often addresses, replicas and homes are put right. */
  readonly reconcileEvery: Duration;
  /** Which nodes the members run on. */
  readonly placement: NodePlacement;
  /** PriorityClass of the members; undefined is the cluster's default. */
  readonly priorityClass: string | undefined;
  /** PriorityClass of the jobs; undefined is the cluster's default. */
  readonly jobPriorityClass: string | undefined;
  /** Product it belongs to; undefined is none. */
  readonly partOf: string | undefined;
}

/** How a server is reached and by whom: what its scripts, files and sidecar need, in a cluster or alone. */
export type RedisAccess = Pick<RedisClusterPlan, 'name' | 'port' | 'tls' | 'auth'>;

/** The props with every default applied. */
export const redisClusterPlan = (props: RedisClusterProps): RedisClusterPlan => ({
  storageClass: undefined,
  priorityClass: undefined,
  jobPriorityClass: undefined,
  partOf: undefined,
  ...withDefaults(
    {
      ...redisPlan(props),
      image: PUBLIC_IMAGES.redis,
      tls: { secretName: `${props.name}-tls` },
      auth: { secretName: `${props.name}-auth`, key: 'password' },
      cpuLimit: redisPlan(props).cpu.times(4),
      exporterImage: PUBLIC_IMAGES.redisExporter,
      scrapers: [PROMETHEUS],
      reconcileEvery: Duration.minutes(2),
      placement: props.nodes === undefined ? {} : { labels: { [NODE_GROUP_LABEL]: props.nodes } },
    },
    props,
  ),
});

const COMPONENT = 'redis';

/** Labels of every member of every shard, and of nothing else. */
export const memberSelector = ({ name }: Pick<RedisClusterPlan, 'name'>): Labels => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/component': COMPONENT,
});

export const shardName = ({ name }: Pick<RedisClusterPlan, 'name'>, shard: number): string => `${name}-shard-${shard}`;

/** Labels of the members of one shard, and of nothing else. */
export const shardSelector = (plan: Pick<RedisClusterPlan, 'name'>, shard: number): Labels => ({
  ...memberSelector(plan),
  'app.kubernetes.io/instance': shardName(plan, shard),
});

export const redisLabels = ({ name, partOf }: RedisClusterPlan): Labels => standardLabels(name, COMPONENT, partOf);

/** The headless Service that gives each member its name. */
export const membersService = ({ name }: Pick<RedisClusterPlan, 'name'>): string => `${name}-members`;

/** Nothing is listed that cannot be: inspection reads names of what it refuses. */
const upTo = (most: number, count: number): number => (isWholeWithin(count, 0, most) ? count : 0);

/** Names of the members within their namespace, shard by shard; the first of each shard is its primary at home. */
export const memberHosts = (plan: Pick<RedisClusterPlan, 'name' | 'shards' | 'replicasPerShard'>): string[][] =>
  Array.from({ length: upTo(MOST_SHARDS, plan.shards) }, (_, shard) =>
    Array.from(
      { length: upTo(1 + MOST_REPLICAS, membersPerShard(plan)) },
      (_, member) => `${shardName(plan, shard)}-${member}.${membersService(plan)}`,
    ),
  );

export const redisServiceAccount = ({ name }: Pick<RedisClusterPlan, 'name'>): string => name;

/** Members encrypt and authenticate themselves; a proxy in front of the cluster bus would only add a way to fail. */
export { OUTSIDE_THE_MESH } from '../workload/mesh-pod';

/** Names by which clients reach the members: such as a certificate can hold, once the namespace is known. */
export function clientHosts(
  plan: Pick<RedisClusterPlan, 'name' | 'shards' | 'replicasPerShard'>,
  namespace?: string,
): string[] {
  const within = namespace === undefined ? '' : `.${namespace}.svc`;
  return memberHosts(plan)
    .flat()
    .map((host) => `${host}${within}`);
}

/** Members as `host:port`, for the start list of a client. */
export const clientAddresses = (
  plan: Pick<RedisClusterPlan, 'name' | 'shards' | 'replicasPerShard' | 'port'>,
  namespace?: string,
): string[] => clientHosts(plan, namespace).map((host) => `${host}:${plan.port}`);

/**
 * Names by which clients reach the Service and, once their namespace is known, its members. A wildcard with fewer than two
 * dots behind it is refused by OpenSSL, Python and Node.js, so that the shortest name of a member is never in a certificate.
 */
export function certificateNames({ name }: Pick<RedisClusterPlan, 'name'>, namespace?: string): string[] {
  if (namespace === undefined) return [name];
  const endings = [namespace, `${namespace}.svc`, `${namespace}.svc.cluster.local`];
  return [name, ...endings.flatMap((ending) => [`*.${membersService({ name })}.${ending}`, `${name}.${ending}`])];
}
