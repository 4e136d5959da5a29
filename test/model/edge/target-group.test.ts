import fc from 'fast-check';
import { type TargetGroupSpec, targetGroupPlan, targetPorts, timeToEject } from '../../../lib/model/edge/target-group';
import { inspectTargetGroups, TARGET_GROUP_CHECKS } from '../../../lib/model/edge/target-group-checks';
import { targetGroupName } from '../../../lib/model/edge/target-group-name';
import { Duration } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const s = Duration.seconds;
const gateway: TargetGroupSpec = { name: 'gateway', port: 8080, healthCheck: { path: '/readyz', port: 8081 } };
const pods = (deregisterWithin: number, drainFor: number) => ({
  pods: { deregisterWithin: s(deregisterWithin), drainFor: s(drainFor) },
});
const health = (change: Partial<TargetGroupSpec['healthCheck']>) => ({
  healthCheck: { ...gateway.healthCheck, ...change },
});

const found = (change: Partial<TargetGroupSpec>) =>
  ids(inspectTargetGroups('edge', 'targetGroups', [{ ...gateway, ...change }]));

describe('targetGroupName', () => {
  test('tells what it is and for whom, in at most 32 characters', () => {
    expect(targetGroupName('acgs-production', gateway)).toMatch(/^acgs-production-gateway-[0-9a-z]{7}$/);
    expect(targetGroupName('alfred-production-eu-central-1', gateway)).toMatch(
      /^alfred-production-eu-cen-[0-9a-z]{7}$/,
    );
  });

  test('leaves no hyphen before another where it cuts', () => {
    expect(targetGroupName('abcdefghijklmnopqrstuvw', gateway)).toMatch(/^abcdefghijklmnopqrstuvw-[0-9a-z]{7}$/);
  });

  test.each([
    ['port', { port: 8443 }],
    ['protocol', { protocol: 'HTTPS' }],
    ['version', { protocolVersion: 'HTTP2' }],
    ['name', { name: 'gateways' }],
  ] as const)('changes with the %s, as the group does', (_, change) => {
    const hash = (name: string) => name.slice(-7);
    expect(hash(targetGroupName('acgs', { ...gateway, ...change }))).not.toBe(hash(targetGroupName('acgs', gateway)));
  });

  test('stays where only what can be changed in place changes, and where a default is written out', () => {
    const name = targetGroupName('acgs', gateway);
    expect(
      targetGroupName('acgs', {
        ...gateway,
        algorithm: 'weighted_random',
        ...health({ path: '/' }),
      } as TargetGroupSpec),
    ).toBe(name);
    expect(targetGroupName('acgs', { ...gateway, protocol: 'HTTP', protocolVersion: 'HTTP1' })).toBe(name);
  });

  test('long prefixes that begin alike get different names', () => {
    const long = 'a-platform-with-a-very-long-name';
    expect(targetGroupName(`${long}-1`, gateway)).not.toBe(targetGroupName(`${long}-2`, gateway));
  });

  test('is a name that AWS takes, for any prefix of small letters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/), fc.integer({ min: 1, max: 65_535 }), (prefix, port) => {
        expect(targetGroupName(prefix, { ...gateway, port })).toMatch(/^(?!.*-$)[a-z][a-z0-9-]{0,31}$/);
      }),
    );
  });
});

describe('a target group', () => {
  test('has the health check that the documents ask for', () => {
    expect(targetGroupPlan(gateway).healthCheck).toEqual({
      path: '/readyz',
      port: 8081,
      interval: s(5),
      timeout: s(3),
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    });
  });

  test('takes pods in turn over plain HTTP/1.1, and lets them drain for 30 s', () => {
    expect(targetGroupPlan(gateway)).toMatchObject({
      algorithm: 'round_robin',
      protocol: 'HTTP',
      protocolVersion: 'HTTP1',
      deregistrationDelay: s(30),
    });
  });

  test('drops a pod 18 s after it fails: three questions 5 s apart and an answer that does not come', () => {
    expect(timeToEject(gateway).toSeconds()).toBe(18);
    expect(
      timeToEject({ ...gateway, ...health({ interval: s(10), timeout: s(2), unhealthyThreshold: 2 }) }).toSeconds(),
    ).toBe(22);
  });

  test('is reached at each of its ports once', () => {
    expect(targetPorts(gateway)).toEqual([8080, 8081]);
    expect(targetPorts({ ...gateway, healthCheck: { path: '/' } })).toEqual([8080]);
    expect(targetPorts({ ...gateway, ...health({ port: 8080 }) })).toEqual([8080]);
  });
});

const broken: [check: string, it: string, change: Partial<TargetGroupSpec>][] = [
  ['target-group-name-is-short', 'a capital', { name: 'Gateway' }],
  ['target-group-name-is-short', '21 characters', { name: 'a'.repeat(21) }],
  ['target-group-name-is-short', 'a hyphen at the end', { name: 'gateway-' }],
  ['target-group-name-is-short', 'nothing', { name: '' }],
  ['target-group-port-is-a-port', '0', { port: 0 }],
  ['target-group-port-is-a-port', '65536', { port: 65_536 }],
  ['target-group-port-is-a-port', 'NaN', { port: Number.NaN }],
  ['target-group-health-path-is-absolute', 'no slash', health({ path: 'readyz' })],
  ['target-group-health-path-is-absolute', '1025 characters', health({ path: `/${'a'.repeat(1024)}` })],
  ['target-group-health-port-is-a-port', '0', health({ port: 0 })],
  ['target-group-health-port-is-a-port', 'NaN', health({ port: Number.NaN })],
  ['target-group-interval-is-offered', '4 s', health({ interval: s(4) })],
  ['target-group-interval-is-offered', '301 s', health({ interval: s(301) })],
  ['target-group-interval-is-offered', 'a half', health({ interval: s(5.5) })],
  ['target-group-timeout-is-offered', '1 s', health({ timeout: s(1) })],
  ['target-group-timeout-is-offered', '121 s', health({ timeout: s(121), interval: s(300) })],
  ['target-group-timeout-is-below-the-interval', 'as long', health({ timeout: s(5) })],
  ['target-group-thresholds-are-offered', '1', health({ healthyThreshold: 1 })],
  ['target-group-thresholds-are-offered', '11', health({ unhealthyThreshold: 11 })],
  ['target-group-thresholds-are-offered', 'NaN', health({ unhealthyThreshold: Number.NaN })],
  ['target-group-slow-start-is-offered', '29 s', { slowStart: s(29) }],
  ['target-group-slow-start-is-offered', '901 s', { slowStart: s(901) }],
  ['target-group-slow-start-is-round-robin', 'fewest', { slowStart: s(30), algorithm: 'least_outstanding_requests' }],
  ['target-group-slow-start-is-round-robin', 'at random', { slowStart: s(30), algorithm: 'weighted_random' }],
  ['target-group-delay-is-offered', '3601 s', { deregistrationDelay: s(3601) }],
  ['target-group-delay-is-offered', 'a half', { deregistrationDelay: s(0.5) }],
  ['target-group-delay-ends-before-its-pods', '1 s more', { deregistrationDelay: s(46), ...pods(15, 30) }],
  ['target-group-pods-outlive-deregistration', '9 s', pods(9, 30)],
];

describe('each check', () => {
  test.each(broken)('%s: %s', (check, _, change) => {
    expect(found(change)).toEqual([check]);
  });

  test('has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(TARGET_GROUP_CHECKS));
  });

  test.each<[string, Partial<TargetGroupSpec>]>([
    ['the defaults', {}],
    ['20 characters', { name: 'a'.repeat(20) }],
    ['the first port', { port: 1 }],
    ['the last port', { port: 65_535 }],
    ['the status port of an Istio gateway', health({ path: '/healthz/ready', port: 15_021 })],
    [
      'the shortest health check',
      health({ interval: s(5), timeout: s(2), healthyThreshold: 2, unhealthyThreshold: 2 }),
    ],
    [
      'the longest health check',
      health({ interval: s(300), timeout: s(120), healthyThreshold: 10, unhealthyThreshold: 10 }),
    ],
    ['a time-out just below the interval', health({ timeout: s(4) })],
    ['the shortest slow start', { slowStart: s(30) }],
    ['the longest slow start', { slowStart: s(900) }],
    ['no delay', { deregistrationDelay: s(0) }],
    ['the longest delay', { deregistrationDelay: s(3600) }],
    ['a delay as long as its pods live', { deregistrationDelay: s(45), ...pods(15, 30) }],
    ['pods that take requests for 10 s more', pods(10, 20)],
  ])('accepts %s', (_, change) => {
    expect(found(change)).toEqual([]);
  });

  test('says which of the two thresholds is wrong, and in which group', () => {
    const props = [health({ healthyThreshold: 1 }), health({ unhealthyThreshold: 1 })].flatMap((change) =>
      inspectTargetGroups('edge', 'targetGroups', [gateway, { ...gateway, ...change }]).map(({ prop }) => prop),
    );
    expect(props).toEqual([
      'targetGroups[1].healthCheck.healthyThreshold',
      'targetGroups[1].healthCheck.unhealthyThreshold',
    ]);
  });
});
