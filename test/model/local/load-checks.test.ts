import {
  type EnvironmentSpec,
  inspectLoad,
  LOAD_CHECKS,
  LOAD_TEST_CHECKS,
  type LoadSpec,
  type LoadTestSpec,
} from '../../../lib/model';
import { Duration, Percent } from '../../../lib/units';
import { environment, service } from '../../support/environment';
import { allIds, ids } from '../../support/findings';

const sound: LoadTestSpec = {
  name: 'baseline',
  purpose: 'many users',
  load: { users: 10, during: Duration.minutes(1) },
  requests: [{ service: 'orders', path: '/health' }],
  thresholds: { failed: Percent.of(1) },
};
const shop = environment({
  services: [
    service('orders', {
      measuredRps: 100,
      scaling: {
        min: 2,
        max: 6,
        metrics: [{ on: 'pods', metric: { name: 'requests', series: 'requests_total' }, average: 50 }],
      },
    }),
  ],
});
const SCALING = { eventsPerRequest: { requests: 1 } } as const;
const inspect = (load: LoadSpec, one: EnvironmentSpec = shop) => inspectLoad('shop/load', one, load);
const slip = (part: Partial<LoadTestSpec>): LoadSpec => ({ tests: [{ ...sound, ...part }], scaling: SCALING });
const scaling = (part: Partial<NonNullable<LoadSpec['scaling']>>): LoadSpec => ({
  tests: [],
  scaling: { ...SCALING, ...part },
});
const minute = Duration.minutes(1);

const rows: readonly [id: string, fault: string, load: LoadSpec][] = [
  ['load-test-name-is-a-file', 'a path', slip({ name: 'a/b' })],
  ['load-test-name-is-a-file', 'the name of a scaling test', slip({ name: 'scale-orders' })],
  ['load-test-asks-services', 'nobody', slip({ requests: [] })],
  ['load-test-asks-services', 'a stranger', slip({ requests: [{ service: 'order', path: '/' }] })],
  ['load-test-paths-are-absolute', 'a relative path', slip({ requests: [{ service: 'orders', path: 'health' }] })],
  ['load-test-paths-are-absolute', 'a quote', slip({ requests: [{ service: 'orders', path: '/`' }] })],
  ['load-test-has-a-load', 'no user', slip({ load: { users: 0, during: minute } })],
  ['load-test-has-a-load', 'too many users', slip({ load: { users: 100_001, during: minute } })],
  ['load-test-has-a-load', 'no time', slip({ load: { users: 1, during: Duration.seconds(0) } })],
  ['load-test-has-a-load', 'more than a week', slip({ load: { perSecond: 1, during: Duration.seconds(604_801) } })],
  ['load-test-has-a-load', 'no rate', slip({ load: { perSecond: Number.NaN, during: minute } })],
  ['load-test-has-a-load', 'stages without users', slip({ load: { stages: [{ users: 0, during: minute }] } })],
  ['load-test-has-a-load', 'no stages', slip({ load: { stages: [] } })],
  ['load-test-pause-is-short', 'a pause of nothing', slip({ pause: Duration.seconds(0) })],
  ['load-test-pause-is-short', 'a pause above an hour', slip({ pause: Duration.seconds(3601) })],
  ['load-test-can-fail', 'no threshold', slip({ thresholds: {} })],
  ['load-test-thresholds-can-hold', 'no failure below none', slip({ thresholds: { failed: Percent.of(0) } })],
  ['load-test-thresholds-can-hold', 'more than all checks', slip({ thresholds: { checks: Percent.of(101) } })],
  ['load-test-thresholds-can-hold', 'answers in no time', slip({ thresholds: { p99: Duration.millis(0) } })],
  ['load-test-thresholds-can-hold', 'no number a second', slip({ thresholds: { perSecond: Number.NaN } })],
  ['load-tests-have-distinct-names', 'a name twice', { tests: [sound, sound] }],
  ['load-events-are-counted', 'no event', scaling({ eventsPerRequest: { requests: 0 } })],
  ['load-metrics-are-read', 'a metric that nobody reads', scaling({ eventsPerRequest: { requests: 1, request: 1 } })],
  ['load-requests-name-services', 'a stranger', scaling({ requests: { order: [{ path: '/' }] } })],
  ['load-requests-have-paths', 'nothing to ask', scaling({ requests: { orders: [] } })],
  ['load-requests-have-paths', 'a relative path', scaling({ requests: { orders: [{ path: 'health' }] } })],
  ['load-answers-are-bounded', 'answers in no time', scaling({ answerWithin: Duration.millis(0) })],
  ['load-answers-are-bounded', 'answers above a minute', scaling({ answerWithin: Duration.millis(60_001) })],
  ['load-moves-each-autoscaler', 'a metric of no request', scaling({ eventsPerRequest: {} })],
];

describe('inspectLoad', () => {
  test('says nothing about what works, bounds included', () => {
    const bounds: readonly Partial<LoadTestSpec>[] = [
      {},
      { load: { users: 100_000, during: Duration.seconds(1) } },
      { load: { perSecond: 1_000_000, during: Duration.days(7) } },
      {
        load: {
          stages: [
            { users: 0, during: minute },
            { users: 1, during: minute },
          ],
        },
      },
      { pause: Duration.hours(1) },
      { requests: [{ service: 'orders', path: '/search?q=a%20b&n=1' }] },
      { thresholds: { checks: Percent.of(100), failed: Percent.of(100) } },
    ];
    expect(bounds.flatMap((part) => inspect(slip(part)))).toEqual([]);
    expect(inspect(scaling({ answerWithin: Duration.seconds(60), requests: { orders: [{ path: '/' }] } }))).toEqual([]);
  });

  test.each(rows)('%s: %s', (id, _, load) => {
    const found = ids(inspect(load));
    expect(found.filter((one) => one !== 'load-moves-each-autoscaler' || id === one)).toEqual([id]);
  });

  test('an autoscaler that nothing is known about is a warning, one that stands still is not', () => {
    expect(inspect(scaling({ eventsPerRequest: {} })).map(({ severity }) => severity)).toEqual(['warning']);
    const still = environment({ services: [service('orders', { scaling: { min: 2, max: 2, metrics: [] } })] });
    expect(inspect({ tests: [], scaling: { eventsPerRequest: {} } }, still)).toEqual([]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([id]) => id))].sort()).toEqual(allIds(LOAD_CHECKS, LOAD_TEST_CHECKS));
  });
});
