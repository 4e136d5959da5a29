import type { Rule } from '../rule';
import { declaredConnectionsAreOpen } from './declared-connections-are-open';
import { policiesHaveAnEnforcer } from './policies-have-an-enforcer';

/** Rules about who may speak to whom, and about names that two sides use. */
export const NETWORK_RULES: readonly Rule[] = [policiesHaveAnEnforcer, declaredConnectionsAreOpen];
