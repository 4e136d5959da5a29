import { budgetsAllowDrains } from '../../../lib/ledger/rules/budgets-allow-drains';
import { podsHaveOneBudget } from '../../../lib/ledger/rules/pods-have-one-budget';
import { servicesSurviveADrain } from '../../../lib/ledger/rules/services-survive-a-drain';
import { autoscalerOf, budgetOf, factsWith, objectOf, workloadOf } from '../pack/facts';
import { only, said, words } from './verdicts';

const app = (replicas: number) => workloadOf('app', { replicas });
const keeping = (least: number) => budgetOf('app', { allowed: (pods) => Math.max(pods - least, 0) });

describe('budgets-allow-drains', () => {
  test.each([
    {
      it: 'three pods of which two must stay',
      replicas: 3,
      least: 2,
      expected: 'holds: 3 pods of Deployment shop/app at least, of which 1 may go at once',
    },
    {
      it: 'two pods of which two must stay',
      replicas: 2,
      least: 2,
      expected:
        'broken: 2 pods of Deployment shop/app at least, of which 0 may go at once -> raise replicas of app from 2 to 3, or write maxUnavailable: 1 in the budget',
    },
    {
      it: 'fewer pods than must stay',
      replicas: 1,
      least: 3,
      expected:
        'broken: 1 pod of Deployment shop/app at least, of which 0 may go at once -> raise replicas of app from 1 to 4, or write maxUnavailable: 1 in the budget',
    },
    {
      it: 'no pods at all',
      replicas: 0,
      least: 1,
      expected: 'holds: 0 pods of Deployment shop/app at least, of which 0 may go at once',
    },
  ])('$it', ({ replicas, least, expected }) => {
    expect(words(only(budgetsAllowDrains, factsWith({ workloads: [app(replicas)], budgets: [keeping(least)] })))).toBe(
      expected,
    );
  });

  test('the minimum of an autoscaler counts, not its maximum or what the workload writes', () => {
    const facts = factsWith({ workloads: [app(9)], autoscalers: [autoscalerOf(app(9), 2, 20)], budgets: [keeping(2)] });
    expect(words(only(budgetsAllowDrains, facts))).toContain('raise minReplicas of app from 2 to 3');
  });

  test('a budget that no number of pods helps leaves one way out', () => {
    const never = budgetOf('app', { allowed: () => 0 });
    expect(words(only(budgetsAllowDrains, factsWith({ workloads: [app(3)], budgets: [never] })))).toMatch(
      /-> write maxUnavailable: 1 in the budget$/,
    );
  });

  test('pods of other namespaces and labels are not its own', () => {
    const others = [
      workloadOf('app', { namespace: 'other' }),
      workloadOf('web'),
      workloadOf('app', { kind: 'DaemonSet' }),
    ];
    expect(words(only(budgetsAllowDrains, factsWith({ workloads: others, budgets: [keeping(1)] })))).toBe(
      'not-evaluated: a workload whose pods bear its labels',
    );
  });

  test('a budget without labels covers its namespace', () => {
    const all = budgetOf('all', { matchLabels: {}, matches: () => true, allowed: (pods) => pods - 3 });
    const facts = factsWith({ workloads: [app(2), workloadOf('web', { replicas: 2 })], budgets: [all] });
    expect(only(budgetsAllowDrains, facts)).toMatchObject({ outcome: 'holds', margin: { available: 1 } });
  });
});

test('pods-have-one-budget: two that cover the same pods are one too many', () => {
  const one = factsWith({ workloads: [app(2)], budgets: [keeping(1)] });
  expect(said(podsHaveOneBudget, one)).toEqual(['holds: Deployment shop/app']);
  const two = { ...one, budgets: [keeping(1), budgetOf('all', { matchLabels: {}, matches: () => true })] };
  expect(said(podsHaveOneBudget, two)).toEqual(['broken: Deployment shop/app']);
  expect(said(podsHaveOneBudget, { ...one, budgets: [] })).toEqual([]);
});

describe('services-survive-a-drain', () => {
  const service = objectOf('Service', 'app', { spec: { selector: { app: 'app' } } });
  test.each([
    { it: 'one pod', replicas: 1, expected: ['broken: Deployment shop/app'] },
    { it: 'two pods', replicas: 2, expected: ['holds: Deployment shop/app'] },
    { it: 'none', replicas: 0, expected: ['holds: Deployment shop/app'] },
  ])('$it', ({ replicas, expected }) => {
    expect(said(servicesSurviveADrain, factsWith({ workloads: [app(replicas)], objects: [service] }))).toEqual(
      expected,
    );
  });

  test('nobody waits for pods that no Service selects', () => {
    const other = objectOf('Service', 'app', { spec: { selector: { app: 'app', tier: 'web' } } });
    expect(said(servicesSurviveADrain, factsWith({ workloads: [app(1)], objects: [other] }))).toEqual([]);
    const elsewhere = objectOf('Service', 'app', { spec: { selector: { app: 'app' } } }, 'other');
    expect(said(servicesSurviveADrain, factsWith({ workloads: [app(1)], objects: [elsewhere] }))).toEqual([]);
  });

  test('the minimum of an autoscaler counts', () => {
    const facts = factsWith({ workloads: [app(5)], autoscalers: [autoscalerOf(app(5), 1, 6)], objects: [service] });
    expect(words(only(servicesSurviveADrain, facts))).toBe(
      'broken: 1 pod at least -> raise minReplicas from 1 to 2, or accept the outage',
    );
  });
});
