import { INSTANCE_TYPES } from '../../catalog';
import { evidenceIn } from '../configured';
import type { NodeGroup } from '../facts';
import { cpuMillis } from '../facts/amounts';
import { diskGib, templateOf } from '../facts/node-parts';
import { at, blocksAt, textAt } from '../members';
import { grouped } from '../rules/behind';
import { ofGroup } from '../rules/fields';
import { blockName, type KubernetesObject, objectName, type TerraformBlock } from '../source';
import type { Place } from './places';
import type { QuotaContext } from './quota-context';
import { type QuotaUse, type Share, sumOf } from './quota-use';

/** Families that share the quotas of standard instances. */
const isStandard = (type: string): boolean => /^[acdhimrtz]\d/.test(type);

/** vCPUs of a type: of the catalog, else by its size, which is the same in all standard families from large on. */
function vcpusOf(type: string): number {
  const known = INSTANCE_TYPES.facts.get(type)?.vcpus;
  if (known !== undefined) return known;
  const size = type.split('.')[1] ?? '';
  const times = /^(\d*)xlarge$/.exec(size)?.[1];
  return times === undefined ? 2 : 4 * Number(times === '' ? 1 : times);
}

/** The larger of the vCPUs that a node of the group may have, of standard families. */
const largestOf = ({ instanceTypes }: NodeGroup): number =>
  Math.max(0, ...instanceTypes.filter(isStandard).map(vcpusOf));

/** What nodes take of quotas at their maxima, and with what an update of all groups starts before it takes old ones. */
export function usesOfNodes(context: QuotaContext, isUpdate: boolean): QuotaUse[] {
  const { facts, places } = context;
  const blocks = new Map(facts.blocks.map((block) => [blockName(block), block]));
  const pools = new Map(
    facts.objects.filter(({ kind }) => kind === 'NodePool').map((object) => [objectName(object), object]),
  );
  const cluster = facts.blocks.filter(({ type, mode }) => type === 'aws_eks_cluster' && mode === 'resource');
  const [home = ''] = cluster.map(places.of);
  const groups = facts.nodeGroups.map((group) => {
    const block = blocks.get(group.id.replace(/ \(spot\)$/, ''));
    return { group, block, place: block === undefined ? home : places.of(block), pool: pools.get(group.id) };
  });
  const surgeOf = ({ updateSurge }: NodeGroup): number => (isUpdate ? (updateSurge ?? 0) : 0);
  const instances = facts.blocks.filter(({ type, mode }) => type === 'aws_instance' && mode === 'resource');
  const vcpus = (['on-demand', 'spot'] as const).flatMap((capacity) => {
    const own = groups
      .filter(({ group }) => group.capacity === capacity)
      .map((one) => ({ place: one.place, share: groupShare(one, surgeOf(one.group)), group: one.group }));
    const single = capacity === 'on-demand' ? instances.flatMap((block) => instanceShare(block, places.of(block))) : [];
    return [...grouped([...own, ...single], ({ place }) => [place])].map(([place, same]): QuotaUse => {
      const endless = same.find(({ share }) => !Number.isFinite(share.amount));
      return {
        quota: capacity === 'spot' ? 'spotVcpus' : 'onDemandVcpus',
        subject: place,
        place,
        ...sumOf(same.map(({ share }) => share)),
        isOfNodes: true,
        ...(endless && { needs: `limits of ${endless.share.words}` }),
      };
    });
  });
  return [...vcpus.filter(({ needed }) => needed > 0), ...disks(context, groups, surgeOf), ...sizes(groups)];
}

interface Placed {
  readonly group: NodeGroup;
  readonly block: TerraformBlock | undefined;
  readonly place: Place;
  readonly pool: KubernetesObject | undefined;
}

function groupShare({ group, pool }: Placed, surge: number): Share {
  const evidence = ofGroup(group);
  const limit = cpuMillis(at(pool?.value, 'spec', 'limits', 'cpu'));
  if (pool !== undefined && limit !== undefined)
    return { amount: Math.floor(limit / 1000), words: `limit of ${group.name}`, evidence };
  const nodes = Math.max(group.max, ...(group.choice ?? []).map(({ max }) => max));
  if (!Number.isFinite(nodes)) return { amount: nodes, words: group.name, evidence };
  const each = largestOf(group);
  const count = surge > 0 ? `(${nodes} + ${surge} of its update)` : `${nodes}`;
  return { amount: (nodes + surge) * each, words: `${count} x ${each} of ${group.name}`, evidence };
}

function instanceShare(block: TerraformBlock, place: Place) {
  const type = textAt(block.value, 'instance_type') ?? '';
  const isSpot = textAt(blocksAt(block.value, 'instance_market_options')[0], 'market_type') === 'spot';
  if (!isStandard(type) || isSpot) return [];
  const amount = vcpusOf(type);
  return [
    { place, share: { amount, words: `${amount} of ${block.name}`, evidence: evidenceIn(block, '/instance_type') } },
  ];
}

const GIB_PER_TIB = 1024;

/** Root volumes of nodes and claims of pods, where they are of type gp3. */
function disks(
  { refer, claims: asked }: QuotaContext,
  groups: readonly Placed[],
  surgeOf: (group: NodeGroup) => number,
): QuotaUse[] {
  const [home = ''] = groups.map(({ place }) => place);
  const roots = groups.flatMap(({ group, block, place }) => {
    if (block === undefined || !Number.isFinite(group.max)) return [];
    const template = templateOf(blocksAt(block.value, 'launch_template')[0], block, refer);
    const type = textAt(blocksAt(blocksAt(template?.value, 'block_device_mappings')[0], 'ebs')[0], 'volume_type');
    if (type !== undefined && type !== 'gp3') return [];
    const each = diskGib(template, block.value);
    const amount = (group.max + surgeOf(group)) * each;
    return [{ place, share: { amount, words: `${amount} GiB of nodes of ${group.name}`, evidence: ofGroup(group) } }];
  });
  const claims = asked.map((share) => ({ place: home, share }));
  return [...grouped([...roots, ...claims], ({ place }) => [place])]
    .map(([place, same]): QuotaUse => {
      const sum = sumOf(same.map(({ share }) => share));
      return {
        ...{ quota: 'gp3Tib' as const, subject: place, place, ...sum },
        needed: Math.ceil(sum.needed / GIB_PER_TIB),
        isOfNodes: true,
      };
    })
    .filter(({ needed }) => needed > 0);
}

/** Nodes of each managed group, which have a quota of their own. */
const sizes = (groups: readonly Placed[]): QuotaUse[] =>
  groups
    .filter(({ block }) => block?.type === 'aws_eks_node_group')
    .map(({ group, place }) => ({
      ...{ quota: 'nodesPerGroup' as const, subject: group.id, place, needed: group.max, isOfNodes: false },
      ...{ words: `max_size ${group.max}`, evidence: [ofGroup(group)] },
    }));
