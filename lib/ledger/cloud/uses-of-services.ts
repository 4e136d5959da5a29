import { evidenceIn } from '../configured';
import type { Facts } from '../facts';
import type { Refer } from '../facts/references';
import { at, numberAt, textAt } from '../members';
import { autoscalersByTarget, boundsOf, extraOf } from '../pack/demand';
import { grouped, podsBehind } from '../rules/behind';
import { ofWorkload } from '../rules/fields';
import { blockName, type TerraformBlock } from '../source';
import { type Places, placeName } from './places';
import type { QuotaContext } from './quota-context';
import { countOf, type QuotaUse, sumOf } from './quota-use';

/** What databases, caches, clusters and roles take of quotas. */
export function usesOfServices({ facts, places, refer }: QuotaContext): QuotaUse[] {
  const resources = facts.blocks.filter(({ mode }) => mode === 'resource');
  const of = (...types: readonly string[]) => resources.filter(({ type }) => types.includes(type));
  return [
    ...countOf('databaseInstances', of('aws_db_instance', 'aws_rds_cluster_instance'), places.of),
    ...databaseStorage(of('aws_db_instance'), refer, places),
    ...cacheNodes(of('aws_elasticache_replication_group', 'aws_elasticache_cluster'), places),
    ...countOf('clusters', of('aws_eks_cluster'), places.of),
    ...ofOwners('nodeGroups', of('aws_eks_node_group'), 'cluster_name', places),
    ...ofOwners('podIdentityAssociations', of('aws_eks_pod_identity_association'), 'cluster_name', places),
    ...countOf('roles', of('aws_iam_role'), (role) => placeName('', places.accountOf(role))),
    ...policies(of('aws_iam_role_policy_attachment'), refer, places),
    ...targets(facts, resources, places),
  ];
}

/** Storage that instances may grow to; of a replica as much as of its source where it says nothing. */
function databaseStorage(all: readonly TerraformBlock[], refer: Refer, places: Places): QuotaUse[] {
  const sizeOf = ({ value }: TerraformBlock): number | undefined => {
    const written = [numberAt(value, 'allocated_storage'), numberAt(value, 'max_allocated_storage')];
    const known = written.filter((size) => size !== undefined);
    return known.length === 0 ? undefined : Math.max(...known);
  };
  const shares = all.flatMap((block) => {
    const [source] = refer(at(block.value, 'replicate_source_db'), block);
    const amount = sizeOf(block) ?? (source === undefined ? undefined : sizeOf(source));
    if (amount === undefined) return [];
    const evidence = evidenceIn(block, '/max_allocated_storage');
    return [{ place: places.of(block), share: { amount, words: `${amount} GiB of ${block.name}`, evidence } }];
  });
  return [...grouped(shares, ({ place }) => [place])].map(([place, same]) => ({
    ...{ quota: 'databaseGib' as const, subject: place, place, isOfNodes: false },
    ...sumOf(same.map(({ share }) => share)),
  }));
}

function cacheNodes(all: readonly TerraformBlock[], places: Places): QuotaUse[] {
  const shares = all.map((block) => {
    const { value } = block;
    const shards = numberAt(value, 'num_node_groups') ?? 1;
    const members = numberAt(value, 'num_cache_clusters') ?? numberAt(value, 'num_cache_nodes');
    const amount = members ?? shards * ((numberAt(value, 'replicas_per_node_group') ?? 0) + 1);
    return {
      place: places.of(block),
      share: { amount, words: `${amount} of ${block.name}`, evidence: evidenceIn(block, '') },
    };
  });
  return [...grouped(shares, ({ place }) => [place])].map(([place, same]) => ({
    ...{ quota: 'cacheNodes' as const, subject: place, place, isOfNodes: false },
    ...sumOf(same.map(({ share }) => share)),
  }));
}

/** Blocks by what they all name, as a cluster. */
const ofOwners = (
  quota: QuotaUse['quota'],
  all: readonly TerraformBlock[],
  member: string,
  places: Places,
): QuotaUse[] =>
  [...grouped(all, ({ stack, value }) => [`${stack} ${textAt(value, member) ?? ''}`])].flatMap(([, same]) => {
    const [first] = same;
    const name = textAt(first?.value, member) ?? '';
    const subject = name.includes('${') ? (/aws_eks_cluster\.([\w-]+)/.exec(name)?.[1] ?? name) : name;
    return countOf(quota, same, places.of).map((use) => ({ ...use, subject: `cluster ${subject}` }));
  });

const policies = (all: readonly TerraformBlock[], refer: Refer, places: Places): QuotaUse[] => {
  const attached = all.flatMap((attachment) =>
    refer(at(attachment.value, 'role'), attachment)
      .filter(({ type }) => type === 'aws_iam_role')
      .map((role) => ({ role, attachment })),
  );
  return [...grouped(attached, ({ role }) => [blockName(role)])].map(([name, same]) => ({
    ...{ quota: 'policiesPerRole' as const, subject: name, isOfNodes: false, needed: same.length },
    place: placeName('', places.accountOf((same[0] as (typeof same)[number]).role)),
    words: `${same.length} policies`,
    evidence: same.slice(0, 4).map(({ attachment }) => evidenceIn(attachment, '/role')),
  }));
};

/** Pods that a TargetGroupBinding registers, each of which is a target, also while they are released. */
function targets(facts: Facts, resources: readonly TerraformBlock[], places: Places): QuotaUse[] {
  const services = new Map(
    facts.objects.filter(({ kind }) => kind === 'Service').map((one) => [`${one.namespace ?? ''}/${one.name}`, one]),
  );
  const bindings = facts.objects.filter(({ kind }) => kind === 'TargetGroupBinding');
  if (bindings.length === 0) return [];
  const pods = podsBehind(facts);
  const scalers = autoscalersByTarget(facts);
  const groups = grouped(
    resources.filter(({ type }) => type === 'aws_lb_target_group'),
    ({ value }) => [textAt(value, 'name') ?? ''],
  );
  return bindings.flatMap((binding): QuotaUse[] => {
    const service = services.get(
      `${binding.namespace ?? ''}/${textAt(binding.value, 'spec', 'serviceRef', 'name') ?? ''}`,
    );
    const [group] = groups.get(textAt(binding.value, 'spec', 'targetGroupName') ?? '') ?? [];
    if (service === undefined || group === undefined) return [];
    const own = pods(service).map((workload) => {
      const bounds = boundsOf(scalers, workload);
      const amount = bounds.ceiling + extraOf(workload, bounds.ceiling);
      return { amount, words: `${amount} pods of ${workload.name}`, evidence: ofWorkload(workload, bounds) };
    });
    return [
      { quota: 'targetsPerGroup', subject: blockName(group), place: places.of(group), ...sumOf(own), isOfNodes: false },
    ];
  });
}
