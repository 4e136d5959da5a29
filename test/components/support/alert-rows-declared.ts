import type { AlertRow, Samples } from './alert-rows';

const LONG = 'x60';

const ACGS = 'namespace="acgs",service="auth-service",pod="auth-service-5d4b9c6f5d-x2x4z"';
const COMPLIANCE = `acgs_constitutional_compliance_rate{${ACGS}}`;
const READY: Samples = [
  'kube_pod_status_ready{namespace="acgs",pod="auth-service-5d4b9c6f5d-x2x4z",condition="true"}',
  `1${LONG}`,
];

/** Buckets with that many of a thousand requests within a bound, and all within the next. */
const within = (name: string, labels: string, le: string, fast: number, next: string): Samples[] => [
  [`${name}_bucket{${labels},le="${le}"}`, `0+${fast}${LONG}`],
  [`${name}_bucket{${labels},le="${next}"}`, `0+1000${LONG}`],
  [`${name}_bucket{${labels},le="+Inf"}`, `0+1000${LONG}`],
];

const acgs = (le: string, fast: number, next: string): Samples[] =>
  within('acgs_request_duration_seconds', ACGS, le, fast, next);

/** Few requests or many, fast ones or slow. */
const throughput = (perSecond: number, fast: number): Samples[] => [
  [`acgs_requests_total{${ACGS},status="200"}`, `0+${perSecond * 15}${LONG}`],
  ...acgs('0.005', fast, '0.01'),
];

/** Alerts that the documents name for ACGS. */
export const ACGS_ROWS: readonly AlertRow[] = [
  { alert: 'HighLatencyUnderLoad', fires: [acgs('0.005', 989, '0.01')], at: 75, quiet: [acgs('0.005', 991, '0.01')] },
  { alert: 'LatencyRising', fires: [acgs('0.003', 989, '0.005')], at: 75, quiet: [acgs('0.003', 991, '0.005')] },
  { alert: 'ResponsesSlow', fires: [acgs('0.5', 949, '1')], at: 315, quiet: [acgs('0.5', 951, '1')] },
  {
    alert: 'ConstitutionalComplianceViolation',
    fires: [[[COMPLIANCE, '1x3 0.999x40']]],
    at: 60,
    quiet: [[[COMPLIANCE, `1${LONG}`]]],
  },
  {
    alert: 'ConstitutionalComplianceViolationUnknown',
    where: 'service="auth-service"',
    fires: [[READY]],
    at: 300,
    quiet: [[READY, [COMPLIANCE, `1${LONG}`]]],
  },
  {
    alert: 'LowThroughput',
    fires: [throughput(99, 900)],
    at: 315,
    quiet: [throughput(99, 995), throughput(101, 900)],
  },
];

const SEARCHES = 'namespace="alfred-platform",service="agent-rag",pod="agent-rag-5d4b9c6f5d-x2x4z"';
const AGENT = 'namespace="alfred-platform",service="agent-core",pod="agent-core-rollout-5d4b9c6f5d-x2x4z"';

const searches = (fast: number) => within('alfred_vector_search_duration_seconds', SEARCHES, '0.2', fast, '0.5');
const responses = (fast: number) => within('alfred_request_duration_seconds', AGENT, '0.5', fast, '1');
const rate = (one: number, other: number): Samples[] => [
  [`alfred_requests_total{${AGENT},status="200"}`, `0+${one * 15}${LONG}`],
  [`alfred_requests_total{${SEARCHES},status="200"}`, `0+${other * 15}${LONG}`],
];
const queue = (name: string, waiting: number): Samples[] => [
  [`rabbitmq_queue_messages_ready{queue="${name}"}`, `${waiting}${LONG}`],
];

/** Thresholds that the documents list for Alfred. */
export const ALFRED_ROWS: readonly AlertRow[] = [
  { alert: 'ResponsesSlow', fires: [responses(949)], at: 135, quiet: [responses(951)] },
  { alert: 'VectorSearchSlow', fires: [searches(949)], at: 135, quiet: [searches(951)] },
  { alert: 'RequestRateHigh', fires: [rate(1000, 501)], at: 120, quiet: [rate(1000, 499)] },
  {
    alert: 'QueueTooLong',
    fires: [queue('alfred-tasks', 501)],
    at: 120,
    quiet: [queue('alfred-tasks', 500), queue('others', 9000)],
  },
];
