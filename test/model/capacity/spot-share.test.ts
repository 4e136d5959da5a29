import type { NodeGroupSpec } from '../../../lib/model';
import { type SpotShareSpec, spotShare } from '../../../lib/model/capacity/spot-share';
import {
  inspectSpotShare,
  onDemandRoom,
  SPOT_FALLBACK_CHECKS,
  SPOT_OUTCOME_CHECKS,
  SPOT_SHARE_CHECKS,
} from '../../../lib/model/capacity/spot-share-checks';
import { Cpu, Duration, Memory, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const general: NodeGroupSpec = {
  name: 'general',
  instanceTypes: ['m5.large', 'm5.xlarge'],
  min: 3,
  max: 20,
  desired: 6,
};
const compute: NodeGroupSpec = { name: 'compute', instanceTypes: ['c5.2xlarge'], min: 0, max: 10, desired: 2 };
const LARGE = ['m5.large', 'm6i.large', 'm6a.large'];

const spec: SpotShareSpec = { onDemand: [general, compute], instanceTypes: LARGE, zones: 3 };

describe('spotShare', () => {
  test('is 30 % of the CPUs of the documented groups, in six nodes of two CPUs', () => {
    // 6 x 2 + 2 x 8 = 28 on demand; 12 of 40 is 30 %. At the maxima 20 x 2 + 10 x 8 = 120, and 52 of 172 comes nearest.
    expect(spotShare(spec)).toEqual({
      group: { name: 'spot', instanceTypes: LARGE, capacity: 'spot', min: 0, max: 26, desired: 6 },
      reached: Percent.of(30),
      maxNodes: 36,
      provisionTimeout: Duration.minutes(5),
    });
  });

  test.each([
    { it: 'counts CPUs, not nodes', given: { instanceTypes: ['m5.xlarge'] }, desired: 3, max: 13, reached: 30 },
    {
      it: 'counts the smallest type',
      given: { instanceTypes: ['m5.xlarge', 'm5.large'] },
      desired: 6,
      max: 26,
      reached: 30,
    },
    { it: 'counts the preferred type on demand', given: { onDemand: [general] }, desired: 3, max: 9, reached: 33.33 },
    { it: 'follows the share', given: { share: Percent.of(50) }, desired: 14, max: 60, reached: 50 },
    { it: 'has a node at least', given: { share: Percent.of(1) }, desired: 1, max: 1, reached: 6.67 },
    {
      it: 'counts a group of each zone in each',
      given: { onDemand: [{ ...general, zones: 'each' as const }] },
      desired: 8,
      max: 26,
      reached: 30.77,
    },
  ])('$it', ({ given, desired, max, reached }) => {
    const { group, reached: share } = spotShare({ ...spec, ...given });
    expect([group.desired, group.max, `${share}`]).toEqual([desired, max, `${reached}%`]);
  });

  test('nothing depends on it: it may be empty', () => {
    expect(spotShare(spec).group.min).toBe(0);
  });

  test('the cap leaves room for on demand to take over while spot still stands', () => {
    expect(spotShare({ ...spec, onDemand: [{ ...general, zones: 'each' }] }).maxNodes).toBe(68);
  });

  test('carries name, labels, taints, volume and time-out of the declaration', () => {
    const taints = [{ key: 'spot', value: 'true', effect: 'NoSchedule' as const }];
    const outcome = spotShare({
      ...spec,
      name: 'cheap',
      labels: { tier: 'batch' },
      taints,
      rootVolume: Memory.gib(80),
      provisionTimeout: Duration.minutes(3),
    });
    expect(outcome.group).toMatchObject({
      name: 'cheap',
      labels: { tier: 'batch' },
      taints,
      rootVolume: Memory.gib(80),
    });
    expect(outcome.provisionTimeout).toEqual(Duration.minutes(3));
  });
});

describe('onDemandRoom', () => {
  test('is what the smallest type of each group leaves for pods, at the maxima', () => {
    // m5.large: 1930m, c5.2xlarge: 7910m.
    expect(onDemandRoom([general, compute], 3).cpu).toEqual(Cpu.millis(20 * 1930 + 10 * 7910));
  });

  test('leaves spot out, and counts each zone', () => {
    expect(
      onDemandRoom(
        [
          { ...compute, zones: 'each' },
          { ...general, capacity: 'spot' },
        ],
        3,
      ).cpu,
    ).toEqual(Cpu.millis(30 * 7910));
  });

  test('of a type that is unknown is nothing', () => {
    expect(onDemandRoom([{ ...general, instanceTypes: ['x9.large'] }], 3).cpu).toEqual(Cpu.millis(0));
  });
});

const ROOM = 20 * 1930 + 10 * 7910;

const broken: readonly (readonly [string, Partial<SpotShareSpec>])[] = [
  ['spot-share-name-is-free', { name: 'general' }],
  ['spot-share-name-is-free', { name: 'Spot' }],
  ['spot-share-is-a-part', { share: Percent.of(0) }],
  ['spot-share-is-a-part', { share: Percent.of(90.01) }],
  ['spot-share-has-zones', { zones: 0 }],
  ['spot-share-has-zones', { zones: 7 }],
  ['spot-share-has-zones', { zones: Number.NaN }],
  ['spot-share-types-are-known', { instanceTypes: ['m5.lage'] }],
  ['spot-share-types-are-known', { instanceTypes: [] }],
  ['spot-share-types-are-known', { onDemand: [{ ...general, instanceTypes: ['m5.lage'] }] }],
  ['spot-share-types-are-known', { onDemand: [{ ...general, instanceTypes: [] }] }],
  ['spot-share-stands-on-demand', { onDemand: [{ ...general, capacity: 'spot' }] }],
  ['spot-share-stands-on-demand', { onDemand: [] }],
  ['spot-share-stands-on-demand', { onDemand: [{ ...compute, desired: 0 }] }],
  ['spot-share-turns-away-in-time', { provisionTimeout: Duration.seconds(59) }],
  ['spot-share-turns-away-in-time', { provisionTimeout: Duration.seconds(901) }],
  // 12 on demand, one node of 16: 57 %.
  ['spot-share-is-reached', { onDemand: [general], instanceTypes: ['m5.4xlarge', 'm6i.4xlarge', 'm6a.4xlarge'] }],
];

describe('checks of a share', () => {
  test.each(broken)('%s: %p', (check, given) => {
    expect(ids(inspectSpotShare('test', { ...spec, ...given }))).toEqual([check]);
  });

  test.each<Partial<SpotShareSpec>>([
    {},
    { share: Percent.of(90), onDemand: [{ ...general, max: 6 }] },
    { zones: 1 },
    { zones: 6 },
    { provisionTimeout: Duration.minutes(1) },
    { provisionTimeout: Duration.minutes(15) },
  ])('nothing is said about %p', (given) => {
    expect(inspectSpotShare('test', { ...spec, ...given })).toEqual([]);
  });

  test('a share that is off by exactly five points is near enough', () => {
    // 2 CPUs of 8 is 25 %.
    const near = { onDemand: [{ ...general, desired: 3 }], share: Percent.of(30) };
    expect(ids(inspectSpotShare('test', { ...spec, ...near }))).toEqual([]);
    expect(ids(inspectSpotShare('test', { ...spec, ...near, share: Percent.of(30.01) }))).toEqual([
      'spot-share-is-reached',
    ]);
  });

  test('few types are told by the check of any spot group', () => {
    expect(ids(inspectSpotShare('test', { ...spec, instanceTypes: ['m5.large'] }))).toEqual([
      'node-group-spot-has-a-choice',
    ]);
  });

  test.each([
    { it: 'holds at exactly the room', cpu: ROOM, memory: Memory.gib(10), expected: [] },
    { it: 'fails a millicore above', cpu: ROOM + 1, memory: Memory.gib(10), expected: ['spot-share-can-fall-back'] },
    { it: 'fails for memory alone', cpu: 1000, memory: Memory.gib(900), expected: ['spot-share-can-fall-back'] },
  ])('the need that on demand must cover $it', ({ cpu, memory, expected }) => {
    expect(ids(inspectSpotShare('test', spec, { cpu: Cpu.millis(cpu), memory }))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set([...broken.map(([check]) => check), 'spot-share-can-fall-back'])].sort()).toEqual(
      allIds(SPOT_SHARE_CHECKS, SPOT_OUTCOME_CHECKS, SPOT_FALLBACK_CHECKS),
    );
  });
});
