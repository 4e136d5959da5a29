import type { CustomMetric } from '../../lib/model';
import { Duration } from '../../lib/units';

/** Requests a second, from the counter that every ACGS service exports. */
export const HTTP_REQUESTS: CustomMetric = { name: 'http_requests_per_second', series: 'acgs_requests_total' };

export const JWT_VALIDATIONS: CustomMetric = {
  name: 'jwt_validations_per_second',
  series: 'acgs_jwt_validations_total',
};

export const LLM_REQUESTS: CustomMetric = { name: 'llm_requests_per_second', series: 'acgs_llm_requests_total' };

/** Policies waiting to be synthesized: one queue that every pod reports alike, so an external metric and no sum. */
export const SYNTHESIS_QUEUE: CustomMetric = {
  name: 'policy_synthesis_queue_length',
  series: 'acgs_policy_synthesis_queue_length',
  kind: 'gauge',
  combine: 'max',
};

/** Bounds of the services' histogram of durations: every threshold is one of them. */
export const REQUEST_BUCKETS: readonly Duration[] = [1, 2, 3, 5, 10, 25, 50, 100, 500, 1000].map(Duration.millis);
