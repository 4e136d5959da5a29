import type { Rule } from '../rule';

/** Rules about databases, caches and the way of a request. */
export const STORE_AND_TRAFFIC_RULES: readonly Rule[] = [];
