import type { Facts, NodeGroup, Workload } from '../facts';
import { ASSUMPTION_NAMES } from '../facts/assumed';
import { autoscalersByTarget, type Bounds, boundsOf } from '../pack/demand';
import { labelsOf, refusal } from '../pack/fits';
import type { Rule, Scenario, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { ofWorkload } from './fields';

type ByTarget = ReturnType<typeof autoscalersByTarget>;

/** At its most pods a workload bears the load that it is promised for, and without a zone until its pods are replaced. */
export const ceilingsCoverDeclaredLoad: Rule = {
  id: 'ceilings-cover-declared-load',
  severity: 'error',
  protects: 'an autoscaler at its maximum has nothing left to give: what comes above it waits, and then fails',
  formula:
    'declared load <= most pods x measured rate of a pod; with a zone lost, a warning: <= (most pods - most pods / zones, rounded up) x rate',
  source: 'the arithmetic itself, with pods as evenly over zones as spreading keeps them',
  scenarios: ['ordinary', 'zone-lost'],
  judge: (facts, scenario) => {
    const byTarget = autoscalersByTarget(facts);
    const places = scenario === 'zone-lost' ? placesOf(facts) : [];
    return facts.workloads.flatMap((workload) => verdictOf(facts, workload, byTarget, places, scenario));
  },
};

/** Of a workload for which a load or a rate is known; of the others nobody has promised anything. */
function verdictOf(
  facts: Facts,
  workload: Workload,
  byTarget: ByTarget,
  places: readonly Place[],
  scenario: Scenario,
): Verdict[] {
  const known = (of: ReadonlyMap<string, number>): number | undefined => of.get(workload.id) ?? of.get(workload.name);
  const load = known(facts.assumptions.declaredLoad);
  const rate = known(facts.assumptions.ratePerPod);
  if (load === undefined) return [];
  const bounds = boundsOf(byTarget, workload);
  if (scenario === 'zone-lost')
    return rate === undefined || load > bounds.ceiling * rate
      ? []
      : [withoutAZone(places, workload, bounds, load, rate)];
  if (rate === undefined)
    return [
      unknown(workload.id, `the rate that a pod was measured to bear (annotation ${ASSUMPTION_NAMES.ratePerPod})`),
    ];
  const { ceiling } = bounds;
  const available = ceiling * rate;
  return [
    compared({
      subject: workload.id,
      evidence: [ofWorkload(workload, bounds)],
      arithmetic: `${load} requests/s of ${ceiling} pods x ${rate} = ${available} requests/s`,
      margin: { of: `load of ${workload.id}`, needed: load, available, unit: 'requests/s' },
      remedy: () => `raise ${boundName(bounds)} from ${ceiling} to ${Math.ceil(load / rate)}`,
    }),
  ];
}

const boundName = ({ autoscaler }: Bounds): string => (autoscaler === undefined ? 'replicas' : 'maxReplicas');

/** A zone of a group of nodes, or all of a group whose zones are not known. */
interface Place {
  readonly zone: string | undefined;
  readonly labels: ReturnType<typeof labelsOf>;
  readonly taints: NodeGroup['taints'];
}

const placesOf = ({ nodeGroups }: Facts): readonly Place[] =>
  nodeGroups.flatMap((group) =>
    (group.zones.length === 0 ? [undefined] : group.zones).map((zone) => ({
      zone,
      labels: labelsOf(group, zone),
      taints: group.taints,
    })),
  );

/** Zones of nodes that may run its pods; undefined where that is not known of all. */
function zonesOf(places: readonly Place[], { shape }: Workload): number | undefined {
  const zones = new Set(
    places.flatMap(({ zone, labels, taints }) => (refusal(shape, labels, taints) === undefined ? [zone] : [])),
  );
  return zones.size === 0 || zones.has(undefined) ? undefined : zones.size;
}

/** Pods that are left when the zone with most of them is gone. */
const left = (pods: number, zones: number): number => pods - Math.ceil(pods / zones);

function withoutAZone(
  places: readonly Place[],
  workload: Workload,
  bounds: Bounds,
  load: number,
  rate: number,
): Verdict {
  const zones = zonesOf(places, workload);
  if (zones === undefined) return unknown(workload.id, 'the zones of the nodes that may run it');
  const { ceiling } = bounds;
  const pods = left(ceiling, zones);
  const available = pods * rate;
  return compared({
    subject: workload.id,
    evidence: [ofWorkload(workload, bounds)],
    arithmetic: `${load} requests/s of ${pods} of ${ceiling} pods in ${zones} zones x ${rate} = ${available} requests/s, until pods are replaced`,
    margin: { of: `load of ${workload.id} without a zone`, needed: load, available, unit: 'requests/s' },
    remedy: () =>
      zones === 1
        ? 'let it run in a second zone'
        : `raise ${boundName(bounds)} from ${ceiling} to ${enough(Math.ceil(load / rate), zones)}`,
    severity: 'warning',
  });
}

/** Fewest pods of which so many are left: `pods - ceil(pods / zones) >= needed`, solved for `pods`. */
const enough = (needed: number, zones: number): number => needed + Math.ceil(needed / (zones - 1));
