import { type Check, duplicates } from '../../check';
import type { NodeGroupPlan } from '../../model';
import type { Percent } from '../../units';
import { tagsAreAllowed } from '../tags';

/** Where nodes of a declared group are made. */
export interface NodePlace {
  /** Id of the EKS node group below its construct. */
  readonly id: string;
  /** Id of the hints for its autoscaler, beside it. */
  readonly hintsId: string;
  /** Start of its name. */
  readonly prefix: string;
  /** Subnets of all zones, or of the one zone that the place stands for. */
  readonly subnetIds: readonly string[];
  /** Labels that nodes get from where they are, which an autoscaler cannot see while there are none. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A planned group, and the zones it is spread over or repeated in. */
export interface NodeGroupPlacement extends NodeGroupPlan {
  /** Private subnets, one in each zone. */
  readonly subnetIds: readonly string[];
  /** Zones of those subnets, in the same order. */
  readonly zoneNames: readonly string[];
  /** Share of the nodes that an update may replace at once (whole percent, 1-100). */
  readonly maxUnavailable: Percent;
  /** Tags of instances, volumes and interfaces. */
  readonly tags: Readonly<Record<string, string>>;
}

/** EKS' limit of 63, less the suffix that the provider adds. */
const MAX_PREFIX = 37;

/** Says where volumes lie; without it, no pod with a volume could bring up the first node. */
const VOLUME_ZONE_LABEL = 'topology.ebs.csi.aws.com/zone';

const zonePrefix = (name: string, zone: string): string => `${name}-${zone}-`;

const isWholePercent = (share: Percent): boolean => {
  const hundredths = Math.round(share.toRatio() * 10_000);
  return hundredths % 100 === 0 && hundredths >= 100 && hundredths <= 10_000;
};

/** What is asked of zones, updates and tags; `NODE_GROUP_CHECKS` asks the rest. */
export const NODE_GROUP_PLACE_CHECKS: readonly Check<NodeGroupPlacement>[] = [
  {
    id: 'node-group-zones-match-subnets',
    prop: 'zoneNames',
    holds: ({ zoneNames, subnetIds }) =>
      zoneNames.length > 0 && zoneNames.length === subnetIds.length && duplicates(zoneNames).length === 0,
    rule: ({ subnetIds }) => `must name a different zone for each subnet, of which there are ${subnetIds.length}`,
    remedy: 'list zones and subnets in the same order',
  },
  {
    id: 'node-group-zone-names-fit',
    prop: 'name',
    holds: ({ name, zones, zoneNames }) =>
      zones === 'all' || zoneNames.every((zone) => zonePrefix(name, zone).length <= MAX_PREFIX),
    rule: ({ zoneNames }) => `must fit into ${MAX_PREFIX} characters with hyphens and any of ${zoneNames.join(', ')}`,
    remedy: 'shorten it',
  },
  {
    id: 'node-group-update-share-is-possible',
    prop: 'maxUnavailable',
    holds: ({ maxUnavailable }) => isWholePercent(maxUnavailable),
    rule: 'must be a whole percentage from 1 to 100',
    remedy: 'use 33 %, a third of the nodes at a time',
  },
  tagsAreAllowed('node-group-tags-are-allowed'),
];

/** One place over all zones, or one in each. */
export function nodePlaces({ name, zones, zoneNames, subnetIds }: NodeGroupPlacement): NodePlace[] {
  if (zones === 'all') return [{ id: 'Resource', hintsId: 'Hints', prefix: `${name}-`, subnetIds, labels: {} }];
  return zoneNames.map((zone, index) => ({
    id: zone,
    hintsId: `Hints-${zone}`,
    prefix: zonePrefix(name, zone),
    subnetIds: subnetIds.slice(index, index + 1),
    labels: { [VOLUME_ZONE_LABEL]: zone },
  }));
}
