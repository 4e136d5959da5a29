import type { AnalysisMetric, AnalysisSpec, CanaryStep, RolloutSpec, SmokeTestSpec } from '../../../lib/model';
import { Duration, Percent } from '../../../lib/units';
import type { Draw } from './draw';

const measuring = (draw: Draw) => ({
  ...draw.maybe(30, 'interval', () => Duration.seconds(draw.whole(20, 80))),
  ...draw.maybe(30, 'failureLimit', () => draw.whole(0, 2)),
  ...draw.maybe(20, 'consecutiveErrorLimit', () => draw.whole(0, 10)),
  ...draw.maybe(20, 'initialDelay', () => Duration.seconds(draw.whole(0, 180))),
  ...draw.maybe(30, 'withoutData', () => draw.one('failure' as const, 'inconclusive' as const, 'success' as const)),
});

const successRate = (draw: Draw): AnalysisMetric => ({
  name: 'success-rate',
  measures: 'success-rate',
  series: 'shop_requests_total',
  atLeast: Percent.of(draw.one(90, 99, 99.9, 100)),
  ...draw.maybe(20, 'errorLabel', () => 'status'),
  ...draw.maybe(20, 'window', () => Duration.seconds(draw.whole(30, 300))),
  ...measuring(draw),
});

const latency = (draw: Draw): AnalysisMetric => ({
  name: 'latency',
  measures: 'latency',
  histogram: 'shop_request_duration_seconds',
  quantile: Percent.of(draw.one(50, 95, 99, 99.9)),
  atMost: Duration.millis(5),
  buckets: [1, 5, 25, 100].map(Duration.millis),
  ...measuring(draw),
});

const query = (draw: Draw): AnalysisMetric => ({
  name: 'errors',
  measures: 'query',
  query:
    'sum(rate(shop_errors_total{rollouts_pod_template_hash="{{args.version}}",namespace="{{args.namespace}}"}[2m]))',
  accepts: draw.chance(50) ? { atMost: draw.one(0, 0.5, 10) } : { atLeast: draw.one(0, 0.01, 3) },
  ...measuring(draw),
});

const analysis = (draw: Draw): AnalysisSpec => ({
  metrics: [successRate(draw), ...(draw.chance(40) ? [latency(draw)] : []), ...(draw.chance(30) ? [query(draw)] : [])],
});

const once = (draw: Draw): AnalysisSpec => ({
  metrics: [
    {
      name: 'success-rate',
      measures: 'success-rate',
      atLeast: Percent.of(99),
      ...(draw.chance(50) && { interval: Duration.seconds(60), count: draw.whole(3, 10) }),
    },
  ],
});

const smokeTest = (draw: Draw): SmokeTestSpec => ({
  ...(draw.chance(60)
    ? { paths: draw.one(['/health'], ['/health', '/api/ready']) }
    : { image: 'registry.example.com/shop/smoke:2.1.0', command: ['smoke', '--quick'] }),
  ...draw.maybe(30, 'within', () => Duration.seconds(draw.whole(30, 900))),
  ...draw.maybe(30, 'retries', () => draw.whole(0, 5)),
});

const common = (draw: Draw, name: string, tests: boolean) => ({
  ...draw.maybe(20, 'rolloutName', () => `${name}-rollout`),
  ...(tests ? draw.maybe(70, 'smokeTest', () => smokeTest(draw)) : {}),
  ...draw.maybe(20, 'rollbackWithin', () => Duration.seconds(draw.whole(300, 900))),
  ...draw.maybe(15, 'abortScaleDownDelay', () => Duration.seconds(draw.whole(30, 3600))),
  ...draw.maybe(15, 'revisionHistoryLimit', () => draw.whole(3, 50)),
  ...draw.maybe(15, 'rollbackRevisions', () => draw.whole(1, 3)),
});

const share = (percent: number): CanaryStep => ({ weight: Percent.of(percent) });

const steps = (draw: Draw): readonly CanaryStep[] => [
  share(draw.whole(1, 20)),
  { pause: draw.chance(30) ? 'until-promoted' : Duration.minutes(draw.whole(5, 30)) },
  share(draw.whole(30, 60)),
  { pause: Duration.minutes(draw.whole(5, 30)) },
  share(100),
  { pause: Duration.minutes(draw.whole(30, 60)) },
];

/** How a service is released. @param weights What owns the weights of every canary of the environment. */
export function release(draw: Draw, name: string, weights: 'istio' | 'alb', blueGreen: boolean): RolloutSpec {
  if (blueGreen) {
    return {
      strategy: 'blue-green',
      ...common(draw, name, true),
      ...draw.maybe(30, 'promotion', () => ({ after: Duration.seconds(draw.whole(1, 3600)) })),
      ...draw.maybe(30, 'before', () => once(draw)),
      ...draw.maybe(70, 'after', () => analysis(draw)),
      ...draw.maybe(20, 'watch', () => Duration.minutes(draw.whole(10, 60))),
      ...draw.maybe(10, 'plainName', () => draw.one('alias' as const, 'none' as const)),
    };
  }
  return {
    strategy: 'canary',
    traffic:
      weights === 'istio'
        ? { through: 'istio' }
        : {
            through: 'alb',
            host: `${name}.shop.example.com`,
            ...draw.maybe(40, 'scheme', () => draw.one('internal' as const, 'internet-facing' as const)),
            ...draw.maybe(30, 'inboundCidrs', () => ['203.0.113.0/24']),
            ...draw.maybe(20, 'deletionProtection', () => draw.one('on' as const, 'off' as const)),
          },
    ...common(draw, name, weights === 'istio'),
    ...draw.maybe(75, 'analysis', () => analysis(draw)),
    ...draw.maybe(40, 'steps', () => steps(draw)),
  };
}
