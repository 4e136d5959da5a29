import type { CachePolicySpec } from '../../lib/model';
import { Duration } from '../../lib/units';
import { CONSTITUTIONAL_HASH } from './settings';

const HASH = { 'X-Constitutional-Hash': CONSTITUTIONAL_HASH };

/**
 * Two tiers: a process keeps what it has just seen, the cache what others may ask as well. Each key holds the hash: under
 * another constitution no old verdict is found.
 */
export const CACHE_POLICY: CachePolicySpec = {
  cache: 'cache',
  keys: { prefix: 'constitutional', version: CONSTITUTIONAL_HASH },
  memory: { entries: 10_000, ttl: Duration.minutes(5) },
  poolSize: 20,
  maxConnections: 50,
  target: Duration.millis(2),
  defaultTtl: Duration.minutes(5),
  ttls: {
    constitutional_validation: Duration.hours(24),
    jwt_validation: Duration.hours(1),
    policy_decisions: Duration.minutes(30),
  },
};

/** The same where checks that many ask for are computed beforehand. The path is that of the service: put yours here. */
export const WARM_CACHE_POLICY: CachePolicySpec = {
  ...CACHE_POLICY,
  warming: {
    service: 'constitutional-ai',
    path: '/api/v1/constitutional/checks/{name}',
    names: ['basic_safety_check', 'transparency_check', 'fairness_check', 'accountability_check'],
    kind: 'constitutional_validation',
    headers: HASH,
    expectedHeaders: HASH,
  },
};
