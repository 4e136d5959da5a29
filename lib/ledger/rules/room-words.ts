import { MIB } from '../facts/amounts';
import type { Demanded } from '../pack/bound';
import type { Asked, Peak } from '../pack/peak';
import type { Pool } from '../pack/pools';
import type { Problem } from '../pack/problem';
import { ORDERS, seat, unseatedPods } from '../pack/seating';
import { AMOUNT_NAMES, type AmountName, inUnit, written } from '../pack/shapes';
import type { Evidence, Margin } from '../rule';
import { named, ofGroup, ofWorkload } from './fields';

/** Whole MiB of what is counted in bytes, so that what is needed never looks smaller, nor what there is larger. */
const inWhole = (name: AmountName, value: number, round: (amount: number) => number): number =>
  name === 'memory' || name === 'ephemeral storage' ? round(value / MIB) * MIB : value;

/** Workloads and node groups that a verdict names; a remark counts the others. */
export const MOST_NAMED = 4;

export const uniqueGroups = ({ problem }: Pool) => [
  ...new Map(problem.nodes.map(({ group }) => [group.id, group])).values(),
];

export const subjectOf = ({ names }: Pool): string =>
  `nodes ${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more groups` : ''}`;

/** `20 x 1.2 CPU (Deployment shop/main) + 12 others = 39 CPU of 22.6 CPU on 6 nodes of general`. */
export function sumOf({ asked }: Peak, pool: Pool, sum: Demanded | undefined): string {
  if (sum === undefined) return `${pool.problem.pods.length} workloads`;
  const index = AMOUNT_NAMES.indexOf(sum.name);
  const nodes = new Set(sum.nodes.map(({ group, zone }) => `${group.id} ${zone}`));
  const confined = pool.problem.pods.flatMap((set, pod) => {
    const homes = pool.problem.eligible[pod] ?? [];
    const isConfined = homes.every((home) => {
      const node = pool.problem.nodes[home];
      return node !== undefined && nodes.has(`${node.group.id} ${node.zone}`);
    });
    return isConfined ? [{ set, total: set.count * (set.amounts[index] ?? 0) }] : [];
  });
  const sorted = confined.filter(({ total }) => total > 0).sort((one, other) => other.total - one.total);
  const first = sorted
    .slice(0, MOST_NAMED)
    .map(({ set }) =>
      sum.name === 'pods'
        ? `${set.count} (${set.id})`
        : `${set.count} x ${written(sum.name, set.amounts[index] ?? 0)} (${set.id})`,
    );
  const rest = sorted.slice(MOST_NAMED).reduce((total, one) => total + one.total, 0);
  const parts = [...first, ...(rest > 0 ? [`${written(sum.name, rest)} of ${sorted.length - MOST_NAMED} others`] : [])];
  // parts of one group have one name
  const list = [...new Map(sum.nodes.map(({ group }) => [group.name, group])).values()];
  const count = sum.nodes.reduce((total, node) => total + node.count, 0);
  const known = asked.length > 0 ? 'after DaemonSets and add-ons' : '';
  return `${parts.join(' + ')} = ${written(sum.name, sum.needed)} of ${written(sum.name, inWhole(sum.name, sum.available, Math.floor))} on ${count} ${count === 1 ? 'node' : 'nodes'} of ${named(list)} ${known}`.trimEnd();
}

/** What sums do not show: pods that find room in sum, and none on one node. */
export function gapsOf(problem: Problem): string {
  const seatings = ORDERS.map((order) => seat(problem, order)).filter(({ unseated }) => unseated.length > 0);
  const [worst] = [...seatings].sort((one, other) => unseatedPods(other) - unseatedPods(one));
  if (worst === undefined) return '';
  const [most] = [...worst.unseated].sort((one, other) => other.count - one.count);
  const which = most === undefined ? '' : `, ${most.count} of ${most.pods.id} among them`;
  return `what is left lies on too many nodes, or where spread, ports or zones forbid it: ${written('pods', unseatedPods(worst))} without a seat in ${seatings.length} of ${ORDERS.length} orders of arrival${which}`;
}

export const marginOf = ({ name, nodes, needed, available }: Demanded): Margin => ({
  of: `${name} of nodes ${[...new Set(nodes.map(({ group }) => group.name))].slice(0, MOST_NAMED).join(', ')}`,
  needed: inUnit(name, inWhole(name, needed, Math.ceil)).value,
  available: inUnit(name, inWhole(name, available, Math.floor)).value,
  unit: inUnit(name, 0).unit,
});

export function evidenceOf({ asked }: Peak, pool: Pool): readonly Evidence[] {
  const workloads = pool.pods
    .flatMap((pod): Asked[] => {
      const one = asked[pod];
      return one === undefined || one.isRelease ? [] : [one];
    })
    .sort((one, other) => other.set.count * other.set.amounts[0] - one.set.count * one.set.amounts[0]);
  return [
    ...uniqueGroups(pool).slice(0, MOST_NAMED).map(ofGroup),
    ...workloads
      .slice(0, MOST_NAMED)
      .flatMap(({ set, bounds }) => (set.workload === undefined ? [] : [ofWorkload(set.workload, bounds)])),
  ];
}
