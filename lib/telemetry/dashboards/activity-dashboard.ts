import { DASHBOARDS } from '../rules/alert';
import { inNamespace } from '../rules/promql';
import type { Watched } from '../rules/watched';
import { type DashboardSpec, panel, redFrom } from './panel';
import { AUTOSCALER, hpa, PODS, title } from './panel-parts';

/** What autoscalers want, what they get, and what stands in the way. */
export function activityDashboard(subject: Watched): DashboardSpec {
  const most = subject.plan.scalingEventsPerHour;
  return {
    uid: DASHBOARDS.activity,
    title: title(subject, 'autoscaling'),
    rows: [
      {
        title: 'Wanted and there',
        panels: [
          panel('Wanted pods', PODS, 'What autoscalers ask for.', 'service:replicas_desired:count', '{{service}}'),
          panel('Ready pods', PODS, 'What can serve.', 'service:pods_ready:count', '{{service}}'),
          panel(
            'Missing pods',
            PODS,
            `ScaleUpSlow rings after ${subject.plan.scaleUpWithin}.`,
            'service:replicas_desired:count - on (namespace, service) service:pods_ready:count',
            '{{service}}',
            redFrom(1),
          ),
          panel(
            'Changes in an hour',
            'short',
            `ScalingEventsFrequent rings above ${most}.`,
            `changes(${hpa(subject, 'status_desired_replicas')}[1h])`,
            AUTOSCALER,
            redFrom(most),
          ),
        ],
      },
      {
        title: 'What stands in the way',
        panels: [
          panel(
            'Autoscalers that cannot scale',
            'short',
            'AutoscalingFailure rings for each.',
            `sum by (horizontalpodautoscaler) (${hpa(subject, 'status_condition', 'condition=~"AbleToScale|ScalingActive"', 'status="false"')})`,
            AUTOSCALER,
            redFrom(1),
          ),
          panel(
            'Pods without a node',
            PODS,
            'PodsPending rings after 5 minutes.',
            `sum(kube_pod_status_phase${inNamespace(subject, 'phase="Pending"')})`,
            'pending',
            redFrom(1),
          ),
        ],
      },
    ],
  };
}
