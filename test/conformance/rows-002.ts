import type { Row } from './ledger';
import { at, deployment, perContainer, perPod, places, ruleSpots } from './places';
import { EVERY_SERVICE, RELEASED } from './services';

const { alert: ring, recorded } = ruleSpots('acgs', 'production');

const { container, document, file, hpa, loadTest, object, resource, settings } = places('acgs', 'production', RELEASED);
/** On one machine. */
/** How fast a container answers on a port of the machine. */
const timed = (port: number): string =>
  `curl --fail --silent --show-error --output /dev/null --write-out 'Total: %{time_total}s\\n' http://localhost:${port}/health`;

const local = places('acgs', 'development');
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
  {
    id: 'S002-06',
    lines: '44-49',
    what: 'Targets',
    status: 'emitted',
    still: 'simulator',
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
  {
    id: 'S002-07',
    lines: '57-61',
    what: 'Hardware: 8 processors and 16 GB hold acgs/development, 16 and 32 acgs/production',
    status: 'checked',
    checks: ['local-host-holds-what-is-reserved'],
  },
  {
    id: 'S002-08',
    lines: '63-67',
    what: 'Software',
    status: 'emitted',
    deviations: ['S000-43, S002-09', 'S002-08'],
    values: [
      ...at(resource('data', 'aws_db_instance'), { '/engine_version': '15', '/port': 5439 }),
      ...at(container('redis', 'StatefulSet', 'cache-shard-0'), {
        '/image': '333333333333.dkr.ecr.us-west-2.amazonaws.com/docker-hub/library/redis:7.2.11-alpine',
      }),
      ...at(file('cache-config', 'redis.conf'), { '/tls-port': '6389' }),
      ...at(standby.resource('data', 'aws_elasticache_replication_group', { '/description': 'Cache cache' }), {
        '/engine': 'valkey',
        '/engine_version': '8.2',
        '/port': 6389,
      }),
      ...at(local.composed('postgres'), {
        '/image': 'docker.io/library/postgres:15.18-trixie',
        '/ports': ['127.0.0.1:5439:5432'],
      }),
      ...at(local.composed('redis-1'), { '/image': 'docker.io/library/redis:7.2.11-alpine' }),
      ...at(local.document('compose/redis/cache/config/redis.conf'), { '/port': '6389' }),
    ],
  },
  {
    id: 'S002-09',
    lines: '71-82',
    what: 'Ports of 8 services',
    status: 'emitted',
    deviations: ['S000-43, S002-09', 'C-07'],
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
      ...at(local.composed('constitutional-ai'), { '/ports': ['127.0.0.1:32768:8001'] }),
      ...at(local.composed('auth-service'), { '/ports': ['127.0.0.1:8016:8016'] }),
      ...at(local.composed('agent-hitl'), { '/ports': ['127.0.0.1:8008:8008'] }),
      ...at(local.composed('integrity-service'), { '/ports': ['127.0.0.1:8002:8002'] }),
      ...at(local.composed('formal-verification'), { '/ports': ['127.0.0.1:8003:8003'] }),
      ...at(local.composed('governance-synthesis'), { '/ports': ['127.0.0.1:8004:8004'] }),
      ...at(local.composed('policy-governance'), { '/ports': ['127.0.0.1:8005:8005'] }),
      ...at(local.composed('evolutionary-computation'), { '/ports': ['127.0.0.1:8006:8006'] }),
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
    deviations: ['C-13'],
    values: [
      ...EVERY_SERVICE.flatMap((name) =>
        settings(name, {
          REDIS_POOL_SIZE: '20',
          REDIS_MAX_CONNECTIONS: '50',
          REDIS_SOCKET_KEEPALIVE: 'true',
          REDIS_RETRY_ON_TIMEOUT: 'true',
          REDIS_LATENCY_TARGET_MS: '2',
          CACHE_KEY_PREFIX: 'constitutional:cdd01ef066bc6cf2:',
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
    status: 'emitted',
    deviations: ['S002-13, T-23'],
    values: [
      ...at(local.composed('postgres'), {
        '/healthcheck/test': ['CMD', 'pg_isready', '--quiet', '--timeout=4'],
        '/user': 'postgres',
      }),
      ...at(local.composed('auth-service'), { '/depends_on/pgbouncer/condition': 'service_healthy' }),
      ...at(local.composed('redis-1'), { '/healthcheck/test': ['CMD', 'sh', '/etc/redis/scripts/healthy.sh'] }),
    ],
  },
  {
    id: 'S002-14',
    lines: '154-170',
    what: 'Service start and health validation',
    status: 'emitted',
    values: [
      ...at(local.document('runbooks/troubleshooting.md', '/on-one-machine/commands'), {
        '/0': 'docker compose --project-directory dist/compose/acgs/development ps',
        '/1': timed(32768),
        '/2': timed(8016),
        '/3': timed(8008),
      }),
      ...at(local.composed('constitutional-ai'), {
        '/healthcheck/test': ['CMD', 'curl', '-f', 'http://localhost:8001/health'],
        '/ports': ['127.0.0.1:32768:8001'],
      }),
      ...at(local.composed('auth-service'), {
        '/healthcheck/test': ['CMD', 'curl', '-f', 'http://localhost:8016/health'],
        '/ports': ['127.0.0.1:8016:8016'],
      }),
      ...at(local.composed('agent-hitl'), {
        '/healthcheck/test': ['CMD', 'curl', '-f', 'http://localhost:8008/health'],
        '/ports': ['127.0.0.1:8008:8008'],
      }),
    ],
  },
  {
    id: 'S002-15',
    lines: '174-188',
    what: 'Performance validation contract',
    status: 'emitted',
    values: [
      ...at(loadTest('release'), {
        '/thresholds/http_reqs': ['rate>3500'],
        '/thresholds/checks': ['rate>=1'],
      }),
    ],
  },
  {
    id: 'S002-16',
    lines: '196-200',
    what: 'Metric targets',
    status: 'emitted',
    values: [
      ...at(ring('services', 'HighLatencyUnderLoad'), {
        '/expr':
          'histogram_quantile(0.99, sum(rate(acgs_request_duration_seconds_bucket{namespace="acgs"}[1m])) by (le, namespace, service)) > 0.005',
      }),
      ...at(recorded('services', 'acgs_throughput_rps'), { '/expr': 'sum(service:requests:rate1m)' }),
      ...at(ring('redis', 'CacheHitRateLow'), { '/expr': 'acgs_cache_hit_rate{service="cache"} < 0.85' }),
      ...at(ring('services', 'ConstitutionalComplianceViolation'), {
        '/expr': 'min(acgs_constitutional_compliance_rate{namespace="acgs"}) by (namespace, service) < 1',
      }),
    ],
  },
  {
    id: 'S002-17',
    lines: '202-207',
    what: 'Alert High Latency',
    status: 'emitted',
    deviations: ['S000-32..34, T-03'],
    values: [
      ...at(ring('services', 'HighLatencyUnderLoad'), {
        '/expr':
          'histogram_quantile(0.99, sum(rate(acgs_request_duration_seconds_bucket{namespace="acgs"}[1m])) by (le, namespace, service)) > 0.005',
        '/for': '1m',
        '/labels/escalation': 'immediate',
      }),
    ],
  },
  {
    id: 'S002-18',
    lines: '209-211',
    what: 'Alert Low Throughput',
    status: 'emitted',
    deviations: ['S002-18, T-25'],
    values: [
      ...at(ring('services', 'LowThroughput'), {
        '/expr': 'acgs_throughput_rps < 100 and on () (count(service:request_duration_seconds:p99 > 0.005) > 0)',
        '/for': '5m',
        '/labels/severity': 'info',
      }),
    ],
  },
  {
    id: 'S002-19',
    lines: '213-215',
    what: 'Alert Constitutional Violation',
    status: 'emitted',
    deviations: ['S000-23, S002-19, C-09'],
    values: [
      ...at(ring('services', 'ConstitutionalComplianceViolation'), {
        '/expr': 'min(acgs_constitutional_compliance_rate{namespace="acgs"}) by (namespace, service) < 1',
        '/for': '0s',
        '/labels/severity': 'critical',
        '/labels/escalation': 'immediate',
      }),
    ],
  },
  {
    id: 'S002-20',
    lines: '218-225',
    what: 'Health endpoints',
    status: 'emitted',
    deviations: ['S000-43, S002-09', 'C-07'],
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
      ...at(local.composed('constitutional-ai'), { '/healthcheck/test/3': 'http://localhost:8001/health' }),
      ...at(local.composed('auth-service'), { '/healthcheck/test/3': 'http://localhost:8016/health' }),
      ...at(local.composed('agent-hitl'), { '/healthcheck/test/3': 'http://localhost:8008/health' }),
    ],
  },
  {
    id: 'S002-21',
    lines: '231-237',
    what: 'Auto-scaling triggers',
    status: 'emitted',
    values: [
      ...at(ring('services', 'LatencyRising'), {
        '/expr':
          'histogram_quantile(0.99, sum(rate(acgs_request_duration_seconds_bucket{namespace="acgs"}[1m])) by (le, namespace, service)) > 0.003',
        '/for': '1m',
        '/labels/severity': 'info',
      }),
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
  {
    id: 'S002-23',
    lines: '265-286',
    what: 'Emergency rollback',
    status: 'emitted',
    deviations: ['S002-23, T-23'],
    values: [
      ...at(document('runbooks/rollback.md', '/while-a-release-is-under-way/commands'), {
        '/3': 'kubectl argo rollouts abort auth-service --namespace acgs',
      }),
      ...at(document('runbooks/rollback.md', '/what-goes-back-how/rows'), {
        '/0=agent-hitl/1': 'Rollout agent-hitl',
        '/0=integrity-service/1': 'Deployment integrity-service',
      }),
      ...at(document('runbooks/rollback.md', '/in-git/commands'), {
        '/0': "git revert --no-edit '<commit of the release>'",
        '/1': 'npm run synth',
        '/5': 'docker compose --project-directory dist/compose/acgs/production up --detach --wait',
      }),
      ...at(document('runbooks/rollback.md', '/afterwards/commands'), {
        '/1': "curl --fail --silent --show-error --write-out '%{time_total}\\n' https://acgs.example.com/auth-service/health",
        '/2': 'k6 run dist/k6/acgs/production/validation.js',
      }),
    ],
  },
  {
    id: 'S002-24',
    lines: '292-297',
    what: 'Constitutional compliance enforcement',
    status: 'emitted',
    deviations: ['S002-24, C-09'],
    values: [
      ...EVERY_SERVICE.flatMap((name) => settings(name, { CONSTITUTIONAL_HASH: 'cdd01ef066bc6cf2' })),
      ...at(gateway, {
        '/map/words.1=$sent_header/words/0': '$http_x_constitutional_hash',
        '/map/words.1=$sent_header/body/default/0/words': ['wrong'],
        '/map/words.1=$sent_header/body/~0^cdd01ef066bc6cf2$/0/words': ['right'],
        '/map/words.1=$is_refused/body/default/0/words': ['1'],
        '/map/words.1=$is_refused/body/right/0/words': ['0'],
        '/server/0/body/if/0/words': ['($is_refused)'],
        '/server/0/body/if/0/body/return/0/words': ['403', 'X-Constitutional-Hash is missing or wrong\\n'],
      }),
      ...['auth-service', 'constitutional-ai', 'agent-hitl', 'policy-governance'].flatMap((name) =>
        at(object('AuthorizationPolicy', name, '/spec/rules'), {
          '/length': 2,
          '/0/when': [{ key: 'request.headers[X-Constitutional-Hash]', values: ['cdd01ef066bc6cf2'] }],
          '/1/when': undefined,
          '/1/to/0/operation/paths': ['/health'],
          '/1/to/0/operation/methods': ['GET', 'HEAD'],
        }),
      ),
      ...at(document('runbooks/compliance.md', '/what-is-refused/rows'), {
        '/0=gateway/1': 'every request from outside without `X-Constitutional-Hash: cdd01ef066bc6cf2`',
      }),
    ],
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
    status: 'emitted',
    values: [
      ...at(ring('services', 'HighLatencyUnderLoad'), {
        '/annotations/runbook_url': 'https://runbooks.acgs.example.com/acgs/production/alerts.md#highlatencyunderload',
      }),
      ...at(ring('services', 'LowThroughput'), {
        '/annotations/runbook_url': 'https://runbooks.acgs.example.com/acgs/production/alerts.md#lowthroughput',
      }),
      ...at(ring('services', 'ConstitutionalComplianceViolation'), {
        '/annotations/runbook_url':
          'https://runbooks.acgs.example.com/acgs/production/alerts.md#constitutionalcomplianceviolation',
      }),
    ],
  },
  {
    id: 'S002-27',
    lines: '330-341',
    what: 'Debug commands',
    status: 'emitted',
    deviations: ['S002-27, T-23'],
    values: [
      ...at(document('runbooks/troubleshooting.md', '/how-fast-a-service-answers/commands'), {
        '/1': 'kubectl --namespace acgs port-forward "$POD" 8016:8016 & FORWARD=$!',
        '/3': "curl --silent --output /dev/null --write-out 'Total: %{time_total}s\\n' http://localhost:8016/health",
      }),
      ...at(document('runbooks/troubleshooting.md', '/stores/commands'), {
        '/0': `kubectl --namespace acgs exec cache-shard-0-0 --container redis -- sh -c 'REDISCLI_AUTH=$(cat "$REDIS_AUTH_FILE") redis-cli --tls --cacert "$REDIS_TLS_FOLDER/ca.crt" --cert "$REDIS_TLS_FOLDER/tls.crt" --key "$REDIS_TLS_FOLDER/tls.key" -h "$REDIS_IP" -p "$REDIS_PORT" INFO stats'`,
        '/7': `kubectl --namespace acgs exec job/main-psql --container roles -- sh -c "$MASTER" psql --dbname postgres --command "SELECT pid, usename, state, wait_event_type, now() - query_start AS since, left(query, 80) AS query FROM pg_stat_activity WHERE datname = 'acgs' ORDER BY since DESC NULLS LAST LIMIT 20"`,
      }),
    ],
  },
  {
    id: 'S002-28',
    lines: '347-355',
    what: 'Readiness checklist',
    status: 'out-of-scope',
    because: 'a list to tick of what other rows say',
  },
];
