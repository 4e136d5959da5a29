import type { Facts, NodeGroup, Workload } from '../facts';
import { textAt } from '../members';
import { onceFor } from '../once-for';
import type { Verdict } from '../rule';
import { blockName, type TerraformBlock } from '../source';
import { isSeated } from './demand';
import { labelsOf, refusal } from './fits';

/**
 * What a rule says of each cluster by itself. Pools that name no cluster belong to the only one that is named. Of several,
 * pods go where an assumption puts the files that they are written in, or to the only cluster whose nodes admit them; while
 * any pod may belong to either, the rule gets everything and says that it cannot tell.
 */
export function inEachCluster(facts: Facts, judge: (facts: Facts) => readonly Verdict[]): readonly Verdict[] {
  const [only, ...others] = namedIn(facts);
  if (only === undefined) return judge(facts);
  if (others.length === 0)
    return judge(facts.nodeGroups.every(({ cluster }) => cluster === only) ? facts : joined(facts));
  const parts = apart(facts);
  if (parts === undefined) return judge(facts);
  return parts.flatMap(({ cluster, part }) =>
    judge(part).map((verdict) => ({ ...verdict, subject: `${verdict.subject} in ${cluster}` })),
  );
}

/** All nodes in the only cluster that is named. */
const joined = onceFor((facts: Facts): Facts => {
  const cluster = facts.nodeGroups.find((group) => group.cluster !== '')?.cluster ?? '';
  return { ...facts, nodeGroups: facts.nodeGroups.map((group) => ({ ...group, cluster })) };
});

const namedIn = ({ nodeGroups }: Facts): readonly string[] => [
  ...new Set(nodeGroups.flatMap(({ cluster }) => (cluster === '' ? [] : [cluster]))),
];

/** A cluster with what is known to be its own. */
interface Part {
  readonly cluster: string;
  readonly part: Facts;
}

/** Each cluster apart; undefined where something may belong to either. */
const apart = onceFor((facts: Facts): readonly Part[] | undefined => {
  const homes = new Map<Workload, string>();
  const written = (file: string): string | undefined =>
    [...(facts.assumptions.clusters ?? [])].find(([, path]) => file === path || file.startsWith(`${path}/`))?.[0];
  for (const workload of [...facts.workloads, ...facts.implied]) {
    const home = written(workload.object.at('').file) ?? onlyHome(workload, facts.nodeGroups);
    if (home === undefined) return undefined;
    homes.set(workload, home);
  }
  const groups = facts.nodeGroups.map((group) => ({
    ...group,
    cluster: group.cluster === '' ? (written(group.evidence('').place.file) ?? '') : group.cluster,
  }));
  if (groups.some(({ cluster }) => cluster === '')) return undefined;
  return namedIn(facts).map((cluster) => {
    const own = groups.filter((group) => group.cluster === cluster);
    const isOwn = (workload: Workload): boolean => homes.get(workload) === cluster;
    return {
      cluster,
      part: {
        ...facts,
        workloads: facts.workloads.filter(isOwn),
        implied: facts.implied.filter(isOwn),
        nodeGroups: own,
        blocks: withoutOtherAddons(facts.blocks, own),
      },
    };
  });
});

/** The cluster whose nodes alone admit the pods of a workload. Agents go to every node that admits them. */
function onlyHome(workload: Workload, groups: readonly NodeGroup[]): string | undefined {
  if (!isSeated(workload)) return undefined;
  const homes = new Set(
    groups
      .filter((group) => {
        const zones = group.zones.length === 0 ? [undefined] : group.zones;
        return zones.some((zone) => refusal(workload.shape, labelsOf(group, zone), group.taints) === undefined);
      })
      .map(({ cluster }) => cluster),
  );
  const [home] = homes;
  return homes.size === 1 && home !== '' ? home : undefined;
}

/** Blocks without add-ons of other clusters, which stand where their node groups do. */
function withoutOtherAddons(blocks: readonly TerraformBlock[], own: readonly NodeGroup[]): readonly TerraformBlock[] {
  const ids = new Set(own.map(({ id }) => id));
  const place = (block: TerraformBlock): string => `${block.stack} ${textAt(block.value, 'cluster_name')}`;
  const places = new Set(blocks.filter((block) => ids.has(blockName(block))).map(place));
  return blocks.filter((block) => block.type !== 'aws_eks_addon' || places.has(place(block)));
}
