import type { RequiredHeaderSpec } from '../../lib/model';
import { POOL_OVERFLOW, POOL_SIZE } from './numbers';

/** Hash of the constitution that every request, cache key and pod carries. */
export const CONSTITUTIONAL_HASH = 'cdd01ef066bc6cf2';

/** What every request carries. Whatever comes without it is refused, and a service that finds one all the same pages people. */
export const CONSTITUTIONAL_HEADER = {
  name: 'X-Constitutional-Hash',
  setting: 'CONSTITUTIONAL_HASH',
  alert: 'ConstitutionalComplianceViolation',
} as const satisfies RequiredHeaderSpec;

/** Settings of every ACGS service, beside those of its cache. Times are seconds. */
export const SETTINGS: Readonly<Record<string, string>> = {
  CONSTITUTIONAL_HASH,
  DATABASE_POOL_SIZE: `${POOL_SIZE}`,
  DATABASE_POOL_MAX_OVERFLOW: `${POOL_OVERFLOW}`,
  DATABASE_POOL_PRE_PING: 'True',
  CONNECTION_POOL_RECYCLE: '3600',
};
