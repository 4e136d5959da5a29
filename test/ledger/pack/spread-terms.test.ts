import type { PodShape, SpreadRule } from '../../../lib/ledger/facts';
import { workloadsOf } from '../../../lib/ledger/facts/workloads';
import { demands } from '../../../lib/ledger/pack/demand';
import { problem } from '../../../lib/ledger/pack/problem';
import { seat } from '../../../lib/ledger/pack/seating';
import { nodeSets } from '../../../lib/ledger/pack/supply';
import { factsWith, groupOf, objectOf, requests, shapeOf, workloadOf } from './facts';

const ZONE = 'topology.kubernetes.io/zone';

const byZone = (more: Partial<SpreadRule> = {}): SpreadRule => ({
  topologyKey: ZONE,
  maxSkew: 1,
  matchLabels: { app: 'api' },
  required: true,
  kind: 'spread',
  ...more,
});

/** Pods without a seat of so many that are spread, on nodes of these zones with room for all. */
const unseated = (pods: number, zones: readonly string[], rule: SpreadRule, shape: Partial<PodShape> = {}): number => {
  const workload = workloadOf('api', {
    replicas: pods,
    shape: shapeOf({ labels: { app: 'api' }, requests: requests(10, 10), spread: [rule], ...shape }),
  });
  const facts = factsWith({
    workloads: [workload],
    nodeGroups: [
      groupOf('general', { zones, max: 6 }),
      groupOf('tainted', { zones: ['z'], max: 1, taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] }),
    ],
  });
  const sets = demands(facts, 'ceiling').map(({ current }) => current);
  return seat(problem(sets, nodeSets(facts)), 'constrained-first').unseated.reduce((sum, { count }) => sum + count, 0);
};

test('tainted nodes are places that stay empty, unless the constraint leaves them out', () => {
  expect(unseated(6, ['a', 'b'], byZone())).toBe(4);
  expect(unseated(6, ['a', 'b'], byZone({ honorsTaints: true }))).toBe(0);
});

test.each([
  [1, 0],
  [2, 0],
  [3, 4],
])('with two zones and minDomains %i, %i of 6 pods wait', (minDomains, waiting) => {
  expect(unseated(6, ['a', 'b'], byZone({ honorsTaints: true, minDomains }))).toBe(waiting);
});

const shapeWith = (spec: object, labels = {}) => {
  const skipped: string[] = [];
  const containers = [{ name: 'api' }];
  const { found, skipped: left } = workloadsOf([
    objectOf(
      'Deployment',
      'api',
      { spec: { template: { metadata: { labels }, spec: { containers, ...spec } } } },
      'shop',
      'apps/v1',
    ),
  ]);
  skipped.push(...left.map(({ why }) => why));
  return { rule: found[0]?.shape.spread[0], skipped };
};

test('keys of a revision count each by itself, others by the value in the template', () => {
  const constraint = (more: object) => ({
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: ZONE, labelSelector: { matchLabels: { app: 'api' } }, ...more },
    ],
  });
  expect(shapeWith(constraint({ matchLabelKeys: ['pod-template-hash', 'track'] }), { track: 'stable' }).rule).toEqual(
    byZone({ matchLabels: { app: 'api', track: 'stable' }, eachRevision: true }),
  );
  expect(shapeWith(constraint({ matchLabelKeys: ['track'] })).rule).toEqual(byZone());
  expect(shapeWith(constraint({ minDomains: 3, nodeTaintsPolicy: 'Honor' })).rule).toEqual(
    byZone({ minDomains: 3, honorsTaints: true }),
  );
  expect(
    shapeWith(constraint({ minDomains: 1, nodeTaintsPolicy: 'Ignore', nodeAffinityPolicy: 'Honor' })).rule,
  ).toEqual(byZone());
  expect(shapeWith(constraint({ nodeAffinityPolicy: 'Ignore' })).skipped).toEqual([
    'counts nodes that its selectors refuse (nodeAffinityPolicy: Ignore), which is left out of account',
  ]);
});

test('anti-affinity may keep revisions apart, too', () => {
  const term = {
    topologyKey: ZONE,
    labelSelector: { matchLabels: { app: 'api' } },
    matchLabelKeys: ['pod-template-hash'],
  };
  expect(
    shapeWith({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } }).rule,
  ).toEqual(byZone({ kind: 'anti-affinity', eachRevision: true }));
});

test('a surge is counted apart where everything it must keep is kept by each revision', () => {
  const colours = (...spread: SpreadRule[]) => {
    const workload = workloadOf('api', { surge: () => 1, shape: shapeOf({ spread }) });
    return demands(factsWith({ workloads: [workload] }), 'ceiling').map(({ release }) => release?.colour);
  };
  expect(colours(byZone({ eachRevision: true }))).toEqual(['next']);
  expect(colours(byZone({ eachRevision: true }), byZone())).toEqual(['current']);
  expect(colours(byZone({ eachRevision: true, required: false }))).toEqual(['current']);
  expect(colours()).toEqual(['current']);
});
