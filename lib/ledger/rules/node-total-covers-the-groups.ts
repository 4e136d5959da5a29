import { evidenceIn } from '../configured';
import type { Facts, NodeGroup } from '../facts';
import { at, isMembers, listAt, pointerTo, textAt } from '../members';
import type { Evidence, Rule, Verdict } from '../rule';
import type { Json } from '../source';
import { compared, unknown } from './compared';
import { ofGroup } from './fields';

/** The most nodes that a Cluster Autoscaler lets there be leaves every group its maximum. */
export const nodeTotalCoversTheGroups: Rule = {
  id: 'node-total-covers-the-groups',
  severity: 'warning',
  protects:
    'maxima of node groups that nobody can reach: the autoscaler stops, whichever groups grew first, and pods wait',
  formula:
    'sum of max_size of the groups on demand (of all, where none is) <= --max-nodes-total of the Cluster Autoscaler',
  source: 'kubernetes/autoscaler, cluster-autoscaler/FAQ.md, parameter max-nodes-total (0: no limit)',
  scenarios: ['ordinary'],
  judge: (facts) => {
    const groups = facts.nodeGroups.filter(({ id }) => !id.startsWith('NodePool '));
    return groups.length === 0 ? [] : totalsOf(facts).map((total) => verdictOf(total, groups));
  },
};

interface Total {
  readonly subject: string;
  readonly nodes: number;
  readonly evidence: Evidence;
}

function verdictOf({ subject, nodes, evidence }: Total, all: readonly NodeGroup[]): Verdict {
  const clusters = new Set(all.map(({ cluster }) => cluster));
  if (clusters.size > 1) return unknown(subject, `one cluster at a time, got ${[...clusters].join(', ')}`);
  const onDemand = all.filter(({ capacity }) => capacity === 'on-demand');
  // spot nodes stand in for others, which come back when spot is taken away
  const groups = onDemand.length > 0 ? onDemand : all;
  const sum = (of: (group: NodeGroup) => number): number => groups.reduce((total, group) => total + of(group), 0);
  const needed = sum(({ max }) => max);
  const each = groups.map(({ name, min, max, desired }) => `${name} ${min}-${max} (${desired} at first)`);
  const rest = all.length - groups.length;
  return compared({
    subject,
    evidence: [evidence, ...groups.slice(0, 4).map(ofGroup)],
    arithmetic: `${each.join(' + ')} = ${sum(({ min }) => min)}-${needed} nodes (${sum(({ desired }) => desired)} at first)${rest > 0 ? `, ${rest} of spot apart` : ''}; the autoscaler stops at ${nodes}`,
    margin: { of: `nodes that ${subject} allows`, needed, available: nodes, unit: 'nodes' },
    remedy: () => {
      const [most] = [...groups].sort((one, other) => other.max - one.max);
      const left = most === undefined ? 0 : most.max - (needed - nodes);
      return [
        `raise max-nodes-total from ${nodes} to ${needed}`,
        ...(most !== undefined && left >= Math.max(most.min, 1)
          ? [`lower max_size of ${most.name} from ${most.max} to ${left}`]
          : []),
      ].join(', or ');
    },
  });
}

const FLAG = /^--?max-nodes-total(?:=(\d{1,6}))?$/;

/** Totals that are told to a Cluster Autoscaler: by arguments of its pods, or by values of the chart that makes it. */
function totalsOf({ workloads, objects }: Facts): readonly Total[] {
  const ofPods = workloads.flatMap(({ id: subject, pod, podPointer, evidence }) =>
    listAt(pod, 'containers').flatMap((container, index) =>
      (['command', 'args'] as const).flatMap((list) =>
        listAt(container, list).flatMap((word, position, words): readonly Total[] => {
          const match = FLAG.exec(typeof word === 'string' ? word : '');
          const nodes = match === null ? 0 : Number(match[1] ?? words[position + 1]);
          const pointer = `${podPointer}${pointerTo('containers', index, list, position)}`;
          return nodes > 0 ? [{ subject, nodes, evidence: evidence(pointer) }] : [];
        }),
      ),
    ),
  );
  const ofCharts = objects
    .filter(({ kind }) => kind === 'Application' || kind === 'HelmRelease')
    .flatMap((object) =>
      valuesOf(object.value).flatMap(({ value, pointer }): readonly Total[] => {
        const nodes = typeof value === 'string' ? fromText(value) : Number(at(value, 'extraArgs', 'max-nodes-total'));
        const name = `${object.kind} ${textAt(object.value, 'metadata', 'name') ?? ''}`;
        return nodes > 0 ? [{ subject: name, nodes, evidence: evidenceIn(object, pointer) }] : [];
      }),
    );
  return [...ofPods, ...ofCharts];
}

const fromText = (values: string): number =>
  Number(/^\s+["']?max-nodes-total["']?:\s*["']?(\d{1,6})\b/m.exec(values)?.[1] ?? 0);

/** Values of a chart: of Argo CD as members or text, of Flux as members. */
function valuesOf(object: Json): readonly { readonly value: Json; readonly pointer: string }[] {
  const sources = [
    ...[at(object, 'spec', 'source')].map((source) => ({ source, pointer: '/spec/source' })),
    ...listAt(object, 'spec', 'sources').map((source, index) => ({ source, pointer: `/spec/sources/${index}` })),
  ];
  return [
    ...sources.flatMap(({ source, pointer }) =>
      ['valuesObject', 'values'].map((name) => ({
        value: at(source, 'helm', name),
        pointer: `${pointer}/helm/${name}`,
      })),
    ),
    { value: at(object, 'spec', 'values'), pointer: '/spec/values' },
  ].flatMap(({ value, pointer }) => (isMembers(value) || typeof value === 'string' ? [{ value, pointer }] : []));
}
