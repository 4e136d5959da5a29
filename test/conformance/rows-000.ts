import type { Row } from './ledger';
import { at, perContainer, percent, perPod, places, rollout } from './places';
import { EVERY_SERVICE, RELEASED } from './services';

const { container, file, hpa, object, settings, workload } = places('acgs', 'production', RELEASED);
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
    still: 'Compose stack',
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
    ],
  },
  {
    id: 'S000-08',
    lines: '44-49',
    what: 'nginx upstream auth_service_cluster: balanced in acgs/development, by the mesh in acgs/production',
    status: 'emitted',
    still: 'Compose stack',
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
    ],
  },
  {
    id: 'S000-09',
    lines: '51-56',
    what: 'nginx upstream agent_hitl_cluster: balanced in acgs/development, by the mesh in acgs/production',
    status: 'emitted',
    still: 'Compose stack',
    deviations: ['S000-07..09, T-11', 'S000-07..09, C-18'],
    values: [
      ...at(upstream('agent_hitl_cluster'), {
        '/least_conn/0/words': [],
        '/server/length': 1,
        '/server/0/words/0': 'agent-hitl-pods.acgs.svc.cluster.local:8008',
        '/server/0/set/max_fails': '3',
        '/server/0/set/fail_timeout': '30s',
      }),
      ...behindMesh('agent_hitl_cluster', 'agent-hitl.acgs.svc.cluster.local:8008'),
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
  { id: 'S000-20', lines: '211-213', what: 'Scale-up trigger latency', status: 'later', system: 'alerts' },
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
  { id: 'S000-23', lines: '218-219', what: 'Scale-up trigger compliance', status: 'later', system: 'alerts' },
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
    status: 'later',
    system: 'cache warming',
  },
  { id: 'S000-32', lines: '297-304', what: 'Alert HighLatencyUnderLoad', status: 'later', system: 'alerts' },
  { id: 'S000-33', lines: '306-313', what: 'Alert ScalingRequired', status: 'later', system: 'alerts' },
  {
    id: 'S000-34',
    lines: '315-322',
    what: 'Alert ConstitutionalComplianceViolation',
    status: 'later',
    system: 'alerts',
  },
  {
    id: 'S000-35',
    lines: '327-342',
    what: 'Dashboard "ACGS-2 Production Scaling Dashboard", panel "Service Throughput (RPS)"',
    status: 'later',
    system: 'dashboards',
  },
  { id: 'S000-36', lines: '343-351', what: 'Panel "P99 Latency by Service"', status: 'later', system: 'dashboards' },
  { id: 'S000-37', lines: '352-357', what: 'Panel "Pod Scaling Status"', status: 'later', system: 'dashboards' },
  {
    id: 'S000-38',
    lines: '358-368',
    what: 'Panel "Constitutional Compliance Rate"',
    status: 'later',
    system: 'dashboards',
  },
  { id: 'S000-39', lines: '381', what: 'Compose file format version', status: 'later', system: 'Compose stack' },
  {
    id: 'S000-40',
    lines: '383-401',
    what: 'Compose service constitutional_ai',
    status: 'emitted',
    still: 'Compose stack',
    deviations: ['S000-40..42, S003-28, T-13'],
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
    ],
  },
  {
    id: 'S000-41',
    lines: '403-416',
    what: 'Compose service auth_service',
    status: 'emitted',
    still: 'Compose stack',
    deviations: ['S000-40..42, S003-28, T-13'],
    values: [
      ...at(container('auth-service'), {
        '/image': '333333333333.dkr.ecr.us-west-2.amazonaws.com/acgs/auth-service:2.0.0',
        '/resources/requests/cpu': '400m',
        '/resources/requests/memory': '768Mi',
        '/resources/limits/cpu': '800m',
        '/resources/limits/memory': '1536Mi',
      }),
      ...settings('auth-service', { CONSTITUTIONAL_HASH: 'cdd01ef066bc6cf2', REDIS_CLUSTER_NODES: CACHE_MEMBERS }),
    ],
  },
  {
    id: 'S000-42',
    lines: '418-431',
    what: 'Compose service agent_hitl',
    status: 'emitted',
    still: 'Compose stack',
    deviations: ['S000-40..42, S003-28, T-13'],
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
    ],
  },
  {
    id: 'S000-43',
    lines: '433-443',
    what: 'Compose service nginx_load_balancer',
    status: 'later',
    system: 'Compose stack',
  },
  { id: 'S000-44', lines: '450-454', what: 'Load test definition and verdict', status: 'later', system: 'load tests' },
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
