import type { Row } from './ledger';
import { at, deployment, external, perContainer, percent, perPod, places, pods, rollout, ruleSpots } from './places';
import { CORE, EVERY_SERVICE, MATRIX_SERVICES, RELEASED } from './services';

const { alert: ring } = ruleSpots('acgs', 'production');

const { all, container, document, file, hpa, object, resource, settings, stack, workload } = places(
  'acgs',
  'production',
  RELEASED,
);
const standby = places('acgs', 'production-dr', RELEASED);
const staging = places('acgs', 'staging', RELEASED);
/** Stacks of accounts: `acgs-account-production`. */
const account = places('acgs', 'account');
const gateway = file('gateway-config', 'nginx.conf', '/http/0/body');
const nodeGroup = (name: string) =>
  resource('cluster', 'aws_eks_node_group', { '/labels/headroom.dev~1node-group': name });
const balancer = resource('edge', 'aws_lb');
const targets = resource('edge', 'aws_lb_target_group');
/** Name of the group that one side makes and the other names. */
const TARGETS = 'acgs-production-gateway-1gxm7m2';
/** The platform's own stacks. */
const platform = places('acgs', '');
const backupPlan = (name: string, under: string) => resource('recovery', 'aws_backup_plan', { '/name': name }, under);
const application = (name: string) => object('Application', name, '/spec/source');
/** What to buy for a year. */
const reservations = document('cost/monthly.json', '/reservations');
const alarm = (name: string) =>
  resource('operations', 'aws_cloudwatch_metric_alarm', { '/alarm_name': `acgs-production-${name}` });
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
    values: [
      ...at(resource('recovery', 'aws_s3_bucket', { '/bucket': 'acgs-production-velero-333333333333' }), {
        '/lifecycle/prevent_destroy': true,
      }),
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
  {
    id: 'S001-19',
    lines: '127-129',
    what: 'ALB and algorithm',
    status: 'emitted',
    values: [
      ...at(balancer, { '/load_balancer_type': 'application', '/internal': false }),
      ...at(targets, { '/load_balancing_algorithm_type': 'round_robin', '/target_type': 'ip' }),
      ...at(object('TargetGroupBinding', TARGETS, '/spec/serviceRef'), { '/name': 'gateway' }),
      ...at(targets, { '/name': TARGETS }),
    ],
  },
  {
    id: 'S001-20',
    lines: '130-134',
    what: 'ALB health checks',
    status: 'emitted',
    values: [
      ...at(targets, {
        '/health_check/interval': 5,
        '/health_check/timeout': 3,
        '/health_check/healthy_threshold': 2,
        '/health_check/unhealthy_threshold': 3,
        // the status port, past the sidecar
        '/health_check/port': '8081',
      }),
      ...at(object('Deployment', 'gateway', '/spec/template/metadata/annotations'), {
        '/traffic.sidecar.istio.io~1excludeInboundPorts': '8080,8081',
      }),
    ],
  },
  {
    id: 'S001-21',
    lines: '135',
    what: 'TLS termination at the load balancer',
    status: 'emitted',
    values: [
      ...at(resource('edge', 'aws_lb_listener', { '/protocol': 'HTTPS' }), {
        '/port': 443,
        '/ssl_policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      }),
      ...at(resource('edge', 'aws_lb_listener', { '/protocol': 'HTTP' }, '/default_action/0'), {
        '/redirect/protocol': 'HTTPS',
      }),
      ...at(targets, { '/protocol': 'HTTP' }),
      ...at(resource('edge', 'aws_acm_certificate'), { '/domain_name': 'acgs.example.com' }),
    ],
  },
  {
    id: 'S001-22',
    lines: '136-138',
    what: 'Rate limiting',
    status: 'emitted',
    deviations: ['S001-22, C-23'],
    values: [
      ...at(resource('edge', 'aws_wafv2_web_acl', {}, '/rule/name=rate-limit/statement/rate_based_statement'), {
        '/limit': 6000,
        '/evaluation_window_sec': 60,
        '/aggregate_key_type': 'IP',
      }),
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
  {
    id: 'S001-25',
    lines: '151-153',
    what: 'Istio retry policy',
    status: 'emitted',
    deviations: ['S001-25, T-16'],
    values: [
      ...EVERY_SERVICE.flatMap((name) =>
        at(object('VirtualService', name, '/spec'), {
          '/hosts': [name],
          '/http/name=retried/retries/attempts': 3,
          '/http/name=retried/retries/perTryTimeout': '2s',
          '/http/name=retried/timeout': '6s',
          '/http/name=retried/match/0/method/exact': 'GET',
          '/http/name=retried/match/length': 3,
          '/http/name=primary/match': undefined,
          '/http/name=primary/retries/retryOn': 'connect-failure,refused-stream',
        }),
      ),
    ],
  },
  {
    id: 'S001-26',
    lines: '154-156',
    what: 'Istio security',
    status: 'emitted',
    deviations: ['S001-26, C-19'],
    values: [
      ...at(object('PeerAuthentication', 'default', '/spec'), { '': { mtls: { mode: 'STRICT' } } }),
      ...at(object('AuthorizationPolicy', 'deny-by-default', '/spec'), { '': {} }),
      ...at(object('AuthorizationPolicy', 'agent-hitl', '/spec/rules/0'), {
        '/from/0/source/principals/0': 'cluster.local/ns/acgs/sa/gateway',
        '/to/0/operation/ports/0': '8008',
      }),
      ...at(object('AuthorizationPolicy', 'auth-service', '/spec/rules/0'), { '/to/0/operation/ports/0': '8016' }),
      ...at(all('AuthorizationPolicy'), {
        '/names': ['agent-hitl', 'auth-service', 'constitutional-ai', 'deny-by-default', 'policy-governance'],
      }),
    ],
  },
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
  {
    id: 'S001-37',
    lines: '224-227',
    what: 'Spot instances',
    status: 'emitted',
    deviations: ['S001-37, T-18'],
    values: [
      ...at(nodeGroup('spot'), {
        '/capacity_type': 'SPOT',
        '/instance_types': ['m5.large', 'm6i.large', 'm6a.large'],
        // 12 of 40 CPUs at first; nothing may depend on them
        '/scaling_config': { min_size: 0, max_size: 26, desired_size: 6 },
      }),
      // tried first; after five minutes, on demand, whose maxima are 48 of these 54
      ...at(application('cluster-autoscaler'), {
        '/helm/valuesObject/expanderPriorities': { '10': ['.*'], '50': ['^eks-spot-.*'] },
        '/helm/valuesObject/extraArgs/expander': 'priority,least-waste',
        '/helm/valuesObject/extraArgs/max-nodes-total': 54,
      }),
      ...at(
        resource('cluster', 'aws_autoscaling_group_tag', {
          '/~1~1/metadata/path': 'acgs-production-cluster/Cluster/spot/Hints/Label-eks.amazonaws.com--capacityType',
        }),
        {
          '/tag/key': 'k8s.io/cluster-autoscaler/node-template/label/eks.amazonaws.com/capacityType',
          '/tag/value': 'SPOT',
        },
      ),
    ],
  },
  {
    id: 'S001-38',
    lines: '229-232',
    what: 'Reserved instances',
    status: 'emitted',
    deviations: ['S001-38, T-18'],
    values: [
      ...at(reservations, {
        '/share': '50%',
        '/termYears': 1,
        '/payment': 'partial-upfront',
        '/instances/type=m5.large/alwaysRunning': 3,
        '/instances/type=m5.large/buy': 1,
        '/instances/type=r5.large/buy': 1,
        '/instances/type=db.r5.xlarge/buy': 1,
      }),
    ],
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
    deviations: ['T-16'],
    values: [
      ...at(document('grafana/service-performance.json'), {
        '/panels/title=Memory, of the limit/fieldConfig/defaults/unit': 'percentunit',
      }),
      ...[
        'integrity-service',
        'formal-verification',
        'policy-governance',
        'executive-council',
        'darwin-godel-machine',
      ].flatMap((name) => at(hpa(name), { '/metrics/length': 1, ...perContainer('cpu', name, 70) })),
    ],
  },
  {
    id: 'S001-41',
    lines: '255-258',
    what: 'Metrics stack',
    status: 'emitted',
    values: [
      ...at(application('kube-prometheus-stack'), {
        '/helm/valuesObject/prometheus/prometheusSpec/retention': '30d',
        '/helm/valuesObject/prometheus/prometheusSpec/storageSpec/volumeClaimTemplate/spec/resources/requests/storage':
          '50Gi',
        '/helm/valuesObject/prometheus/prometheusSpec/thanos/objectStorageConfig/secret/config/bucket':
          'acgs-production-metrics-333333333333',
      }),
      ...at(application('thanos'), {
        '/helm/valuesObject/storeGateway/enabled': true,
        '/helm/valuesObject/compact/enabled': true,
        '/helm/valuesObject/compact/extraArgs/0': '--retention.resolution-raw=365d',
        '/helm/valuesObject/objstoreConfig/value/config/bucket': 'acgs-production-metrics-333333333333',
      }),
      ...at(resource('data', 'aws_s3_bucket', { '/bucket': 'acgs-production-metrics-333333333333' }), {
        '/bucket': 'acgs-production-metrics-333333333333',
      }),
    ],
  },
  {
    id: 'S001-42',
    lines: '260-263',
    what: 'Visualization',
    status: 'emitted',
    deviations: ['S001-42, C-26'],
    values: [
      ...at(application('kube-prometheus-stack'), {
        '/helm/valuesObject/grafana/enabled': true,
        '/helm/valuesObject/grafana/fullnameOverride': 'monitoring-dashboard',
        '/helm/valuesObject/grafana/service/port': 3000,
        '/helm/valuesObject/grafana/admin/existingSecret': 'grafana-admin',
      }),
      ...at(file('acgs-scaling-overview', 'scaling-overview.json'), { '/uid': 'scaling-overview' }),
      ...at(document('grafana/scaling-overview.json'), {
        '/uid': 'scaling-overview',
      }),
      ...at(document('grafana/service-performance.json'), {
        '/uid': 'service-performance',
      }),
      ...at(document('grafana/auto-scaling-activity.json'), {
        '/uid': 'auto-scaling-activity',
      }),
      ...at(document('grafana/data-stores.json'), {
        '/uid': 'data-stores',
      }),
      ...at(document('grafana/objectives.json'), {
        '/uid': 'objectives',
      }),
    ],
  },
  {
    id: 'S001-43',
    lines: '265-268',
    what: 'Logging',
    status: 'emitted',
    deviations: ['S001-43'],
    values: [
      ...at(application('fluent-bit'), {
        '/helm/valuesObject/kind': 'DaemonSet',
        '/helm/valuesObject/tolerations': [{ operator: 'Exists' }],
      }),
      ...at(object('Elasticsearch', 'logs', '/spec'), { '/nodeSets/0/count': 3, '/version': '9.4.3' }),
      ...at(file('log-retention', 'policy.json'), { '/policy/phases/delete/min_age': '90d' }),
      ...at(file('log-retention', 'template.json'), { '/template/settings/index.lifecycle.name': 'pod-logs' }),
    ],
  },
  {
    id: 'S001-44',
    lines: '270-273',
    what: 'Tracing',
    status: 'emitted',
    values: [
      ...at(application('jaeger'), {
        '/helm/valuesObject/esIndexCleaner/numberOfDays': 7,
        '/helm/valuesObject/userconfig/receivers/otlp/protocols/grpc/endpoint': '0.0.0.0:4317',
      }),
      ...at(object('Telemetry', 'tracing', '/spec'), { '/tracing/0/randomSamplingPercentage': 1 }),
      ...settings('auth-service', {
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.01',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger.tracing.svc.cluster.local:4317',
      }),
    ],
  },
  {
    id: 'S001-45',
    lines: '275-278',
    what: 'Alerting',
    status: 'emitted',
    deviations: ['S001-45, T-21'],
    values: [
      ...at(document('prometheus/alertmanager.yaml'), {
        '/receivers/name=pager/pagerduty_configs/length': 1,
        '/receivers/name=chat/slack_configs/length': 1,
        '/receivers/name=mail/email_configs/length': 1,
        '/route/routes/1': {
          receiver: 'pager',
          matchers: ['escalation="immediate"'],
          group_wait: '0s',
          repeat_interval: '1h',
          continue: true,
        },
      }),
    ],
  },
  {
    id: 'S001-46',
    lines: '285-288',
    what: 'KPI availability',
    status: 'emitted',
    values: [
      ...at(ring('objectives', 'AvailabilityBudgetBurnsFast'), {
        '/expr':
          '(service:slo_errors:ratio_rate1h{slo="availability"} > (14.4 * 0.001)) and on (namespace, service) (service:slo_errors:ratio_rate5m{slo="availability"} > (14.4 * 0.001))',
      }),
    ],
  },
  {
    id: 'S001-47',
    lines: '290-293',
    what: 'KPI response time',
    status: 'emitted',
    values: [
      ...at(ring('services', 'ResponsesSlow'), {
        '/expr':
          'histogram_quantile(0.95, sum(rate(acgs_request_duration_seconds_bucket{namespace="acgs"}[1m])) by (le, namespace, service)) > 0.5',
        '/for': '5m',
      }),
      // of all services together; each by itself is for Prometheus
      ...at(alarm('gateway-latency'), {
        '/metric_name': 'TargetResponseTime',
        '/extended_statistic': 'p95',
        '/threshold': 0.5,
      }),
    ],
  },
  {
    id: 'S001-48',
    lines: '295-298',
    what: 'KPI resource utilization',
    status: 'emitted',
    values: [
      ...at(document('grafana/service-performance.json'), {
        '/panels/title=Processor, of the limit/fieldConfig/defaults/unit': 'percentunit',
      }),
      ...at(document('grafana/data-stores.json'), {
        '/panels/title=Used/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 0.8, color: 'red' },
        ],
      }),
      ...at(ring('resources', 'VolumeFilling'), { '/expr': 'volume:used:ratio > 0.8' }),
      // less than a fifth of 500 GiB is free: more than 80 % are used
      ...at(alarm('main-storage'), {
        '/metric_name': 'FreeStorageSpace',
        '/comparison_operator': 'LessThanThreshold',
        '/threshold': 107374182400,
      }),
    ],
  },
  {
    id: 'S001-49',
    lines: '300-303',
    what: 'KPI scaling',
    status: 'emitted',
    still: 'simulator',
    values: [
      ...at(ring('services', 'ScaleUpSlow'), {
        '/expr': 'service:replicas_desired:count > on (namespace, service) service:pods_ready:count',
        '/for': '2m',
      }),
    ],
  },
  {
    id: 'S001-50',
    lines: '310-313',
    what: 'Alert service_down',
    status: 'emitted',
    values: [
      ...at(ring('services', 'ServiceDown'), {
        '/expr': 'service:pods_ready:count == 0 and on () (sum(up{job="kube-state-metrics"}) > 0)',
        '/for': '1m',
        '/labels/severity': 'critical',
        '/labels/escalation': 'immediate',
      }),
      ...at(alarm('gateway-unavailable'), {
        '/metric_name': 'HealthyHostCount',
        '/comparison_operator': 'LessThanThreshold',
        '/threshold': 1,
        '/period': 60,
        '/evaluation_periods': 1,
        '/treat_missing_data': 'breaching',
      }),
    ],
  },
  {
    id: 'S001-51',
    lines: '315-318',
    what: 'Alert high_error_rate',
    status: 'emitted',
    values: [
      ...at(ring('services', 'HighErrorRate'), {
        '/expr': 'service:request_errors:ratio1m > 0.05',
        '/for': '2m',
        '/labels/severity': 'warning',
        '/labels/escalation': '5m',
      }),
      ...at(alarm('target-errors'), {
        '/metric_query/0/expression': 'IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)',
        '/metric_query/1/metric/metric_name': 'HTTPCode_Target_5XX_Count',
        '/metric_query/1/metric/period': 60,
        '/threshold': 5,
        '/evaluation_periods': 2,
        '/datapoints_to_alarm': 2,
      }),
    ],
  },
  {
    id: 'S001-52',
    lines: '320-323',
    what: 'Alert resource_exhaustion',
    status: 'emitted',
    values: [
      ...at(ring('resources', 'CpuExhaustion'), {
        '/expr': 'container:cpu_of_limit:ratio > 0.9',
        '/for': '5m',
        '/labels/severity': 'warning',
      }),
      ...at(ring('resources', 'MemoryExhaustion'), {
        '/expr': 'container:memory_of_limit:ratio > 0.95',
        '/for': '3m',
        '/labels/severity': 'warning',
      }),
      ...at(alarm('main-cpu'), {
        '/threshold': 90,
        '/period': 60,
        '/evaluation_periods': 5,
        '/datapoints_to_alarm': 5,
      }),
      // a twentieth of 32 GiB is free: 95 % are used
      ...at(alarm('main-memory'), {
        '/metric_name': 'FreeableMemory',
        '/comparison_operator': 'LessThanThreshold',
        '/threshold': 1717986918,
        '/period': 60,
        '/evaluation_periods': 3,
        '/datapoints_to_alarm': 3,
      }),
    ],
  },
  {
    id: 'S001-53',
    lines: '325-328',
    what: 'Alert scaling_failure',
    status: 'emitted',
    deviations: ['S001-53'],
    values: [
      ...at(ring('autoscaling', 'AutoscalingFailure'), {
        '/for': '2m',
        '/labels/severity': 'critical',
        '/labels/escalation': 'immediate',
      }),
    ],
  },
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
    deviations: ['S001-55, C-29', 'S001-55, T-08', 'S001-55, S001-82'],
    values: [
      ...at(standby.stack('network'), { '/provider/aws/0/region': 'us-east-1' }),
      ...['us-east-1a', 'us-east-1b'].flatMap((zone) =>
        at(standby.resource('network', 'aws_subnet', { '/tags/Name': `acgs-production-dr-private-${zone}` }), {
          '/availability_zone': zone,
        }),
      ),
      // users are led there only once the gate is open
      ...at(platform.resource('failover', 'aws_route53_record', { '/set_identifier': 'secondary' }), {
        '/name': 'acgs.example.com',
        '/alias/name': 'us-east-1.acgs.example.com',
        '/failover_routing_policy/type': 'SECONDARY',
      }),
      ...at(standby.resource('edge', 'aws_route53_record', { '/name': 'us-east-1.acgs.example.com' }), {
        '/type': 'A',
      }),
      // one range for each zone that the load balancer may stand in
      ...at(standby.file('gateway-config', 'nginx.conf', '/http/0/body/set_real_ip_from'), { '/length': 2 }),
      ...CORE.flatMap((name) => at(standby.workload(name), { '/metadata/namespace': 'acgs' })),
      ...at(standby.all('Rollout'), { '/names': ['auth-service', 'constitutional-ai'] }),
      ...at(standby.all('Deployment'), {
        '/names': ['gateway', 'integrity-service', 'main-pooler', 'policy-governance'],
      }),
      ...at(standby.resource('data', 'aws_db_instance'), {
        '/replicate_source_db': 'arn:aws:rds:us-west-2:333333333333:db:acgs-production-main',
        '/instance_class': 'db.r5.xlarge',
        '/storage_encrypted': true,
      }),
      // five minutes behind, and somebody is woken
      ...at(
        standby.resource('operations', 'aws_cloudwatch_metric_alarm', {
          '/alarm_name': 'acgs-production-dr-main-replica-lag',
        }),
        { '/threshold': 300, '/comparison_operator': 'GreaterThanThreshold', '/treat_missing_data': 'breaching' },
      ),
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
    values: [
      ...at(resource('data', 'aws_db_instance'), { '/backup_retention_period': 30, '/storage_encrypted': true }),
      ...at(backupPlan('acgs-production-databases', '/rule/0'), {
        '/schedule': 'cron(0 0,6,12,18 * * ? *)',
        '/schedule_expression_timezone': 'Etc/UTC',
        '/lifecycle/delete_after': 30,
        '/copy_action/0/lifecycle/delete_after': 30,
      }),
      ...at(resource('recovery', 'aws_backup_selection', { '/name': 'Databases' }), {
        '/resources/0': 'arn:aws:rds:us-west-2:333333333333:db:acgs-production-main',
      }),
      ...at(resource('recovery', 'aws_backup_vault', { '/name': 'acgs-production-copies' }), {
        '/region': 'us-east-1',
      }),
      ...at(resource('recovery', 'aws_kms_key', { '/description': 'Backups in the vault acgs-production-copies' }), {
        '/region': 'us-east-1',
        '/enable_key_rotation': true,
      }),
      ...at(resource('recovery', 'aws_db_instance_automated_backups_replication'), {
        '/region': 'us-east-1',
        '/retention_period': 30,
      }),
    ],
  },
  {
    id: 'S001-57',
    lines: '365-368',
    what: 'Application data backup',
    status: 'emitted',
    values: [
      // snapshots of volumes hold what changed since the one before
      ...at(backupPlan('acgs-production-volumes', '/rule/0'), {
        '/schedule': 'cron(0 0 * * ? *)',
        '/lifecycle/delete_after': 90,
        '/copy_action/0/lifecycle/delete_after': 90,
      }),
      ...at(resource('recovery', 'aws_backup_selection', { '/name': 'Volumes' }), {
        '/condition/0/string_equals/key=aws:ResourceTag~1kubernetes.io~1cluster~1acgs-production/value': 'owned',
      }),
      ...['acgs-production-velero-333333333333', 'acgs-production-velero-333333333333-us-east-1'].flatMap((bucket) =>
        at(resource('recovery', 'aws_s3_bucket', { '/bucket': bucket }), { '/lifecycle/prevent_destroy': true }),
      ),
      // what the cluster knows, and where the standby finds it
      ...at(object('Schedule', 'production-daily', '/spec'), {
        '/schedule': '0 0 * * *',
        '/template/ttl': '2160h0m0s',
        '/template/includedNamespaces': ['acgs'],
        '/template/storageLocation': 'default',
      }),
      ...at(object('Application', 'velero', '/spec/source/helm/valuesObject/configuration/backupStorageLocation'), {
        '/name=default/bucket': 'acgs-production-velero-333333333333',
        '/name=default/accessMode': 'ReadWrite',
      }),
      ...at(
        standby.object('Application', 'velero', '/spec/source/helm/valuesObject/configuration/backupStorageLocation'),
        {
          '/name=production/bucket': 'acgs-production-velero-333333333333-us-east-1',
          '/name=production/config/region': 'us-east-1',
          '/name=production/accessMode': 'ReadOnly',
        },
      ),
    ],
  },
  {
    id: 'S001-58',
    lines: '370-373',
    what: 'Configuration backup',
    status: 'out-of-scope',
    because: 'declarations are text under version control: their history is the backup',
  },
  {
    id: 'S001-59',
    lines: '375-378',
    what: 'RTO / RPO',
    status: 'checked',
    checks: ['recovery-rto-is-met', 'recovery-rpo-is-met', 'recovery-is-possible', 'recovery-drill-comes-each-quarter'],
  },
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
      ...at(resource('edge', 'aws_lb_listener_rule', {}, '/action/0/forward'), { '/target_group/0/weight': 100 }),
      ...RELEASED.flatMap((name) => [
        ...at(object('VirtualService', name, '/spec'), {
          '/hosts': [name],
          '/http/name=primary/route': [
            { destination: { host: `${name}-stable` }, weight: 100 },
            { destination: { host: `${name}-canary` }, weight: 0 },
          ],
        }),
        ...at(object('Rollout', name, '/spec/strategy/canary'), {
          '/trafficRouting': { istio: { virtualService: { name, routes: ['retried', 'primary'] } } },
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
      ...at(document('charts/acgs-platform/Chart.yaml'), { '/name': 'acgs-platform', '/apiVersion': 'v2' }),
      ...MATRIX_SERVICES.flatMap((name) => [
        ...at(workload(name), {
          '/metadata/labels/app.kubernetes.io~1name': name,
          '/metadata/labels/app.kubernetes.io~1part-of': 'acgs',
        }),
        ...at(document(`charts/acgs-platform/templates/${name}.yaml`), {
          '/kinds/Deployment': 1,
          '/kinds/HorizontalPodAutoscaler': 1,
          '/kinds/PodDisruptionBudget': 1,
        }),
      ]),
    ],
  },
  {
    id: 'S001-69',
    lines: '469-472',
    what: 'Per-environment values',
    status: 'emitted',
    values: [
      ...(['production', 'staging', 'development'] as const).flatMap((name) => [
        ...at(places('acgs', name).resource('cluster', 'aws_eks_cluster'), {
          '/name': `acgs-${name}`,
          '/tags/environment': name,
        }),
        ...at(document(`charts/acgs-platform/values/${name}.yaml`), { '/environment': name }),
      ]),
      ...at(document('charts/acgs-platform/values/production.yaml'), {
        '/authService/replicas': { min: 3, max: 8 },
        '/agentHitl/replicas': { min: 5, max: 15 },
      }),
    ],
  },
  {
    id: 'S001-70',
    lines: '483',
    what: 'Load test: Baseline Load',
    status: 'emitted',
    values: [
      ...at(places('acgs', 'production').loadTest('baseline'), {
        '/vus': 1000,
        '/duration': '30m',
        '/thresholds/http_req_duration': ['avg<=450'],
      }),
    ],
  },
  {
    id: 'S001-71',
    lines: '484',
    what: 'Load test: Peak Load',
    status: 'emitted',
    values: [
      ...at(places('acgs', 'production').loadTest('peak'), {
        '/vus': 2000,
        '/duration': '1h',
        '/thresholds/http_req_duration': ['avg<=680'],
      }),
    ],
  },
  {
    id: 'S001-72',
    lines: '485',
    what: 'Load test: Stress Test',
    status: 'emitted',
    values: [
      ...at(places('acgs', 'production').loadTest('stress'), {
        '/vus': 5000,
        '/duration': '15m',
        '/thresholds/http_req_duration': ['avg<=1200'],
      }),
    ],
  },
  {
    id: 'S001-73',
    lines: '486',
    what: 'Load test: Spike Test',
    status: 'emitted',
    values: [...at(places('acgs', 'production').loadTest('spike'), { '/stages': [{ duration: '5m', target: 3000 }] })],
  },
  {
    id: 'S001-74',
    lines: '487',
    what: 'Load test: Endurance Test',
    status: 'emitted',
    values: [
      ...at(places('acgs', 'production').loadTest('endurance'), {
        '/vus': 1500,
        '/duration': '8h',
        '/thresholds/http_req_failed': ['rate<0.01'],
      }),
    ],
  },
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
      // images and states are there before the region is lost; the account is managed from there
      ...at(account.resource('production', 'aws_ecr_replication_configuration'), {
        '/region': 'us-west-2',
        '/replication_configuration/rule/0/destination/0/region': 'us-east-1',
        '/replication_configuration/rule/0/repository_filter/0/filter': 'acgs/',
      }),
      ...at(account.resource('production', 'aws_s3_bucket', { '/bucket': 'acgs-terraform-state-333333333333-copy' }), {
        '/region': 'us-east-1',
      }),
      ...at(account.stack('production'), { '/provider/aws/0/region': 'us-east-1' }),
      ...at(standby.container('auth-service', 'Rollout'), {
        '/image': '333333333333.dkr.ecr.us-east-1.amazonaws.com/acgs/auth-service:2.0.0',
      }),
    ],
  },
  {
    id: 'S001-83',
    lines: '521',
    what: 'Custom metrics and business KPIs',
    status: 'emitted',
    values: [
      ...at(ring('services', 'ConstitutionalComplianceViolation'), {
        '/expr': 'min(acgs_constitutional_compliance_rate{namespace="acgs"}) by (namespace, service) < 1',
      }),
      ...at(ring('services', 'LowThroughput'), {
        '/expr': 'acgs_throughput_rps < 100 and on () (count(service:request_duration_seconds:p99 > 0.005) > 0)',
      }),
    ],
  },
  {
    id: 'S001-84',
    lines: '522',
    what: 'Spot instances and reserved capacity',
    status: 'emitted',
    values: [
      ...at(nodeGroup('spot'), { '/capacity_type': 'SPOT', '/scaling_config/desired_size': 6 }),
      ...at(reservations, { '/share': '50%' }),
    ],
  },
  {
    id: 'S001-85',
    lines: '523',
    what: 'Pod Security Standards and OPA Gatekeeper',
    status: 'emitted',
    deviations: ['S001-85, S003-52, T-07', 'S001-85'],
    values: [
      ...at(all('ValidatingAdmissionPolicy'), {
        '/names': ['acgs-host', 'acgs-identities', 'acgs-images', 'acgs-privileges', 'acgs-resources', 'acgs-services'],
      }),
      ...at(object('ValidatingAdmissionPolicyBinding', 'acgs-images', '/spec'), {
        '/policyName': 'acgs-images',
        '/validationActions': ['Deny', 'Audit'],
        '/matchResources/namespaceSelector/matchExpressions/0/values': ['acgs'],
      }),
      ...at(object('Namespace', 'acgs'), {
        '/metadata/labels/pod-security.kubernetes.io~1enforce': 'restricted',
        '/metadata/labels/pod-security.kubernetes.io~1audit': 'restricted',
        '/metadata/labels/pod-security.kubernetes.io~1warn': 'restricted',
      }),
      // what no expression of one object can say, in staging
      ...at(staging.object('Application', 'gatekeeper', '/spec/source/helm/valuesObject'), {
        '/replicas': 3,
        '/validatingWebhookFailurePolicy': 'Ignore',
      }),
      ...at(staging.object('UniqueAutoscalerTarget', 'acgs-autoscaler-target', '/spec'), {
        '/enforcementAction': 'deny',
        '/match/namespaces': ['acgs'],
      }),
    ],
  },
  {
    id: 'S001-86',
    lines: '527',
    what: 'Full Istio implementation',
    status: 'emitted',
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
          'eck-operator',
          'eck-operator-crds',
          'external-secrets',
          'fluent-bit',
          'istio-base',
          'istio-cni',
          'istiod',
          'jaeger',
          'kube-prometheus-stack',
          'prometheus-adapter',
          'prometheus-operator-crds',
          'thanos',
          'velero',
          'vertical-pod-autoscaler',
        ],
      }),
      ...['argo-rollouts', 'cluster-autoscaler', 'external-secrets', 'istiod'].flatMap((name) =>
        at(object('Application', name, '/spec'), {
          '/project': 'cluster-services',
          '/syncPolicy/automated': { prune: true, selfHeal: true },
        }),
      ),
      // the platform's own layers, each from Git and after the one before
      ...['00-crds', '10-controllers', '20-policies', '30-workloads'].flatMap((layer, wave) =>
        at(document(`gitops/applications/acgs-${layer}.yaml`), {
          '/kind': 'Application',
          '/metadata/annotations/argocd.argoproj.io~1sync-wave': `${wave}`,
          '/spec/source/path': `dist/gitops/acgs/production/overlay/${layer}`,
          '/spec/syncPolicy/automated': { prune: layer !== '00-crds', selfHeal: true },
          '/spec/syncPolicy/retry/limit': -1,
        }),
      ),
      ...at(document('gitops/applications/project-acgs-workloads.yaml', '/spec'), {
        '/clusterResourceWhitelist': [],
        '/destinations': [{ namespace: 'acgs', server: 'https://kubernetes.default.svc' }],
      }),
      ...at(document('gitops/overlay/30-workloads/kustomization.yaml'), {
        '/resources': ['../../../../../kubernetes/acgs/production/30-workloads'],
      }),
    ],
  },
  {
    id: 'S001-88',
    lines: '529',
    what: 'Chaos engineering',
    status: 'emitted',
    values: [
      ...at(staging.object('Application', 'chaos-mesh', '/spec/source/helm/valuesObject/controllerManager'), {
        '/enableFilterNamespace': true,
      }),
      ...at(staging.object('Namespace', 'acgs'), { '/metadata/annotations/chaos-mesh.org~1inject': 'enabled' }),
      ...at(staging.object('Schedule', 'lose-an-auth-pod', '/spec'), {
        '/schedule': '0 10 * * 2,4',
        '/concurrencyPolicy': 'Forbid',
        '/type': 'PodChaos',
        '/podChaos/action': 'pod-kill',
        '/podChaos/mode': 'one',
        '/podChaos/selector/namespaces': ['acgs'],
      }),
      ...at(staging.object('Schedule', 'cut-governance-off-from-core', '/spec'), {
        '/type': 'NetworkChaos',
        '/networkChaos/action': 'partition',
        '/networkChaos/mode': 'one',
        '/networkChaos/duration': '300s',
      }),
      // none in production
      ...at(all('Schedule'), { '/names': ['production-daily'] }),
    ],
  },
  {
    id: 'S001-89',
    lines: '530',
    what: 'Edge computing',
    status: 'documented',
    file: 'docs/decisions/0014-names-of-regions.md',
    says: "`delivery: 'cloudfront'`",
  },
  {
    id: 'S001-90',
    lines: '536-543',
    what: 'Key achievements',
    status: 'out-of-scope',
    because: 'a summary of claims made above it',
  },
];
