import { type Check, type Finding, inspect } from '../../check';
import { Memory } from '../../units';
import { allNodes } from '../capacity/cluster-nodes';
import type { EnvironmentSpec } from '../environment';
import { namedNodes } from '../named-nodes';
import { ARGOCD_NAMESPACE, MONITORING_NAMESPACE } from '../names';
import { inspectSeat } from '../seat-checks';
import { observabilityPlan } from './observability';
import { LOG_STORE_CHECKS, OBSERVABILITY_CHECKS, TRACE_STORE_CHECKS } from './observability-checks';
import { OBSERVABILITY_NAMESPACES } from './observability-names';
import { isReckonable, storedPods } from './observability-pods';

/** An environment that keeps what it measures. */
type Observed = EnvironmentSpec & Required<Pick<EnvironmentSpec, 'observability'>>;

const isObserved = (environment: EnvironmentSpec): environment is Observed => environment.observability !== undefined;

const TAKEN: readonly string[] = [...Object.values(OBSERVABILITY_NAMESPACES), MONITORING_NAMESPACE, ARGOCD_NAMESPACE];

/** The group that volumes are on, if an autoscaler cannot grow it in a chosen zone. */
const unzoned = ({ observability: { nodes }, cluster }: Observed): boolean =>
  cluster.nodeGroups.some(({ name, zones }) => name === nodes && zones !== 'each');

/** What only the rest of the declaration can answer. */
export const OBSERVABILITY_RELATION_CHECKS: readonly Check<Observed>[] = [
  {
    id: 'observability-dashboards-have-telemetry',
    prop: 'observability.dashboards',
    holds: ({ observability: { dashboards = 'on' }, telemetry }) => dashboards === 'off' || telemetry !== undefined,
    rule: "must be 'off' without telemetry, from which dashboards follow",
    received: ({ observability: { dashboards = 'on' } }) => dashboards,
    remedy: 'declare telemetry',
  },
  {
    id: 'observability-nodes-are-declared',
    prop: 'observability.nodes',
    holds: (environment) =>
      environment.observability.nodes === undefined ||
      namedNodes(environment).includes(environment.observability.nodes),
    rule: (environment) => `must be one of the node groups and pools: ${namedNodes(environment).join(', ')}`,
    received: ({ observability }) => observability.nodes,
    remedy: 'use the name of a group of one zone each',
  },
  {
    id: 'observability-volumes-have-nodes-in-their-zone',
    prop: 'observability.nodes',
    severity: 'warning',
    holds: (environment) => !unzoned(environment),
    rule: "should be a node group with zones: 'each': a volume stays in its zone, and a group that spans several cannot be grown in one",
    received: ({ observability }) => observability.nodes,
    remedy: "give the group zones: 'each'",
  },
  {
    id: 'observability-namespace-is-not-the-workloads',
    prop: 'namespace',
    holds: ({ namespace }) => !TAKEN.includes(namespace),
    rule: `must not be one of ${TAKEN.join(', ')}`,
    received: ({ namespace }) => namespace,
    remedy: 'name it after the platform',
  },
  {
    id: 'observability-logs-survive-a-zone',
    prop: 'observability.logs',
    severity: 'warning',
    holds: ({ observability: { logs }, stage, zones }) =>
      logs === undefined || stage === 'development' || ((logs.members ?? 3) >= 3 && zones.length >= 3),
    rule: 'should have three members in three zones: where two of three stand in one zone, its loss stops logs and traces until it is back',
    received: ({ observability: { logs }, zones }) => `${logs?.members ?? 3} members in ${zones.length} zones`,
    remedy: 'use three zones, or accept that logs wait on their nodes meanwhile',
  },
];

/** Everything that is wrong with what an environment keeps of itself; nothing if it keeps nothing. */
export function inspectObservability(path: string, environment: EnvironmentSpec): Finding[] {
  if (!isObserved(environment)) return [];
  const at = `${path}/Observability`;
  const plan = observabilityPlan(environment.observability);
  const { cluster, zones, stage } = environment;
  const findings = [
    ...inspect(at, plan, OBSERVABILITY_CHECKS),
    ...(plan.logs ? inspect(at, plan.logs, LOG_STORE_CHECKS) : []),
    ...(plan.traces ? inspect(at, plan.traces, TRACE_STORE_CHECKS) : []),
    ...inspect(path, environment, OBSERVABILITY_RELATION_CHECKS),
  ];
  if (!isReckonable(plan)) return findings;
  const seats = storedPods(plan, stage === 'development' ? 1 : 2).flatMap(({ name, cpu, memory }) =>
    inspectSeat(`${at}/${name}`, {
      requests: { cpu, memory, ephemeralStorage: Memory.bytes(0) },
      nodes: plan.nodes,
      groups: allNodes(cluster, zones.length),
    }),
  );
  return [...findings, ...seats];
}
