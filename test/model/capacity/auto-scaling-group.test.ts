import {
  AUTO_SCALING_GROUP_CHECKS,
  type AutoScalingGroupSpec,
  autoScalingGroupPlan,
  inspectAutoScalingGroup,
} from '../../../lib/model/capacity/auto-scaling-group';
import type { TrackedTarget } from '../../../lib/model/capacity/target-tracking';
import { Duration, Memory, Percent, Rate } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const spec: AutoScalingGroupSpec = { name: 'alfred-agent', instanceTypes: ['m5.large'], min: 2, max: 10, desired: 2 };

const requests = (perMinute: number, targetGroup = 'targetgroup/agents/0123456789abcdef'): TrackedTarget => ({
  on: 'requests-per-target',
  perMinute,
  loadBalancer: 'app/alfred/0123456789abcdef',
  targetGroup,
});

const cpu = (percent: number): TrackedTarget => ({ on: 'cpu', utilization: Percent.of(percent) });

const SPOT_TYPES = ['m5.large', 'm6i.large', 'm6a.large'];

test('a new instance has five minutes to become healthy, and two to do its part', () => {
  expect(autoScalingGroupPlan(spec)).toMatchObject({
    healthGrace: Duration.seconds(300),
    warmup: Duration.minutes(2),
    rootVolume: Memory.gib(30),
    tracks: [],
  });
});

const broken: readonly (readonly [string, Partial<AutoScalingGroupSpec>])[] = [
  ['asg-name-is-short', { name: 'Alfred' }],
  ['asg-name-is-short', { name: 'a'.repeat(61) }],
  ['asg-max-is-possible', { max: 1001 }],
  ['asg-min-is-possible', { min: 2.5, desired: 3 }],
  ['asg-desired-is-within-bounds', { desired: 1 }],
  ['asg-desired-is-within-bounds', { desired: 11 }],
  ['asg-desired-is-within-bounds', { desired: Number.NaN }],
  ['asg-types-are-known', { instanceTypes: [] }],
  ['asg-types-are-known', { instanceTypes: ['m5.lage'] }],
  ['asg-types-are-known', { instanceTypes: ['m5.large', 'm5.large'] }],
  ['asg-types-share-an-architecture', { instanceTypes: ['m5.large', 'm6g.large'] }],
  ['asg-health-grace-is-possible', { healthGrace: Duration.seconds(7201) }],
  ['asg-health-grace-is-possible', { healthGrace: Duration.millis(1500) }],
  ['asg-warmup-is-possible', { warmup: Duration.seconds(3601) }],
  ['asg-root-volume-is-possible', { rootVolume: Memory.gib(7) }],
  ['asg-root-volume-is-possible', { rootVolume: Memory.gib(16_385) }],
  ['asg-root-volume-is-possible', { rootVolume: Memory.mib(8193) }],
  ['asg-spot-share-is-possible', { instanceTypes: SPOT_TYPES, spot: { share: Percent.of(0) } }],
  ['asg-spot-share-is-possible', { instanceTypes: SPOT_TYPES, spot: { share: Percent.of(30.5) } }],
  ['asg-spot-share-is-possible', { instanceTypes: SPOT_TYPES, spot: { share: Percent.of(101) } }],
  ['asg-on-demand-base-is-possible', { instanceTypes: SPOT_TYPES, spot: { share: Percent.of(30), onDemandBase: 11 } }],
  ['asg-on-demand-base-is-possible', { instanceTypes: SPOT_TYPES, spot: { share: Percent.of(30), onDemandBase: -1 } }],
  ['asg-spot-has-a-choice', { instanceTypes: ['m5.large', 'm6i.large'], spot: { share: Percent.of(30) } }],
  ['asg-survives-an-instance', { min: 1 }],
  ['asg-cpu-target-is-possible', { tracks: [cpu(0)] }],
  ['asg-cpu-target-is-possible', { tracks: [cpu(100.01)] }],
  ['asg-request-target-is-possible', { tracks: [requests(0)] }],
  ['asg-request-target-is-possible', { tracks: [requests(16.7)] }],
  ['asg-request-target-is-possible', { tracks: [requests(Number.NaN)] }],
  ['asg-metrics-are-tracked-once', { tracks: [cpu(75), cpu(60)] }],
  ['asg-metrics-are-tracked-once', { tracks: [requests(1000), requests(900)] }],
  ['asg-request-target-is-below-capacity', { tracks: [requests(1000)], capacity: Rate.perMinute(1000) }],
  ['asg-request-target-uses-its-instances', { tracks: [requests(1000)], capacity: Rate.perSecond(100) }],
];

describe('checks of a group', () => {
  test.each(broken)('%s: %p', (check, given) => {
    expect(ids(inspectAutoScalingGroup('test', { ...spec, ...given }))).toEqual([check]);
  });

  test.each<Partial<AutoScalingGroupSpec>>([
    {},
    { max: 1000 },
    { name: 'a'.repeat(60) },
    { healthGrace: Duration.seconds(0), warmup: Duration.seconds(0) },
    { healthGrace: Duration.hours(2), warmup: Duration.hours(1) },
    { rootVolume: Memory.gib(8) },
    { rootVolume: Memory.gib(16_384) },
    { tracks: [cpu(75), requests(1000)] },
    { tracks: [cpu(100)] },
    { tracks: [requests(1)] },
    { tracks: [requests(1000), requests(900, 'targetgroup/others/0123456789abcdef')] },
    { tracks: [requests(1000)], capacity: Rate.perMinute(1001) },
    { tracks: [requests(1000)], capacity: Rate.perMinute(5000) },
    { instanceTypes: SPOT_TYPES, spot: { share: Percent.of(1), onDemandBase: 0 } },
    { instanceTypes: SPOT_TYPES, spot: { share: Percent.of(100), onDemandBase: 10 } },
  ])('nothing is said about %p', (given) => {
    expect(inspectAutoScalingGroup('test', { ...spec, ...given })).toEqual([]);
  });

  test('a maximum of none is told with what follows from it', () => {
    expect(ids(inspectAutoScalingGroup('test', { ...spec, max: 0 }))).toEqual([
      'asg-max-is-possible',
      'asg-min-is-possible',
      'asg-desired-is-within-bounds',
    ]);
  });

  test('a target a fifth of the capacity is enough, one below is not', () => {
    const told = (perMinute: number) =>
      ids(inspectAutoScalingGroup('test', { ...spec, tracks: [requests(perMinute)], capacity: Rate.perSecond(50) }));
    expect([told(600), told(599)]).toEqual([[], ['asg-request-target-uses-its-instances']]);
  });

  test('a target says what it is a second, beside what an instance can serve', () => {
    const [finding] = inspectAutoScalingGroup('test', {
      ...spec,
      tracks: [requests(1000)],
      capacity: Rate.perSecond(100),
    });
    expect(finding).toMatchObject({ severity: 'warning', received: '1000 a minute, 16.7/s' });
    expect(finding?.rule).toContain('100/s');
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(AUTO_SCALING_GROUP_CHECKS));
  });
});
