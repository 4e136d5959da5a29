/** Hash of the constitution that every request, cache key and pod carries. */
export const CONSTITUTIONAL_HASH = 'cdd01ef066bc6cf2';

/** Settings of every ACGS service. Times are seconds. */
export const SETTINGS: Readonly<Record<string, string>> = {
  CONSTITUTIONAL_HASH,
  DATABASE_POOL_SIZE: '20',
  DATABASE_POOL_MAX_OVERFLOW: '30',
  DATABASE_POOL_PRE_PING: 'True',
  CONNECTION_POOL_RECYCLE: '3600',
  L1_CACHE_MAX_ENTRIES: '10000',
  L1_CACHE_TTL: '300',
  REDIS_POOL_SIZE: '20',
  REDIS_MAX_CONNECTIONS: '50',
  CACHE_DEFAULT_TTL: '300',
  CACHE_TTL_CONSTITUTIONAL_VALIDATION: '86400',
  CACHE_TTL_JWT_VALIDATION: '3600',
  CACHE_TTL_POLICY_DECISIONS: '1800',
};
