import { evidenceIn } from '../configured';
import type { Facts, Workload } from '../facts';
import { at, isMembers, type Members, membersAt, numberAt } from '../members';
import { podTemplateOf, type WrittenContainer } from '../pod-template';
import type { Rule, Verdict } from '../rule';
import { compared, unknown } from './compared';

/** Defaults of probes and of Deployments. Source: kubernetes.io, Probe v1 core and DeploymentSpec v1 apps. */
const DEFAULT_PERIOD = 10;
const DEFAULT_FAILURES = 3;
const DEFAULT_DEADLINE = 600;

/** Seconds that a probe gives: its delay, and its failures one period apart. */
const budgetOf = (probe: Members): number =>
  (numberAt(probe, 'initialDelaySeconds') ?? 0) +
  (numberAt(probe, 'failureThreshold') ?? DEFAULT_FAILURES) * (numberAt(probe, 'periodSeconds') ?? DEFAULT_PERIOD);

interface Restarting {
  readonly container: WrittenContainer;
  readonly probe: 'startupProbe' | 'livenessProbe';
  readonly seconds: number;
}

/** What ends a start that takes too long, of each container: its start-up probe, else its liveness probe. */
function restarting(workload: Workload): Restarting[] {
  return (podTemplateOf(workload.object)?.containers ?? [])
    .filter(({ isInit }) => !isInit)
    .flatMap((container) => {
      const probe = (['startupProbe', 'livenessProbe'] as const).find((name) => isMembers(at(container.value, name)));
      return probe === undefined ? [] : [{ container, probe, seconds: budgetOf(membersAt(container.value, probe)) }];
    });
}

const startOf = ({ assumptions: { startSeconds } }: Facts, { id, name }: Workload): number | undefined =>
  startSeconds.get(id) ?? startSeconds.get(name);

/** Probes give a container as long as it takes to start. */
export const startUpFitsItsProbes: Rule = {
  id: 'start-up-fits-its-probes',
  severity: 'error',
  protects:
    'a container that starts more slowly than its probes allow is restarted for ever, mostly when load is highest',
  formula:
    'measured start <= initialDelaySeconds + failureThreshold x periodSeconds of startupProbe (of livenessProbe without one)',
  source: 'kubernetes.io, Configure Liveness, Readiness and Startup Probes',
  scenarios: ['ordinary'],
  judge: (facts) =>
    facts.workloads.flatMap((workload) => {
      const probes = restarting(workload);
      const [main, ...others] = probes;
      if (main === undefined) return [];
      const start = startOf(facts, workload);
      if (start === undefined)
        return [unknown(workload.id, 'how long it takes to start (annotation headroom.dev/start-up)')];
      // sidecars start on their own: the measured start is that of the container that gives itself longest
      const longest = others.reduce((most, one) => (one.seconds > most.seconds ? one : most), main);
      return [probeVerdict(workload, longest, start)];
    }),
};

function probeVerdict(workload: Workload, { container, probe, seconds }: Restarting, start: number): Verdict {
  const period = numberAt(container.value, probe, 'periodSeconds') ?? DEFAULT_PERIOD;
  const delay = numberAt(container.value, probe, 'initialDelaySeconds') ?? 0;
  return compared({
    subject: workload.id,
    evidence: [evidenceIn(workload.object, `${container.pointer}/${probe}`)],
    arithmetic: `it takes ${start} s to start; ${probe} of ${container.name} gives it ${seconds} s`,
    margin: { of: `start of ${workload.id}`, needed: start, available: seconds, unit: 's' },
    remedy: () =>
      probe === 'startupProbe'
        ? `raise failureThreshold to ${Math.ceil((start - delay) / Math.max(1, period))} or more`
        : `add a startupProbe that gives ${start} s or more`,
  });
}

/** A release is not called failed while a pod may still start. */
export const progressDeadlineOutlastsStartUp: Rule = {
  id: 'progress-deadline-outlasts-start-up',
  severity: 'warning',
  protects: 'a release is given up while its first pod still has time to start',
  formula: 'start allowed by probes + minReadySeconds < progressDeadlineSeconds',
  source: 'kubernetes.io, Deployments: progress deadline seconds; Argo Rollouts specification',
  scenarios: ['ordinary'],
  judge: ({ workloads }) =>
    workloads.filter(({ kind }) => kind === 'Deployment' || kind === 'Rollout').flatMap(deadlineVerdict),
};

function deadlineVerdict(workload: Workload): Verdict[] {
  const { value } = workload.object;
  const longest = Math.max(
    0,
    ...restarting(workload)
      .filter(({ probe }) => probe === 'startupProbe')
      .map(({ seconds }) => seconds),
  );
  if (longest === 0) return [];
  const ready = numberAt(value, 'spec', 'minReadySeconds') ?? 0;
  const deadline = numberAt(value, 'spec', 'progressDeadlineSeconds') ?? DEFAULT_DEADLINE;
  const needed = longest + ready + 1;
  return [
    compared({
      subject: workload.id,
      evidence: [workload.evidence('/spec/progressDeadlineSeconds')],
      arithmetic: `${longest} s to start and ${ready} s to be ready, of a deadline of ${deadline} s`,
      margin: { of: `deadline of releases of ${workload.id}`, needed, available: deadline, unit: 's' },
      remedy: () => `raise progressDeadlineSeconds from ${deadline} to ${needed}`,
    }),
  ];
}
