import { INSTANCE_TYPES, type InstanceType, instanceType } from '../../catalog';
import { HOURS_PER_MONTH, SPOT_SAVING, unitPrice } from '../../catalog/prices';
import { type NodePoolSpec, nodePoolPlan } from '../capacity/node-pool';
import { nodeGroupPlan } from '../cluster/node-group';
import type { CapacityType, NodeGroupSpec } from '../cluster/nodes';
import { type CostLine, costLine, type Unpriced } from './monthly-cost';
import { always, type Range, scaled } from './range';

/** A part of a bill. */
export interface Costs {
  readonly lines: readonly CostLine[];
  readonly unpriced: readonly Unpriced[];
}

/** Both parts together, in order. */
export const together = (parts: readonly Costs[]): Costs => ({
  lines: parts.flatMap(({ lines }) => lines),
  unpriced: parts.flatMap(({ unpriced }) => unpriced),
});

/** What is left of a price when that many percent are saved. */
const rest = (saving: number): number => (100 - saving) / 100;

/** Spot at its best, as planned, and when it is worth as much as on demand. */
const SPOT: Range = {
  min: rest(SPOT_SAVING.facts.most),
  expected: rest(SPOT_SAVING.facts.expected),
  max: rest(SPOT_SAVING.facts.least),
};

const bought = (onDemand: Range, capacity: CapacityType): Range =>
  scaled(onDemand, capacity === 'spot' ? SPOT : always(1));

const sourceOf = (capacity: CapacityType): string =>
  capacity === 'spot'
    ? `${INSTANCE_TYPES.source}; savings of ${SPOT_SAVING.asOf}: ${SPOT_SAVING.source}`
    : INSTANCE_TYPES.source;

/** The cheapest of the types, the preferred one, and the dearest. */
function hourly(types: readonly InstanceType[]): Range {
  const prices = types.map(({ usdPerHour }) => usdPerHour);
  return { min: Math.min(...prices), expected: prices[0] ?? Number.NaN, max: Math.max(...prices) };
}

/** Cheapest node of a pool by the core, the preferred one, and the dearest (USD an hour). */
const hourlyByCore = (types: readonly InstanceType[]): Range =>
  hourly(types.map((type) => ({ ...type, usdPerHour: type.usdPerHour / type.vcpus })));

/** Cores of a pool up to its limit, as far as it is used. Root volumes are not known before the nodes are. */
export function poolCosts(pool: NodePoolSpec, use: Range): Costs {
  const { name, instanceTypes, capacity, limits } = nodePoolPlan(pool);
  const item = `cores of pool ${name}`;
  const types = instanceTypes.flatMap((type) => instanceType(type) ?? []);
  if (types.length === 0 || types.length < instanceTypes.length) {
    return { lines: [], unpriced: [{ item, reason: 'the catalog has no price of some of its types' }] };
  }
  const cores = costLine({
    item,
    quantity: scaled(use, (limits.cpu.inMillis / 1000) * HOURS_PER_MONTH),
    unit: 'hour',
    unitUsd: bought(hourlyByCore(types), capacity),
    source: sourceOf(capacity),
  });
  const volumes = { item: `root volumes of pool ${name}`, reason: 'how many nodes share its cores is not known' };
  return { lines: [cores], unpriced: [volumes] };
}

/** Nodes of a group and their root volumes. A group of each zone counts once for every zone. */
export function nodeGroupCosts(group: NodeGroupSpec, zones: number): Costs {
  const { name, instanceTypes, capacity, min, desired, max, rootVolume, zones: place } = nodeGroupPlan(group, 'none');
  const unknown = instanceTypes.filter((type) => instanceType(type) === undefined);
  const types = instanceTypes.flatMap((type) => instanceType(type) ?? []);
  const nodes = scaled({ min, expected: desired, max }, place === 'each' ? zones : 1);
  const item = `nodes of ${name}`;
  const gp3 = unitPrice('gp3-storage');
  const volumes = costLine({
    item: `root volumes of ${name}`,
    quantity: scaled(nodes, rootVolume.inBytes / 2 ** 30),
    unit: gp3.unit,
    unitUsd: gp3.usd,
    source: gp3.source,
  });
  if (types.length === 0 || unknown.length > 0) {
    const named = unknown.length > 0 ? unknown.join(', ') : 'a type';
    return { lines: [volumes], unpriced: [{ item, reason: `the catalog has no price of ${named}` }] };
  }
  const nodeHours = costLine({
    item,
    quantity: scaled(nodes, HOURS_PER_MONTH),
    unit: 'hour',
    unitUsd: bought(hourly(types), capacity),
    source: sourceOf(capacity),
  });
  return { lines: [nodeHours, volumes], unpriced: [] };
}
