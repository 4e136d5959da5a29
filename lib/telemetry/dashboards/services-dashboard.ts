import { DASHBOARDS } from '../rules/alert';
import { quantileName } from '../rules/promql';
import type { Watched } from '../rules/watched';
import { isLatency, metricPanel } from './metric-panels';
import { type DashboardSpec, panel, redBelow, redFrom } from './panel';
import { PODS, p99, title } from './panel-parts';

/** What services answer, how fast, and what it costs them. */
export function servicesDashboard(subject: Watched): DashboardSpec {
  const { plan } = subject;
  const { cpu, memory } = plan.utilization;
  return {
    uid: DASHBOARDS.services,
    title: title(subject, 'services'),
    rows: [
      {
        title: `Answers: ${plan.objectives.availability} without an error`,
        panels: [
          panel('Requests', 'reqps', 'Requests answered.', 'service:requests:rate1m', '{{service}}'),
          panel(
            'Errors',
            'percentunit',
            `HighErrorRate rings above ${plan.errorsAtMost}.`,
            'service:request_errors:ratio1m',
            '{{service}}',
            redFrom(plan.errorsAtMost.toRatio()),
          ),
          panel('Median latency', 's', 'Half of the requests are faster.', quantileName(50), '{{service}}'),
          panel('P95 latency', 's', '95 % of the requests are faster.', quantileName(95), '{{service}}'),
          p99(subject, 'P99 latency'),
          panel(
            'Ready pods',
            PODS,
            'Without one, ServiceDown rings.',
            'service:pods_ready:count',
            '{{service}}',
            redBelow(1),
          ),
          ...plan.alerts.filter(isLatency).map((alert) => metricPanel(subject, alert)),
        ],
      },
      {
        title: 'Resources',
        panels: [
          panel(
            'Processor, of the limit',
            'percentunit',
            `CpuExhaustion rings above ${cpu}.`,
            'container:cpu_of_limit:ratio',
            '{{pod}}/{{container}}',
            redFrom(cpu.toRatio()),
          ),
          panel(
            'Memory, of the limit',
            'percentunit',
            `MemoryExhaustion rings above ${memory}.`,
            'container:memory_of_limit:ratio',
            '{{pod}}/{{container}}',
            redFrom(memory.toRatio()),
          ),
        ],
      },
    ],
  };
}
