import type { Facts, NodeGroup } from '../facts';
import { grouped } from '../rules/behind';
import { groupsOf, type Homed, homesOf } from '../rules/homes';
import { type Claim, claimsOf } from './claims';

/** A workload whose pods have volumes of EBS, and the nodes that admit them. */
export interface VolumeHome {
  readonly homed: Homed;
  readonly claims: readonly Claim[];
  readonly groups: readonly NodeGroup[];
}

/** Workloads with volumes of EBS. */
export function volumeHomes(facts: Facts): VolumeHome[] {
  const claims = grouped(
    claimsOf(facts).filter(({ isEbs }) => isEbs),
    ({ workload }) => [workload.id],
  );
  if (claims.size === 0) return [];
  // the others need no home here; what runs on every node takes room on it
  const workloads = facts.workloads.filter(({ id, kind }) => kind === 'DaemonSet' || claims.has(id));
  return homesOf({ ...facts, workloads }).flatMap((homed) => {
    const own = claims.get(homed.workload.id);
    return own === undefined ? [] : [{ homed, claims: own, groups: groupsOf(homed.nodes) }];
  });
}

/** Homes that are the same groups of nodes. */
export const bySameGroups = (homes: readonly VolumeHome[]): readonly (readonly VolumeHome[])[] => [
  ...grouped(homes, ({ groups }) => [JSON.stringify(groups.map(({ id }) => id).sort())]).values(),
];

export const isKarpenter = ({ id }: NodeGroup): boolean => id.startsWith('NodePool ');

export const zonesOf = (groups: readonly NodeGroup[]): string[] =>
  [...new Set(groups.flatMap(({ zones }) => zones))].sort();
