import {
  DISRUPTION_BUDGET_CHECKS,
  DisruptionBudget,
  type DisruptionBudgetProps,
} from '../../../lib/kubernetes/workload/disruption-budget';
import { allIds, ids, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const valid: DisruptionBudgetProps = { name: 'api', selector: { app: 'api' } };

const budget = (props: Partial<DisruptionBudgetProps> = {}) =>
  only(
    manifests((chart) => new DisruptionBudget(chart, 'Budget', { ...valid, ...props })),
    'PodDisruptionBudget',
  );

describe('DisruptionBudget', () => {
  test('one pod may be away at any size of the workload, and unready ones always', () => {
    expect(budget({ labels: { team: 'a' } })).toEqual({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'api', labels: { team: 'a' } },
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'api' } }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    });
  });

  test.each([1, 2, 1000])('%d pods may be allowed', (maxUnavailable) => {
    expect(budget({ maxUnavailable }).spec.maxUnavailable).toBe(maxUnavailable);
  });

  const broken: [id: string, props: Partial<DisruptionBudgetProps>][] = [
    ['disruption-budget-name-is-a-dns-label', { name: 'a b' }],
    ['disruption-budget-lets-a-pod-go', { maxUnavailable: 0 }],
    ['disruption-budget-lets-a-pod-go', { maxUnavailable: 1001 }],
    ['disruption-budget-lets-a-pod-go', { maxUnavailable: 1.5 }],
    ['disruption-budget-lets-a-pod-go', { maxUnavailable: Number.NaN }],
    ['disruption-budget-selects-a-workload', { selector: {} }],
  ];

  test.each(broken)('refuses: %s', (id, props) => {
    expect(refused(() => budget(props))).toEqual([id]);
    expect(ids(DisruptionBudget.inspect('p', { ...valid, ...props }))).toEqual([id]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([id]) => id))].sort()).toEqual(allIds(DISRUPTION_BUDGET_CHECKS));
  });
});
