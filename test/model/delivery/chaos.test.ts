import fc from 'fast-check';
import {
  CHAOS_CHECKS,
  CHAOS_EXPERIMENT_CHECKS,
  type ChaosExperimentSpec,
  type ChaosSpec,
  type EnvironmentSpec,
  inspectChaos,
} from '../../../lib/model';
import { podsHit } from '../../../lib/model/delivery/chaos';
import { Duration, Percent } from '../../../lib/units';
import { environment, service } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

/** Four pods at least, ten at most; orders calls stock. */
const services = [
  service('orders', {
    scaling: { ...service('x').scaling, min: 4, max: 10 },
    connections: [{ to: 'service', name: 'stock' }],
  }),
  service('stock'),
  service('lonely', { scaling: { ...service('x').scaling, min: 1 } }),
];

const kill: ChaosExperimentSpec = {
  name: 'lose-a-pod',
  action: 'pod-kill',
  service: 'orders',
  hypothesis: 'Nobody notices that a pod is gone',
  days: ['tuesday'],
  at: '10:00',
};

const { action: _, ...common } = kill;

const delay = (overrides: object = {}): ChaosExperimentSpec => ({
  ...common,
  name: 'slow-stock',
  action: 'delay',
  to: 'stock',
  latency: Duration.millis(100),
  duration: Duration.minutes(5),
  ...overrides,
});

const cut = (overrides: object = {}): ChaosExperimentSpec => ({
  ...common,
  name: 'cut-stock',
  action: 'partition',
  to: 'stock',
  duration: Duration.minutes(5),
  ...overrides,
});

const found = (
  experiments: readonly ChaosExperimentSpec[],
  chaos: Partial<ChaosSpec> = {},
  overrides: Partial<EnvironmentSpec> = {},
) =>
  inspectChaos(
    'shop/staging',
    environment({ stage: 'staging', services, chaos: { experiments, ...chaos }, ...overrides }),
  );

const BECAUSE = 'Only here is there enough load to learn from';

test('a pod is lost, slowed or cut off, in staging, in the morning', () => {
  expect(found([kill, delay({ at: '11:00' }), cut({ at: '12:00' })])).toEqual([]);
});

test('without experiments there is nothing to say, whatever the stage', () => {
  expect(inspectChaos('shop/production', environment())).toEqual([]);
});

test.each<[string, readonly ChaosExperimentSpec[], Partial<ChaosSpec>, Partial<EnvironmentSpec>]>([
  ['production that says why', [kill], { productionBecause: BECAUSE }, { stage: 'production' }],
  ['development', [kill], {}, { stage: 'development' }],
  ['7 % of at most thirteen pods, which is one', [{ ...kill, share: Percent.of(7) }], {}, {}],
  ['half of the network of four pods', [cut({ share: Percent.of(50) })], {}, {}],
  ['the first minute of the hours', [{ ...kill, at: '09:00' }], {}, {}],
  ['the last that settles in time', [{ ...kill, at: '15:45' }], {}, {}],
  ['the last of those that last', [cut({ at: '15:40' })], {}, {}],
  ['an hour at night, where that is declared', [{ ...kill, at: '23:00' }], { hours: { from: 22, to: 24 } }, {}],
  ['two at the same hour of different days', [kill, cut({ days: ['monday', 'friday'] })], {}, {}],
  ['one right after the other has settled', [kill, cut({ at: '10:15' })], {}, {}],
  ['10 seconds', [cut({ duration: Duration.seconds(10) })], {}, {}],
  ['an hour', [cut({ duration: Duration.hours(1) })], {}, {}],
  ['a millisecond', [delay({ latency: Duration.millis(1) })], {}, {}],
  ['10 seconds that vary as much', [delay({ latency: Duration.seconds(10), jitter: Duration.seconds(10) })], {}, {}],
  ['a name of 40', [{ ...kill, name: 'a'.repeat(40) }], {}, {}],
])('%s is accepted', (_, experiments, chaos, overrides) => {
  expect(found(experiments, chaos, overrides)).toEqual([]);
});

const broken: readonly (readonly [
  check: string,
  experiments: readonly ChaosExperimentSpec[],
  chaos?: Partial<ChaosSpec>,
  overrides?: Partial<EnvironmentSpec>,
])[] = [
  ['chaos-spares-production', [kill], {}, { stage: 'production' }],
  ['chaos-spares-production', [kill], { productionBecause: 'because' }, { stage: 'production' }],
  ['chaos-has-experiments', []],
  ['chaos-names-are-distinct', [kill, { ...kill, days: ['monday'] }]],
  ['chaos-names-are-distinct', [{ ...kill, name: 'Lose' }]],
  ['chaos-names-are-distinct', [{ ...kill, name: 'a'.repeat(41) }]],
  ['chaos-hours-are-a-part-of-the-day', [kill], { hours: { from: 9.5, to: 16 } }],
  ['chaos-hours-are-a-part-of-the-day', [{ ...kill, at: '10:00' }], { hours: { from: 9, to: 25 } }],
  ['chaos-comes-one-at-a-time', [kill, cut()]],
  ['chaos-comes-one-at-a-time', [kill, cut({ at: '10:14' })]],
  ['chaos-comes-one-at-a-time', [cut({ days: ['monday', 'tuesday'] }), { ...kill, at: '10:19' }]],
  ['chaos-has-a-hypothesis', [{ ...kill, hypothesis: 'fine' }]],
  ['chaos-hits-a-declared-service', [{ ...kill, service: 'nobody' }]],
  ['chaos-hits-what-runs-twice', [{ ...kill, service: 'lonely' }]],
  ['chaos-share-is-bounded', [cut({ share: Percent.of(0.5) })]],
  ['chaos-share-is-bounded', [cut({ share: Percent.of(51) })]],
  ['chaos-stays-within-the-budget', [{ ...kill, share: Percent.of(8) }]],
  ['chaos-follows-a-declared-connection', [cut({ to: 'lonely' })]],
  ['chaos-follows-a-declared-connection', [delay({ service: 'stock', to: 'orders' })]],
  ['chaos-duration-is-bounded', [cut({ duration: Duration.seconds(9) })]],
  ['chaos-duration-is-bounded', [cut({ duration: Duration.seconds(3601) })]],
  ['chaos-duration-is-bounded', [cut({ duration: Duration.millis(10_500) })]],
  ['chaos-latency-is-bounded', [delay({ latency: Duration.millis(0) })]],
  ['chaos-latency-is-bounded', [delay({ latency: Duration.millis(10_001) })]],
  ['chaos-latency-is-bounded', [delay({ jitter: Duration.millis(101) })]],
  ['chaos-days-are-working-days', [{ ...kill, days: [] }]],
  ['chaos-days-are-working-days', [{ ...kill, days: ['monday', 'monday'] }]],
  ['chaos-ends-within-its-hours', [{ ...kill, at: '08:59' }]],
  ['chaos-ends-within-its-hours', [{ ...kill, at: '15:46' }]],
  ['chaos-ends-within-its-hours', [cut({ at: '15:41' })]],
  ['chaos-ends-within-its-hours', [{ ...kill, at: '24:00' }]],
  ['chaos-ends-within-its-hours', [{ ...kill, at: 'noon' }]],
];

const rows = broken.map(([check, experiments, chaos = {}, overrides = {}]) => ({
  check,
  experiments,
  chaos,
  overrides,
}));

test.each(rows)('$check fails (row %#)', ({ check, experiments, chaos, overrides }) => {
  expect(ids(found(experiments, chaos, overrides))).toEqual([check]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(
    allIds(CHAOS_CHECKS, CHAOS_EXPERIMENT_CHECKS as never),
  );
});

test('a share is rounded up to whole pods, and is never none', () => {
  const cases = [
    [1, 4, 1],
    [25, 4, 1],
    [26, 4, 2],
    [50, 3, 2],
    [10, 11, 2],
  ] as const;
  for (const [share, pods, hit] of cases) expect(podsHit({ ...kill, share: Percent.of(share) }, pods)).toBe(hit);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 500 }), (share, pods) => {
      const hit = podsHit({ ...kill, share: Percent.of(share) }, pods);
      return hit >= 1 && hit <= pods;
    }),
  );
});

test('whatever passes, a pod is left alone', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 2, max: 500 }), (share, pods) => {
      expect(podsHit({ ...kill, share: Percent.of(share) }, pods)).toBeLessThan(pods);
    }),
  );
});
