import type { Row } from './ledger';
import { at, places } from './places';
import { EVERY_SERVICE, RELEASED } from './services';

const { file, settings } = places('acgs', 'production', RELEASED);

export const ROWS: readonly Row[] = [
  { id: 'S004-01', lines: '5-19', what: 'Current state', status: 'later', system: 'simulator' },
  {
    id: 'S004-02',
    lines: '23-42',
    what: 'Bottlenecks',
    status: 'out-of-scope',
    because: 'an analysis of application code',
  },
  {
    id: 'S004-03',
    lines: '46-57',
    what: 'Pool configuration',
    status: 'emitted',
    deviations: ['S004-03, T-35'],
    values: [
      ...EVERY_SERVICE.flatMap((name) =>
        settings(name, {
          DATABASE_POOL_SIZE: '20',
          DATABASE_POOL_MAX_OVERFLOW: '30',
          DATABASE_POOL_PRE_PING: 'True',
          CONNECTION_POOL_RECYCLE: '3600',
        }),
      ),
    ],
  },
  { id: 'S004-04', lines: '59-62', what: 'Pre-warmed connections', status: 'later', system: 'connection pooling' },
  { id: 'S004-05', lines: '64-67', what: 'Pool monitoring', status: 'later', system: 'alerts' },
  {
    id: 'S004-06',
    lines: '46-69',
    what: 'Phase 1 impact',
    status: 'out-of-scope',
    because: 'the expected effect of a change to the applications',
  },
  {
    id: 'S004-07',
    lines: '75-78',
    what: 'L1 request-level cache',
    status: 'out-of-scope',
    because: 'kept for one request inside the application',
  },
  {
    id: 'S004-08',
    lines: '80-84',
    what: 'L2 service-level cache (Redis)',
    status: 'emitted',
    deviations: ['C-13'],
    values: [
      ...EVERY_SERVICE.flatMap((name) =>
        settings(name, { CACHE_DEFAULT_TTL: '300', CACHE_TTL_POLICY_DECISIONS: '1800' }),
      ),
    ],
  },
  {
    id: 'S004-09',
    lines: '86-89',
    what: 'L3 application-level cache',
    status: 'emitted',
    deviations: ['C-13'],
    values: [...EVERY_SERVICE.flatMap((name) => settings(name, { CACHE_TTL_CONSTITUTIONAL_VALIDATION: '86400' }))],
  },
  {
    id: 'S004-10',
    lines: '91-100',
    what: 'CACHE_CONFIG',
    status: 'emitted',
    still: 'alerts',
    deviations: ['C-13'],
    values: [
      ...EVERY_SERVICE.flatMap((name) =>
        settings(name, {
          REDIS_POOL_SIZE: '20',
          REDIS_MAX_CONNECTIONS: '50',
          CACHE_DEFAULT_TTL: '300',
          CACHE_TTL_CONSTITUTIONAL_VALIDATION: '86400',
        }),
      ),
    ],
  },
  {
    id: 'S004-11',
    lines: '71-102',
    what: 'Phase 2 impact',
    status: 'out-of-scope',
    because: 'the expected effect of a change to the applications',
  },
  {
    id: 'S004-12',
    lines: '104-123',
    what: 'Phase 3',
    status: 'out-of-scope',
    because: 'the expected effect of a change to the applications',
  },
  {
    id: 'S004-13',
    lines: '125-139',
    what: 'Phase 4',
    status: 'out-of-scope',
    because: 'the expected effect of a change to the applications',
  },
  {
    id: 'S004-14',
    lines: '141-189',
    what: 'Four week plan, deliverables incl. pool monitoring dashboard and hit rate dashboard',
    status: 'out-of-scope',
    because: 'a calendar of work; the dashboards it asks for are those of S000-35 to S000-38',
  },
  { id: 'S004-15', lines: '193-199', what: 'KPIs', status: 'later', system: 'alerts' },
  { id: 'S004-16', lines: '201-214', what: 'PERFORMANCE_METRICS', status: 'later', system: 'alerts' },
  { id: 'S004-17', lines: '216-220', what: 'Test strategy', status: 'later', system: 'load tests' },
  {
    id: 'S004-18',
    lines: '222-249',
    what: 'Risks',
    status: 'emitted',
    still: 'alerts',
    values: [
      ...at(file('cache-config', 'redis.conf'), { '/maxmemory-policy': 'allkeys-lru' }),
      ...at(file('revocations-config', 'redis.conf'), { '/maxmemory-policy': 'noeviction' }),
    ],
  },
  { id: 'S004-19', lines: '251-263', what: 'Objectives', status: 'later', system: 'alerts' },
  { id: 'S004-20', lines: '265-269', what: 'Validation runs', status: 'later', system: 'load tests' },
  {
    id: 'S004-21',
    lines: '271-289',
    what: 'Follow-up actions',
    status: 'out-of-scope',
    because: 'meetings and follow-up work',
  },
  { id: 'S004-22', lines: '302-311', what: 'Component targets', status: 'later', system: 'alerts' },
];
