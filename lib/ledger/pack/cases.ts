import type { Facts, NodeGroup } from '../facts';
import { isMembers, listAt, textAt } from '../members';
import type { Scenario } from '../rule';
import { blockName } from '../source';
import { everything } from './demand';
import { ZONE_LABELS } from './fits';
import type { Loss } from './supply';

/** One thing that may happen, and what must have seats when it does. */
export interface Case {
  /** End of a sentence: `with zone us-west-2a gone`; empty on the ordinary day. */
  readonly when: string;
  readonly loss: Loss;
  readonly releases: 'none' | 'largest' | 'all';
}

/** What a scenario means for pods and nodes. None where it does not concern what was read. */
export function casesOf(facts: Facts, scenario: Scenario): readonly Case[] {
  const zones = [...new Set(facts.nodeGroups.flatMap((group) => group.zones))].sort();
  switch (scenario) {
    case 'ordinary':
      return [{ when: '', loss: { of: 'nothing' }, releases: 'largest' }];
    case 'promotion':
      return [{ when: 'while every service is released', loss: { of: 'nothing' }, releases: 'all' }];
    case 'zone-lost':
    case 'zone-replaced': {
      const replaced = scenario === 'zone-replaced';
      if (zones.length < 2) return [];
      return (areZonesAlike(facts) ? zones.slice(0, 1) : zones).map((zone) => ({
        when: `with zone ${zone} gone${replaced ? ' and its nodes made up for' : ''}`,
        loss: { of: 'zone', zone, replaced },
        releases: 'none',
      }));
    }
    case 'spot-lost':
      return facts.nodeGroups.some(({ capacity }) => capacity === 'spot')
        ? [{ when: 'with all spot nodes taken back', loss: { of: 'spot' }, releases: 'none' }]
        : [];
    case 'node-update':
      return facts.nodeGroups
        .filter((group) => takesFirst(facts, group))
        .map(({ id, name }) => ({
          when: `while nodes of ${name} are updated`,
          loss: { of: 'update', group: id },
          releases: 'none',
        }));
    case 'region-lost':
      return [];
    default: {
      const unknown: never = scenario;
      return unknown;
    }
  }
}

/** Whether it makes no difference which zone is lost: all groups lie in all zones, and no pod names one. */
function areZonesAlike(facts: Facts): boolean {
  const zonesOf = ({ zones }: NodeGroup): string => [...new Set(zones)].sort().join();
  if (new Set(facts.nodeGroups.map(zonesOf)).size !== 1) return false;
  return everything(facts).every(({ shape: { nodeSelector, nodeAffinity } }) =>
    [...Object.keys(nodeSelector), ...nodeAffinity.flat().map(({ key }) => key)].every(
      (label) => !ZONE_LABELS.includes(label),
    ),
  );
}

/**
 * Whether an update takes nodes before it adds any: an instance refresh, or a managed group that says MINIMAL. Other
 * managed groups add nodes first, beyond their maximum. Source: EKS user guide, "Understand each phase of node updates".
 */
function takesFirst({ blocks }: Facts, { id }: NodeGroup): boolean {
  const block = blocks.find((one) => blockName(one) === id);
  if (block === undefined) return false;
  if (block.type === 'aws_autoscaling_group') return block.value.instance_refresh !== undefined;
  const config = block.value.update_config;
  const first = isMembers(config) ? config : listAt(block.value, 'update_config')[0];
  return textAt(first, 'update_strategy') === 'MINIMAL';
}
