import type { RecordingRule } from '../../model';
import { Duration } from '../../units';
import type { AlertDefinition, DefinedGroup } from './alert';
import { BY_SERVICE, inNamespace, ofAutoscalers } from './promql';
import type { Watched } from './watched';

const BY_AUTOSCALER = 'namespace, horizontalpodautoscaler';

const hpa = (name: string): string => `kube_horizontalpodautoscaler_${name}`;

const records = (watched: Watched): RecordingRule[] =>
  watched.workloads.map(({ name, autoscaler }) => ({
    record: 'service:replicas_desired:count',
    expr: `max(${hpa('status_desired_replicas')}${inNamespace(watched, `horizontalpodautoscaler="${autoscaler}"`)})`,
    labels: { namespace: watched.environment.namespace, service: name },
  }));

function alerts(watched: Watched): AlertDefinition[] {
  const { plan } = watched;
  const of = (name: string, ...matchers: readonly string[]): string =>
    `${hpa(name)}${inNamespace(watched, ofAutoscalers(watched), ...matchers)}`;
  const on = `on (${BY_AUTOSCALER})`;
  return [
    {
      alert: 'AutoscalerAtCeiling',
      expr:
        `${of('status_current_replicas')} >= ${on} ${of('spec_max_replicas')}` +
        ` and ${on} (${of('status_condition', 'condition="ScalingLimited"', 'status="true"')} == 1)` +
        ` and ${on} (${of('spec_max_replicas')} > ${on} ${of('spec_min_replicas')})`,
      for: Duration.minutes(5),
      severity: 'warning',
      summary: '{{ $labels.horizontalpodautoscaler }} wants more pods than it may have',
      description: 'It has had {{ $value }} pods, its maximum, for 5 minutes, and is held back by it.',
      dashboard: 'scaling',
      steps: [
        'See whether the load is real, and whether each pod does what it was measured to do.',
        'Raise `scaling.max` of the service; synthesis says what else has to grow: nodes, addresses, connections.',
      ],
    },
    {
      alert: 'AutoscalingFailure',
      expr:
        `max by (${BY_AUTOSCALER}, condition) ` +
        `(${of('status_condition', 'condition=~"AbleToScale|ScalingActive"', 'status="false"')}) == 1`,
      for: Duration.minutes(2),
      severity: 'critical',
      summary: '{{ $labels.horizontalpodautoscaler }} cannot scale',
      description: 'Its condition {{ $labels.condition }} has been false for 2 minutes: load that grows finds no pods.',
      dashboard: 'activity',
      steps: [
        'Read the reason: `kubectl describe hpa`.',
        'If a metric is missing, ask the API for it: `kubectl get --raw /apis/custom.metrics.k8s.io/v1beta1`, `/apis/external.metrics.k8s.io/v1beta1`, `/apis/metrics.k8s.io/v1beta1`.',
        'See that its adapter and Prometheus run, and that the series is there.',
        'Until then set the number of pods by hand, above what the load needs.',
      ],
    },
    {
      alert: 'ScalingEventsFrequent',
      expr: `changes(${of('status_desired_replicas')}[1h]) > ${plan.scalingEventsPerHour}`,
      for: Duration.seconds(0),
      severity: 'warning',
      summary: '{{ $labels.horizontalpodautoscaler }} changes its mind too often',
      description: `It wanted another number of pods {{ $value }} times in an hour, more than ${plan.scalingEventsPerHour}.`,
      dashboard: 'activity',
      steps: [
        'Lengthen `scaleDown.stabilizationSeconds`, or make its steps smaller.',
        'See whether a metric jumps between two values, as averages over few pods do.',
      ],
    },
    {
      alert: 'PodsPending',
      expr: `max by (namespace, pod) (kube_pod_status_phase${inNamespace(watched, 'phase="Pending"')}) == 1`,
      for: Duration.minutes(5),
      severity: 'warning',
      summary: '{{ $labels.pod }} finds no node',
      description: 'It has been pending for 5 minutes, which is longer than a new node takes.',
      dashboard: 'scaling',
      steps: [
        'Read the event of the pod: `kubectl describe pod`.',
        'If resources are missing, see whether node groups are at their maximum, and what the node autoscaler says.',
        'If a volume cannot follow its pod, the group of its zone needs a node.',
      ],
    },
  ];
}

/** Whether autoscalers can do what they are for. */
export const autoscalingRules = (watched: Watched): DefinedGroup => ({
  name: 'autoscaling',
  records: [],
  alerts: alerts(watched),
});

/** Whether pods that are wanted come, beside those that are ready. */
export const scaleUpRules = (watched: Watched): DefinedGroup => ({
  name: 'scale-up',
  records: records(watched),
  alerts: [
    {
      alert: 'ScaleUpSlow',
      expr: `service:replicas_desired:count > on (${BY_SERVICE}) service:pods_ready:count`,
      for: watched.plan.scaleUpWithin,
      severity: 'warning',
      summary: '{{ $labels.service }} waits for pods',
      description: `It has wanted {{ $value }} pods for ${watched.plan.scaleUpWithin}, and has not that many ready.`,
      dashboard: 'activity',
      steps: [
        'See whether pods are Pending (PodsPending), starting, or failing.',
        'Compare the time that a pod needs to start with `health.startWithin`.',
      ],
    },
  ],
});
