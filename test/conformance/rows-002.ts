import type { Row } from './ledger';
import { at, deployment, perContainer, perPod, places } from './places';
import { EVERY_SERVICE, RELEASED } from './services';

const { container, file, hpa, object, resource, settings } = places('acgs', 'production', RELEASED);
const standby = places('acgs', 'production-dr', RELEASED);
const gateway = file('gateway-config', 'nginx.conf', '/http/0/body');

export const ROWS: readonly Row[] = [
  {
    id: 'S002-01',
    lines: '9-17',
    what: 'Claims',
    status: 'out-of-scope',
    because: 'claims; the figures behind them are S002-02 to S002-06',
  },
  { id: 'S002-02', lines: '27', what: 'Validated metric: Constitutional AI', status: 'later', system: 'simulator' },
  { id: 'S002-03', lines: '28', what: 'Validated metric: Auth Service', status: 'later', system: 'simulator' },
  { id: 'S002-04', lines: '29', what: 'Validated metric: Agent HITL', status: 'later', system: 'simulator' },
  { id: 'S002-05', lines: '30', what: 'Validated metric: Overall System', status: 'later', system: 'simulator' },
  { id: 'S002-06', lines: '44-49', what: 'Targets', status: 'later', system: 'alerts' },
  { id: 'S002-07', lines: '57-61', what: 'Hardware', status: 'later', system: 'Compose stack' },
  {
    id: 'S002-08',
    lines: '63-67',
    what: 'Software',
    status: 'emitted',
    still: 'Compose stack',
    deviations: ['S002-08'],
    values: [
      ...at(resource('data', 'aws_db_instance'), { '/engine_version': '15', '/port': 5439 }),
      ...at(container('redis', 'StatefulSet', 'cache-shard-0'), { '/image': 'docker.io/library/redis:7.2.11-alpine' }),
      ...at(file('cache-config', 'redis.conf'), { '/tls-port': '6389' }),
      ...at(standby.resource('data', 'aws_elasticache_replication_group', { '/description': 'Cache cache' }), {
        '/engine': 'valkey',
        '/engine_version': '8.2',
        '/port': 6389,
      }),
    ],
  },
  {
    id: 'S002-09',
    lines: '71-82',
    what: 'Ports of 8 services',
    status: 'emitted',
    still: 'Compose stack',
    deviations: ['C-07'],
    values: [
      ...at(object('Service', 'constitutional-ai'), { '/spec/ports/name=http/port': 8001 }),
      ...at(container('constitutional-ai'), { '/ports/name=http/containerPort': 8001 }),
      ...at(object('Service', 'auth-service'), { '/spec/ports/name=http/port': 8016 }),
      ...at(container('auth-service'), { '/ports/name=http/containerPort': 8016 }),
      ...at(object('Service', 'agent-hitl'), { '/spec/ports/name=http/port': 8008 }),
      ...at(container('agent-hitl'), { '/ports/name=http/containerPort': 8008 }),
      ...at(object('Service', 'integrity-service'), { '/spec/ports/name=http/port': 8002 }),
      ...at(container('integrity-service'), { '/ports/name=http/containerPort': 8002 }),
      ...at(object('Service', 'formal-verification'), { '/spec/ports/name=http/port': 8003 }),
      ...at(container('formal-verification'), { '/ports/name=http/containerPort': 8003 }),
      ...at(object('Service', 'governance-synthesis'), { '/spec/ports/name=http/port': 8004 }),
      ...at(container('governance-synthesis'), { '/ports/name=http/containerPort': 8004 }),
      ...at(object('Service', 'policy-governance'), { '/spec/ports/name=http/port': 8005 }),
      ...at(container('policy-governance'), { '/ports/name=http/containerPort': 8005 }),
      ...at(object('Service', 'evolutionary-computation'), { '/spec/ports/name=http/port': 8006 }),
      ...at(container('evolutionary-computation'), { '/ports/name=http/containerPort': 8006 }),
    ],
  },
  {
    id: 'S002-10',
    lines: '88-96',
    what: 'L1 in-process cache',
    status: 'emitted',
    values: [
      ...EVERY_SERVICE.flatMap((name) =>
        settings(name, { L1_CACHE_MAX_ENTRIES: '10000', L1_CACHE_TTL: '300', CONSTITUTIONAL_HASH: 'cdd01ef066bc6cf2' }),
      ),
    ],
  },
  {
    id: 'S002-11',
    lines: '98-109',
    what: 'L2 Redis cache',
    status: 'emitted',
    still: 'Redis client settings',
    deviations: ['C-13'],
    values: [
      ...EVERY_SERVICE.flatMap((name) =>
        settings(name, {
          REDIS_POOL_SIZE: '20',
          REDIS_MAX_CONNECTIONS: '50',
          CACHE_TTL_CONSTITUTIONAL_VALIDATION: '86400',
          CACHE_TTL_JWT_VALIDATION: '3600',
          CACHE_TTL_POLICY_DECISIONS: '1800',
        }),
      ),
    ],
  },
  {
    id: 'S002-12',
    lines: '117-133',
    what: 'Environment preparation and hash validation',
    status: 'documented',
    file: 'README.md',
    says: 'put your values into the declarations',
  },
  {
    id: 'S002-13',
    lines: '137-150',
    what: 'Infra start and connectivity checks',
    status: 'later',
    system: 'Compose stack',
  },
  {
    id: 'S002-14',
    lines: '154-170',
    what: 'Service start and health validation',
    status: 'later',
    system: 'Compose stack',
  },
  { id: 'S002-15', lines: '174-188', what: 'Performance validation contract', status: 'later', system: 'load tests' },
  { id: 'S002-16', lines: '196-200', what: 'Metric targets', status: 'later', system: 'alerts' },
  { id: 'S002-17', lines: '202-207', what: 'Alert High Latency', status: 'later', system: 'alerts' },
  { id: 'S002-18', lines: '209-211', what: 'Alert Low Throughput', status: 'later', system: 'alerts' },
  { id: 'S002-19', lines: '213-215', what: 'Alert Constitutional Violation', status: 'later', system: 'alerts' },
  {
    id: 'S002-20',
    lines: '218-225',
    what: 'Health endpoints',
    status: 'emitted',
    still: 'Compose stack',
    deviations: ['C-07'],
    values: [
      ...at(container('constitutional-ai'), {
        '/readinessProbe/httpGet/path': '/health',
        '/readinessProbe/httpGet/port': 'http',
        '/ports/name=http/containerPort': 8001,
      }),
      ...at(container('auth-service'), {
        '/readinessProbe/httpGet/path': '/health',
        '/readinessProbe/httpGet/port': 'http',
        '/ports/name=http/containerPort': 8016,
      }),
      ...at(container('agent-hitl'), {
        '/readinessProbe/httpGet/path': '/health',
        '/readinessProbe/httpGet/port': 'http',
        '/ports/name=http/containerPort': 8008,
      }),
    ],
  },
  {
    id: 'S002-21',
    lines: '231-237',
    what: 'Auto-scaling triggers',
    status: 'emitted',
    still: 'alerts',
    values: [
      ...at(hpa('evolutionary-computation'), { ...perContainer('cpu', 'evolutionary-computation', 70) }),
      ...at(hpa('acgs-constitutional-ai-hpa'), {
        ...perContainer('cpu', 'constitutional-ai', 70),
        [perPod('http_requests_per_second')]: '500',
      }),
    ],
  },
  {
    id: 'S002-22',
    lines: '239-259',
    what: 'HPA acgs-services-hpa',
    status: 'emitted',
    deviations: ['C-05, C-31', 'T-16'],
    values: [
      ...at(hpa('evolutionary-computation'), {
        '/scaleTargetRef': deployment('evolutionary-computation'),
        '/minReplicas': 3,
        '/maxReplicas': 10,
        '/metrics/length': 1,
        ...perContainer('cpu', 'evolutionary-computation', 70),
      }),
    ],
  },
  { id: 'S002-23', lines: '265-286', what: 'Emergency rollback', status: 'later', system: 'runbooks' },
  {
    id: 'S002-24',
    lines: '292-297',
    what: 'Constitutional compliance enforcement',
    status: 'emitted',
    still: 'compliance gate',
    values: [...EVERY_SERVICE.flatMap((name) => settings(name, { CONSTITUTIONAL_HASH: 'cdd01ef066bc6cf2' }))],
  },
  {
    id: 'S002-25',
    lines: '299-307',
    what: 'Security headers',
    status: 'emitted',
    values: [
      ...at(gateway, {
        '/add_header/words.0=X-Constitutional-Hash/words': ['X-Constitutional-Hash', 'cdd01ef066bc6cf2', 'always'],
        '/add_header/words.0=X-Content-Type-Options/words': ['X-Content-Type-Options', 'nosniff', 'always'],
        '/add_header/words.0=X-Frame-Options/words': ['X-Frame-Options', 'DENY', 'always'],
        '/add_header/words.0=X-XSS-Protection/words': ['X-XSS-Protection', '1; mode=block', 'always'],
      }),
    ],
  },
  {
    id: 'S002-26',
    lines: '313-328',
    what: 'Runbooks: latency >5ms, throughput <100 RPS, violations',
    status: 'later',
    system: 'runbooks',
  },
  { id: 'S002-27', lines: '330-341', what: 'Debug commands', status: 'later', system: 'runbooks' },
  {
    id: 'S002-28',
    lines: '347-355',
    what: 'Readiness checklist',
    status: 'out-of-scope',
    because: 'a list to tick of what other rows say',
  },
];
