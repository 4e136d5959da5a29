import fc from 'fast-check';
import type { ScalingPolicy, VerticalPolicy } from '../../../lib/model';
import {
  type HorizontalClaim,
  inspectTargets,
  TARGET_CHECKS,
  TARGET_NAME_CHECKS,
  type TargetClaim,
  type VerticalClaim,
} from '../../../lib/model/scaling/target-checks';
import { Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };
const horizontal: HorizontalClaim = { kind: 'HorizontalPodAutoscaler', name: 'api', target };
const keda: HorizontalClaim = { kind: 'ScaledObject', name: 'api-keda', target };
const vertical: VerticalClaim = { kind: 'VerticalPodAutoscaler', name: 'api', target };

const byCpu: ScalingPolicy = { min: 2, max: 4, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] };
const byContainer: ScalingPolicy = {
  ...byCpu,
  metrics: [{ on: 'container', container: 'api', resource: 'cpu', utilization: Percent.of(70) }],
};
const moves = (resource: 'cpu' | 'memory', container = '*', mode: VerticalPolicy['mode'] = 'Recreate') => ({
  ...vertical,
  policy: { mode, containers: [{ container, resources: [resource] }] },
});

const rows: readonly { it: string; claims: readonly TargetClaim[]; expected: readonly string[] }[] = [
  { it: 'one of each kind', claims: [horizontal, vertical], expected: [] },
  { it: 'a ScaledObject beside a VerticalPodAutoscaler', claims: [keda, vertical], expected: [] },
  {
    it: 'a HorizontalPodAutoscaler beside a ScaledObject, which makes another',
    claims: [horizontal, keda],
    expected: ['target-has-one-horizontal-autoscaler'],
  },
  {
    it: 'two ScaledObjects',
    claims: [keda, { ...keda, name: 'other' }],
    expected: ['target-has-one-horizontal-autoscaler'],
  },
  {
    it: 'two that name another version of the same API',
    claims: [horizontal, { ...horizontal, name: 'other', target: { ...target, apiVersion: 'apps/v1beta1' } }],
    expected: ['target-has-one-horizontal-autoscaler'],
  },
  {
    it: 'a Deployment and a Rollout of one name',
    claims: [horizontal, { ...keda, target: { ...target, apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' } }],
    expected: [],
  },
  {
    it: 'one kind in two API groups',
    claims: [horizontal, { ...keda, target: { ...target, apiVersion: 'example.com/v1' } }],
    expected: [],
  },
  { it: 'two workloads', claims: [horizontal, { ...keda, target: { ...target, name: 'web' } }], expected: [] },
  {
    it: 'two VerticalPodAutoscalers',
    claims: [vertical, { ...vertical, name: 'other' }],
    expected: ['target-has-one-vertical-autoscaler'],
  },
  {
    it: 'a request that is moved under the one that measures by it',
    claims: [{ ...keda, policy: byCpu }, moves('cpu')],
    expected: ['target-resources-have-one-autoscaler'],
  },
  { it: 'a request of another resource', claims: [{ ...keda, policy: byCpu }, moves('memory')], expected: [] },
  {
    it: 'a request of another container',
    claims: [{ ...horizontal, policy: byContainer }, moves('cpu', 'istio-proxy')],
    expected: [],
  },
  {
    it: 'a request of the same container',
    claims: [{ ...horizontal, policy: byContainer }, moves('cpu', 'api')],
    expected: ['target-resources-have-one-autoscaler'],
  },
  { it: 'a recommendation only', claims: [{ ...keda, policy: byCpu }, moves('cpu', '*', 'Off')], expected: [] },
  { it: 'policies that are not known', claims: [keda, moves('cpu')], expected: [] },
  {
    it: 'a request of another workload',
    claims: [
      { ...keda, policy: byCpu },
      { ...moves('cpu'), target: { ...target, name: 'web' } },
    ],
    expected: [],
  },
  {
    it: 'one name for two workloads',
    claims: [horizontal, { ...horizontal, target: { ...target, name: 'web' } }],
    expected: ['target-autoscalers-have-distinct-names'],
  },
  {
    it: 'a ScaledObject whose autoscaler has the name of another',
    claims: [horizontal, { ...keda, name: 'api', target: { ...target, name: 'web' } }],
    expected: ['target-autoscalers-have-distinct-names'],
  },
  {
    it: 'one name in two kinds',
    claims: [horizontal, { ...vertical, target: { ...target, name: 'web' } }],
    expected: [],
  },
];

describe('the autoscalers of one namespace', () => {
  test.each(rows)('$it: $expected', ({ claims, expected }) => {
    expect(ids(inspectTargets('p', claims))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(({ expected }) => expected))].sort()).toEqual(
      allIds(TARGET_CHECKS, TARGET_NAME_CHECKS),
    );
  });

  test('are named in what is found, with the workload', () => {
    const [twice] = inspectTargets('p', [horizontal, keda]);
    const [contest] = inspectTargets('p', [{ ...keda, policy: byCpu }, moves('cpu')]);
    const [named] = inspectTargets('p', [horizontal, { ...horizontal, target: { ...target, name: 'web' } }]);

    expect(twice).toMatchObject({
      prop: 'apps Deployment api',
      received: 'HorizontalPodAutoscaler api, ScaledObject api-keda',
    });
    expect(contest?.received).toBe('ScaledObject api-keda and VerticalPodAutoscaler api (cpu)');
    expect(named).toMatchObject({
      prop: 'HorizontalPodAutoscaler api',
      received: 'apps Deployment api, apps Deployment web',
    });
  });

  test('are found in any order', () => {
    const all = rows.flatMap(({ claims }) => claims);
    const sorted = (claims: readonly TargetClaim[]) => ids(inspectTargets('p', claims)).sort();
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (claims) => {
        expect(sorted(claims)).toEqual(sorted(all));
      }),
      { numRuns: 20 },
    );
  });
});
