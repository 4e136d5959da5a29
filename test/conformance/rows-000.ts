import type { Row } from './ledger';
import { at, perContainer, percent, perPod, places, rollout, ruleSpots } from './places';
import { EVERY_SERVICE, RELEASED } from './services';

const { alert: ring } = ruleSpots('acgs', 'production');

const { composed, container, document, file, hpa, loadTest, object, settings, workload } = places(
  'acgs',
  'production',
  RELEASED,
);
/** Where no mesh balances, nginx does. */
const development = places('acgs', 'development');
const inUpstream = (name: string) => `/http/0/body/upstream/words.0=${name}/body`;
const upstream = (name: string) => development.file('gateway-config', 'nginx.conf', inUpstream(name));
/** nginx before a mesh sends to one address, and the mesh balances what is behind it. */
const behindMesh = (name: string, address: string) =>
  at(file('gateway-config', 'nginx.conf', inUpstream(name)), {
    '/least_conn': undefined,
    '/server/length': 1,
    '/server/0/words': [address],
  });
/** On one machine nginx lists the containers, by the names that Compose gives them. */
const listed = (name: string, service: string, port: number, containers: number) => {
  const names = Array.from({ length: containers }, (_, at) => `acgs-production-${service}-${at + 1}:${port}`);
  return at(document('compose/nginx/nginx.conf', inUpstream(name)), {
    '/least_conn/0/words': [],
    '/server/length': containers,
    ...Object.fromEntries(names.map((host, at) => [`/server/${at}/words/0`, host])),
    '/server/0/set': { max_fails: '3', fail_timeout: '30s' },
  });
};
const rules = (series: string) =>
  file('metric-adapter-rules', 'config.yaml', `/rules/seriesQuery=${series}{namespace!="",pod!=""}`);

const CACHE_MEMBERS = [
  'cache-shard-0-0.cache-members.acgs.svc:6389',
  'cache-shard-0-1.cache-members.acgs.svc:6389',
  'cache-shard-1-0.cache-members.acgs.svc:6389',
  'cache-shard-1-1.cache-members.acgs.svc:6389',
  'cache-shard-2-0.cache-members.acgs.svc:6389',
  'cache-shard-2-1.cache-members.acgs.svc:6389',
].join(',');

export const ROWS: readonly Row[] = [
  {
    id: 'S000-01',
    lines: '1-7',
    what: 'Identity and status of document',
    status: 'emitted',
    values: [
      ...EVERY_SERVICE.flatMap((name) => [
        ...settings(name, { CONSTITUTIONAL_HASH: 'cdd01ef066bc6cf2' }),
        ...at(workload(name), {
          '/metadata/annotations/acgs.example.com~1constitutional-hash': 'cdd01ef066bc6cf2',
          '/spec/template/metadata/annotations/acgs.example.com~1constitutional-hash': 'cdd01ef066bc6cf2',
        }),
      ]),
      ...at(object('Deployment', 'gateway'), {
        '/spec/template/metadata/annotations/acgs.example.com~1constitutional-hash': 'cdd01ef066bc6cf2',
      }),
    ],
  },
  { id: 'S000-02', lines: '9-17', what: 'Measured scaling validation results', status: 'later', system: 'simulator' },
  {
    id: 'S000-03',
    lines: '27',
    what: 'Per-service single instance baseline: Constitutional AI',
    status: 'later',
    system: 'simulator',
  },
  {
    id: 'S000-04',
    lines: '28',
    what: 'Per-service single instance baseline: Auth Service',
    status: 'later',
    system: 'simulator',
  },
  {
    id: 'S000-05',
    lines: '29',
    what: 'Per-service single instance baseline: Agent HITL',
    status: 'later',
    system: 'simulator',
  },
  {
    id: 'S000-06',
    lines: '30',
    what: 'Total system baseline (sum check 1445+1729+309=3483 holds)',
    status: 'later',
    system: 'simulator',
  },
  {
    id: 'S000-07',
    lines: '34-42',
    what: 'nginx upstream constitutional_ai_cluster: balanced in acgs/development, by the mesh in acgs/production',
    status: 'emitted',
    deviations: ['S000-07..09, T-11', 'S000-07..09, C-18'],
    values: [
      ...at(upstream('constitutional_ai_cluster'), {
        '/least_conn/0/words': [],
        '/server/length': 1,
        '/server/0/words/0': 'constitutional-ai-pods.acgs.svc.cluster.local:8001',
        '/server/0/set/max_fails': '3',
        '/server/0/set/fail_timeout': '30s',
      }),
      ...behindMesh('constitutional_ai_cluster', 'constitutional-ai.acgs.svc.cluster.local:8001'),
      ...listed('constitutional_ai_cluster', 'constitutional-ai', 8001, 3),
    ],
  },
  {
    id: 'S000-08',
    lines: '44-49',
    what: 'nginx upstream auth_service_cluster: balanced in acgs/development, by the mesh in acgs/production',
    status: 'emitted',
    deviations: ['S000-07..09, T-11', 'S000-07..09, C-18'],
    values: [
      ...at(upstream('auth_service_cluster'), {
        '/least_conn/0/words': [],
        '/server/length': 1,
        '/server/0/words/0': 'auth-service-pods.acgs.svc.cluster.local:8016',
        '/server/0/set/max_fails': '3',
        '/server/0/set/fail_timeout': '30s',
      }),
      ...behindMesh('auth_service_cluster', 'auth-service.acgs.svc.cluster.local:8016'),
      ...listed('auth_service_cluster', 'auth-service', 8016, 3),
    ],
  },
  {
    id: 'S000-09',
    lines: '51-56',
    what: 'nginx upstream agent_hitl_cluster: balanced in acgs/development, by the mesh in acgs/production',
    status: 'emitted',
    deviations: ['S000-09, C-06', 'S000-07..09, T-11', 'S000-07..09, C-18'],
    values: [
      ...at(upstream('agent_hitl_cluster'), {
        '/least_conn/0/words': [],
        '/server/length': 1,
        '/server/0/words/0': 'agent-hitl-pods.acgs.svc.cluster.local:8008',
        '/server/0/set/max_fails': '3',
        '/server/0/set/fail_timeout': '30s',
      }),
      ...behindMesh('agent_hitl_cluster', 'agent-hitl.acgs.svc.cluster.local:8008'),
      ...listed('agent_hitl_cluster', 'agent-hitl', 8008, 5),
    ],
  },
  {
    id: 'S000-10',
    lines: '66-90',
    what: 'HPA acgs-constitutional-ai-hpa on Deployment constitutional-ai',
    status: 'emitted',
    deviations: ['S000-10, T-04', 'T-16'],
    values: [
      ...at(hpa('acgs-constitutional-ai-hpa'), {
        '/scaleTargetRef': rollout('constitutional-ai'),
        '/minReplicas': 3,
        '/maxReplicas': 10,
        '/metrics/length': 2,
        ...perContainer('cpu', 'constitutional-ai', 70),
        [perPod('http_requests_per_second')]: '500',
      }),
      ...at(rules('acgs_requests_total'), { '/name/as': 'http_requests_per_second' }),
    ],
  },
  {
    id: 'S000-11',
    lines: '91-103',
    what: 'HPA behavior of constitutional-ai',
    status: 'emitted',
    values: [
      ...at(hpa('acgs-constitutional-ai-hpa'), {
        '/behavior/scaleUp/stabilizationWindowSeconds': 60,
        '/behavior/scaleUp/policies': [percent(100, 15)],
        '/behavior/scaleDown/stabilizationWindowSeconds': 300,
        '/behavior/scaleDown/policies': [percent(10, 60)],
      }),
    ],
  },
  {
    id: 'S000-12',
    lines: '105-129',
    what: 'HPA acgs-auth-service-hpa on Deployment auth-service (no behavior block: API defaults apply)',
    status: 'emitted',
    deviations: ['C-02', 'T-16'],
    values: [
      ...at(hpa('acgs-auth-service-hpa'), {
        '/scaleTargetRef': rollout('auth-service'),
        '/minReplicas': 3,
        '/maxReplicas': 8,
        '/metrics/length': 3,
        ...perContainer('cpu', 'auth-service', 70),
        [perPod('http_requests_per_second')]: '600',
      }),
    ],
  },
  {
    id: 'S000-13',
    lines: '131-155',
    what: 'HPA acgs-agent-hitl-hpa on Deployment agent-hitl (no behavior block)',
    status: 'emitted',
    deviations: ['T-16'],
    values: [
      ...at(hpa('acgs-agent-hitl-hpa'), {
        '/scaleTargetRef': rollout('agent-hitl'),
        '/minReplicas': 5,
        '/maxReplicas': 15,
        '/metrics/length': 2,
        ...perContainer('cpu', 'agent-hitl', 60),
        [perPod('http_requests_per_second')]: '100',
        '/behavior': undefined,
      }),
    ],
  },
  {
    id: 'S000-14',
    lines: '160-181',
    what: 'VPA acgs-services-vpa on Deployment constitutional-ai',
    status: 'emitted',
    deviations: ['S000-14, T-01', 'S000-14, T-02'],
    values: [
      ...at(object('VerticalPodAutoscaler', 'acgs-services-vpa', '/spec'), {
        '/targetRef': rollout('constitutional-ai'),
        '/updatePolicy/updateMode': 'Recreate',
        '/resourcePolicy/containerPolicies/containerName=constitutional-ai': {
          containerName: 'constitutional-ai',
          controlledResources: ['memory'],
          minAllowed: { memory: '128Mi' },
          maxAllowed: { memory: '4Gi' },
        },
      }),
    ],
  },
  {
    id: 'S000-15',
    lines: '187-194',
    what: 'Implementation status list (repeated verbatim in 002 and 004)',
    status: 'out-of-scope',
    because: 'a report of its day: the hash is S000-01, the rest says nothing that a system could have',
  },
  { id: 'S000-16', lines: '202', what: 'Projection: Constitutional AI', status: 'later', system: 'simulator' },
  { id: 'S000-17', lines: '203', what: 'Projection: Auth Service', status: 'later', system: 'simulator' },
  { id: 'S000-18', lines: '204', what: 'Projection: Agent HITL', status: 'later', system: 'simulator' },
  { id: 'S000-19', lines: '205', what: 'Projection: P99 latency', status: 'later', system: 'simulator' },
  {
    id: 'S000-20',
    lines: '211-213',
    what: 'Scale-up trigger latency',
    status: 'emitted',
    still: 'simulator',
    deviations: ['S000-20..25, T-05'],
    values: [
      ...at(ring('services', 'HighLatencyUnderLoad'), {
        '/expr':
          'histogram_quantile(0.99, sum(rate(acgs_request_duration_seconds_bucket{namespace="acgs"}[1m])) by (le, namespace, service)) > 0.005',
        '/for': '1m',
      }),
    ],
  },
  {
    id: 'S000-21',
    lines: '214-215',
    what: 'Scale-up trigger CPU',
    status: 'emitted',
    still: 'simulator',
    deviations: ['S000-20..25, T-05', 'T-16'],
    values: [
      ...at(hpa('acgs-constitutional-ai-hpa'), { ...perContainer('cpu', 'constitutional-ai', 70) }),
      ...at(hpa('acgs-auth-service-hpa'), { ...perContainer('cpu', 'auth-service', 70) }),
    ],
  },
  {
    id: 'S000-22',
    lines: '216-217',
    what: 'Scale-up trigger RPS',
    status: 'emitted',
    still: 'simulator',
    deviations: ['S000-20..25, T-05'],
    values: [...at(hpa('acgs-constitutional-ai-hpa'), { [perPod('http_requests_per_second')]: '500' })],
  },
  {
    id: 'S000-23',
    lines: '218-219',
    what: 'Scale-up trigger compliance',
    status: 'emitted',
    deviations: ['S000-20..25, T-05', 'S000-23, S002-19, C-09'],
    values: [
      ...at(ring('services', 'ConstitutionalComplianceViolation'), {
        '/expr': 'min(acgs_constitutional_compliance_rate{namespace="acgs"}) by (namespace, service) < 1',
        '/for': '0s',
        '/labels/severity': 'critical',
        '/labels/escalation': 'immediate',
      }),
    ],
  },
  { id: 'S000-24', lines: '221-223', what: 'Scale-down trigger latency AND cpu', status: 'later', system: 'simulator' },
  { id: 'S000-25', lines: '224-225', what: 'Scale-down trigger RPS', status: 'later', system: 'simulator' },
  {
    id: 'S000-26',
    lines: '235-239',
    what: 'Redis cluster nodes',
    status: 'emitted',
    deviations: ['S000-26, T-08', 'S000-26'],
    values: [
      ...['cache-shard-0', 'cache-shard-1', 'cache-shard-2'].flatMap((name) =>
        at(object('StatefulSet', name), { '/spec/replicas': 2 }),
      ),
      ...at(file('cache-config', 'redis.conf'), { '/tls-port': '6389' }),
      ...settings('agent-hitl', { REDIS_CLUSTER_NODES: CACHE_MEMBERS }),
      ...[1, 2, 3].flatMap((member) =>
        at(composed(`redis-${member}`), { '/networks/stores/aliases': [`redis-node-${member}`] }),
      ),
    ],
  },
  {
    id: 'S000-27',
    lines: '240-245',
    what: 'Redis cluster configuration',
    status: 'emitted',
    values: [
      ...at(file('cache-config', 'redis.conf'), {
        '/cluster-enabled': 'yes',
        '/cluster-node-timeout': '5000',
        '/cluster-require-full-coverage': 'no',
        '/maxmemory-policy': 'allkeys-lru',
        '/maxmemory': '2gb',
      }),
      ...at(container('redis', 'StatefulSet', 'cache-shard-0'), { '/resources/limits/memory': '3Gi' }),
    ],
  },
  {
    id: 'S000-28',
    lines: '247-251',
    what: 'Cache strategy constitutional_validation',
    status: 'emitted',
    deviations: ['S000-28, S000-29'],
    values: [...EVERY_SERVICE.flatMap((name) => settings(name, { CACHE_TTL_CONSTITUTIONAL_VALIDATION: '86400' }))],
  },
  {
    id: 'S000-29',
    lines: '253-256',
    what: 'Cache strategy jwt_validation',
    status: 'emitted',
    deviations: ['S000-28, S000-29'],
    values: [
      ...EVERY_SERVICE.flatMap((name) => settings(name, { CACHE_TTL_JWT_VALIDATION: '3600' })),
      ...at(file('revocations-config', 'redis.conf'), {
        '/maxmemory-policy': 'noeviction',
        '/min-replicas-to-write': '1',
      }),
    ],
  },
  {
    id: 'S000-30',
    lines: '258-261',
    what: 'Cache strategy policy_decisions',
    status: 'emitted',
    values: [
      ...EVERY_SERVICE.flatMap((name) => settings(name, { CACHE_TTL_POLICY_DECISIONS: '1800' })),
      ...at(object('StatefulSet', 'cache-shard-0'), { '/spec/replicas': 2 }),
    ],
  },
  {
    id: 'S000-31',
    lines: '266-287',
    what: 'Cache warming of 4 constitutional validations across all instances',
    status: 'emitted',
    deviations: ['S000-31, T-10'],
    values: [
      ...at(object('CronJob', 'cache-warming', '/spec'), {
        '/schedule': '7 */8 * * *',
        '/concurrencyPolicy': 'Forbid',
      }),
      ...at(object('CronJob', 'cache-warming', '/spec/jobTemplate/spec/template/spec/containers/name=compute/env'), {
        '/name=WARM_NAMES/value': 'basic_safety_check transparency_check fairness_check accountability_check',
        '/name=WARM_URL/value': 'http://constitutional-ai:8001/api/v1/constitutional/checks/{name}',
      }),
      ...at(object('CronJob', 'cache-warming', '/spec/jobTemplate/spec/template/spec/containers/name=store/env'), {
        '/name=WARM_PREFIX/value': 'constitutional:cdd01ef066bc6cf2:',
        '/name=WARM_TTL/value': '86400',
      }),
    ],
  },
  {
    id: 'S000-32',
    lines: '297-304',
    what: 'Alert HighLatencyUnderLoad',
    status: 'emitted',
    deviations: ['S000-32..34, T-03'],
    values: [
      ...at(ring('services', 'HighLatencyUnderLoad'), {
        '/expr':
          'histogram_quantile(0.99, sum(rate(acgs_request_duration_seconds_bucket{namespace="acgs"}[1m])) by (le, namespace, service)) > 0.005',
        '/for': '1m',
        '/labels/severity': 'warning',
      }),
    ],
  },
  {
    id: 'S000-33',
    lines: '306-313',
    what: 'Alert ScalingRequired',
    status: 'emitted',
    deviations: ['S000-32..34, T-03'],
    values: [
      ...at(ring('services', 'ScalingRequired'), {
        '/expr':
          'service:requests_per_pod:rate1m > on (namespace, service) service:requests_per_pod:target and on (namespace, service) service:request_duration_seconds:p99 > 0.005',
        '/for': '2m',
        '/labels/severity': 'critical',
      }),
    ],
  },
  {
    id: 'S000-34',
    lines: '315-322',
    what: 'Alert ConstitutionalComplianceViolation',
    status: 'emitted',
    deviations: ['S000-32..34, T-03'],
    values: [
      ...at(ring('services', 'ConstitutionalComplianceViolation'), {
        '/expr': 'min(acgs_constitutional_compliance_rate{namespace="acgs"}) by (namespace, service) < 1',
        '/for': '0s',
        '/labels/severity': 'critical',
      }),
    ],
  },
  {
    id: 'S000-35',
    lines: '327-342',
    what: 'Dashboard "ACGS-2 Production Scaling Dashboard", panel "Service Throughput (RPS)"',
    status: 'emitted',
    deviations: ['S000-35..38, T-12'],
    values: [
      ...at(document('grafana/scaling-overview.json'), {
        '/title': 'ACGS-2 Production Scaling Dashboard',
        '/panels/title=Service Throughput (RPS)/targets/0/expr': 'service:requests:rate1m',
        '/panels/title=Service Throughput (RPS)/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 1000, color: 'green' },
          { value: 3000, color: 'yellow' },
          { value: 5000, color: 'red' },
        ],
      }),
    ],
  },
  {
    id: 'S000-36',
    lines: '343-351',
    what: 'Panel "P99 Latency by Service"',
    status: 'emitted',
    deviations: ['S000-35..38, T-12'],
    values: [
      ...at(document('grafana/scaling-overview.json'), {
        '/panels/title=P99 Latency by Service/targets/0/expr': 'service:request_duration_seconds:p99',
        '/panels/title=P99 Latency by Service/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 0.005, color: 'red' },
        ],
      }),
    ],
  },
  {
    id: 'S000-37',
    lines: '352-357',
    what: 'Panel "Pod Scaling Status"',
    status: 'emitted',
    deviations: ['S000-35..38, T-12'],
    values: [
      ...at(document('grafana/scaling-overview.json'), {
        '/panels/title=Pod Scaling Status/targets/0/expr': 'kube_deployment_status_replicas{namespace="acgs"}',
      }),
    ],
  },
  {
    id: 'S000-38',
    lines: '358-368',
    what: 'Panel "Constitutional Compliance Rate"',
    status: 'emitted',
    deviations: ['S000-35..38, T-12'],
    values: [
      ...at(document('grafana/scaling-overview.json'), {
        '/panels/title=Constitutional Compliance Rate/targets/0/expr':
          'min(acgs_constitutional_compliance_rate{namespace="acgs"}) by (namespace, service)',
        '/panels/title=Constitutional Compliance Rate/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'red' },
          { value: 0.95, color: 'red' },
          { value: 0.99, color: 'yellow' },
          { value: 1, color: 'green' },
        ],
      }),
    ],
  },
  {
    id: 'S000-39',
    lines: '381',
    what: 'Compose file format version',
    status: 'emitted',
    deviations: ['S000-39, T-13'],
    values: [...at(document('compose/compose.yaml'), { '/version': undefined })],
  },
  {
    id: 'S000-40',
    lines: '383-401',
    what: 'Compose service constitutional_ai',
    status: 'emitted',
    deviations: ['S000-40..42, S003-28, T-13', 'S000-40..43, T-11'],
    values: [
      ...at(container('constitutional-ai'), {
        '/image': '333333333333.dkr.ecr.us-west-2.amazonaws.com/acgs/constitutional-ai:2.0.0',
        '/resources/requests/cpu': '500m',
        '/resources/requests/memory': '1Gi',
        '/resources/limits/cpu': '1',
        '/resources/limits/memory': '2Gi',
      }),
      ...at(container('constitutional-ai'), {
        '/readinessProbe/httpGet/path': '/health',
        '/ports/0/containerPort': 8001,
      }),
      ...settings('constitutional-ai', { CONSTITUTIONAL_HASH: 'cdd01ef066bc6cf2', REDIS_CLUSTER_NODES: CACHE_MEMBERS }),
      ...at(composed('constitutional-ai'), {
        '/image': 'acgs/constitutional-ai:2.0.0',
        '/deploy/replicas': 3,
        '/deploy/resources/limits': { cpus: '1', memory: '2G' },
        '/deploy/resources/reservations': { cpus: '0.5', memory: '1G' },
        '/environment/CONSTITUTIONAL_HASH': 'cdd01ef066bc6cf2',
        '/environment/REDIS_CLUSTER_NODES': 'redis-1:6389,redis-2:6389,redis-3:6389',
        '/healthcheck/test': ['CMD', 'curl', '-f', 'http://localhost:8001/health'],
        '/healthcheck/interval': '30s',
        '/healthcheck/timeout': '10s',
        '/healthcheck/retries': 3,
      }),
    ],
  },
  {
    id: 'S000-41',
    lines: '403-416',
    what: 'Compose service auth_service',
    status: 'emitted',
    deviations: ['S000-40..42, S003-28, T-13', 'S000-40..43, T-11'],
    values: [
      ...at(container('auth-service'), {
        '/image': '333333333333.dkr.ecr.us-west-2.amazonaws.com/acgs/auth-service:2.0.0',
        '/resources/requests/cpu': '400m',
        '/resources/requests/memory': '768Mi',
        '/resources/limits/cpu': '800m',
        '/resources/limits/memory': '1536Mi',
      }),
      ...settings('auth-service', { CONSTITUTIONAL_HASH: 'cdd01ef066bc6cf2', REDIS_CLUSTER_NODES: CACHE_MEMBERS }),
      ...at(composed('auth-service'), {
        '/image': 'acgs/auth-service:2.0.0',
        '/deploy/replicas': 3,
        '/deploy/resources/limits': { cpus: '0.8', memory: '1.5G' },
        '/deploy/resources/reservations': { cpus: '0.4', memory: '768M' },
        '/environment/CONSTITUTIONAL_HASH': 'cdd01ef066bc6cf2',
        '/environment/REDIS_CLUSTER_NODES': 'redis-1:6389,redis-2:6389,redis-3:6389',
        '/healthcheck/test': ['CMD', 'curl', '-f', 'http://localhost:8016/health'],
        '/healthcheck/interval': '30s',
        '/healthcheck/timeout': '10s',
        '/healthcheck/retries': 3,
      }),
    ],
  },
  {
    id: 'S000-42',
    lines: '418-431',
    what: 'Compose service agent_hitl',
    status: 'emitted',
    deviations: ['S000-40..42, S003-28, T-13', 'S000-40..43, T-11'],
    values: [
      ...at(container('agent-hitl'), {
        '/image': '333333333333.dkr.ecr.us-west-2.amazonaws.com/acgs/agent-hitl:2.0.0',
        '/resources/requests/cpu': '800m',
        '/resources/requests/memory': '1536Mi',
        '/resources/limits/cpu': '1500m',
        '/resources/limits/memory': '3Gi',
      }),
      ...settings('agent-hitl', { CONSTITUTIONAL_HASH: 'cdd01ef066bc6cf2', REDIS_CLUSTER_NODES: CACHE_MEMBERS }),
      ...at(hpa('acgs-agent-hitl-hpa'), { '/minReplicas': 5 }),
      ...at(composed('agent-hitl'), {
        '/image': 'acgs/agent-hitl:2.0.0',
        '/deploy/replicas': 5,
        '/deploy/resources/limits': { cpus: '1.5', memory: '3G' },
        '/deploy/resources/reservations': { cpus: '0.8', memory: '1.5G' },
        '/environment/CONSTITUTIONAL_HASH': 'cdd01ef066bc6cf2',
        '/environment/REDIS_CLUSTER_NODES': 'redis-1:6389,redis-2:6389,redis-3:6389',
        '/healthcheck/test': ['CMD', 'curl', '-f', 'http://localhost:8008/health'],
        '/healthcheck/interval': '30s',
        '/healthcheck/timeout': '10s',
        '/healthcheck/retries': 3,
      }),
    ],
  },
  {
    id: 'S000-43',
    lines: '433-443',
    what: 'Compose service nginx_load_balancer',
    status: 'emitted',
    deviations: ['S000-43, S002-09', 'S000-40..43, T-11'],
    values: [
      ...at(composed('gateway'), {
        '/image': 'docker.io/nginxinc/nginx-unprivileged:1.30.4-alpine',
        '/ports': ['127.0.0.1:80:8080', '127.0.0.1:443:8443'],
        '/volumes/0': './nginx/nginx.conf:/etc/nginx/nginx.conf:ro',
        '/depends_on/constitutional-ai/condition': 'service_healthy',
        '/depends_on/auth-service/condition': 'service_healthy',
        '/depends_on/agent-hitl/condition': 'service_healthy',
      }),
    ],
  },
  {
    id: 'S000-44',
    lines: '450-454',
    what: 'Load test definition and verdict',
    status: 'emitted',
    values: [
      ...at(ring('services', 'ConstitutionalComplianceViolation'), {
        '/expr': 'min(acgs_constitutional_compliance_rate{namespace="acgs"}) by (namespace, service) < 1',
      }),
      ...at(loadTest('validation'), {
        '/vus': 100,
        '/duration': '5m',
        '/thresholds/http_reqs': ['rate>3483'],
        '/thresholds/checks': ['rate>=1'],
        '/thresholds/http_req_duration': ['p(99)<1000'],
      }),
    ],
  },
  {
    id: 'S000-45',
    lines: '456',
    what: 'Replica recommendation',
    status: 'emitted',
    values: [
      ...at(hpa('acgs-constitutional-ai-hpa'), { '/minReplicas': 3 }),
      ...at(hpa('acgs-auth-service-hpa'), { '/minReplicas': 3 }),
      ...at(hpa('acgs-agent-hitl-hpa'), { '/minReplicas': 5 }),
    ],
  },
];
