import type { Rule } from '../rule';
import { policiesHaveAnEnforcer } from './policies-have-an-enforcer';

/** Rules about who may speak to whom, and about names that two sides use. */
export const NETWORK_RULES: readonly Rule[] = [policiesHaveAnEnforcer];
