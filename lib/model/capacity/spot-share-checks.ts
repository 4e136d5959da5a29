import { instanceType } from '../../catalog';
import { type Check, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import { Cpu, Duration, Memory, Percent } from '../../units';
import { allocatable } from '../cluster/allocatable';
import { inspectNodeGroup } from '../cluster/node-group';
import type { NodeGroupSpec } from '../cluster/nodes';
import { nodesAt, SPOT_SHARE_DEFAULTS, type SpotShare, type SpotShareSpec, spotShare } from './spot-share';

/** What pods hold at the peak, and must hold when spot has nothing to give. */
export interface CapacityNeed {
  /** Sum of the requests. */
  readonly cpu: Cpu;
  /** Sum of the requests. */
  readonly memory: Memory;
}

const GREATEST = Percent.of(90);

const SHORTEST = Duration.minutes(1);
const LONGEST = Duration.minutes(15);

/** With fewer whole nodes than the target needs, the share is off by more than this (percentage points). */
const NEAR = 5;

const shareOf = ({ share = SPOT_SHARE_DEFAULTS.share }: SpotShareSpec): Percent => share;

const unknownTypes = ({ instanceTypes, onDemand }: SpotShareSpec): string[] =>
  [...instanceTypes, ...onDemand.flatMap((group) => group.instanceTypes)].filter(
    (name) => instanceType(name) === undefined,
  );

/** What is asked of the share before anything can be worked out. */
export const SPOT_SHARE_CHECKS: readonly Check<SpotShareSpec>[] = [
  {
    id: 'spot-share-name-is-free',
    prop: 'name',
    holds: ({ name = SPOT_SHARE_DEFAULTS.name, onDemand }) =>
      isDnsLabel(name) && onDemand.every((group) => group.name !== name),
    rule: 'must be a DNS label that none of the on-demand groups has',
    remedy: 'leave it out for spot',
  },
  {
    id: 'spot-share-is-a-part',
    prop: 'share',
    holds: (spec) => shareOf(spec).inBasisPoints > 0 && shareOf(spec).isAtMost(GREATEST),
    rule: `must be more than 0 and at most ${GREATEST}`,
    received: shareOf,
    remedy: 'leave the group out for none, and keep some nodes on demand',
  },
  {
    id: 'spot-share-has-zones',
    prop: 'zones',
    holds: ({ zones }) => isWholeWithin(zones, 1, 6),
    rule: 'must be a whole number of zones from 1 to 6',
    remedy: 'count the zones of the environment',
  },
  {
    id: 'spot-share-types-are-known',
    prop: 'instanceTypes',
    holds: (spec) =>
      spec.instanceTypes.length > 0 &&
      spec.onDemand.every((group) => group.instanceTypes.length > 0) &&
      unknownTypes(spec).length === 0,
    rule: 'must be types of the catalog here and in each on-demand group, whose CPUs are counted',
    received: (spec) => unknownTypes(spec),
    remedy: 'add their rows to the catalog',
  },
  {
    id: 'spot-share-stands-on-demand',
    prop: 'onDemand',
    holds: ({ onDemand, zones }) =>
      onDemand.every(({ capacity }) => capacity !== 'spot') && nodesAt('desired', onDemand, zones) > 0,
    rule: 'must be groups on demand that have nodes: spot is counted against them',
    received: ({ onDemand }) => onDemand.map(({ name, capacity = 'on-demand' }) => `${name} (${capacity})`),
    remedy: 'list the on-demand groups, with a desired size above 0',
  },
  {
    id: 'spot-share-turns-away-in-time',
    prop: 'provisionTimeout',
    holds: ({ provisionTimeout = SPOT_SHARE_DEFAULTS.provisionTimeout }) =>
      SHORTEST.isAtMost(provisionTimeout) && provisionTimeout.isAtMost(LONGEST),
    rule: `must be from ${SHORTEST} to ${LONGEST}: pods wait that long for a spot node that never comes`,
    remedy: 'use 5m',
  },
];

interface Outcome extends SpotShare {
  readonly target: Percent;
}

/** What is asked of what came out. */
export const SPOT_OUTCOME_CHECKS: readonly Check<Outcome>[] = [
  {
    id: 'spot-share-is-reached',
    severity: 'warning',
    prop: 'share',
    holds: ({ reached, target }) => Math.abs(reached.inBasisPoints - target.inBasisPoints) <= NEAR * 100,
    rule: ({ target }) => `should come within ${NEAR} points of ${target} with whole nodes`,
    received: ({ reached, group }) => `${reached} with ${group.desired} ${group.desired === 1 ? 'node' : 'nodes'}`,
    remedy: 'use smaller types for spot, or accept the share',
  },
];

interface Fallback {
  readonly need: CapacityNeed;
  readonly room: CapacityNeed;
}

/** Room for pods when every on-demand group is at its maximum; the least of a group's types counts. */
export function onDemandRoom(groups: readonly NodeGroupSpec[], zones: number): CapacityNeed {
  const rooms = groups
    .filter(({ capacity }) => capacity !== 'spot')
    .map((group) => {
      const nodes = nodesAt('max', [group], zones);
      const types = group.instanceTypes.flatMap((name) => instanceType(name) ?? []).map((type) => allocatable(type));
      return {
        millis: types.length === 0 ? 0 : nodes * Math.min(...types.map(({ cpu }) => cpu.inMillis)),
        bytes: types.length === 0 ? 0 : nodes * Math.min(...types.map(({ memory }) => memory.inBytes)),
      };
    });
  return {
    cpu: Cpu.millis(rooms.reduce((sum, { millis }) => sum + millis, 0)),
    memory: Memory.bytes(rooms.reduce((sum, { bytes }) => sum + bytes, 0)),
  };
}

/** What is asked of the groups that remain when spot has nothing to give. */
export const SPOT_FALLBACK_CHECKS: readonly Check<Fallback>[] = [
  {
    id: 'spot-share-can-fall-back',
    prop: 'onDemand',
    holds: ({ need, room }) => need.cpu.inMillis <= room.cpu.inMillis && need.memory.inBytes <= room.memory.inBytes,
    rule: ({ need }) =>
      `at their maxima must seat ${need.cpu} CPU and ${mib(need.memory)} by themselves: spot may have nothing to give`,
    received: ({ room }) => `${room.cpu} CPU and ${mib(room.memory)}`,
    remedy: 'raise the maxima of on-demand groups; they cost nothing until they are needed',
  },
];

/** Sums of memory have odd bytes; whole MiB are what people compare. */
const mib = ({ inBytes }: Memory): string => `${Math.floor(inBytes / 2 ** 20)}Mi`;

/**
 * Everything wrong with a share: with what is declared, with the group that follows, and with what remains without it.
 *
 * @param need What the pods of those groups request at the peak. Without it the fallback is not judged.
 */
export function inspectSpotShare(path: string, spec: SpotShareSpec, need?: CapacityNeed): Finding[] {
  const declared = inspect(path, spec, SPOT_SHARE_CHECKS);
  if (declared.length > 0) return declared;
  const outcome = spotShare(spec);
  return [
    ...inspect(path, { ...outcome, target: shareOf(spec) }, SPOT_OUTCOME_CHECKS),
    ...inspectNodeGroup(path, outcome.group),
    ...(need === undefined
      ? []
      : inspect(path, { need, room: onDemandRoom(spec.onDemand, spec.zones) }, SPOT_FALLBACK_CHECKS)),
  ];
}
