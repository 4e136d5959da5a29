import type { CustomMetric } from '../../lib/model';

/** Requests a second, from the counter that every Alfred service exports. */
export const REQUESTS: CustomMetric = { name: 'requests_per_second', series: 'alfred_requests_total' };

export const VECTOR_SEARCHES: CustomMetric = {
  name: 'vector_searches_per_second',
  series: 'alfred_vector_searches_total',
};

/** Messages waiting in the broker, which is not part of the platform. */
export const QUEUE_MESSAGES: CustomMetric = {
  name: 'queue_messages_ready',
  series: 'rabbitmq_queue_messages_ready',
  kind: 'gauge',
  combine: 'max',
};
