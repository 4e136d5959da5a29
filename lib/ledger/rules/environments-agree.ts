import type { Facts, Workload } from '../facts';
import { foundations } from '../promises/foundations';
import { type Likeness, likenesses } from '../promises/likeness';
import { paired } from '../promises/paired';
import type { Evidence, Rule, Verdict } from '../rule';

/** What is rehearsed in one environment is what runs in the other. */
export const environmentsAgree: Rule = {
  id: 'environments-agree',
  severity: 'warning',
  protects:
    'a release that worked where it was rehearsed fails where it counts: another port, variable, probe or version',
  formula:
    'this environment and its reference have the same workloads, containers, ports, probes, variables, mounts, security ' +
    'and guards; sizes, replicas, hosts and tags may differ. An error: engines and majors of databases, processors and ' +
    'systems of nodes, and a Kubernetes that is older in the reference or more than one minor newer',
  source: 'The Twelve-Factor App, X. Dev/prod parity; kubernetes.io, Version Skew Policy',
  scenarios: ['ordinary'],
  judge: (facts) =>
    facts.reference === undefined
      ? []
      : [...workloadVerdicts(facts, facts.reference), ...foundations(facts, facts.reference)],
};

/** What ends by itself: that it was rehearsed and is not needed here does no harm. */
const ends = ({ kind }: Workload): boolean => kind === 'Job' || kind === 'CronJob' || kind === 'Pod';

/** What runs once for each content is named after it. */
const nameOf = ({ kind, name }: Workload): string => (kind === 'Job' ? name.replace(/-[0-9a-f]{6,}$/, '') : name);

function workloadVerdicts(here: Facts, there: Facts): Verdict[] {
  // of one of them only the other side was given
  if (here.workloads.length === 0 || there.workloads.length === 0) return [];
  const { pairs, onlyHere, onlyThere } = paired(here.workloads, there.workloads, [
    (one) => `${one.kind} ${one.namespace}/${nameOf(one)}`,
    (one) => `${one.namespace}/${nameOf(one)}`,
    (one) => `${one.kind} ${nameOf(one)}`,
    nameOf,
  ]);
  const [mine, theirs] = [likenesses(here), likenesses(there)];
  return [
    ...pairs.map((pair) => alike(pair.here, mine(pair.here), theirs(pair.there), evidenceOf(pair.here, pair.there))),
    ...onlyHere.map((one) =>
      lone(one, 'it runs here and not in the reference, where nothing of it is rehearsed', 'add it there'),
    ),
    ...onlyThere
      .filter((one) => !ends(one))
      .map((one) => lone(one, 'it runs in the reference and not here', 'take it away there, or add it here')),
  ];
}

const evidenceOf = (...workloads: readonly Workload[]): readonly Evidence[] =>
  workloads.map((workload) => workload.evidence(workload.podPointer));

const lone = (workload: Workload, arithmetic: string, remedy: string): Verdict => ({
  outcome: 'broken',
  subject: workload.id,
  evidence: evidenceOf(workload),
  arithmetic,
  remedy: `${remedy}, or accept it with a reason`,
});

/** Differences that are spelled out, of each field. */
const MOST = 4;

function alike({ id }: Workload, here: Likeness, there: Likeness, evidence: readonly Evidence[]): Verdict {
  const fields = [...new Set([...here.keys(), ...there.keys()])];
  const differing = fields.flatMap((field) => {
    const [own, others] = [here.get(field) ?? [], there.get(field) ?? []];
    const parts = [
      ['only here', without(own, others)],
      ['only in the reference', without(others, own)],
    ] as const;
    const words = parts.flatMap(([where, list]) => (list.length === 0 ? [] : [`${where} ${short(list)}`]));
    return words.length === 0 ? [] : [`${field}: ${words.join(', ')}`];
  });
  if (differing.length === 0)
    return { outcome: 'holds', subject: id, evidence, arithmetic: `alike in ${fields.length} respects` };
  return {
    outcome: 'broken',
    subject: id,
    evidence,
    arithmetic: differing.join('; '),
    remedy: 'make both the same, or accept the difference with a reason',
  };
}

function without(list: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return list.filter((one) => !known.has(one));
}

const short = (list: readonly string[]): string =>
  list.slice(0, MOST).join(' and ') + (list.length > MOST ? ` and ${list.length - MOST} more` : '');
