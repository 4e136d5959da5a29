import { autoscalerLimits } from '../cloud/autoscaler-limits';
import { classVerdicts, ZONE_KEYS } from '../cloud/storage-classes';
import { bySameGroups, isKarpenter, type VolumeHome, volumeHomes, zonesOf } from '../cloud/volume-homes';
import type { Facts } from '../facts';
import type { Rule, Verdict } from '../rule';
import { compared } from './compared';
import { named, ofGroup } from './fields';
import { mostPods } from './homes';

/** A volume lies in one zone: its pod finds a node there, also after the node is gone. */
export const volumesHaveNodesInTheirZone: Rule = {
  id: 'volumes-have-nodes-in-their-zone',
  severity: 'warning',
  protects:
    'a pod waits for its volume: there is no node in the zone that the volume was made in, or an autoscaler that cannot choose zones adds one in another',
  formula:
    'volumes are made where their pod goes (WaitForFirstConsumer); zones that a class allows have nodes that admit its pods; with ' +
    'Cluster Autoscaler each zone has a group of its own; the loss of a zone leaves a pod of each workload',
  source:
    'Kubernetes, "Storage Classes", volume binding mode; kubernetes/autoscaler, cluster-autoscaler/cloudprovider/aws/README.md, "Common Notes and Gotchas"',
  scenarios: ['ordinary', 'zone-lost'],
  judge: (facts, scenario) => {
    const homes = volumeHomes(facts).filter(({ groups }) => zonesOf(groups).length > 0);
    return scenario === 'zone-lost'
      ? homes.flatMap(afterALoss)
      : [
          ...classVerdicts(homes, zonesOf(facts.nodeGroups)),
          ...(hasClusterAutoscaler(facts) ? bySameGroups(homes).flatMap(groupsByZone) : []),
        ];
  },
};

const hasClusterAutoscaler = (facts: Facts): boolean => autoscalerLimits(facts).length > 0;

/** Cluster Autoscaler asks a group for a node, not a zone for one. */
function groupsByZone(homes: readonly VolumeHome[]): Verdict[] {
  const groups = (homes[0]?.groups ?? []).filter((group) => !isKarpenter(group));
  const zones = zonesOf(groups);
  if (zones.length === 0) return [];
  const single = zones.filter((zone) => groups.some((group) => group.zones.length === 1 && group.zones[0] === zone));
  const wide = groups.filter((group) => group.zones.length > 1);
  const subject = `volumes on nodes ${named(groups)}`;
  return [
    compared({
      subject,
      evidence: (wide.length > 0 ? wide : groups).slice(0, 4).map(ofGroup),
      arithmetic: `volumes may lie in ${zones.join(', ')}; ${single.length} of ${zones.length} zones have a group of their own${wide.length > 0 ? `, and ${named(wide)} ${wide.length > 1 ? 'span' : 'spans'} several` : ''}`,
      margin: {
        of: `groups of one zone for ${subject}`,
        needed: zones.length,
        available: single.length,
        unit: 'zones',
      },
      remedy: () =>
        `make one group for each of ${zones.filter((zone) => !single.includes(zone)).join(', ')}, with --balance-similar-node-groups`,
    }),
  ];
}

/** Volumes stay where they are: what lies in the lost zone waits for it. */
function afterALoss({ homed, claims, groups }: VolumeHome): Verdict[] {
  const { workload, bounds } = homed;
  const zones = zonesOf(groups);
  if (workload.kind === 'Job' || workload.kind === 'CronJob' || bounds.floor < 2 || zones.length < 2) return [];
  const isSpread = workload.shape.spread.some(
    ({ topologyKey, matchLabels }) =>
      ZONE_KEYS.includes(topologyKey) &&
      Object.entries(matchLabels).every(([key, value]) => workload.shape.labels[key] === value),
  );
  const fullest = isSpread ? Math.ceil(bounds.floor / zones.length) : bounds.floor;
  const available = bounds.floor - fullest;
  return [
    compared({
      subject: workload.id,
      evidence: [
        workload.evidence(`${workload.podPointer}/topologySpreadConstraints`),
        ...claims.slice(0, 1).map(({ evidence }) => evidence),
      ],
      arithmetic: `${bounds.floor} pods with volumes ${isSpread ? `spread over ${zones.length} zones` : 'may all stand in one zone'}: ${available} are left where it is lost, and volumes do not move`,
      margin: { of: `pods of ${workload.id} without a zone`, needed: 1, available, unit: 'pods' },
      remedy: () =>
        `spread ${mostPods(homed)} pods over zones (topologySpreadConstraints by topology.kubernetes.io/zone)`,
    }),
  ];
}
