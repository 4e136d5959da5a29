import { Duration } from '../../lib/units';

/**
 * Numbers that several declarations share. What the documents say in more than one place stands here once, and
 * `test/apps/drift.test.ts` shows what follows from each.
 */

/** Connections that each process of a service keeps to the database, and how many it may open beside those. */
export const POOL_SIZE = 20;
export const POOL_OVERFLOW = 30;

/** Time within which 99 of 100 requests are answered: what users are promised, releases are held to and load tests ask for. */
export const SLOWEST_ANSWER = Duration.millis(5);

/** Requests a second that production is to serve, by service: what its bounds are held to, and what load tests ask for. */
export const PROMISED_RPS = { 'constitutional-ai': 5000, 'auth-service': 5000, 'agent-hitl': 1500 } as const;
