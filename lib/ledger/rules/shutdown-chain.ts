import type { Facts, NodeGroup, Workload } from '../facts';
import { ASSUMPTION_NAMES } from '../facts/assumed';
import { labelsOf, refusal } from '../pack/fits';
import type { Evidence, Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';
import { type Entrance, entrances } from './entrances';
import { stopHooks } from './stop-hooks';

/** Seconds from the start of a deregistration until a load balancer sends nothing more, by reports of its users. */
const UNTIL_NOTHING_COMES = 10;

/** Seconds between the notice of a spot instance and its end. */
const SPOT_NOTICE = 120;

const hookEvidence = (workload: Workload, pointer: string): Evidence[] => [
  workload.evidence(pointer),
  workload.evidence('/spec/template/spec/terminationGracePeriodSeconds'),
];

const isServing = ({ kind }: Workload): boolean => kind !== 'Job' && kind !== 'CronJob';

/** A pod has time left when its hook is done. */
export const graceCoversTheStopHook: Rule = {
  id: 'grace-covers-the-stop-hook',
  severity: 'error',
  protects:
    'the grace period runs while the hook does: what it leaves nothing of is killed in the middle of its requests',
  formula: 'seconds of preStop + 1 <= terminationGracePeriodSeconds',
  source: 'kubernetes.io, Pod Lifecycle: termination of Pods',
  scenarios: ['ordinary'],
  judge: ({ workloads, assumptions: { stopHookSeconds } }) =>
    workloads.filter(isServing).flatMap((workload) => hookVerdict(workload, stopHookSeconds.get(workload.id))),
};

function hookVerdict(workload: Workload, told: number | undefined): Verdict[] {
  const { seconds, unknownIn, pointer } = stopHooks(workload, told);
  const grace = workload.shape.terminationGraceSeconds;
  if (unknownIn !== undefined)
    return [
      unknown(
        workload.id,
        `how long the stop hook of container ${unknownIn} takes at most (annotation ${ASSUMPTION_NAMES.stopHook})`,
      ),
    ];
  if (seconds === 0) return [];
  return [
    compared({
      subject: workload.id,
      evidence: hookEvidence(workload, pointer),
      arithmetic: `the hook takes ${seconds} s of a grace period of ${grace} s`,
      margin: { of: `time to stop of ${workload.id}`, needed: seconds + 1, available: grace, unit: 's' },
      remedy: () => `raise terminationGracePeriodSeconds from ${grace} to at least ${seconds + 30}`,
    }),
  ];
}

/** Pods go on serving until their load balancer has stopped sending. */
export const podsOutliveTheirTargets: Rule = {
  id: 'pods-outlive-their-targets',
  severity: 'error',
  protects:
    'a pod that stops at once is still sent requests for seconds, and one that is killed early cuts off what it has',
  formula: `preStop >= ${UNTIL_NOTHING_COMES} s and terminationGracePeriodSeconds >= deregistration delay`,
  source:
    'kubernetes-sigs/aws-load-balancer-controller issues 1064, 1719 and 2106; ALB user guide, deregistration delay',
  scenarios: ['ordinary'],
  judge: (facts) => entrances(facts).flatMap(targetVerdicts),
};

function targetVerdicts({ workload, deregistrationSeconds, toNodes, evidence }: Entrance): Verdict[] {
  if (toNodes) return [];
  const { seconds, unknownIn, pointer } = stopHooks(workload);
  const grace = workload.shape.terminationGraceSeconds;
  const all = [...hookEvidence(workload, pointer), ...evidence];
  const notice: Verdict =
    unknownIn !== undefined && seconds < UNTIL_NOTHING_COMES
      ? unknown(workload.id, `how long the stop hook of container ${unknownIn} takes at least`)
      : compared({
          subject: workload.id,
          evidence: all,
          arithmetic: `requests come for up to ${UNTIL_NOTHING_COMES} s after a pod is told to stop; its hook holds it for ${seconds} s`,
          margin: {
            of: `notice of ${workload.id} to its load balancer`,
            needed: UNTIL_NOTHING_COMES,
            available: seconds,
            unit: 's',
          },
          remedy: () =>
            `let preStop sleep for ${UNTIL_NOTHING_COMES} s, and raise the grace period from ${grace} by as much`,
          ...(seconds > 0 && { severity: 'warning' as const }),
        });
  if (deregistrationSeconds === undefined) {
    return [notice, unknown(workload.id, 'the target group that its binding names')];
  }
  const life = compared({
    subject: workload.id,
    evidence: all,
    arithmetic: `its load balancer waits ${deregistrationSeconds} s for requests; the pod is killed after ${grace} s`,
    margin: { of: `time to finish of ${workload.id}`, needed: deregistrationSeconds, available: grace, unit: 's' },
    remedy: () =>
      `lower the deregistration delay from ${deregistrationSeconds} to ${grace}, or raise terminationGracePeriodSeconds to ${deregistrationSeconds}`,
    severity: 'warning',
  });
  return [notice, life];
}

/** Pods on spot nodes stop within the notice. */
export const graceFitsTheSpotNotice: Rule = {
  id: 'grace-fits-the-spot-notice',
  severity: 'warning',
  protects: 'a spot node is gone two minutes after its notice, and with it every pod that wanted longer',
  formula: `terminationGracePeriodSeconds <= ${SPOT_NOTICE} s for pods that may run on spot nodes`,
  source: 'Amazon EC2 user guide, spot instance interruption notices',
  scenarios: ['spot-lost'],
  judge: (facts) => facts.workloads.filter(isServing).flatMap((workload) => spotVerdict(facts, workload)),
};

const takes = (group: NodeGroup, { shape }: Workload): boolean =>
  [undefined, ...group.zones].some((zone) => refusal(shape, labelsOf(group, zone), group.taints) === undefined);

function spotVerdict({ nodeGroups }: Facts, workload: Workload): Verdict[] {
  const spot = nodeGroups.filter((group) => group.capacity === 'spot' && takes(group, workload));
  const grace = workload.shape.terminationGraceSeconds;
  const [first] = spot;
  if (first === undefined || workload.kind === 'DaemonSet') return [];
  return [
    compared({
      subject: workload.id,
      evidence: [
        workload.evidence('/spec/template/spec/terminationGracePeriodSeconds'),
        ...spot.map((group) => group.evidence('/capacity_type')),
      ],
      arithmetic: `it may run on ${spot.map(({ name }) => name).join(', ')} and takes up to ${grace} of ${SPOT_NOTICE} s to stop`,
      margin: { of: `spot notice of ${workload.id}`, needed: grace, available: SPOT_NOTICE, unit: 's' },
      remedy: () =>
        `lower terminationGracePeriodSeconds from ${grace} to ${SPOT_NOTICE}, or keep it on on-demand nodes`,
    }),
  ];
}
