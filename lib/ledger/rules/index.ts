import type { Rule } from '../rule';
import { CAPACITY_RULES } from './capacity';
import { STORE_AND_TRAFFIC_RULES } from './stores-and-traffic';

export { CAPACITY_RULES, STORE_AND_TRAFFIC_RULES };

/** Every rule, by what it is about. */
export const RULES: readonly Rule[] = [...CAPACITY_RULES, ...STORE_AND_TRAFFIC_RULES];
