import type { AnalysisSpec, Measuring } from '../../../lib/model/rollout/analysis';
import { CANARY_CHECKS } from '../../../lib/model/rollout/canary-checks';
import type { AlbTraffic, BlueGreenSpec, CanarySpec, CanaryStep } from '../../../lib/model/rollout/rollout';
import { BLUE_GREEN_CHECKS, inspectRollout, ROLLOUT_CHECKS } from '../../../lib/model/rollout/rollout-checks';
import type { SmokeTestSpec } from '../../../lib/model/rollout/smoke-test';
import { SMOKE_TEST_CHECKS } from '../../../lib/model/rollout/smoke-test-checks';
import { Duration, Percent } from '../../../lib/units';
import { allIds, ids } from '../../support/findings';

const s = Duration.seconds;
const min = Duration.minutes;

const health = (changes: Partial<Measuring> = {}): AnalysisSpec => ({
  metrics: [{ name: 'success-rate', measures: 'success-rate', atLeast: Percent.of(99), ...changes }],
});

const blueGreen: BlueGreenSpec = { strategy: 'blue-green', after: health() };
const canary: CanarySpec = { strategy: 'canary', traffic: { through: 'istio' }, analysis: health() };
const alb: AlbTraffic = { through: 'alb', host: 'api.example.com' };

const ofBlueGreen = (changes: Partial<BlueGreenSpec> = {}, name = 'api') =>
  inspectRollout('shop/api', { ...blueGreen, ...changes, name });
const ofCanary = (changes: Partial<CanarySpec> = {}, name = 'api') =>
  inspectRollout('shop/api', { ...canary, ...changes, name });
const ofAlb = (changes: Partial<AlbTraffic>) => ofCanary({ traffic: { ...alb, ...changes } });
const ofSmoke = (smokeTest: SmokeTestSpec) => ofBlueGreen({ smokeTest });

const weight = (percent: number): CanaryStep => ({ weight: Percent.of(percent) });
const pause = (minutes: number): CanaryStep => ({ pause: min(minutes) });

const curl = { paths: ['/health'] };

describe('a release', () => {
  test.each<[string, () => unknown[]]>([
    ['blue-green with what is measured alone', ofBlueGreen],
    ['a canary with what is measured alone', ofCanary],
    ['names of 63', () => ofBlueGreen({}, 'a'.repeat(55))],
    ['a canary through an ALB', () => ofAlb({})],
    ['the shortest way back', () => ofBlueGreen({ rollbackWithin: s(60), after: health({ interval: s(10) }) })],
    ['the longest way back', () => ofCanary({ rollbackWithin: min(60) })],
    ['a way back of exactly its time', () => ofCanary({ analysis: health({ interval: s(90) }) })],
    [
      'the bounds of abort',
      () => [...ofCanary({ abortScaleDownDelay: s(30) }), ...ofCanary({ abortScaleDownDelay: min(1440) })],
    ],
    [
      'the bounds of history',
      () => [...ofCanary({ revisionHistoryLimit: 3 }), ...ofCanary({ revisionHistoryLimit: 50 })],
    ],
    ['a window of all the history', () => ofCanary({ revisionHistoryLimit: 10, rollbackRevisions: 10 })],
    ['the shortest watch', () => ofBlueGreen({ watch: s(60), after: health({ initialDelay: s(0), failureLimit: 0 }) })],
    ['the longest watch', () => ofBlueGreen({ watch: min(1440) })],
    ['old pods for the watch and the way back', () => ofBlueGreen({ scaleDownDelay: min(35) })],
    ['old pods for two days', () => ofBlueGreen({ scaleDownDelay: min(2880) })],
    ['a promotion after a second, tested', () => ofBlueGreen({ promotion: { after: s(1) }, smokeTest: curl })],
    ['a promotion after a week, measured', () => ofBlueGreen({ promotion: { after: min(10_080) }, before: health() })],
    [
      'a pause until a person promotes',
      () => ofCanary({ steps: [weight(1), { pause: 'until-promoted' }, weight(100), pause(30)] }),
    ],
    ['a watch until a person promotes', () => ofCanary({ steps: [weight(100), { pause: 'until-promoted' }] })],
    ['a watch in two pauses', () => ofCanary({ steps: [weight(29), weight(100), pause(20), pause(10)] })],
    ['an analysis from the first step', () => ofCanary({ analysisFrom: 0 })],
    ['an analysis from the last step', () => ofCanary({ analysisFrom: 5 })],
    ['an analysis as long as the pauses', () => ofCanary({ analysis: health({ count: 50, initialDelay: s(0) }) })],
    ['an open load balancer', () => ofAlb({ scheme: 'internet-facing', inboundCidrs: ['203.0.113.0/24'] })],
    ['a TLS 1.3 policy', () => ofAlb({ tlsPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' })],
    ['a restricted TLS policy', () => ofAlb({ tlsPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' })],
    ['a program that tests', () => ofSmoke({ image: 'shop/smoke:1.0.0', command: ['/smoke'] })],
    ['paths with a query', () => ofSmoke({ paths: ['/health', '/api/v1/orders?limit=1&page=2'] })],
    [
      'the bounds of a test',
      () => [...ofSmoke({ ...curl, within: s(10), retries: 0 }), ...ofSmoke({ ...curl, within: min(60), retries: 5 })],
    ],
  ])('may be %s', (_what, findings) => {
    expect(findings()).toEqual([]);
  });

  const rows: [id: string, received: string, findings: () => ReturnType<typeof ofBlueGreen>][] = [
    [
      'rollout-names-are-dns-labels',
      `${'a'.repeat(56)}-preview`,
      () => ofBlueGreen({ activeServiceName: 'a' }, 'a'.repeat(56)),
    ],
    ['rollout-names-are-dns-labels', 'Api', () => ofCanary({ rolloutName: 'Api' })],
    ['rollout-services-differ', 'api', () => ofBlueGreen({ activeServiceName: 'api' })],
    ['rollout-services-differ', 'x', () => ofBlueGreen({ activeServiceName: 'x', previewServiceName: 'x' })],
    ['rollout-rollback-time-is-bounded', '59s', () => ofBlueGreen({ rollbackWithin: s(59) })],
    ['rollout-rollback-time-is-bounded', '3601s', () => ofBlueGreen({ rollbackWithin: s(3601) })],
    ['rollout-rollback-time-is-bounded', '60500ms', () => ofBlueGreen({ rollbackWithin: Duration.millis(60_500) })],
    ['rollout-rolls-back-within', '303s', () => ofBlueGreen({ after: health({ interval: s(91) }) })],
    ['rollout-rolls-back-within', '330s', () => ofCanary({ analysis: health({ failureLimit: 4 }) })],
    ['rollout-abort-delay-is-bounded', '29s', () => ofCanary({ abortScaleDownDelay: s(29) })],
    ['rollout-abort-delay-is-bounded', '86401s', () => ofCanary({ abortScaleDownDelay: s(86_401) })],
    ['rollout-history-is-kept', '2', () => ofCanary({ revisionHistoryLimit: 2, rollbackRevisions: 1 })],
    ['rollout-history-is-kept', '51', () => ofCanary({ revisionHistoryLimit: 51 })],
    ['rollout-history-is-kept', 'NaN', () => ofCanary({ revisionHistoryLimit: Number.NaN })],
    ['rollout-window-is-in-the-history', '0', () => ofCanary({ rollbackRevisions: 0 })],
    ['rollout-window-is-in-the-history', '11', () => ofCanary({ rollbackRevisions: 11, revisionHistoryLimit: 20 })],
    ['rollout-window-is-in-the-history', '6', () => ofCanary({ rollbackRevisions: 6 })],
    ['rollout-watch-is-bounded', '59s', () => ofCanary({ watch: s(59) })],
    ['rollout-watch-is-bounded', '86401s', () => ofBlueGreen({ watch: s(86_401) })],
    ['rollout-release-is-watched', 'nothing', () => inspectRollout('a', { strategy: 'blue-green', name: 'a' })],
    ['rollout-blue-green-outlives-its-watch', '2099s', () => ofBlueGreen({ scaleDownDelay: s(2099) })],
    ['rollout-blue-green-outlives-its-watch', '30m', () => ofBlueGreen({ scaleDownDelay: min(30) })],
    ['rollout-blue-green-outlives-its-watch', '172801s', () => ofBlueGreen({ scaleDownDelay: s(172_801) })],
    ['rollout-promotion-is-bounded', '{"after":"0s"}', () => ofBlueGreen({ promotion: { after: s(0) } })],
    ['rollout-promotion-is-bounded', '{"after":"604801s"}', () => ofBlueGreen({ promotion: { after: s(604_801) } })],
    ['rollout-automatic-promotion-is-tested', '{"after":"1h"}', () => ofBlueGreen({ promotion: { after: min(60) } })],
    [
      'rollout-blue-green-is-not-behind-a-load-balancer',
      'load-balancer',
      () => ofBlueGreen({ behind: 'load-balancer' }),
    ],
    [
      'rollout-canary-weights-rise',
      '50, 10, 100',
      () => ofCanary({ steps: [weight(50), weight(10), weight(100), pause(30)] }),
    ],
    [
      'rollout-canary-weights-rise',
      '10, 10, 100',
      () => ofCanary({ steps: [weight(10), weight(10), weight(100), pause(30)] }),
    ],
    ['rollout-canary-weights-rise', '0, 100', () => ofCanary({ steps: [weight(0), weight(100), pause(30)] })],
    ['rollout-canary-weights-rise', '2.5, 100', () => ofCanary({ steps: [weight(2.5), weight(100), pause(30)] })],
    ['rollout-canary-weights-rise', '100, 101', () => ofCanary({ steps: [weight(100), weight(101), pause(30)] })],
    [
      'rollout-canary-pauses-are-bounded',
      '{"pause":"0s"}',
      () => ofCanary({ steps: [weight(10), { pause: s(0) }, weight(100), pause(30)] }),
    ],
    [
      'rollout-canary-pauses-are-bounded',
      '{"pause":"604801s"}',
      () => ofCanary({ steps: [weight(100), { pause: s(604_801) }] }),
    ],
    ['rollout-canary-ends-with-a-watch', '50%, 30m', () => ofCanary({ steps: [weight(50), pause(30)] })],
    ['rollout-canary-ends-with-a-watch', '100%, 29m', () => ofCanary({ steps: [weight(100), pause(29)] })],
    ['rollout-canary-ends-with-a-watch', '100%, 0s', () => ofCanary({ steps: [pause(30), weight(100)] })],
    ['rollout-canary-ends-with-a-watch', '0%, 0s', () => ofCanary({ steps: [] })],
    ['rollout-canary-analysis-starts-at-a-step', '6', () => ofCanary({ analysisFrom: 6 })],
    ['rollout-canary-analysis-starts-at-a-step', '-1', () => ofCanary({ analysisFrom: -1 })],
    ['rollout-canary-analysis-starts-at-a-step', 'NaN', () => ofCanary({ analysisFrom: Number.NaN })],
    [
      'rollout-canary-analysis-fits-the-steps',
      'success-rate 51m',
      () => ofCanary({ analysis: health({ count: 51, initialDelay: s(0) }) }),
    ],
    [
      'rollout-canary-analysis-fits-the-steps',
      'success-rate 31m',
      () => ofCanary({ analysisFrom: 5, analysis: health({ count: 31, initialDelay: s(0) }) }),
    ],
    [
      'rollout-canary-keeps-scaling',
      'success-rate',
      () => ofCanary({ analysis: health({ withoutData: 'inconclusive' }) }),
    ],
    [
      'rollout-weights-have-a-known-owner',
      'nginx',
      () => ofCanary({ traffic: { through: 'nginx' as unknown as 'istio' } }),
    ],
    ['rollout-load-balancer-host-is-a-name', 'api', () => ofAlb({ host: 'api' })],
    ['rollout-load-balancer-host-is-a-name', '*.example.com', () => ofAlb({ host: '*.example.com' })],
    ['rollout-load-balancer-scheme-is-known', 'public', () => ofAlb({ scheme: 'public' as unknown as 'internal' })],
    [
      'rollout-load-balancer-speaks-tls-1-2',
      'ELBSecurityPolicy-2016-08',
      () => ofAlb({ tlsPolicy: 'ELBSecurityPolicy-2016-08' }),
    ],
    [
      'rollout-load-balancer-speaks-tls-1-2',
      'ELBSecurityPolicy-TLS13-1-1-2021-06',
      () => ofAlb({ tlsPolicy: 'ELBSecurityPolicy-TLS13-1-1-2021-06' }),
    ],
    ['rollout-load-balancer-ranges-are-ipv4', 'none', () => ofAlb({ inboundCidrs: [] })],
    ['rollout-load-balancer-ranges-are-ipv4', '10.0.0.1/8', () => ofAlb({ inboundCidrs: ['10.0.0.1/8'] })],
    ['rollout-smoke-test-has-a-service', 'alb', () => ofCanary({ traffic: alb, smokeTest: curl })],
    ['rollout-smoke-image-is-pinned', 'curl:latest', () => ofSmoke({ ...curl, image: 'curl:latest' })],
    ['rollout-smoke-image-is-pinned', 'a b:1', () => ofSmoke({ ...curl, image: 'a b:1' })],
    ['rollout-smoke-command-is-given', 'none', () => ofSmoke({ image: 'a:1', command: [] })],
    ['rollout-smoke-command-is-given', 'an empty string', () => ofSmoke({ image: 'a:1', command: [''] })],
    ['rollout-smoke-paths-are-paths', 'none', () => ofSmoke({ paths: [] })],
    ['rollout-smoke-paths-are-paths', 'health', () => ofSmoke({ paths: ['health'] })],
    ['rollout-smoke-paths-are-paths', '/{a,b}', () => ofSmoke({ paths: ['/{a,b}'] })],
    ['rollout-smoke-paths-are-paths', '/a, /a', () => ofSmoke({ paths: ['/a', '/a'] })],
    ['rollout-smoke-time-is-bounded', '9s', () => ofSmoke({ ...curl, within: s(9) })],
    ['rollout-smoke-time-is-bounded', '3601s', () => ofSmoke({ ...curl, within: s(3601) })],
    ['rollout-smoke-retries-are-few', '6', () => ofSmoke({ ...curl, retries: 6 })],
    ['rollout-smoke-retries-are-few', '-1', () => ofSmoke({ ...curl, retries: -1 })],
  ];

  test.each(rows)('fails %s, got %s', (check, received, findings) => {
    expect(findings()).toContainEqual(expect.objectContaining({ check, received }));
  });

  test('without a measurement, or promoted untested by time, is unwise and no error', () => {
    const severities = rows.flatMap(([, , findings]) => findings().filter(({ severity }) => severity === 'warning'));
    expect(new Set(ids(severities))).toEqual(
      new Set(['rollout-release-is-watched', 'rollout-automatic-promotion-is-tested', 'rollout-canary-keeps-scaling']),
    );
  });

  test('a blue-green release may stop for a person, and a canary fail or go on', () => {
    expect(ids(ofBlueGreen({ after: health({ withoutData: 'inconclusive' }) }))).toEqual([]);
    for (const withoutData of ['failure-if-unseen', 'failure', 'success'] as const) {
      expect(ids(ofCanary({ analysis: health({ withoutData }) }))).toEqual([]);
    }
  });

  test('findings of an analysis are below the moment it is for', () => {
    const props = (findings: ReturnType<typeof ofBlueGreen>) => findings.map(({ prop }) => prop);
    expect(props(ofBlueGreen({ before: { metrics: [] } }))).toEqual(['before.metrics']);
    expect(props(ofBlueGreen({ before: health({ interval: s(60) }) }))).toEqual(['before.metrics[0].count']);
    expect(props(ofBlueGreen({ after: health({ count: 40 }) }))).toEqual(['after.metrics[0].count']);
    expect(props(ofCanary({ analysis: health({ name: 'A' }) }))).toEqual(['analysis.metrics[0].name']);
    expect(props(ofSmoke({ ...curl, retries: 9 }))).toEqual(['smokeTest.retries']);
  });

  test('a refusal behind a load balancer says why', () => {
    expect(ofBlueGreen({ behind: 'load-balancer' })[0]?.rule).toMatch(/takes the old ones out before the new ones/);
  });

  test('every check has a failing row', () => {
    const tables = [ROLLOUT_CHECKS, BLUE_GREEN_CHECKS, CANARY_CHECKS, SMOKE_TEST_CHECKS];
    expect([...new Set(rows.map(([id]) => id))].sort()).toEqual(allIds(...tables));
  });
});
