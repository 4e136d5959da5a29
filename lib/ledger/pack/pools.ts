import { type Problem, part } from './problem';

/** Node groups that some pods may choose between, and all pods that go to any of them. */
export interface Pool {
  /** Names of its groups, in the order they were read. */
  readonly names: readonly string[];
  readonly problem: Problem;
  /** Where its pods and nodes stand in the problem that it is a part of. */
  readonly pods: readonly number[];
  readonly nodes: readonly number[];
}

/** Takes a problem apart into those that have nothing to do with one another. Groups that no pod goes to are left out. */
export function poolsOf(whole: Problem): readonly Pool[] {
  const { pods, nodes, eligible } = whole;
  const parent = nodes.map((_, index) => index);
  const rootOf = (node: number): number => {
    let root = node;
    while (parent[root] !== undefined && parent[root] !== root) root = parent[root] ?? root;
    parent[node] = root;
    return root;
  };
  const join = (one: number, other: number): void => {
    parent[rootOf(other)] = rootOf(one);
  };
  const firstOfGroup = new Map<string, number>();
  nodes.forEach(({ group }, index) => {
    const first = firstOfGroup.get(group.id);
    if (first === undefined) firstOfGroup.set(group.id, index);
    else join(first, index);
  });
  // pods that the same nodes admit share one list
  for (const list of new Set(eligible)) for (const node of list) join(list[0] ?? node, node);
  const members = new Map<number, { readonly pods: number[]; readonly nodes: number[] }>();
  const of = (root: number) => {
    const found = members.get(root) ?? { pods: [], nodes: [] };
    members.set(root, found);
    return found;
  };
  for (const node of nodes.keys()) of(rootOf(node)).nodes.push(node);
  pods.forEach((_, pod) => {
    const [first] = eligible[pod] ?? [];
    if (first !== undefined) of(rootOf(first)).pods.push(pod);
  });
  return [...members.values()]
    .filter((member) => member.pods.length > 0)
    .map((member) => ({
      names: [...new Set(member.nodes.flatMap((node) => nodes[node]?.group.name ?? []))],
      problem: part(whole, member.pods, member.nodes),
      pods: member.pods,
      nodes: member.nodes,
    }));
}
