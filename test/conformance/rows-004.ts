import type { Row } from './ledger';
import { at, places, ruleSpots } from './places';
import { EVERY_SERVICE, RELEASED } from './services';

const { alert: ring, recorded } = ruleSpots('acgs', 'production');

const { document, file, loadTest, object, resource, settings } = places('acgs', 'production', RELEASED);

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
  {
    id: 'S004-04',
    lines: '59-62',
    what: 'Pre-warmed connections',
    status: 'emitted',
    deviations: ['S004-04, T-35'],
    values: [
      ...at(file('main-pooler-config', 'pgbouncer.ini'), {
        '/acgs':
          'host=@SERVER_HOST@ port=@SERVER_PORT@ dbname=acgs pool_size=20 min_pool_size=10 max_db_connections=200',
        '/pool_mode': 'transaction',
        '/server_check_delay': '30',
        '/server_tls_sslmode': 'verify-full',
        '/client_tls_sslmode': 'require',
      }),
      ...at(object('Deployment', 'main-pooler', '/spec'), { '/replicas': 2 }),
      ...['development', 'production'].flatMap((name) =>
        at(places('acgs', name).document('compose/pgbouncer/pgbouncer.ini'), {
          '/acgs': 'host=postgres port=5432 dbname=acgs pool_size=10 min_pool_size=10 max_db_connections=100',
          '/pool_mode': 'transaction',
          '/server_check_delay': '30',
        }),
      ),
    ],
  },
  {
    id: 'S004-05',
    lines: '64-67',
    what: 'Pool monitoring',
    status: 'emitted',
    values: [
      ...at(document('grafana/data-stores.json'), {
        '/panels/title=Pools in use/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 0.9, color: 'red' },
        ],
      }),
      ...at(ring('databases', 'ConnectionPoolExhausted'), {
        '/expr':
          'sum by (namespace, service, database, pod) (acgs_db_pool_connections{namespace="acgs"}) > on (namespace, service, database) group_left () (0.9 * service:pool_connections_per_pod:limit)',
        '/for': '2m',
      }),
      // four fifths of 3400, of all pools together
      ...at(
        resource('operations', 'aws_cloudwatch_metric_alarm', { '/alarm_name': 'acgs-production-main-connections' }),
        {
          '/metric_name': 'DatabaseConnections',
          '/comparison_operator': 'GreaterThanThreshold',
          '/threshold': 2720,
        },
      ),
    ],
  },
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
    deviations: ['C-13'],
    values: [
      ...at(ring('redis', 'CacheHitRateLow'), { '/expr': 'acgs_cache_hit_rate{service="cache"} < 0.85' }),
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
  {
    id: 'S004-15',
    lines: '193-199',
    what: 'KPIs',
    status: 'emitted',
    deviations: ['S002-18, T-25'],
    values: [
      ...at(document('grafana/service-performance.json'), {
        '/panels/title=P95 latency/targets/0/expr': 'service:request_duration_seconds:p95',
        '/panels/title=Median latency/targets/0/expr': 'service:request_duration_seconds:p50',
      }),
      ...at(ring('services', 'HighLatencyUnderLoad'), {
        '/expr':
          'histogram_quantile(0.99, sum(rate(acgs_request_duration_seconds_bucket{namespace="acgs"}[1m])) by (le, namespace, service)) > 0.005',
      }),
      ...at(ring('services', 'LowThroughput'), {
        '/expr': 'acgs_throughput_rps < 100 and on () (count(service:request_duration_seconds:p99 > 0.005) > 0)',
      }),
      ...at(ring('redis', 'CacheHitRateLow'), { '/expr': 'acgs_cache_hit_rate{service="cache"} < 0.85' }),
      ...at(ring('services', 'ConstitutionalComplianceViolation'), {
        '/expr': 'min(acgs_constitutional_compliance_rate{namespace="acgs"}) by (namespace, service) < 1',
      }),
    ],
  },
  {
    id: 'S004-16',
    lines: '201-214',
    what: 'PERFORMANCE_METRICS',
    status: 'emitted',
    values: [
      ...at(ring('services', 'HighLatencyUnderLoad'), {
        '/expr':
          'histogram_quantile(0.99, sum(rate(acgs_request_duration_seconds_bucket{namespace="acgs"}[1m])) by (le, namespace, service)) > 0.005',
      }),
      ...at(recorded('services', 'service:requests:rate1m'), {
        '/expr': 'sum by (namespace, service) (rate(acgs_requests_total{namespace="acgs"}[1m]))',
      }),
      ...at(recorded('redis', 'acgs_cache_hit_rate'), {
        '/expr':
          'sum by (namespace, service) (rate(redis_keyspace_hits_total{namespace="acgs",service=~"cache|revocations"}[5m])) / (sum by (namespace, service) (rate(redis_keyspace_hits_total{namespace="acgs",service=~"cache|revocations"}[5m])) + sum by (namespace, service) (rate(redis_keyspace_misses_total{namespace="acgs",service=~"cache|revocations"}[5m])) > 0)',
      }),
      ...at(ring('redis', 'CacheHitRateLow'), { '/expr': 'acgs_cache_hit_rate{service="cache"} < 0.85' }),
      ...at(ring('services', 'ConstitutionalComplianceViolation'), {
        '/expr': 'min(acgs_constitutional_compliance_rate{namespace="acgs"}) by (namespace, service) < 1',
        '/for': '0s',
      }),
    ],
  },
  {
    id: 'S004-17',
    lines: '216-220',
    what: 'Test strategy',
    status: 'emitted',
    deviations: ['S004-17, S004-20, C-41'],
    values: [
      ...at(loadTest('steady-rate'), { '/scenarios/load/rate': 50, '/thresholds/checks': ['rate>=1'] }),
      ...at(loadTest('stress-rate'), { '/scenarios/load/rate': 100, '/thresholds/checks': ['rate>=1'] }),
      ...at(loadTest('endurance-rate'), { '/scenarios/load/rate': 50, '/scenarios/load/duration': '24h' }),
    ],
  },
  {
    id: 'S004-18',
    lines: '222-249',
    what: 'Risks',
    status: 'emitted',
    values: [
      ...at(ring('redis', 'RedisMemoryHigh'), { '/for': '5m', '/labels/severity': 'warning' }),
      ...at(ring('databases', 'ConnectionPoolExhausted'), {
        '/expr':
          'sum by (namespace, service, database, pod) (acgs_db_pool_connections{namespace="acgs"}) > on (namespace, service, database) group_left () (0.9 * service:pool_connections_per_pod:limit)',
      }),
      ...at(file('cache-config', 'redis.conf'), { '/maxmemory-policy': 'allkeys-lru' }),
      ...at(file('revocations-config', 'redis.conf'), { '/maxmemory-policy': 'noeviction' }),
    ],
  },
  {
    id: 'S004-19',
    lines: '251-263',
    what: 'Objectives',
    status: 'emitted',
    deviations: ['S004-19, C-22', 'S002-18, T-25'],
    values: [
      ...at(document('grafana/service-performance.json'), {
        '/panels/title=P95 latency/targets/0/expr': 'service:request_duration_seconds:p95',
        '/panels/title=Median latency/targets/0/expr': 'service:request_duration_seconds:p50',
      }),
      ...at(ring('services', 'HighLatencyUnderLoad'), {
        '/expr':
          'histogram_quantile(0.99, sum(rate(acgs_request_duration_seconds_bucket{namespace="acgs"}[1m])) by (le, namespace, service)) > 0.005',
      }),
      ...at(ring('services', 'LowThroughput'), {
        '/expr': 'acgs_throughput_rps < 100 and on () (count(service:request_duration_seconds:p99 > 0.005) > 0)',
      }),
      ...at(ring('redis', 'CacheHitRateLow'), { '/expr': 'acgs_cache_hit_rate{service="cache"} < 0.85' }),
      ...at(ring('services', 'ConstitutionalComplianceViolation'), {
        '/expr': 'min(acgs_constitutional_compliance_rate{namespace="acgs"}) by (namespace, service) < 1',
      }),
    ],
  },
  {
    id: 'S004-20',
    lines: '265-269',
    what: 'Validation runs',
    status: 'emitted',
    deviations: ['S004-17, S004-20, C-41'],
    values: [
      ...at(loadTest('steady-rate'), { '/scenarios/load/duration': '1h' }),
      ...at(loadTest('stress-rate'), { '/scenarios/load/duration': '15m' }),
      ...at(loadTest('capacity-constitutional-ai'), { '/scenarios/load/rate': 5000 }),
      ...at(loadTest('capacity-auth-service'), { '/scenarios/load/rate': 5000 }),
      ...at(loadTest('capacity-agent-hitl'), { '/scenarios/load/rate': 1500 }),
    ],
  },
  {
    id: 'S004-21',
    lines: '271-289',
    what: 'Follow-up actions',
    status: 'out-of-scope',
    because: 'meetings and follow-up work',
  },
  {
    id: 'S004-22',
    lines: '302-311',
    what: 'Component targets',
    status: 'emitted',
    deviations: ['S002-18, T-25'],
    values: [
      ...at(ring('services', 'HighLatencyUnderLoad'), {
        '/expr':
          'histogram_quantile(0.99, sum(rate(acgs_request_duration_seconds_bucket{namespace="acgs"}[1m])) by (le, namespace, service)) > 0.005',
      }),
      ...at(ring('services', 'LowThroughput'), {
        '/expr': 'acgs_throughput_rps < 100 and on () (count(service:request_duration_seconds:p99 > 0.005) > 0)',
      }),
      ...at(ring('redis', 'CacheHitRateLow'), { '/expr': 'acgs_cache_hit_rate{service="cache"} < 0.85' }),
      ...at(ring('services', 'ConstitutionalComplianceViolation'), {
        '/expr': 'min(acgs_constitutional_compliance_rate{namespace="acgs"}) by (namespace, service) < 1',
      }),
    ],
  },
];
