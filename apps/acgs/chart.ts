import type { ChartSpec } from '../../lib/model';

/** Document 001 names the chart, its templates (a service each) and its files of values (an environment each). */
export const CHART: ChartSpec = {
  name: 'acgs-platform',
  description: 'Constitutional governance: ten services, their gateway and their caches',
  version: '1.0.0',
  maintainers: [{ name: 'ACGS platform team' }],
};
