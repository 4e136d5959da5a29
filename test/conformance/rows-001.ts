import type { Row } from './ledger';
import { at, deployment, external, perContainer, percent, perPod, places, pods, rollout } from './places';
import { CORE, EVERY_SERVICE, MATRIX_SERVICES, RELEASED } from './services';

const { all, container, file, hpa, object, resource, stack, workload } = places('acgs', 'production', RELEASED);
const standby = places('acgs', 'production-dr', RELEASED);
const gateway = file('gateway-config', 'nginx.conf', '/http/0/body');
const nodeGroup = (name: string) =>
  resource('cluster', 'aws_eks_node_group', { '/labels/headroom.dev~1node-group': name });
const application = (name: string) => object('Application', name, '/spec/source');
const EACH_VERSION = RELEASED.flatMap((name) => [`${name}-stable`, `${name}-canary`]);
/** Hosts that the mesh balances: each version of what is released to shares of users, and every other service. */
const HOSTS = [...EACH_VERSION, ...EVERY_SERVICE.filter((name) => !RELEASED.some((one) => one === name))];
const rules = (series: string) =>
  file('metric-adapter-rules', 'config.yaml', `/rules/seriesQuery=${series}{namespace!="",pod!=""}`);

export const ROWS: readonly Row[] = [
  {
    id: 'S001-01',
    lines: '1-10',
    what: 'Identity',
    status: 'out-of-scope',
    because: 'name, date and claims of an older generation; no value to deploy',
  },
  {
    id: 'S001-02',
    lines: '12-24',
    what: 'Weighted readiness score (recomputed 90.8 to 91)',
    status: 'out-of-scope',
    because: 'a score that its authors gave themselves',
  },
  {
    id: 'S001-03',
    lines: '35-36',
    what: 'Kubernetes platform and node count',
    status: 'emitted',
    deviations: ['S001-64, T-14', 'S001-03, C-16'],
    values: [
      ...at(resource('cluster', 'aws_eks_cluster'), { '/version': '1.35' }),
      ...at(nodeGroup('general'), { '/scaling_config/desired_size': 6, '/scaling_config/max_size': 20 }),
    ],
  },
  {
    id: 'S001-04',
    lines: '37-40',
    what: 'Node types',
    status: 'emitted',
    deviations: ['S001-04'],
    values: [
      ...at(nodeGroup('general'), { '/instance_types/1': 'm5.xlarge' }),
      ...at(nodeGroup('compute'), { '/instance_types/0': 'c5.2xlarge' }),
    ],
  },
  {
    id: 'S001-05',
    lines: '42-45',
    what: 'Networking',
    status: 'emitted',
    deviations: ['S001-05, C-20'],
    values: [
      ...at(resource('cluster', 'aws_eks_addon', { '/addon_name': 'vpc-cni' }), {
        '/configuration_values/enableNetworkPolicy': 'true',
      }),
      ...at(application('istio-base'), { '/chart': 'base' }),
      ...at(application('istiod'), { '/chart': 'istiod', '/helm/valuesObject/cni/enabled': true }),
      ...at(application('istio-cni'), { '/chart': 'cni' }),
      ...EVERY_SERVICE.flatMap((name) =>
        at(workload(name), { '/spec/template/metadata/labels/sidecar.istio.io~1inject': 'true' }),
      ),
      ...at(object('ConfigMap', 'gateway-config'), { '/metadata/labels/app.kubernetes.io~1component': 'nginx-proxy' }),
    ],
  },
  {
    id: 'S001-06',
    lines: '47-50',
    what: 'Storage',
    status: 'emitted',
    still: 'recovery',
    values: [
      ...at(object('StorageClass', 'gp3'), {
        '/parameters/type': 'gp3',
        '/provisioner': 'ebs.csi.aws.com',
        '/metadata/annotations/storageclass.kubernetes.io~1is-default-class': 'true',
      }),
      ...at(resource('data', 'aws_db_instance'), { '/engine': 'postgres', '/storage_type': 'gp3' }),
    ],
  },
  {
    id: 'S001-07',
    lines: '61',
    what: 'Service matrix row: Auth Service',
    status: 'emitted',
    deviations: ['C-02', 'C-04', 'S001-07..14, T-17'],
    values: [
      ...at(hpa('acgs-auth-service-hpa'), {
        '/scaleTargetRef': rollout('auth-service'),
        '/minReplicas': 3,
        '/maxReplicas': 8,
      }),
      ...at(container('auth-service'), {
        '/resources/requests/cpu': '400m',
        '/resources/requests/memory': '768Mi',
        '/resources/limits/cpu': '800m',
        '/resources/limits/memory': '1536Mi',
        '/resources/requests/ephemeral-storage': '1Gi',
      }),
    ],
  },
  {
    id: 'S001-08',
    lines: '62',
    what: 'Service matrix row: Constitutional AI',
    status: 'emitted',
    deviations: ['C-03', 'C-04', 'S001-07..14, T-17'],
    values: [
      ...at(hpa('acgs-constitutional-ai-hpa'), {
        '/scaleTargetRef': rollout('constitutional-ai'),
        '/minReplicas': 3,
        '/maxReplicas': 10,
      }),
      ...at(container('constitutional-ai'), {
        '/resources/requests/cpu': '500m',
        '/resources/requests/memory': '1Gi',
        '/resources/limits/cpu': '1',
        '/resources/limits/memory': '2Gi',
        '/resources/requests/ephemeral-storage': '2Gi',
      }),
    ],
  },
  {
    id: 'S001-09',
    lines: '63',
    what: 'Service matrix row: Integrity Service',
    status: 'emitted',
    deviations: ['S001-07..14, T-17'],
    values: [
      ...at(hpa('integrity-service'), {
        '/scaleTargetRef': deployment('integrity-service'),
        '/minReplicas': 2,
        '/maxReplicas': 8,
      }),
      ...at(container('integrity-service'), {
        '/resources/requests/cpu': '100m',
        '/resources/requests/memory': '256Mi',
        '/resources/limits/cpu': '400m',
        '/resources/limits/memory': '1Gi',
        '/resources/requests/ephemeral-storage': '1Gi',
      }),
    ],
  },
  {
    id: 'S001-10',
    lines: '64',
    what: 'Service matrix row: Formal Verification',
    status: 'emitted',
    deviations: ['S001-07..14, T-17'],
    values: [
      ...at(hpa('formal-verification'), {
        '/scaleTargetRef': deployment('formal-verification'),
        '/minReplicas': 2,
        '/maxReplicas': 8,
      }),
      ...at(container('formal-verification'), {
        '/resources/requests/cpu': '500m',
        '/resources/requests/memory': '1Gi',
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
        '/resources/requests/ephemeral-storage': '2Gi',
      }),
    ],
  },
  {
    id: 'S001-11',
    lines: '65',
    what: 'Service matrix row: Governance Synthesis',
    status: 'emitted',
    deviations: ['S001-07..14, T-17'],
    values: [
      ...at(hpa('governance-synthesis'), {
        '/scaleTargetRef': deployment('governance-synthesis'),
        '/minReplicas': 3,
        '/maxReplicas': 12,
      }),
      ...at(container('governance-synthesis'), {
        '/resources/requests/cpu': '1',
        '/resources/requests/memory': '2Gi',
        '/resources/limits/cpu': '4',
        '/resources/limits/memory': '8Gi',
        '/resources/requests/ephemeral-storage': '4Gi',
      }),
    ],
  },
  {
    id: 'S001-12',
    lines: '66',
    what: 'Service matrix row: Policy Governance',
    status: 'emitted',
    deviations: ['S001-07..14, T-17'],
    values: [
      ...at(hpa('policy-governance'), {
        '/scaleTargetRef': deployment('policy-governance'),
        '/minReplicas': 2,
        '/maxReplicas': 10,
      }),
      ...at(container('policy-governance'), {
        '/resources/requests/cpu': '200m',
        '/resources/requests/memory': '512Mi',
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
        '/resources/requests/ephemeral-storage': '2Gi',
      }),
    ],
  },
  {
    id: 'S001-13',
    lines: '67',
    what: 'Service matrix row: Executive Council',
    status: 'emitted',
    deviations: ['S001-07..14, T-17'],
    values: [
      ...at(hpa('executive-council'), {
        '/scaleTargetRef': deployment('executive-council'),
        '/minReplicas': 2,
        '/maxReplicas': 6,
      }),
      ...at(container('executive-council'), {
        '/resources/requests/cpu': '200m',
        '/resources/requests/memory': '512Mi',
        '/resources/limits/cpu': '800m',
        '/resources/limits/memory': '2Gi',
        '/resources/requests/ephemeral-storage': '1Gi',
      }),
    ],
  },
  {
    id: 'S001-14',
    lines: '68',
    what: 'Service matrix row: Darwin Gödel Machine',
    status: 'emitted',
    deviations: ['S001-07..14, T-17'],
    values: [
      ...at(hpa('darwin-godel-machine'), {
        '/scaleTargetRef': deployment('darwin-godel-machine'),
        '/minReplicas': 2,
        '/maxReplicas': 8,
      }),
      ...at(container('darwin-godel-machine'), {
        '/resources/requests/cpu': '500m',
        '/resources/requests/memory': '1Gi',
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
        '/resources/requests/ephemeral-storage': '3Gi',
      }),
    ],
  },
  {
    id: 'S001-15',
    lines: '82-89',
    what: 'Auth HPA, multi metric',
    status: 'emitted',
    deviations: ['C-02', 'T-16'],
    values: [
      ...at(hpa('acgs-auth-service-hpa'), {
        '/minReplicas': 3,
        '/maxReplicas': 8,
        '/metrics/length': 3,
        ...perContainer('cpu', 'auth-service', 70),
        [perPod('http_requests_per_second')]: '600',
        [perPod('jwt_validations_per_second')]: '200',
      }),
      ...at(rules('acgs_jwt_validations_total'), { '/name/as': 'jwt_validations_per_second' }),
    ],
  },
  {
    id: 'S001-16',
    lines: '90-101',
    what: 'Auth HPA behavior',
    status: 'emitted',
    deviations: ['C-02'],
    values: [
      ...at(hpa('acgs-auth-service-hpa'), {
        '/behavior/scaleUp/stabilizationWindowSeconds': 60,
        '/behavior/scaleUp/policies': [percent(100, 60)],
        '/behavior/scaleDown/stabilizationWindowSeconds': 300,
        '/behavior/scaleDown/policies': [percent(25, 120)],
      }),
    ],
  },
  {
    id: 'S001-17',
    lines: '104-111',
    what: 'Governance Synthesis HPA, multi metric',
    status: 'emitted',
    deviations: ['S001-17, T-04', 'T-16', 'S001-17, S003-07, T-06'],
    values: [
      ...at(hpa('governance-synthesis'), {
        '/minReplicas': 3,
        '/maxReplicas': 12,
        '/metrics/length': 4,
        ...perContainer('cpu', 'governance-synthesis', 60),
        ...perContainer('memory', 'governance-synthesis', 75),
        [perPod('llm_requests_per_second')]: '10',
        [external('policy_synthesis_queue_length')]: '50',
      }),
      ...at(rules('acgs_llm_requests_total'), { '/name/as': 'llm_requests_per_second' }),
      ...at(file('metric-adapter-rules', 'config.yaml', '/externalRules/0'), {
        '/seriesQuery': 'acgs_policy_synthesis_queue_length{}',
        '/name/as': 'policy_synthesis_queue_length',
      }),
    ],
  },
  {
    id: 'S001-18',
    lines: '112-117',
    what: 'Governance Synthesis HPA scale-up behavior (no scale-down given)',
    status: 'emitted',
    values: [
      ...at(hpa('governance-synthesis'), {
        '/behavior/scaleUp/stabilizationWindowSeconds': 120,
        '/behavior/scaleUp/policies': [pods(2, 120)],
        '/behavior/scaleDown': undefined,
      }),
    ],
  },
  { id: 'S001-19', lines: '127-129', what: 'ALB and algorithm', status: 'later', system: 'edge' },
  { id: 'S001-20', lines: '130-134', what: 'ALB health checks', status: 'later', system: 'edge' },
  { id: 'S001-21', lines: '135', what: 'TLS termination at the load balancer', status: 'later', system: 'edge' },
  {
    id: 'S001-22',
    lines: '136-138',
    what: 'Rate limiting',
    status: 'emitted',
    still: 'edge',
    deviations: ['S001-22, C-23', 'S001-19..22'],
    values: [
      ...at(gateway, {
        '/limit_req_zone/0/words/0': '$binary_remote_addr',
        '/limit_req_zone/0/set/rate': '2000r/m',
        '/server/0/body/location/words.0=~1auth-service~1/body/limit_req/0/set/burst': '334',
        '/server/0/body/location/words.0=~1constitutional-ai~1/body/limit_req/0/set/burst': '334',
        '/server/0/body/location/words.0=~1agent-hitl~1/body/limit_req/0/set/burst': '334',
      }),
      ...at(hpa('gateway'), { '/minReplicas': 3 }),
    ],
  },
  {
    id: 'S001-23',
    lines: '144-146',
    what: 'Istio load balancing',
    status: 'emitted',
    deviations: ['S001-23, S001-24, T-16'],
    values: [
      ...HOSTS.flatMap((name) =>
        at(object('DestinationRule', name, '/spec'), {
          '/host': name,
          '/trafficPolicy/loadBalancer': { simple: 'LEAST_REQUEST' },
        }),
      ),
    ],
  },
  {
    id: 'S001-24',
    lines: '147-150',
    what: 'Istio circuit breaker',
    status: 'emitted',
    deviations: ['S001-23, S001-24, T-16'],
    values: [
      ...HOSTS.flatMap((name) =>
        at(object('DestinationRule', name, '/spec/trafficPolicy/outlierDetection'), {
          '/consecutive5xxErrors': 5,
          '/interval': '30s',
          '/baseEjectionTime': '30s',
        }),
      ),
    ],
  },
  { id: 'S001-25', lines: '151-153', what: 'Istio retry policy', status: 'later', system: 'service mesh' },
  { id: 'S001-26', lines: '154-156', what: 'Istio security', status: 'later', system: 'service mesh' },
  { id: 'S001-27', lines: '161-165', what: 'Scale-out throughput', status: 'later', system: 'simulator' },
  { id: 'S001-28', lines: '166-168', what: 'Scaling times and efficiency', status: 'later', system: 'simulator' },
  {
    id: 'S001-29',
    lines: '179-187',
    what: 'Resources auth_service',
    status: 'emitted',
    deviations: ['C-04'],
    values: [
      ...at(container('auth-service'), {
        '/resources/requests/cpu': '400m',
        '/resources/requests/memory': '768Mi',
        '/resources/limits/cpu': '800m',
        '/resources/limits/memory': '1536Mi',
      }),
    ],
  },
  {
    id: 'S001-30',
    lines: '189-196',
    what: 'Resources gs_service',
    status: 'emitted',
    values: [
      ...at(container('governance-synthesis'), {
        '/resources/requests/cpu': '1',
        '/resources/requests/memory': '2Gi',
        '/resources/limits/cpu': '4',
        '/resources/limits/memory': '8Gi',
      }),
    ],
  },
  {
    id: 'S001-31',
    lines: '198-205',
    what: 'Resources pgc_service',
    status: 'emitted',
    values: [
      ...at(container('policy-governance'), {
        '/resources/requests/cpu': '200m',
        '/resources/requests/memory': '512Mi',
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
      }),
    ],
  },
  { id: 'S001-32', lines: '214', what: 'Capacity planning row: CPU Cores', status: 'later', system: 'simulator' },
  { id: 'S001-33', lines: '215', what: 'Capacity planning row: Memory', status: 'later', system: 'simulator' },
  { id: 'S001-34', lines: '216', what: 'Capacity planning row: Storage', status: 'later', system: 'simulator' },
  { id: 'S001-35', lines: '217', what: 'Capacity planning row: Network', status: 'later', system: 'simulator' },
  {
    id: 'S001-36',
    lines: '218',
    what: 'Capacity planning row: Database',
    status: 'emitted',
    still: 'simulator',
    deviations: ['C-24'],
    values: [...at(resource('data', 'aws_db_instance'), { '/allocated_storage': 500, '/max_allocated_storage': 1000 })],
  },
  { id: 'S001-37', lines: '224-227', what: 'Spot instances', status: 'later', system: 'spot nodes' },
  {
    id: 'S001-38',
    lines: '229-232',
    what: 'Reserved instances',
    status: 'out-of-scope',
    because: 'a purchase, not a resource: nothing in Terraform or Kubernetes reserves capacity for a year',
  },
  {
    id: 'S001-39',
    lines: '234-237',
    what: 'Cost auto-scaling',
    status: 'emitted',
    deviations: ['S001-39, T-18'],
    values: [
      ...at(application('cluster-autoscaler'), {
        '/helm/valuesObject/extraArgs/scale-down-utilization-threshold': '0.2',
        '/helm/valuesObject/extraArgs/scale-down-unneeded-time': '5m',
        '/helm/valuesObject/extraArgs/max-node-provision-time': '5m',
        '/helm/valuesObject/extraArgs/skip-nodes-with-local-storage': false,
      }),
    ],
  },
  {
    id: 'S001-40',
    lines: '239-242',
    what: 'Resource efficiency targets',
    status: 'emitted',
    still: 'alerts',
    deviations: ['T-16'],
    values: [
      ...[
        'integrity-service',
        'formal-verification',
        'policy-governance',
        'executive-council',
        'darwin-godel-machine',
      ].flatMap((name) => at(hpa(name), { '/metrics/length': 1, ...perContainer('cpu', name, 70) })),
    ],
  },
  { id: 'S001-41', lines: '255-258', what: 'Metrics stack', status: 'later', system: 'metrics store' },
  { id: 'S001-42', lines: '260-263', what: 'Visualization', status: 'later', system: 'dashboards' },
  { id: 'S001-43', lines: '265-268', what: 'Logging', status: 'later', system: 'logging' },
  { id: 'S001-44', lines: '270-273', what: 'Tracing', status: 'later', system: 'tracing' },
  { id: 'S001-45', lines: '275-278', what: 'Alerting', status: 'later', system: 'alerts' },
  { id: 'S001-46', lines: '285-288', what: 'KPI availability', status: 'later', system: 'alerts' },
  { id: 'S001-47', lines: '290-293', what: 'KPI response time', status: 'later', system: 'alerts' },
  { id: 'S001-48', lines: '295-298', what: 'KPI resource utilization', status: 'later', system: 'alerts' },
  { id: 'S001-49', lines: '300-303', what: 'KPI scaling', status: 'later', system: 'alerts' },
  { id: 'S001-50', lines: '310-313', what: 'Alert service_down', status: 'later', system: 'alerts' },
  { id: 'S001-51', lines: '315-318', what: 'Alert high_error_rate', status: 'later', system: 'alerts' },
  { id: 'S001-52', lines: '320-323', what: 'Alert resource_exhaustion', status: 'later', system: 'alerts' },
  { id: 'S001-53', lines: '325-328', what: 'Alert scaling_failure', status: 'later', system: 'alerts' },
  {
    id: 'S001-54',
    lines: '340-345',
    what: 'Primary region',
    status: 'emitted',
    values: [
      ...at(stack('network'), { '/provider/aws/0/region': 'us-west-2' }),
      ...['us-west-2a', 'us-west-2b', 'us-west-2c'].flatMap((zone) =>
        at(resource('network', 'aws_subnet', { '/tags/Name': `acgs-production-private-${zone}` }), {
          '/availability_zone': zone,
        }),
      ),
      ...at(resource('data', 'aws_db_instance'), { '/multi_az': true, '/backup_retention_period': 30 }),
      ...MATRIX_SERVICES.flatMap((name) => at(workload(name), { '/metadata/namespace': 'acgs' })),
    ],
  },
  {
    id: 'S001-55',
    lines: '347-352',
    what: 'Secondary region (active-passive)',
    status: 'emitted',
    still: 'recovery',
    deviations: ['S001-55, C-29', 'S001-55, T-08', 'S001-55, S001-82'],
    values: [
      ...at(standby.stack('network'), { '/provider/aws/0/region': 'us-east-1' }),
      ...['us-east-1a', 'us-east-1b'].flatMap((zone) =>
        at(standby.resource('network', 'aws_subnet', { '/tags/Name': `acgs-production-dr-private-${zone}` }), {
          '/availability_zone': zone,
        }),
      ),
      // one range for each zone that the load balancer may stand in
      ...at(standby.file('gateway-config', 'nginx.conf', '/http/0/body/set_real_ip_from'), { '/length': 2 }),
      ...CORE.flatMap((name) => at(standby.workload(name), { '/metadata/namespace': 'acgs' })),
      ...at(standby.all('Rollout'), { '/names': ['auth-service', 'constitutional-ai'] }),
      ...at(standby.all('Deployment'), { '/names': ['gateway', 'integrity-service', 'policy-governance'] }),
      ...at(standby.resource('data', 'aws_db_instance'), {
        '/replicate_source_db': 'arn:aws:rds:us-west-2:333333333333:db:acgs-production-main',
        '/instance_class': 'db.r5.xlarge',
        '/storage_encrypted': true,
      }),
      ...at(standby.resource('data', 'aws_elasticache_replication_group', { '/description': 'Cache cache' }), {
        '/num_node_groups': 3,
        '/replicas_per_node_group': 1,
        '/automatic_failover_enabled': true,
        '/port': 6389,
      }),
    ],
  },
  {
    id: 'S001-56',
    lines: '359-363',
    what: 'Database backup',
    status: 'emitted',
    still: 'recovery',
    deviations: ['S001-56'],
    values: [
      ...at(resource('data', 'aws_db_instance'), { '/backup_retention_period': 30, '/storage_encrypted': true }),
    ],
  },
  { id: 'S001-57', lines: '365-368', what: 'Application data backup', status: 'later', system: 'recovery' },
  {
    id: 'S001-58',
    lines: '370-373',
    what: 'Configuration backup',
    status: 'out-of-scope',
    because: 'declarations are text under version control: their history is the backup',
  },
  { id: 'S001-59', lines: '375-378', what: 'RTO / RPO', status: 'later', system: 'recovery' },
  {
    id: 'S001-60',
    lines: '384-387',
    what: 'Environments',
    status: 'emitted',
    deviations: ['S001-60..62, T-22, C-30'],
    values: [
      ...RELEASED.flatMap((name) => [
        ...at(object('Rollout', name, '/spec/strategy/canary'), {
          '/stableService': `${name}-stable`,
          '/canaryService': `${name}-canary`,
        }),
        ...[`${name}-stable`, `${name}-canary`].flatMap((version) =>
          at(object('Service', version), { '/spec/selector/app.kubernetes.io~1name': name }),
        ),
      ]),
    ],
  },
  {
    id: 'S001-61',
    lines: '389-392',
    what: 'Traffic switching',
    status: 'emitted',
    deviations: ['S001-60..62, T-22, C-30'],
    values: [
      ...RELEASED.flatMap((name) => [
        ...at(object('VirtualService', name, '/spec'), {
          '/hosts': [name],
          '/http/name=primary/route': [
            { destination: { host: `${name}-stable` }, weight: 100 },
            { destination: { host: `${name}-canary` }, weight: 0 },
          ],
        }),
        ...at(object('Rollout', name, '/spec/strategy/canary'), {
          '/trafficRouting': { istio: { virtualService: { name, routes: ['primary'] } } },
          // the old pods stay until the end: going back moves weights and starts nothing
          '/dynamicStableScale': false,
          '/analysis/templates': [{ templateName: `${name}-analysis` }],
        }),
        // three bad minutes decide, the first of them after two
        ...['success-rate', 'latency'].flatMap((metric) =>
          at(object('AnalysisTemplate', `${name}-analysis`, `/spec/metrics/name=${metric}`), {
            '/interval': '1m',
            '/initialDelay': '2m',
            '/failureLimit': 2,
          }),
        ),
      ]),
    ],
  },
  {
    id: 'S001-62',
    lines: '394-399',
    what: 'Process, 5 steps',
    status: 'emitted',
    deviations: ['S001-60..62, T-22, C-30'],
    values: [
      ...RELEASED.flatMap((name) => [
        ...at(object('Rollout', name, '/spec/strategy/canary/steps'), {
          '/length': 9,
          '/0/setCanaryScale/weight': 10,
          '/1/analysis/templates': [{ templateName: `${name}-smoke` }],
          '/2': { setWeight: 10 },
          '/3/setCanaryScale/matchTrafficWeight': true,
          '/4': { pause: { duration: '10m' } },
          '/5': { setWeight: 50 },
          '/6': { pause: { duration: '10m' } },
          '/7': { setWeight: 100 },
          '/8': { pause: { duration: '30m' } },
        }),
        ...at(object('AnalysisTemplate', `${name}-smoke`, '/spec/metrics/name=smoke-test/provider/job/spec'), {
          '/activeDeadlineSeconds': 300,
        }),
      ]),
    ],
  },
  {
    id: 'S001-63',
    lines: '412-419',
    what: 'module networking',
    status: 'emitted',
    values: [
      ...at(resource('network', 'aws_vpc'), { '/cidr_block': '10.0.0.0/16' }),
      ...['us-west-2a', 'us-west-2b', 'us-west-2c'].flatMap((zone) => [
        ...at(resource('network', 'aws_subnet', { '/tags/Name': `acgs-production-public-${zone}` }), {
          '/availability_zone': zone,
        }),
        ...at(resource('network', 'aws_subnet', { '/tags/Name': `acgs-production-private-${zone}` }), {
          '/availability_zone': zone,
        }),
        ...at(resource('network', 'aws_nat_gateway', { '/tags/Name': `acgs-production-nat-${zone}` }), {
          '/tags': { Name: `acgs-production-nat-${zone}` },
        }),
      ]),
      ...at(stack('network'), { '/resource/aws_vpn_gateway': undefined }),
    ],
  },
  {
    id: 'S001-64',
    lines: '421-425',
    what: 'module eks_cluster',
    status: 'emitted',
    deviations: ['S001-64, T-14'],
    values: [
      ...at(resource('cluster', 'aws_eks_cluster'), {
        '/name': 'acgs-production',
        '/version': '1.35',
        '/upgrade_policy/support_type': 'STANDARD',
      }),
    ],
  },
  {
    id: 'S001-65',
    lines: '427-432',
    what: 'node group general',
    status: 'emitted',
    deviations: ['S001-65, C-17'],
    values: [
      ...at(nodeGroup('general'), {
        '/instance_types': ['m5.large', 'm5.xlarge'],
        '/scaling_config': { min_size: 3, max_size: 20, desired_size: 6 },
      }),
    ],
  },
  {
    id: 'S001-66',
    lines: '433-438',
    what: 'node group compute',
    status: 'emitted',
    values: [
      ...at(nodeGroup('compute'), {
        '/instance_types': ['c5.2xlarge'],
        '/scaling_config': { min_size: 0, max_size: 10, desired_size: 2 },
      }),
      // with no node to look at, Cluster Autoscaler knows a new one by these
      ...at(
        resource('cluster', 'aws_autoscaling_group_tag', {
          '/~1~1/metadata/path': 'acgs-production-cluster/Cluster/compute/Hints/Taint-headroom.dev--node-group',
        }),
        {
          '/tag/key': 'k8s.io/cluster-autoscaler/node-template/taint/headroom.dev/node-group',
          '/tag/value': 'compute:NoSchedule',
        },
      ),
    ],
  },
  {
    id: 'S001-67',
    lines: '442-451',
    what: 'module rds',
    status: 'emitted',
    deviations: ['S001-67, T-14'],
    values: [
      ...at(resource('data', 'aws_db_instance'), {
        '/engine': 'postgres',
        '/engine_version': '15',
        '/instance_class': 'db.r5.xlarge',
        '/allocated_storage': 500,
        '/max_allocated_storage': 1000,
        '/storage_type': 'gp3',
        '/multi_az': true,
        '/backup_retention_period': 30,
        '/port': 5439,
      }),
    ],
  },
  {
    id: 'S001-68',
    lines: '457-468',
    what: 'Helm chart templates',
    status: 'emitted',
    deviations: ['C-05, C-31'],
    values: [
      ...MATRIX_SERVICES.flatMap((name) =>
        at(workload(name), {
          '/metadata/labels/app.kubernetes.io~1name': name,
          '/metadata/labels/app.kubernetes.io~1part-of': 'acgs',
        }),
      ),
    ],
  },
  {
    id: 'S001-69',
    lines: '469-472',
    what: 'Per-environment values',
    status: 'emitted',
    values: [
      ...['production', 'staging', 'development'].flatMap((name) =>
        at(places('acgs', name).resource('cluster', 'aws_eks_cluster'), {
          '/name': `acgs-${name}`,
          '/tags/environment': name,
        }),
      ),
    ],
  },
  { id: 'S001-70', lines: '483', what: 'Load test: Baseline Load', status: 'later', system: 'load tests' },
  { id: 'S001-71', lines: '484', what: 'Load test: Peak Load', status: 'later', system: 'load tests' },
  { id: 'S001-72', lines: '485', what: 'Load test: Stress Test', status: 'later', system: 'load tests' },
  { id: 'S001-73', lines: '486', what: 'Load test: Spike Test', status: 'later', system: 'load tests' },
  { id: 'S001-74', lines: '487', what: 'Load test: Endurance Test', status: 'later', system: 'load tests' },
  { id: 'S001-75', lines: '492-496', what: 'Horizontal scaling efficiency', status: 'later', system: 'simulator' },
  {
    id: 'S001-76',
    lines: '498-501',
    what: 'Vertical scaling',
    status: 'out-of-scope',
    because: 'factors without a load or a baseline: nothing can be derived from them',
  },
  {
    id: 'S001-77',
    lines: '503-506',
    what: 'Database scaling',
    status: 'out-of-scope',
    because: 'factors without a load or a baseline: nothing can be derived from them',
  },
  {
    id: 'S001-78',
    lines: '513',
    what: 'Cluster Autoscaler',
    status: 'emitted',
    values: [
      ...at(object('Application', 'cluster-autoscaler', '/spec'), {
        '/destination/namespace': 'kube-system',
        '/source/chart': 'cluster-autoscaler',
        '/source/helm/valuesObject/autoDiscovery/clusterName': 'acgs-production',
        '/source/helm/valuesObject/awsRegion': 'us-west-2',
        '/source/helm/valuesObject/rbac/serviceAccount/name': 'cluster-autoscaler',
      }),
      ...at(resource('cluster', 'aws_eks_pod_identity_association', { '/service_account': 'cluster-autoscaler' }), {
        '/namespace': 'kube-system',
        '/service_account': 'cluster-autoscaler',
      }),
      ...['general', 'compute'].flatMap((name) =>
        at(
          resource('cluster', 'aws_autoscaling_group_tag', {
            '/~1~1/metadata/path': `acgs-production-cluster/Cluster/${name}/Hints/Enabled`,
          }),
          { '/tag/key': 'k8s.io/cluster-autoscaler/enabled', '/tag/value': 'true' },
        ),
      ),
    ],
  },
  {
    id: 'S001-79',
    lines: '514',
    what: 'Right-size resource requests',
    status: 'emitted',
    still: 'metrics store',
    deviations: ['S001-79'],
    values: [
      ...at(application('vertical-pod-autoscaler'), {
        '/chart': 'vertical-pod-autoscaler',
      }),
      ...at(object('VerticalPodAutoscaler', 'acgs-services-vpa', '/spec'), {
        '/updatePolicy/updateMode': 'Recreate',
        '/resourcePolicy/containerPolicies/containerName=constitutional-ai/controlledResources': ['memory'],
      }),
    ],
  },
  {
    id: 'S001-80',
    lines: '515',
    what: 'Pod Disruption Budgets',
    status: 'emitted',
    values: [
      ...EVERY_SERVICE.flatMap((name) =>
        at(object('PodDisruptionBudget', name), {
          '/spec/maxUnavailable': 1,
          '/spec/unhealthyPodEvictionPolicy': 'AlwaysAllow',
        }),
      ),
    ],
  },
  {
    id: 'S001-81',
    lines: '516',
    what: 'Network Policies',
    status: 'emitted',
    values: [
      ...at(object('NetworkPolicy', 'default-deny'), {
        '/spec/podSelector/matchLabels': {},
        '/spec/ingress': [],
        '/spec/policyTypes': ['Ingress', 'Egress'],
      }),
      ...EVERY_SERVICE.flatMap((name) =>
        at(object('NetworkPolicy', name), {
          '/spec/podSelector/matchLabels/app.kubernetes.io~1name': name,
          '/spec/policyTypes': ['Ingress', 'Egress'],
        }),
      ),
    ],
  },
  {
    id: 'S001-82',
    lines: '520',
    what: 'Multi-region active-passive DR',
    status: 'emitted',
    still: 'recovery',
    deviations: ['S001-55, S001-82'],
    values: [
      ...at(standby.stack('cluster'), { '/provider/aws/0/region': 'us-east-1' }),
      ...at(standby.resource('cluster', 'aws_eks_cluster'), { '/name': 'acgs-production-dr' }),
      ...at(standby.resource('network', 'aws_vpc'), { '/cidr_block': '10.1.0.0/16' }),
      // warm at its minimum, free to grow as far as production
      ...at(standby.hpa('acgs-auth-service-hpa'), { '/minReplicas': 3, '/maxReplicas': 8 }),
      ...at(standby.hpa('acgs-constitutional-ai-hpa'), { '/minReplicas': 3, '/maxReplicas': 10 }),
      ...at(standby.hpa('policy-governance'), { '/minReplicas': 2, '/maxReplicas': 10 }),
      ...at(standby.hpa('integrity-service'), { '/minReplicas': 2, '/maxReplicas': 8 }),
    ],
  },
  { id: 'S001-83', lines: '521', what: 'Custom metrics and business KPIs', status: 'later', system: 'alerts' },
  { id: 'S001-84', lines: '522', what: 'Spot instances and reserved capacity', status: 'later', system: 'spot nodes' },
  {
    id: 'S001-85',
    lines: '523',
    what: 'Pod Security Standards and OPA Gatekeeper',
    status: 'emitted',
    still: 'Gatekeeper',
    deviations: ['S001-85, S003-52, T-07', 'S001-85'],
    values: [
      ...at(object('Namespace', 'acgs'), {
        '/metadata/labels/pod-security.kubernetes.io~1enforce': 'restricted',
        '/metadata/labels/pod-security.kubernetes.io~1audit': 'restricted',
        '/metadata/labels/pod-security.kubernetes.io~1warn': 'restricted',
      }),
    ],
  },
  {
    id: 'S001-86',
    lines: '527',
    what: 'Full Istio implementation',
    status: 'emitted',
    still: 'service mesh',
    deviations: ['S001-25, S001-26, S001-86'],
    values: [
      ...['istio-base', 'istiod', 'istio-cni'].flatMap((name) =>
        at(application(name), {
          '/repoURL': 'https://istio-release.storage.googleapis.com/charts',
        }),
      ),
      ...RELEASED.flatMap((name) => at(object('VirtualService', name), { '/spec/http/name=primary/route/length': 2 })),
      ...at(all('DestinationRule'), {
        '/names': [
          'agent-hitl-canary',
          'agent-hitl-stable',
          'auth-service-canary',
          'auth-service-stable',
          'constitutional-ai-canary',
          'constitutional-ai-stable',
          'darwin-godel-machine',
          'evolutionary-computation',
          'executive-council',
          'formal-verification',
          'governance-synthesis',
          'integrity-service',
          'policy-governance',
        ],
      }),
    ],
  },
  {
    id: 'S001-87',
    lines: '528',
    what: 'GitOps with ArgoCD',
    status: 'emitted',
    still: 'GitOps',
    deviations: ['S001-87'],
    values: [
      ...at(resource('gitops', 'helm_release'), {
        '/chart': 'argo-cd',
        '/repository': 'https://argoproj.github.io/argo-helm',
        '/namespace': 'argocd',
      }),
      ...at(object('AppProject', 'cluster-services'), { '/metadata/namespace': 'argocd' }),
      ...at(all('Application'), {
        '/names': [
          'argo-rollouts',
          'aws-load-balancer-controller',
          'cert-manager',
          'cluster-autoscaler',
          'external-secrets',
          'istio-base',
          'istio-cni',
          'istiod',
          'kube-prometheus-stack',
          'prometheus-adapter',
          'prometheus-operator-crds',
          'vertical-pod-autoscaler',
        ],
      }),
      ...['argo-rollouts', 'cluster-autoscaler', 'external-secrets', 'istiod'].flatMap((name) =>
        at(object('Application', name, '/spec'), {
          '/project': 'cluster-services',
          '/syncPolicy/automated': { prune: true, selfHeal: true },
        }),
      ),
    ],
  },
  { id: 'S001-88', lines: '529', what: 'Chaos engineering', status: 'later', system: 'chaos experiments' },
  { id: 'S001-89', lines: '530', what: 'Edge computing', status: 'later', system: 'edge' },
  {
    id: 'S001-90',
    lines: '536-543',
    what: 'Key achievements',
    status: 'out-of-scope',
    because: 'a summary of claims made above it',
  },
];
