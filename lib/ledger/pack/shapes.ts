import type { NodeGroup, PodShape, Resources, Workload } from '../facts';
import { MIB } from '../facts/amounts';

/** What a node has and a pod takes, in the order that packing compares. */
export const AMOUNT_NAMES = ['CPU', 'memory', 'ephemeral storage', 'pods'] as const;

export type AmountName = (typeof AMOUNT_NAMES)[number];

/** Millicores, bytes, bytes, pods. */
export type Amounts = readonly [cpuMillis: number, memoryBytes: number, ephemeralBytes: number, pods: number];

/** Equal pods. */
export interface PodSet {
  /** `Deployment acgs/auth-service`, with what it is made for where that is a release. */
  readonly id: string;
  /** What it comes from; undefined for what a cluster add-on runs. */
  readonly workload: Workload | undefined;
  readonly namespace: string | undefined;
  readonly shape: PodShape;
  /** Each takes one of the pods that a node seats. */
  readonly amounts: Amounts;
  readonly count: number;
  /** Pods of a release; their spread is counted apart from that of what they replace. */
  readonly colour: 'current' | 'next';
}

/** Equal nodes of one group in one zone, less what DaemonSets take on each. */
export interface NodeSet {
  readonly group: NodeGroup;
  /** Undefined where the subnets of the group are not known. */
  readonly zone: string | undefined;
  readonly count: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Left on each for pods that are not of a DaemonSet. */
  readonly free: Amounts;
}

export const NOTHING: Amounts = [0, 0, 0, 0];

export const amountsOf = ({ cpuMillis, memoryBytes, ephemeralBytes }: Resources, pods: number): Amounts => [
  cpuMillis,
  memoryBytes,
  ephemeralBytes,
  pods,
];

/** `left + times x right`; `times` may be negative. */
export const combine = (left: Amounts, times: number, right: Amounts): Amounts => [
  left[0] + times * right[0],
  left[1] + times * right[1],
  left[2] + times * right[2],
  left[3] + times * right[3],
];

/** How many times `each` goes into `free`; a pod takes at least its seat, so never without end. */
export function timesIn(free: Amounts, each: Amounts): number {
  let times = Math.floor(free[3] / each[3]);
  if (each[0] > 0) times = Math.min(times, Math.floor(free[0] / each[0]));
  if (each[1] > 0) times = Math.min(times, Math.floor(free[1] / each[1]));
  if (each[2] > 0) times = Math.min(times, Math.floor(free[2] / each[2]));
  return Math.max(times, 0);
}

/** Largest share of a node that the amounts take, by any of them. */
export function dominantShare(amounts: Amounts, whole: Amounts): number {
  let share = 0;
  for (let index = 0; index < amounts.length; index += 1) {
    const [part = 0, all = 0] = [amounts[index], whole[index]];
    if (part > 0) share = Math.max(share, all > 0 ? part / all : Number.POSITIVE_INFINITY);
  }
  return share;
}

/** `3.92 CPU`, `14162 Mi`, `58 pods`: an amount as sums in findings write it. */
export function written(name: AmountName, value: number): string {
  switch (name) {
    case 'CPU':
      return `${round(value / 1000)} CPU`;
    case 'pods':
      return `${value} ${value === 1 ? 'pod' : 'pods'}`;
    default:
      return `${Math.ceil(value / MIB)} Mi${name === 'memory' ? '' : ` of ${name}`}`;
  }
}

/** Three decimals, and none that says nothing. */
const round = (value: number): string => `${Math.round(value * 1000) / 1000}`;

/** An amount in the unit that margins are given in. */
export function inUnit(name: AmountName, value: number): { readonly value: number; readonly unit: string } {
  switch (name) {
    case 'CPU':
      return { value, unit: 'm' };
    case 'pods':
      return { value, unit: 'pods' };
    default:
      return { value: Math.round(value / MIB), unit: 'Mi' };
  }
}
