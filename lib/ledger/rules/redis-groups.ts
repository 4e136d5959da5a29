import { evidenceIn } from '../configured';
import type { Facts, Workload } from '../facts';
import { at, blocksAt, isTrueAt, listAt, numberAt, textAt, textsAt } from '../members';
import { onceFor } from '../once-for';
import type { Evidence } from '../rule';
import { blockName, type TerraformBlock } from '../source';
import { type RedisServer, redisServers } from './redis-servers';

/** Shards that hold the data of one store together. */
export interface RedisGroup {
  readonly subject: string;
  /** Servers of each shard, its primary among them; undefined where one workload holds several shards. */
  readonly members: readonly number[] | undefined;
  /** Whether keys are spread over shards by Redis Cluster. */
  readonly isSharded: boolean;
  /** Words of a setting that all share. */
  readonly setting: (name: string) => readonly string[] | undefined;
  /** Zone that the primary of each shard prefers, where it says so. */
  readonly homes: readonly (string | undefined)[];
  readonly evidence: readonly Evidence[];
  /** What the service adds where AWS runs it. */
  readonly managed?: { readonly failsOver: boolean; readonly spansZones: boolean };
}

/** Every store of Redis: shards that share their configuration, and replication groups of ElastiCache. */
export const redisGroups = onceFor((facts: Facts): RedisGroup[] => [...ownGroups(facts), ...managedGroups(facts)]);

function ownGroups(facts: Facts): RedisGroup[] {
  const groups = new Map<string, RedisServer[]>();
  for (const server of redisServers(facts)) {
    const key = server.configuration ?? server.workload.id;
    groups.set(key, [...(groups.get(key) ?? []), server]);
  }
  return [...groups.values()].flatMap((unsorted) => {
    const servers = [...unsorted].sort((one, other) => (one.workload.id < other.workload.id ? -1 : 1));
    const [first, ...others] = servers;
    if (first === undefined) return [];
    const isSharded = first.setting('cluster-enabled')?.[0] === 'yes';
    const holdsShards = isSharded && others.length === 0;
    return [
      {
        subject: others.length === 0 ? first.workload.id : `${first.workload.id} and ${others.length} more`,
        members: holdsShards ? undefined : servers.map(({ workload }) => workload.replicas),
        isSharded,
        setting: first.setting,
        homes: servers.map(({ workload }) => homeOf(workload)),
        evidence: [first.settings, ...servers.map(({ workload }) => workload.evidence('/spec/replicas'))],
      },
    ];
  });
}

/** The zone that pods of a workload prefer most. */
function homeOf({ object }: Workload): string | undefined {
  const affinity = [
    'spec',
    'template',
    'spec',
    'affinity',
    'nodeAffinity',
    'preferredDuringSchedulingIgnoredDuringExecution',
  ];
  const preferences = listAt(object.value, ...affinity).flatMap((term) =>
    listAt(term, 'preference', 'matchExpressions')
      .filter((match) => textAt(match, 'key') === 'topology.kubernetes.io/zone' && textAt(match, 'operator') === 'In')
      .map((match) => ({ weight: numberAt(term, 'weight') ?? 0, zones: textsAt(match, 'values') })),
  );
  const [most] = preferences.sort((one, other) => other.weight - one.weight);
  return most?.zones.length === 1 ? most.zones[0] : undefined;
}

const GROUP = 'aws_elasticache_replication_group';

function managedGroups({ blocks }: Facts): RedisGroup[] {
  const ofMode = blocks.filter(({ mode }) => mode === 'resource');
  return ofMode
    .filter(({ type }) => type === GROUP)
    .map((block) => {
      const { value } = block;
      const shards = numberAt(value, 'num_node_groups') ?? 1;
      const replicas = numberAt(value, 'replicas_per_node_group') ?? (numberAt(value, 'num_cache_clusters') ?? 1) - 1;
      const parameters = parametersOf(block, ofMode);
      return {
        subject: blockName(block),
        members: Array.from({ length: Math.min(Math.max(shards, 0), 500) }, () => replicas + 1),
        isSharded: shards > 1,
        setting: (name: string) => parameters.get(name)?.split(' '),
        homes: [],
        evidence: [
          evidenceIn(
            block,
            at(value, 'num_cache_clusters') === undefined ? '/replicas_per_node_group' : '/num_cache_clusters',
          ),
        ],
        managed: {
          failsOver: isTrueAt(value, 'automatic_failover_enabled'),
          spansZones: isTrueAt(value, 'multi_az_enabled'),
        },
      };
    });
}

/** Parameters of the group that a block names, by reference or by name. */
function parametersOf(block: TerraformBlock, blocks: readonly TerraformBlock[]): ReadonlyMap<string, string> {
  const named = textAt(block.value, 'parameter_group_name') ?? '';
  const group = blocks.find(
    ({ type, stack, name, value }) =>
      type === 'aws_elasticache_parameter_group' &&
      stack === block.stack &&
      (named.includes(`${type}.${name}.`) || textAt(value, 'name') === named),
  );
  return new Map(
    blocksAt(group?.value, 'parameter').map((parameter) => [
      textAt(parameter, 'name') ?? '',
      String(at(parameter, 'value') ?? ''),
    ]),
  );
}
