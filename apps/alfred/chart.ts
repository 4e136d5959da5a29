import type { ChartSpec } from '../../lib/model';

export const CHART: ChartSpec = {
  name: 'alfred-platform',
  description: 'Agents of Alfred, their gateway and their stores',
  version: '1.0.0',
  maintainers: [{ name: 'Alfred platform team' }],
};
