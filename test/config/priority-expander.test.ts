import { parse } from 'yaml';
import { expanderPriorities, PRIORITY_EXPANDER, priorityExpanderText } from '../../lib/config/priority-expander';
import { planClusterServices } from '../../lib/kubernetes/gitops/cluster-services-props';
import { clusterAutoscalerValues } from '../../lib/kubernetes/gitops/values/cluster-autoscaler';

test('spot is tried before all others', () => {
  expect(priorityExpanderText(['spot'])).toBe('10:\n  - ".*"\n50:\n  - "^eks-spot-.*"\n');
});

test('priorities are numbers, as the autoscaler reads them', () => {
  const read = parse(priorityExpanderText(['spot', 'cheap']), { mapAsMap: true });
  expect([...read.entries()]).toEqual([
    [10, ['.*']],
    [50, ['^eks-spot-.*', '^eks-cheap-.*']],
  ]);
});

test('without a preference all are alike', () => {
  expect(expanderPriorities([])).toEqual({ 10: ['.*'] });
});

test('the chart is told the same', () => {
  const plan = planClusterServices({ clusterName: 'acgs', region: 'us-west-2', preferredNodeGroups: ['spot'] });
  expect(clusterAutoscalerValues(plan).expanderPriorities).toEqual(expanderPriorities(['spot']));
});

test('the ConfigMap has the name that the program looks for', () => {
  expect(PRIORITY_EXPANDER).toEqual({ namespace: 'kube-system', name: 'cluster-autoscaler-priority-expander' });
});
