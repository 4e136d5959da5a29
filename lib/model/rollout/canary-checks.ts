import { type Check, isDnsName, isWholeWithin } from '../../check';
import type { Duration } from '../../units';
import { isIpv4Range } from '../network/ipv4-range';
import { metricLength } from './analysis';
import type { AlbTraffic, CanaryStep } from './rollout';
import { type CanaryPlan, metricsBeside, watchedFor, weights } from './rollout-plan';

/** A canary, and the time its pauses take from where the analysis starts. */
export type PausedCanary = CanaryPlan & { readonly paused: Duration | undefined };

const isTimed = (step: CanaryStep): boolean =>
  !('pause' in step) || step.pause === 'until-promoted' || isWholeWithin(step.pause.inMillis / 1000, 1, 7 * 86_400);

const isRising = (values: readonly number[]): boolean =>
  values.every((value, index) => isWholeWithin(value, 1, 100) && (index === 0 || value > (values[index - 1] ?? 100)));

const watched = ({ steps }: CanaryPlan): Duration | 'until-promoted' => watchedFor(steps) ?? 'until-promoted';

const alb = ({ traffic }: CanaryPlan): AlbTraffic | undefined => (traffic.through === 'alb' ? traffic : undefined);

const ROUTERS: readonly string[] = ['istio', 'alb'];

const longMetrics = (plan: PausedCanary): string[] =>
  metricsBeside(plan).flatMap((metric) => {
    const length = metricLength(metric);
    const isCut = length !== undefined && plan.paused !== undefined && !length.isAtMost(plan.paused);
    return isCut ? [`${metric.name} ${length}`] : [];
  });

const stoppingMetrics = (plan: PausedCanary): string[] =>
  metricsBeside(plan)
    .filter(({ withoutData }) => withoutData === 'inconclusive')
    .map(({ name }) => name);

/** What is said about a canary, with its defaults. */
export const CANARY_CHECKS: readonly Check<PausedCanary>[] = [
  {
    id: 'rollout-canary-weights-rise',
    prop: 'steps',
    holds: ({ steps }) => isRising(weights(steps)),
    rule: 'must have weights of 1 to 100 whole percent, each above the last',
    received: ({ steps }) => weights(steps),
    remedy: 'leave steps out for 10 %, 50 % and 100 %',
  },
  {
    id: 'rollout-canary-pauses-are-bounded',
    prop: 'steps',
    holds: ({ steps }) => steps.every(isTimed),
    rule: 'must have pauses of 1 s to 7 days in whole seconds, or until-promoted',
    received: ({ steps }) => steps.filter((step) => !isTimed(step)),
    remedy: 'use minutes',
  },
  {
    id: 'rollout-canary-ends-with-a-watch',
    prop: 'steps',
    holds: (plan) => {
      const length = watchedFor(plan.steps);
      return weights(plan.steps).at(-1) === 100 && (length === undefined || plan.watch.isAtMost(length));
    },
    rule: ({ watch }) =>
      `must end with a weight of 100 % and a pause of at least the watch, ${watch}: the old pods go after the last step`,
    received: (plan) => [`${weights(plan.steps).at(-1) ?? 0}%`, watched(plan)],
    remedy: 'end with { weight: Percent.of(100) } and { pause: Duration.minutes(30) }, or lower watch',
  },
  {
    id: 'rollout-canary-analysis-starts-at-a-step',
    prop: 'analysisFrom',
    holds: ({ analysisFrom, steps }) => isWholeWithin(analysisFrom, 0, steps.length - 1),
    rule: ({ steps }) => `must be a whole number from 0 to ${steps.length - 1}, the last step`,
    remedy: 'use 1, the first pause',
  },
  {
    id: 'rollout-canary-analysis-fits-the-steps',
    prop: 'analysis',
    holds: (plan) => longMetrics(plan).length === 0,
    rule: ({ paused }) => `must have counts that end within the pauses beside it, ${paused}`,
    received: longMetrics,
    remedy: 'leave count out: the analysis then ends with the steps',
  },
  {
    // Argo Rollouts 1.9: haltProgress in rollout/canary.go, and completedCurrentCanaryStep, which asks for no such pause.
    id: 'rollout-canary-keeps-scaling',
    prop: 'analysis',
    severity: 'warning',
    holds: (plan) => stoppingMetrics(plan).length === 0,
    rule: 'should not be inconclusive without data: until a person decides, no version gets more pods whatever its autoscaler says, and once the last pause is over the release counts as good all the same',
    received: stoppingMetrics,
    remedy: 'leave withoutData out, or use failure',
  },
  {
    id: 'rollout-weights-have-a-known-owner',
    prop: 'traffic.through',
    holds: ({ traffic }) => ROUTERS.includes(traffic.through),
    rule: 'must be istio or alb: ingress-nginx, the one other that Argo Rollouts would drive here, is retired',
    received: ({ traffic }) => traffic.through,
    remedy: 'use istio inside the mesh, alb for users from outside',
  },
  {
    id: 'rollout-load-balancer-host-is-a-name',
    prop: 'traffic.host',
    holds: (plan) => {
      const host = alb(plan)?.host;
      return host === undefined || (isDnsName(host) && host.includes('.'));
    },
    rule: 'must be the full DNS name that users know, by which its certificate is found',
    received: (plan) => alb(plan)?.host,
    remedy: 'use a name such as api.example.com',
  },
  {
    id: 'rollout-load-balancer-scheme-is-known',
    prop: 'traffic.scheme',
    holds: (plan) => ['internal', 'internet-facing'].includes(alb(plan)?.scheme ?? 'internal'),
    rule: 'must be internal or internet-facing',
    received: (plan) => alb(plan)?.scheme,
    remedy: 'leave it out for internal',
  },
  {
    id: 'rollout-load-balancer-speaks-tls-1-2',
    prop: 'traffic.tlsPolicy',
    holds: (plan) => {
      const policy = alb(plan)?.tlsPolicy;
      return policy === undefined || /^ELBSecurityPolicy-TLS13-1-[23]-[\w-]*\d{4}-\d{2}$/.test(policy);
    },
    rule: 'must be a policy of AWS for TLS 1.3, with nothing below 1.2',
    received: (plan) => alb(plan)?.tlsPolicy,
    remedy: 'leave it out',
  },
  {
    id: 'rollout-load-balancer-ranges-are-ipv4',
    prop: 'traffic.inboundCidrs',
    holds: (plan) => {
      const ranges = alb(plan)?.inboundCidrs;
      return ranges === undefined || (ranges.length > 0 && ranges.every(isIpv4Range));
    },
    rule: 'must be at least one IPv4 range without bits beyond its length',
    received: (plan) => alb(plan)?.inboundCidrs,
    remedy: 'leave it out to let anybody in who reaches it',
  },
  {
    id: 'rollout-smoke-test-has-a-service',
    prop: 'smokeTest',
    holds: ({ smokeTest, traffic }) => smokeTest === undefined || traffic.through === 'istio',
    rule: 'must be left out behind an ALB, where two services take turns and none is always the new version',
    received: ({ traffic }) => traffic.through,
    remedy: 'measure the first share of users instead, or use blue-green behind a proxy of the cluster',
  },
];
