import type { Rule } from '../rule';

/** Rules about what is promised: load, recovery, and environments that resemble one another. */
export const PROMISE_RULES: readonly Rule[] = [];
