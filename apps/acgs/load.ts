import type { LoadSpec, LoadTestSpec } from '../../lib/model';
import { Duration, Percent } from '../../lib/units';
import { PROMISED_RPS, SLOWEST_ANSWER } from './numbers';
import { CONSTITUTIONAL_HASH } from './settings';

const HASH = { 'X-Constitutional-Hash': CONSTITUTIONAL_HASH };

/** The three services that were measured, in turn. */
const requests = ['constitutional-ai', 'auth-service', 'agent-hitl'].map((service) => ({ service, path: '/health' }));

/** Every request carries the hash, and every answer. */
const compliant = { requests, headers: HASH, expectedHeaders: HASH } as const;

const FAILED = Percent.of(1);
const COMPLIANT = Percent.of(100);

/** Users of document 001, with the mean answer that it reports where it does. */
const users = (name: string, purpose: string, count: number, minutes: number, mean?: number): LoadTestSpec => ({
  ...compliant,
  name,
  purpose,
  load: { users: count, during: Duration.minutes(minutes) },
  pause: Duration.seconds(1),
  thresholds: { ...(mean === undefined ? {} : { mean: Duration.millis(mean) }), failed: FAILED },
});

/** Rates of document 004, with its goal for the slowest hundredth. */
const rate = (name: string, purpose: string, perSecond: number, during: Duration): LoadTestSpec => ({
  ...compliant,
  name,
  purpose,
  load: { perSecond: Math.ceil(perSecond / requests.length), during },
  thresholds: { p99: SLOWEST_ANSWER, failed: FAILED, checks: COMPLIANT },
});

/** Throughput that is projected for one service. */
const capacity = (service: string, perSecond: number): LoadTestSpec => ({
  ...compliant,
  name: `capacity-${service}`,
  purpose: `the ${perSecond} requests a second that are projected for ${service}`,
  load: { perSecond, during: Duration.minutes(10) },
  requests: [{ service, path: '/health' }],
  thresholds: { failed: FAILED, checks: COMPLIANT },
});

const TESTS: readonly LoadTestSpec[] = [
  {
    ...compliant,
    name: 'validation',
    purpose: '100 users at once for 5 minutes: as many requests as were measured, no answer without the hash',
    load: { users: 100, during: Duration.minutes(5) },
    thresholds: { p99: Duration.seconds(1), checks: COMPLIANT, perSecond: 3483 },
  },
  {
    ...compliant,
    name: 'release',
    purpose: 'what a release has to show: every service compliant, more than 3500 requests a second together',
    load: { users: 100, during: Duration.minutes(5) },
    thresholds: { failed: FAILED, checks: COMPLIANT, perSecond: 3500 },
  },
  users('baseline', '1000 users for half an hour', 1000, 30, 450),
  users('peak', '2000 users for an hour', 2000, 60, 680),
  users('stress', '5000 users for a quarter of an hour', 5000, 15, 1200),
  {
    ...users('spike', 'from nobody to 3000 users in 5 minutes', 3000, 5),
    load: { stages: [{ during: Duration.minutes(5), users: 3000 }] },
  },
  users('endurance', '1500 users for 8 hours', 1500, 8 * 60),
  rate('steady-rate', '150 requests a second for an hour', 150, Duration.hours(1)),
  rate('stress-rate', '300 requests a second for a quarter of an hour', 300, Duration.minutes(15)),
  rate('endurance-rate', '150 requests a second for a day', 150, Duration.hours(24)),
  ...Object.entries(PROMISED_RPS).map(([service, perSecond]) => capacity(service, perSecond)),
];

/** Every request counts once; auth-service checks one token for each, governance-synthesis asks one model. */
export const LOAD: LoadSpec = {
  tests: TESTS,
  scaling: {
    eventsPerRequest: { http_requests_per_second: 1, jwt_validations_per_second: 1, llm_requests_per_second: 1 },
  },
};
