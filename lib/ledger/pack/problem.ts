import type { PodShape } from '../facts';
import { onceFor } from '../once-for';
import { refusal } from './fits';
import { type NodeSet, type PodSet, timesIn } from './shapes';
import { type Terms, termsOf } from './terms';

/** Pods to be seated, nodes to seat them on, and what of both goes together. */
export interface Problem {
  readonly pods: readonly PodSet[];
  readonly nodes: readonly NodeSet[];
  /** By pod set: nodes that admit it, by index, whatever room they have. */
  readonly eligible: readonly (readonly number[])[];
  /** By pod set: nodes over which spread is counted: those that its selectors admit, tainted ones too unless it says otherwise. */
  readonly domain: readonly (readonly number[])[];
  readonly terms: Terms;
}

interface Admission {
  readonly eligible: readonly number[];
  readonly domain: readonly number[];
}

/** What admits a pod depends on nothing else of it. */
const signature = onceFor((shape: PodShape): string =>
  JSON.stringify([shape.nodeSelector, shape.nodeAffinity, shape.tolerations, honorsTaints(shape)]),
);

/** Whether tainted nodes are no places for any of its spread; where one constraint counts them, all do, which is the stricter way. */
function honorsTaints({ spread }: PodShape): boolean {
  const required = spread.filter((rule) => rule.required && rule.kind === 'spread');
  return required.length > 0 && required.every((rule) => rule.honorsTaints === true);
}

/** Finds out once which nodes admit which pods, for every order in which they are then seated. */
export function problem(pods: readonly PodSet[], nodes: readonly NodeSet[]): Problem {
  const known = new Map<string, Admission>();
  const admissions = pods.map(({ shape }): Admission => {
    const key = signature(shape);
    const before = known.get(key);
    if (before !== undefined) return before;
    const eligible = indexes(nodes, ({ labels, group }) => refusal(shape, labels, group.taints) === undefined);
    const domain = honorsTaints(shape)
      ? eligible
      : indexes(nodes, ({ labels }) => refusal(shape, labels, []) === undefined);
    const found = { eligible, domain };
    known.set(key, found);
    return found;
  });
  const placesOf = (set: number, topologyKey: string): number => {
    const there = (admissions[set]?.domain ?? [])
      .flatMap((index) => nodes[index] ?? [])
      .filter(({ count }) => count > 0);
    return new Set(there.map(({ labels }) => labels[topologyKey])).size;
  };
  return {
    pods,
    nodes,
    eligible: admissions.map(({ eligible }) => eligible),
    domain: admissions.map(({ domain }) => domain),
    terms: termsOf(pods, placesOf),
  };
}

const indexes = (nodes: readonly NodeSet[], isMeant: (node: NodeSet) => boolean): readonly number[] =>
  nodes.flatMap((node, index) => (isMeant(node) ? [index] : []));

/** Whether a pod goes onto an empty node that admits it. */
export const hasHome = ({ pods, nodes, eligible }: Problem, pod: number): boolean => {
  const set = pods[pod];
  return (
    set !== undefined &&
    (eligible[pod] ?? []).some((index) => {
      const node = nodes[index];
      return node !== undefined && timesIn(node.free, set.amounts) > 0;
    })
  );
};

/** The same question about some of the pods and nodes. */
export function part(whole: Problem, pods: readonly number[], nodes: readonly number[]): Problem {
  if (pods.length === whole.pods.length && nodes.length === whole.nodes.length) return whole;
  const renumbered = new Map(nodes.map((node, index) => [node, index]));
  const known = new Map<readonly number[], readonly number[]>();
  const only = (list: readonly number[]): readonly number[] => {
    const found = known.get(list) ?? list.flatMap((node) => renumbered.get(node) ?? []);
    known.set(list, found);
    return found;
  };
  return {
    pods: pods.flatMap((pod) => whole.pods[pod] ?? []),
    nodes: nodes.flatMap((node) => whole.nodes[node] ?? []),
    eligible: pods.map((pod) => only(whole.eligible[pod] ?? NONE)),
    domain: pods.map((pod) => only(whole.domain[pod] ?? NONE)),
    terms: pods.map((pod) => whole.terms[pod] ?? { own: [], borne: [] }),
  };
}

const NONE: readonly number[] = [];

/** A problem with other counts of pods or nodes: who admits whom stays. */
export const recounted = (
  { eligible, domain, terms }: Problem,
  pods: readonly PodSet[],
  nodes: readonly NodeSet[],
): Problem => ({ pods, nodes, eligible, domain, terms });
