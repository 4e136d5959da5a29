import { DASHBOARDS } from '../rules/alert';
import { inNamespace } from '../rules/promql';
import type { Watched } from '../rules/watched';
import { isLatency, metricPanel } from './metric-panels';
import { type DashboardSpec, panel } from './panel';
import { AUTOSCALER, hpa, PODS, p99, title } from './panel-parts';

/** Load, and the pods that carry it. */
export function scalingDashboard(subject: Watched): DashboardSpec {
  const { plan } = subject;
  const declared = plan.alerts.filter((alert) => !isLatency(alert));
  const throughput = plan.throughputColors && { colors: plan.throughputColors };
  return {
    uid: DASHBOARDS.scaling,
    title: plan.scalingTitle ?? title(subject, 'scaling'),
    rows: [
      {
        title: 'Load',
        panels: [
          panel(
            'Service Throughput (RPS)',
            'reqps',
            'Requests answered.',
            'service:requests:rate1m',
            '{{service}}',
            throughput,
          ),
          p99(subject, 'P99 Latency by Service'),
          {
            ...panel(
              'Load of each pod',
              'reqps',
              'Requests of a pod, and the target of its autoscaler.',
              'service:requests_per_pod:rate1m',
              '{{service}}',
            ),
            queries: [
              { expr: 'service:requests_per_pod:rate1m', legend: '{{service}}' },
              { expr: 'service:requests_per_pod:target', legend: '{{service}} target' },
            ],
          },
        ],
      },
      {
        title: 'Pods',
        panels: [
          {
            ...panel('Pod Scaling Status', PODS, 'Pods of Deployments, and of whatever has an autoscaler.', '', ''),
            queries: [
              { expr: `kube_deployment_status_replicas${inNamespace(subject)}`, legend: '{{deployment}}' },
              { expr: hpa(subject, 'status_current_replicas'), legend: AUTOSCALER },
            ],
          },
          panel(
            'Share of the maximum',
            'percentunit',
            'An autoscaler at 100 % has nowhere to go.',
            `${hpa(subject, 'status_current_replicas')} / on (namespace, horizontalpodautoscaler) ${hpa(subject, 'spec_max_replicas')}`,
            AUTOSCALER,
            {
              colors: [
                { from: 0.8, color: 'yellow' },
                { from: 1, color: 'red' },
              ],
            },
          ),
        ],
      },
      ...(declared.length === 0
        ? []
        : [{ title: 'What else is watched', panels: declared.map((alert) => metricPanel(subject, alert)) }]),
    ],
  };
}
