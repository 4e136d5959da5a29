import { DASHBOARDS } from '../rules/alert';
import type { Watched } from '../rules/watched';
import { type DashboardSpec, type PanelRow, panel, redFrom } from './panel';
import { title } from './panel-parts';

/** What was promised, and how fast it is broken. */
export function objectivesDashboard(subject: Watched): DashboardSpec {
  const { availability, latency } = subject.plan.objectives;
  const row = (slo: string, promise: string, objective: number): PanelRow => {
    const budget = (10_000 - objective) / 10_000;
    const burn = (window: string) => `service:slo_errors:ratio_rate${window}{slo="${slo}"} / ${budget}`;
    return {
      title: promise,
      panels: [
        panel(
          'Budget burnt in an hour',
          'suffix:x',
          'At 1 the budget lasts for 30 days; 14.4 pages.',
          burn('1h'),
          '{{service}}',
          redFrom(14.4),
        ),
        panel('Budget burnt in 6 hours', 'suffix:x', 'At 6 somebody is paged.', burn('6h'), '{{service}}', redFrom(6)),
        panel(
          'Budget burnt in a day',
          'suffix:x',
          'At 3 a tenth of the budget is gone in a day.',
          burn('1d'),
          '{{service}}',
          redFrom(3),
        ),
        panel(
          'Broken promises of the last day',
          'percentunit',
          'Share of the requests.',
          `service:slo_errors:ratio_rate1d{slo="${slo}"}`,
          '{{service}}',
          { ...redFrom(budget), as: 'numbers' },
        ),
      ],
    };
  };
  return {
    uid: DASHBOARDS.objectives,
    title: title(subject, 'objectives'),
    rows: [
      row('availability', `${availability} without an error`, availability.inBasisPoints),
      row('latency', `${latency.share} within ${latency.within}`, latency.share.inBasisPoints),
    ],
  };
}
