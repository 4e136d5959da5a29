import type { Rule } from '../rule';

/** Rules about room for pods. */
export const CAPACITY_RULES: readonly Rule[] = [];
