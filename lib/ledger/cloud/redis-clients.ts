import { evidenceIn } from '../configured';
import type { Facts, Workload } from '../facts';
import { listAt, numberAt, textAt, textsAt } from '../members';
import type { Evidence } from '../rule';
import { grouped, objectsOf, podsBehind } from '../rules/behind';
import { type RedisServer, redisServers } from '../rules/redis-servers';
import { blockName } from '../source';

/** A store of Redis as its clients see it: every member takes so many of them. */
export interface RedisStore {
  readonly subject: string;
  /** Whether clients mean it by this name. */
  readonly isCalled: (name: string) => boolean;
  readonly maxClients: number;
  /** Connections to one member of others than applications, and whose. */
  readonly others: readonly { readonly connections: number; readonly words: string }[];
  readonly evidence: Evidence;
  /** Whether somebody can raise the number. */
  readonly isOwn: boolean;
}

/** What a member takes unless it is told otherwise: redis.conf 7.4, `maxclients`; ElastiCache user guide, "Large number of connections". */
const DEFAULT = 10_000;
const ELASTICACHE = 65_000;

/** Every store of Redis, in pods or of ElastiCache. */
export const redisStores = (facts: Facts): RedisStore[] => [...inPods(facts), ...managed(facts)];

function inPods(facts: Facts): RedisStore[] {
  const servers = redisServers(facts);
  if (servers.length === 0) return [];
  const behind = podsBehind({ ...facts, workloads: servers.map(({ workload }) => workload) });
  const services = new Map<Workload, string[]>();
  for (const service of objectsOf(facts, 'Service'))
    for (const workload of behind(service)) services.set(workload, [...(services.get(workload) ?? []), service.name]);
  const watchers = facts.workloads.filter(isSentinel);
  return [...grouped(servers, ({ configuration, workload }) => [configuration ?? workload.id]).values()].flatMap(
    (members) => {
      const [first] = members;
      if (first === undefined) return [];
      const names = new Set(
        members.flatMap(({ workload }) => [
          workload.name,
          workload.id,
          shardless(workload.name),
          ...(services.get(workload) ?? []),
        ]),
      );
      const written = members.map(({ setting }) => Number(setting('maxclients')?.[0] ?? DEFAULT));
      return [
        {
          subject: first.workload.id + (members.length > 1 ? ` and ${members.length - 1} more` : ''),
          isCalled: (name: string) => names.has(name),
          maxClients: Math.min(...written),
          others: others(
            members,
            watchers.filter(({ namespace }) => namespace === first.workload.namespace),
          ),
          evidence: first.settings,
          isOwn: true,
        },
      ];
    },
  );
}

/** `cache` of `cache-shard-0`. */
const shardless = (name: string): string => name.replace(/-(shard|node|server|member|master|primary)?-?\d+$/, '');

const isSentinel = ({ pod }: Workload): boolean =>
  listAt(pod, 'containers').some((container) =>
    [...textsAt(container, 'command'), ...textsAt(container, 'args')].some((word) =>
      /redis-sentinel|--sentinel/.test(word),
    ),
  );

/** Replicas of its shard, two for each other member on the bus of a cluster, two for each Sentinel. */
function others(members: readonly RedisServer[], watchers: readonly Workload[]): RedisStore['others'] {
  const replicas = Math.max(...members.map(({ workload }) => workload.replicas)) - 1;
  const all = members.reduce((sum, { workload }) => sum + workload.replicas, 0);
  const isCluster = members.some(({ setting }) => setting('cluster-enabled')?.[0] === 'yes');
  const sentinels = watchers.reduce((sum, { replicas: pods }) => sum + pods, 0);
  return [
    { connections: Math.max(replicas, 0), words: `${replicas} replicas` },
    ...(isCluster ? [{ connections: 2 * (all - 1), words: `2 x ${all - 1} members on the bus` }] : []),
    { connections: 2 * sentinels, words: `2 x ${sentinels} Sentinels` },
  ].filter(({ connections }) => connections > 0);
}

const managed = ({ blocks }: Facts): RedisStore[] =>
  blocks
    .filter(({ mode, type }) => mode === 'resource' && type === 'aws_elasticache_replication_group')
    .map((block) => {
      const replicas =
        numberAt(block.value, 'replicas_per_node_group') ?? (numberAt(block.value, 'num_cache_clusters') ?? 1) - 1;
      const name = textAt(block.value, 'replication_group_id');
      return {
        subject: blockName(block),
        isCalled: (called: string) => called === name || called === blockName(block),
        maxClients: ELASTICACHE,
        others: replicas > 0 ? [{ connections: replicas, words: `${replicas} replicas` }] : [],
        evidence: evidenceIn(block, '/replication_group_id'),
        isOwn: false,
      };
    });
