import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel } from '../../check';
import { CHAOS_DAYS, CHAOS_START_DEADLINE, type ChaosExperimentSpec } from '../../model';
import { type Labels, selectorLabels, standardLabels } from '../labels';
import type { FaultSpec, PodSelection } from './chaos-kinds';

/** A fault that comes again, and whose pods it is made in. */
export interface ChaosExperimentProps {
  /** What is done, to whom and when: a service's pods are known by its name. */
  readonly experiment: ChaosExperimentSpec;
  /** Namespace of the pods, and of the experiment itself (DNS label, not one of Kubernetes). */
  readonly namespace: string;
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

/** What is said about the object; what makes an experiment sound is known where its services are declared. */
export const CHAOS_OBJECT_CHECKS: readonly Check<ChaosExperimentProps>[] = [
  {
    id: 'chaos-object-is-named',
    prop: 'experiment.name',
    holds: ({ experiment: { name } }) => isDnsLabel(name) && name.length <= 40,
    rule: 'must be 1-40 of a-z, 0-9 and inner hyphens: names of its runs are longer',
    received: ({ experiment }) => experiment.name,
    remedy: 'name it after what it does to whom',
  },
  {
    id: 'chaos-object-spares-kubernetes',
    prop: 'namespace',
    holds: ({ namespace }) => isDnsLabel(namespace) && namespace !== 'default' && !namespace.startsWith('kube-'),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens, not default and not kube-…',
    remedy: 'use the namespace of the workloads',
  },
  {
    id: 'chaos-object-has-a-time',
    prop: 'experiment.at',
    holds: ({ experiment: { at, days } }) =>
      TIME.test(at) && days.length > 0 && days.every((day) => CHAOS_DAYS.includes(day)),
    rule: 'must be a time of day in UTC such as 10:00, on at least one working day',
    received: ({ experiment: { at, days } }) => [at, ...days],
    remedy: 'choose an hour at which people are at work',
  },
];

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Runs that can be looked at afterwards. */
const HISTORY = 5;

const cron = ({ at, days }: ChaosExperimentSpec): string => {
  const [, hour, minute] = TIME.exec(at) ?? [];
  const numbers = CHAOS_DAYS.flatMap((day, index) => (days.includes(day) ? [index + 1] : []));
  return `${Number(minute)} ${Number(hour)} * * ${numbers.join(',')}`;
};

const podsOf = (service: string, namespace: string) => ({
  namespaces: [namespace],
  labelSelectors: selectorLabels(service),
});

/** Pods of the service that are hit: running ones, drawn anew each time. */
function selection({ service, share }: ChaosExperimentSpec, namespace: string): PodSelection {
  const selector = podsOf(service, namespace);
  return share === undefined
    ? { mode: 'one', selector }
    : { mode: 'fixed-percent', value: `${share.toPercent()}`, selector };
}

/** The service that is cut off is hit on the side of the chosen pods alone; others reach it as before. */
const opposite = (to: string, namespace: string): PodSelection => ({ mode: 'all', selector: podsOf(to, namespace) });

function fault(experiment: ChaosExperimentSpec, namespace: string): FaultSpec {
  const hit = selection(experiment, namespace);
  if (experiment.action === 'pod-kill') {
    return { type: 'PodChaos', podChaos: { action: 'pod-kill', gracePeriod: 0, ...hit } };
  }
  const target = opposite(experiment.to, namespace);
  const duration = `${experiment.duration.toSeconds()}s`;
  if (experiment.action === 'partition') {
    const networkChaos = { action: 'partition', ...hit, direction: 'both', target, duration } as const;
    return { type: 'NetworkChaos', networkChaos };
  }
  const { latency, jitter } = experiment;
  const delay = {
    latency: `${latency.inMillis}ms`,
    ...(jitter && { jitter: `${jitter.inMillis}ms` }),
  };
  return { type: 'NetworkChaos', networkChaos: { action: 'delay', ...hit, direction: 'to', target, duration, delay } };
}

/**
 * A fault at its hour, in pods of one service and nowhere else: one that is missed is left out, and none begins while the one
 * before lasts. It is held with `kubectl annotate schedules.chaos-mesh.org <name> experiment.chaos-mesh.org/pause=true`; deleting
 * the object ends a fault that is under way.
 *
 * @example
 * new ChaosExperiment(chart, 'Kill', {
 *   namespace: 'shop',
 *   experiment: {
 *     name: 'lose-a-pod', action: 'pod-kill', service: 'orders', hypothesis: 'Nobody notices',
 *     days: ['tuesday'], at: '10:00',
 *   },
 * });
 */
export class ChaosExperiment extends Construct {
  /** Findings about the props; builds nothing. */
  static inspect(path: string, props: ChaosExperimentProps): Finding[] {
    return inspect(path, props, CHAOS_OBJECT_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ChaosExperimentProps) {
    super(scope, id);
    const { experiment, namespace, labels, partOf } = props;
    enforce(this, ChaosExperiment.inspect(this.node.path, props));
    const { name, hypothesis } = experiment;
    new ApiObject(this, 'Resource', {
      apiVersion: 'chaos-mesh.org/v1alpha1',
      kind: 'Schedule',
      metadata: {
        name,
        namespace,
        labels: { ...labels, ...standardLabels(name, 'chaos', partOf) },
        annotations: { 'headroom.dev/hypothesis': hypothesis },
      },
      spec: {
        schedule: cron(experiment),
        startingDeadlineSeconds: CHAOS_START_DEADLINE.toSeconds(),
        concurrencyPolicy: 'Forbid',
        historyLimit: HISTORY,
        ...fault(experiment, namespace),
      },
    });
  }
}
