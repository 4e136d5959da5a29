import type { Rule } from '../rule';

/** Rules about limits of AWS, of its volumes and of versions. */
export const CLOUD_RULES: readonly Rule[] = [];
