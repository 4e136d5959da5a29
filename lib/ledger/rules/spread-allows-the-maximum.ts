import type { SpreadRule, Workload } from '../facts';
import { everything } from '../pack/demand';
import { HOSTNAME_LABEL } from '../pack/fits';
import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { ofGroup, ofWorkload } from './fields';
import { groupsOf, type Homed, homesOf, mostPods } from './homes';

/** There are as many places as pods that must have one each. */
export const spreadAllowsTheMaximum: Rule = {
  id: 'spread-allows-the-maximum',
  severity: 'error',
  protects:
    'pods above the number of nodes, or zones, stay Pending however much room there is: the true maximum is lower than the written one',
  formula:
    'pods at the maximum and of a surge <= nodes (zones) that admit them, with required anti-affinity to their own kind or host ports',
  source: 'Kubernetes scheduler, filters InterPodAffinity and NodePorts',
  scenarios: ['ordinary'],
  judge: (facts) =>
    facts.nodeGroups.length === 0 || !everything(facts).some(needsPlaces)
      ? []
      : homesOf(facts).flatMap((homed) => places(homed).map((place) => judge(homed, place))),
};

const needsPlaces = ({ shape }: Workload): boolean =>
  shape.hostPorts.length > 0 || shape.spread.some(({ kind, required }) => kind === 'anti-affinity' && required);

interface Place {
  readonly name: string;
  readonly count: number | undefined;
  readonly why: string;
}

/** What each pod must have one of for itself. */
function places({ workload: { shape }, nodes }: Homed): readonly Place[] {
  const hosts = nodes.reduce((sum, { count }) => sum + count, 0);
  const own = shape.spread.filter(
    ({ kind, required, matchLabels }) =>
      required &&
      kind === 'anti-affinity' &&
      Object.entries(matchLabels).every(([label, value]) => shape.labels[label] === value),
  );
  const ports =
    shape.hostPorts.length > 0 ? [{ name: 'nodes', count: hosts, why: `host port ${shape.hostPorts[0]}` }] : [];
  return [...own.map((rule) => placeOf(rule, nodes, hosts)), ...ports];
}

function placeOf({ topologyKey }: SpreadRule, nodes: Homed['nodes'], hosts: number): Place {
  const why = `anti-affinity by ${topologyKey}`;
  if (topologyKey === HOSTNAME_LABEL) return { name: 'nodes', count: hosts, why };
  const values = nodes.filter(({ count }) => count > 0).map(({ labels }) => labels[topologyKey]);
  const name = topologyKey.endsWith('/zone') ? 'zones' : `values of ${topologyKey}`;
  return { name, count: values.includes(undefined) ? undefined : new Set(values).size, why };
}

function judge(homed: Homed, { name, count, why }: Place): Verdict {
  const { workload, bounds, nodes } = homed;
  const subject = `${workload.id} by ${why}`;
  if (count === undefined)
    return unknown(
      subject,
      `${name} of ${groupsOf(nodes)
        .map((group) => group.name)
        .join(', ')}`,
    );
  const needed = mostPods(homed);
  const surge = needed - bounds.ceiling;
  const field = bounds.autoscaler === undefined ? 'replicas' : 'maxReplicas';
  return compared({
    subject,
    evidence: [ofWorkload(workload, bounds), ...groupsOf(nodes).slice(0, 3).map(ofGroup)],
    arithmetic: `${bounds.ceiling} pods${surge > 0 ? ` + ${surge} of a surge` : ''} need ${name} of their own (${why}): ${needed} of ${count}`,
    margin: { of: `${name} for ${workload.id}`, needed, available: count, unit: 'pods' },
    remedy: () =>
      `${count - surge > 0 ? `lower ${field} from ${bounds.ceiling} to ${count - surge}, or prefer` : 'prefer'} the anti-affinity instead of requiring it${name === 'nodes' ? `, or raise the maximum of a group by ${needed - count}` : ''}`,
  });
}
