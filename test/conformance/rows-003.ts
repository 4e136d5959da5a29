import type { Row } from './ledger';
import { at, CPU, external, MEMORY, percent, perPod, places, pods, ruleSpots } from './places';

const { alert: ring } = ruleSpots('alfred', 'production');

const development = places('alfred', 'development');
/** The writer of the three regions. */
const production = places('alfred', 'production');
const { all, composed, container, document, hpa, loadTest, object, resource, stack } = production;
const alarm = (name: string) =>
  resource('operations', 'aws_cloudwatch_metric_alarm', { '/alarm_name': `alfred-production-${name}` });
/** The same platform with one agent on plain EC2: apps/alfred/on-ec2.ts. */
/** The least pods that an autoscaler keeps, set by hand. */
const raised = (service: string, pods: number): string =>
  `kubectl --namespace alfred-platform patch hpa/${service}-hpa --type merge --patch '{"spec":{"minReplicas":${pods}}}'`;

/** A statement in the pod of the server. */
const inPostgres = (statement: string): string =>
  `kubectl --namespace alfred-platform exec postgres-0 --container postgres -- psql --username postgres --dbname postgres --command "${statement}"`;

const onEc2 = places('alfred-on-ec2', 'production');
const tracking = (name: string) =>
  onEc2.resource('instances', 'aws_autoscaling_policy', { '/name': name }, '/target_tracking_configuration');
const east = places('alfred', 'production-us-east-1');
const europe = places('alfred', 'production-eu-central-1');

export const ROWS: readonly Row[] = [
  {
    id: 'S003-01',
    lines: '1-9',
    what: 'Identity',
    status: 'out-of-scope',
    because: 'name, date and state of the document',
  },
  {
    id: 'S003-02',
    lines: '15-69',
    what: 'Layered scaling architecture',
    status: 'emitted',
    deviations: ['S003-02, C-32'],
    values: [
      ...at(object('Application', 'cluster-autoscaler', '/spec/source'), {
        '/chart': 'cluster-autoscaler',
        '/helm/valuesObject/autoDiscovery/clusterName': 'alfred-production',
      }),
      ...at(hpa('agent-core-hpa'), { '/scaleTargetRef/name': 'agent-core-rollout' }),
      ...at(hpa('agent-rag-hpa'), { '/scaleTargetRef/name': 'agent-rag' }),
      ...at(object('VerticalPodAutoscaler', 'agent-financial-vpa'), { '/spec/targetRef/name': 'agent-financial' }),
      ...at(resource('cluster', 'aws_eks_pod_identity_association', { '/service_account': 'cluster-autoscaler' }), {
        '/namespace': 'kube-system',
      }),
    ],
  },
  {
    id: 'S003-03',
    lines: '79-90',
    what: 'Compose agent-core base',
    status: 'emitted',
    values: [
      ...at(container('agent-core', 'Rollout', 'agent-core-rollout'), {
        '/resources/requests/cpu': '1',
        '/resources/requests/memory': '2Gi',
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
      }),
      ...at(composed('agent-core'), {
        '/deploy/resources/limits': { cpus: '2', memory: '4G' },
        '/deploy/resources/reservations': { cpus: '1', memory: '2G' },
      }),
    ],
  },
  {
    id: 'S003-04',
    lines: '98-109',
    what: 'Compose agent-core development',
    status: 'emitted',
    values: [
      ...at(development.container('agent-core', 'Rollout', 'agent-core-rollout'), {
        '/resources/requests/cpu': '500m',
        '/resources/requests/memory': '1Gi',
        '/resources/limits/cpu': '1',
        '/resources/limits/memory': '2Gi',
      }),
      ...at(development.composed('agent-core'), {
        '/deploy/resources/limits': { cpus: '1', memory: '2G' },
        '/deploy/resources/reservations': { cpus: '0.5', memory: '1G' },
      }),
    ],
  },
  {
    id: 'S003-05',
    lines: '115-127',
    what: 'Compose agent-core production',
    status: 'emitted',
    values: [
      ...at(container('agent-core', 'Rollout', 'agent-core-rollout'), {
        '/command': [
          'uvicorn',
          'app.main:app',
          '--host',
          '0.0.0.0',
          '--port',
          '8011',
          '--workers',
          '4',
          '--log-level',
          'info',
        ],
        '/ports/name=http/containerPort': 8011,
        '/resources/requests/cpu': '1',
        '/resources/requests/memory': '2Gi',
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
      }),
      ...at(composed('agent-core'), {
        '/entrypoint': [
          'uvicorn',
          'app.main:app',
          '--host',
          '0.0.0.0',
          '--port',
          '8011',
          '--workers',
          '4',
          '--log-level',
          'info',
        ],
        '/deploy/resources/limits': { cpus: '2', memory: '4G' },
        '/deploy/resources/reservations': { cpus: '1', memory: '2G' },
      }),
    ],
  },
  {
    id: 'S003-06',
    lines: '135-137',
    what: 'Compose scale command',
    status: 'emitted',
    values: [
      ...at(composed('agent-core'), { '/deploy/replicas': 3, '/ports': undefined }),
      ...at(composed('agent-rag'), { '/deploy/replicas': 2, '/ports': undefined }),
      ...at(document('compose/nginx/nginx.conf', '/http/0/body/upstream/words.0=agent_core_cluster/body'), {
        '/server/length': 3,
      }),
    ],
  },
  {
    id: 'S003-07',
    lines: '143-168',
    what: 'HPA agent-core-hpa (first definition)',
    status: 'emitted',
    deviations: ['C-33', 'C-38', 'C-40', 'S001-17, S003-07, T-06'],
    values: [
      ...at(object('HorizontalPodAutoscaler', 'agent-core-hpa'), { '/metadata/namespace': 'alfred-platform' }),
      ...at(hpa('agent-core-hpa'), {
        '/scaleTargetRef': { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'agent-core-rollout' },
        '/minReplicas': 2,
        '/maxReplicas': 10,
        '/metrics/length': 2,
        [CPU]: 75,
        [MEMORY]: 80,
      }),
    ],
  },
  {
    id: 'S003-08',
    lines: '169-186',
    what: 'HPA agent-core-hpa behavior',
    status: 'emitted',
    values: [
      ...at(hpa('agent-core-hpa'), {
        '/behavior/scaleDown': { stabilizationWindowSeconds: 300, policies: [percent(50, 60)] },
        '/behavior/scaleUp': {
          stabilizationWindowSeconds: 60,
          policies: [percent(100, 60), pods(4, 60)],
          selectPolicy: 'Max',
        },
      }),
    ],
  },
  {
    id: 'S003-09',
    lines: '192-223',
    what: 'HPA agent-rag-hpa (first definition)',
    status: 'emitted',
    deviations: ['C-34'],
    values: [
      ...at(object('HorizontalPodAutoscaler', 'agent-rag-hpa'), { '/metadata/namespace': 'alfred-platform' }),
      ...at(hpa('agent-rag-hpa'), {
        '/scaleTargetRef': { apiVersion: 'apps/v1', kind: 'Deployment', name: 'agent-rag' },
        '/minReplicas': 2,
        '/maxReplicas': 8,
        '/metrics/length': 3,
        [perPod('requests_per_second')]: '100',
        [external('queue_messages_ready')]: '30',
        '/metrics/external.metric.name=queue_messages_ready/external/metric/selector/matchLabels': {
          queue: 'alfred-tasks',
        },
      }),
    ],
  },
  {
    id: 'S003-10',
    lines: '231-254',
    what: 'Compose db-postgres (short form)',
    status: 'emitted',
    values: [
      ...at(development.file('postgres-config', 'postgresql.conf'), {
        '/max_connections': '1000',
        '/shared_buffers': '1GB',
        '/effective_cache_size': '3GB',
        '/maintenance_work_mem': '256MB',
        '/work_mem': '4MB',
      }),
      ...at(development.container('postgres', 'StatefulSet'), {
        '/resources/requests/cpu': '2',
        '/resources/requests/memory': '4Gi',
        '/resources/limits/cpu': '4',
        '/resources/limits/memory': '8Gi',
      }),
      ...at(development.composed('postgres'), {
        '/networks/stores/aliases': ['db-postgres', 'main'],
        '/deploy/resources/limits': { cpus: '4', memory: '8G' },
        '/deploy/resources/reservations': { cpus: '2', memory: '4G' },
      }),
      ...at(development.document('compose/postgres/postgres/config/postgresql.conf'), {
        '/max_connections': '1000',
        '/shared_buffers': '1GB',
        '/effective_cache_size': '3GB',
        '/maintenance_work_mem': '256MB',
        '/work_mem': '4MB',
      }),
    ],
  },
  {
    id: 'S003-11',
    lines: '260-283',
    what: 'VPA agent-financial-vpa',
    status: 'emitted',
    deviations: ['S003-11, C-35'],
    values: [
      ...at(object('VerticalPodAutoscaler', 'agent-financial-vpa'), {
        '/metadata/namespace': 'alfred-platform',
        '/spec/targetRef': { apiVersion: 'apps/v1', kind: 'Deployment', name: 'agent-financial' },
        '/spec/updatePolicy/updateMode': 'Off',
        '/spec/resourcePolicy/containerPolicies': [
          {
            containerName: '*',
            controlledResources: ['cpu', 'memory'],
            minAllowed: { cpu: '100m', memory: '512Mi' },
            maxAllowed: { cpu: '4', memory: '8Gi' },
          },
        ],
      }),
    ],
  },
  {
    id: 'S003-12',
    lines: '291-317',
    what: 'AlfredASG',
    status: 'emitted',
    deviations: ['S003-12, T-29'],
    values: [
      ...at(resource('cluster', 'aws_eks_node_group', { '/labels/headroom.dev~1node-group': 'agents' }), {
        '/scaling_config': { min_size: 2, max_size: 10, desired_size: 2 },
        '/subnet_ids/length': 3,
        '/instance_types': ['m5.2xlarge'],
      }),
      ...at(resource('cluster', 'aws_launch_template', { '/name_prefix': 'agents-' }), {
        '/tag_specifications/resource_type=instance/tags/platform': 'alfred',
      }),
      ...at(onEc2.resource('instances', 'aws_autoscaling_group'), {
        '/min_size': 2,
        '/max_size': 10,
        '/desired_capacity': 2,
        '/health_check_type': 'ELB',
        '/health_check_grace_period': 300,
        '/metrics_granularity': '1Minute',
        '/enabled_metrics': [
          'GroupMinSize',
          'GroupMaxSize',
          'GroupDesiredCapacity',
          'GroupInServiceInstances',
          'GroupTotalInstances',
        ],
        '/tag/key=Name': { key: 'Name', value: 'Alfred-Agent-Node', propagate_at_launch: true },
        '/vpc_zone_identifier/length': 3,
      }),
    ],
  },
  {
    id: 'S003-13',
    lines: '322-331',
    what: 'CPUScaleOutPolicy',
    status: 'emitted',
    deviations: ['S003-13, S003-14, T-19'],
    values: [
      ...at(tracking('cpu'), {
        '/predefined_metric_specification/predefined_metric_type': 'ASGAverageCPUUtilization',
        '/target_value': 75,
      }),
    ],
  },
  {
    id: 'S003-14',
    lines: '333-346',
    what: 'RequestCountScaleOutPolicy',
    status: 'emitted',
    deviations: ['S003-13, S003-14, T-19', 'S003-14, T-30', 'S003-14'],
    values: [
      ...at(tracking('requests-per-target'), {
        '/predefined_metric_specification/predefined_metric_type': 'ALBRequestCountPerTarget',
        '/target_value': 1000,
      }),
    ],
  },
  {
    id: 'S003-15',
    lines: '354-366',
    what: 'Compose agent-core',
    status: 'emitted',
    values: [
      ...at(container('agent-core', 'Rollout', 'agent-core-rollout'), {
        '/command': [
          'uvicorn',
          'app.main:app',
          '--host',
          '0.0.0.0',
          '--port',
          '8011',
          '--workers',
          '4',
          '--log-level',
          'info',
        ],
        '/ports/name=http/containerPort': 8011,
        '/resources/requests/cpu': '1',
        '/resources/requests/memory': '2Gi',
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
      }),
      ...at(composed('agent-core'), {
        '/entrypoint': [
          'uvicorn',
          'app.main:app',
          '--host',
          '0.0.0.0',
          '--port',
          '8011',
          '--workers',
          '4',
          '--log-level',
          'info',
        ],
        '/deploy/resources/limits': { cpus: '2', memory: '4G' },
        '/deploy/resources/reservations': { cpus: '1', memory: '2G' },
      }),
    ],
  },
  {
    id: 'S003-16',
    lines: '370-390',
    what: 'HPA agent-core-hpa (second definition)',
    status: 'emitted',
    deviations: ['C-33'],
    values: [...at(hpa('agent-core-hpa'), { '/minReplicas': 2, '/maxReplicas': 10, [CPU]: 75 })],
  },
  {
    id: 'S003-17',
    lines: '396-408',
    what: 'Compose agent-rag',
    status: 'emitted',
    values: [
      ...at(container('agent-rag'), {
        '/command': [
          'uvicorn',
          'app.main:app',
          '--host',
          '0.0.0.0',
          '--port',
          '8501',
          '--workers',
          '4',
          '--log-level',
          'info',
        ],
        '/ports/name=http/containerPort': 8501,
        '/resources/requests/cpu': '1',
        '/resources/requests/memory': '2Gi',
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
      }),
      ...at(composed('agent-rag'), {
        '/entrypoint': [
          'uvicorn',
          'app.main:app',
          '--host',
          '0.0.0.0',
          '--port',
          '8501',
          '--workers',
          '4',
          '--log-level',
          'info',
        ],
        '/deploy/resources/limits': { cpus: '2', memory: '4G' },
        '/deploy/resources/reservations': { cpus: '1', memory: '2G' },
      }),
    ],
  },
  {
    id: 'S003-18',
    lines: '412-433',
    what: 'HPA agent-rag-hpa (second definition)',
    status: 'emitted',
    deviations: ['C-34'],
    values: [
      ...at(hpa('agent-rag-hpa'), {
        '/minReplicas': 2,
        '/maxReplicas': 8,
        [perPod('vector_searches_per_second')]: '50',
      }),
    ],
  },
  {
    id: 'S003-19',
    lines: '439-484',
    what: 'Compose db-postgres (full parameter set, 16 settings)',
    status: 'emitted',
    deviations: ['S003-19, T-28'],
    values: [
      ...at(development.file('postgres-config', 'postgresql.conf'), {
        '/max_connections': '1000',
        '/shared_buffers': '1GB',
        '/effective_cache_size': '3GB',
        '/maintenance_work_mem': '256MB',
        '/checkpoint_completion_target': '0.9',
        '/wal_buffers': '16MB',
        '/default_statistics_target': '100',
        '/random_page_cost': '1.1',
        '/effective_io_concurrency': '200',
        '/work_mem': '4MB',
        '/min_wal_size': '1GB',
        '/max_wal_size': '4GB',
        '/max_worker_processes': '8',
        '/max_parallel_workers_per_gather': '4',
        '/max_parallel_workers': '8',
        '/max_parallel_maintenance_workers': '4',
      }),
      ...at(resource('data', 'aws_db_parameter_group', {}, '/parameter'), {
        '/name=max_connections/value': '1000',
        '/name=shared_buffers/value': '131072', // 1 GB in pages of 8 kB
        '/name=effective_cache_size/value': '393216', // 3 GB in pages of 8 kB
        '/name=maintenance_work_mem/value': '262144', // 256 MB in kB
        '/name=checkpoint_completion_target/value': '0.9',
        '/name=wal_buffers/value': '2048', // 16 MB in pages of 8 kB
        '/name=default_statistics_target/value': '100',
        '/name=random_page_cost/value': '1.1',
        '/name=effective_io_concurrency/value': '200',
        '/name=work_mem/value': '4096', // 4 MB in kB
        '/name=min_wal_size/value': '1024', // 1 GB in MB
        '/name=max_wal_size/value': '4096', // 4 GB in MB
        '/name=max_worker_processes/value': '8',
        '/name=max_parallel_workers_per_gather/value': '4',
        '/name=max_parallel_workers/value': '8',
        '/name=max_parallel_maintenance_workers/value': '4',
      }),
      ...at(development.composed('postgres'), {
        '/networks/stores/aliases': ['db-postgres', 'main'],
        '/deploy/resources/limits': { cpus: '4', memory: '8G' },
        '/deploy/resources/reservations': { cpus: '2', memory: '4G' },
      }),
      ...at(development.document('compose/postgres/postgres/config/postgresql.conf'), {
        '/max_connections': '1000',
        '/shared_buffers': '1GB',
        '/effective_cache_size': '3GB',
        '/maintenance_work_mem': '256MB',
        '/work_mem': '4MB',
        '/checkpoint_completion_target': '0.9',
        '/wal_buffers': '16MB',
        '/default_statistics_target': '100',
        '/random_page_cost': '1.1',
        '/effective_io_concurrency': '200',
        '/min_wal_size': '1GB',
        '/max_wal_size': '4GB',
        '/max_worker_processes': '8',
        '/max_parallel_workers_per_gather': '4',
        '/max_parallel_workers': '8',
        '/max_parallel_maintenance_workers': '4',
      }),
    ],
  },
  {
    id: 'S003-20',
    lines: '488-510',
    what: 'StatefulSet postgres',
    status: 'emitted',
    deviations: ['S003-20, S003-23, T-31', 'C-36'],
    values: [
      ...at(development.object('StatefulSet', 'postgres'), {
        '/metadata/namespace': 'alfred-platform',
        '/spec/replicas': 1,
        '/spec/serviceName': 'postgres-members',
        '/spec/selector/matchLabels/app.kubernetes.io~1name': 'postgres',
        '/spec/template/metadata/labels/app.kubernetes.io~1name': 'postgres',
        '/spec/volumeClaimTemplates/metadata.name=data/spec/accessModes': ['ReadWriteOnce'],
      }),
      ...at(development.container('postgres', 'StatefulSet'), {
        '/resources/requests/cpu': '2',
        '/resources/requests/memory': '4Gi',
        '/resources/limits/cpu': '4',
        '/resources/limits/memory': '8Gi',
      }),
      ...at(development.object('Service', 'db-postgres'), {
        '/metadata/namespace': 'alfred-platform',
        '/spec/selector/app.kubernetes.io~1name': 'postgres',
      }),
    ],
  },
  {
    id: 'S003-21',
    lines: '516-528',
    what: 'Compose redis',
    status: 'emitted',
    deviations: ['S003-21, T-09', 'S003-21, S003-36'],
    values: [
      ...at(development.file('redis-config', 'redis.conf'), {
        '/appendonly': 'yes',
        '/save': '60 1',
        '/maxmemory': '800mb',
        '/maxmemory-policy': 'allkeys-lru',
      }),
      ...[production, east, europe].flatMap((region) =>
        at(region.resource('data', 'aws_elasticache_parameter_group', {}, '/parameter'), {
          '/name=maxmemory-policy/value': 'allkeys-lru',
        }),
      ),
      ...at(development.composed('redis'), {
        '/deploy/resources/limits': { cpus: '1', memory: '1G' },
        '/deploy/resources/reservations': { cpus: '0.5', memory: '512M' },
      }),
      ...at(development.document('compose/redis/redis/config/redis.conf'), {
        '/appendonly': 'yes',
        '/save': '60 1',
        '/maxmemory': '800mb',
        '/maxmemory-policy': 'allkeys-lru',
      }),
    ],
  },
  {
    id: 'S003-22',
    lines: '534-545',
    what: 'Compose vector-db (Qdrant)',
    status: 'emitted',
    values: [
      ...at(container('qdrant', 'StatefulSet', 'vector-db'), {
        '/resources/requests/cpu': '1',
        '/resources/requests/memory': '2Gi',
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
      }),
      ...at(development.composed('vector-db'), {
        '/deploy/resources/limits': { cpus: '2', memory: '4G' },
        '/deploy/resources/reservations': { cpus: '1', memory: '2G' },
      }),
    ],
  },
  {
    id: 'S003-23',
    lines: '549-571',
    what: 'StatefulSet vector-db',
    status: 'emitted',
    deviations: ['S003-20, S003-23, T-31'],
    values: [
      ...at(object('StatefulSet', 'vector-db'), {
        '/metadata/namespace': 'alfred-platform',
        '/spec/replicas': 1,
        '/spec/serviceName': 'vector-db-members',
        '/spec/selector/matchLabels/app.kubernetes.io~1name': 'vector-db',
        '/spec/template/metadata/labels/app.kubernetes.io~1name': 'vector-db',
        '/spec/volumeClaimTemplates/metadata.name=storage/spec/accessModes': ['ReadWriteOnce'],
      }),
      ...at(container('qdrant', 'StatefulSet', 'vector-db'), {
        '/resources/requests/cpu': '1',
        '/resources/requests/memory': '2Gi',
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
      }),
    ],
  },
  {
    id: 'S003-24',
    lines: '577-614',
    what: 'Global topology diagram',
    status: 'emitted',
    deviations: ['S003-24..27, C-37', 'S003-24'],
    values: [
      // a load balancer in each region, each under a name of its own
      ...at(resource('edge', 'aws_route53_record', { '/name': 'alfred.example.com' }), { '/type': 'A' }),
      ...at(east.resource('edge', 'aws_route53_record', { '/name': 'us-east.alfred.example.com' }), { '/type': 'A' }),
      ...at(europe.resource('edge', 'aws_route53_record', { '/name': 'eu.alfred.example.com' }), { '/type': 'A' }),
      ...at(stack('network'), { '/provider/aws/0/region': 'us-west-2' }),
      ...at(east.stack('network'), { '/provider/aws/0/region': 'us-east-1' }),
      ...at(europe.stack('network'), { '/provider/aws/0/region': 'eu-central-1' }),
    ],
  },
  {
    id: 'S003-25',
    lines: '620-628',
    what: 'module alfred_us_east',
    status: 'emitted',
    deviations: ['S003-24..27, C-37'],
    values: [
      ...at(east.stack('network'), { '/provider/aws/0/region': 'us-east-1' }),
      ...at(east.resource('data', 'aws_db_instance'), {
        '/replicate_source_db': 'arn:aws:rds:us-west-2:555555555555:db:alfred-production-main',
      }),
      ...at(east.resource('cluster', 'aws_eks_cluster'), { '/name': 'alfred-production-us-east-1' }),
      ...at(east.resource('cluster', 'aws_eks_node_group', { '/labels/headroom.dev~1node-group': 'agents' }), {
        '/scaling_config/min_size': 2,
        '/scaling_config/max_size': 10,
      }),
    ],
  },
  {
    id: 'S003-26',
    lines: '630-638',
    what: 'module alfred_us_west',
    status: 'emitted',
    deviations: ['S003-24..27, C-37', 'S003-26'],
    values: [
      ...at(stack('network'), { '/provider/aws/0/region': 'us-west-2' }),
      ...at(resource('data', 'aws_db_instance'), { '/replicate_source_db': undefined }),
      ...at(resource('cluster', 'aws_eks_cluster'), { '/name': 'alfred-production' }),
      ...at(resource('cluster', 'aws_eks_node_group', { '/labels/headroom.dev~1node-group': 'agents' }), {
        '/scaling_config/min_size': 2,
        '/scaling_config/max_size': 10,
      }),
    ],
  },
  {
    id: 'S003-27',
    lines: '640-648',
    what: 'module alfred_eu_central',
    status: 'emitted',
    deviations: ['S003-24..27, C-37'],
    values: [
      ...at(europe.stack('network'), { '/provider/aws/0/region': 'eu-central-1' }),
      ...at(europe.resource('data', 'aws_db_instance'), {
        '/replicate_source_db': 'arn:aws:rds:us-west-2:555555555555:db:alfred-production-main',
      }),
      ...at(europe.resource('cluster', 'aws_eks_cluster'), { '/name': 'alfred-production-eu-central-1' }),
      ...at(europe.resource('cluster', 'aws_eks_node_group', { '/labels/headroom.dev~1node-group': 'agents' }), {
        '/scaling_config/min_size': 2,
        '/scaling_config/max_size': 10,
      }),
    ],
  },
  {
    id: 'S003-28',
    lines: '655-686',
    what: 'Argo Rollout agent-core-rollout',
    status: 'emitted',
    deviations: ['C-38', 'S000-40..42, S003-28, T-13', 'S003-28, T-22'],
    values: [
      ...at(object('Rollout', 'agent-core-rollout'), {
        '/metadata/namespace': 'alfred-platform',
        '/spec/replicas': undefined,
        '/spec/strategy/blueGreen/activeService': 'agent-core-active',
        '/spec/strategy/blueGreen/previewService': 'agent-core-preview',
        '/spec/strategy/blueGreen/autoPromotionEnabled': false,
        '/spec/strategy/blueGreen/scaleDownDelaySeconds': 2700,
        '/spec/selector/matchLabels/app.kubernetes.io~1name': 'agent-core',
      }),
      ...at(all('Rollout'), { '/names': ['agent-core-rollout'] }),
      ...at(all('Deployment'), {
        '/names': ['agent-financial', 'agent-legal', 'agent-rag', 'agent-social', 'gateway', 'main-pooler'],
      }),
      ...at(container('agent-core', 'Rollout', 'agent-core-rollout'), {
        '/image': '555555555555.dkr.ecr.us-west-2.amazonaws.com/alfred/agent-core:2.0.0',
        '/resources/requests/cpu': '1',
        '/resources/requests/memory': '2Gi',
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
      }),
      ...['agent-core-active', 'agent-core-preview'].flatMap((name) =>
        at(object('Service', name), { '/spec/ports/name=http/port': 8011 }),
      ),
    ],
  },
  {
    id: 'S003-29',
    lines: '697-723',
    what: 'k6 test',
    status: 'emitted',
    deviations: ['S003-29, T-32'],
    values: [
      ...at(loadTest('tasks'), {
        '/stages': [
          { duration: '5m', target: 100 },
          { duration: '10m', target: 100 },
          { duration: '5m', target: 200 },
          { duration: '10m', target: 200 },
          { duration: '5m', target: 0 },
        ],
        '/thresholds': { http_req_duration: ['p(95)<500'], http_req_failed: ['rate<0.01'] },
      }),
      ...at(loadTest('scale-agent-core'), {
        '/scenarios/scale/executor': 'ramping-arrival-rate',
        '/scenarios/scale/stages/3/target': 2500,
      }),
    ],
  },
  {
    id: 'S003-30',
    lines: '730',
    what: 'Capacity row: agent-core',
    status: 'emitted',
    still: 'simulator',
    deviations: ['S003-30, S003-31, C-39'],
    values: [
      ...at(hpa('agent-core-hpa'), { '/minReplicas': 2, '/maxReplicas': 10 }),
      ...at(container('agent-core', 'Rollout', 'agent-core-rollout'), {
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
      }),
    ],
  },
  {
    id: 'S003-31',
    lines: '731',
    what: 'Capacity row: agent-rag',
    status: 'emitted',
    still: 'simulator',
    deviations: ['S003-30, S003-31, C-39'],
    values: [
      ...at(hpa('agent-rag-hpa'), { '/minReplicas': 2, '/maxReplicas': 8 }),
      ...at(container('agent-rag'), { '/resources/limits/cpu': '2', '/resources/limits/memory': '4Gi' }),
    ],
  },
  {
    id: 'S003-32',
    lines: '732',
    what: 'Capacity row: agent-financial',
    status: 'emitted',
    still: 'simulator',
    deviations: ['S003-32..34, C-35', 'S003-32..34'],
    values: [
      ...at(hpa('agent-financial-hpa'), {
        '/minReplicas': 1,
        '/maxReplicas': 6,
        '/metrics/length': 1,
        [perPod('requests_per_second')]: '75',
      }),
      ...at(container('agent-financial'), { '/resources/limits/cpu': '2', '/resources/limits/memory': '4Gi' }),
    ],
  },
  {
    id: 'S003-33',
    lines: '733',
    what: 'Capacity row: agent-legal',
    status: 'emitted',
    still: 'simulator',
    deviations: ['S003-32..34, C-35', 'S003-32..34'],
    values: [
      ...at(hpa('agent-legal-hpa'), {
        '/minReplicas': 1,
        '/maxReplicas': 6,
        '/metrics/length': 1,
        [perPod('requests_per_second')]: '75',
      }),
      ...at(container('agent-legal'), { '/resources/limits/cpu': '2', '/resources/limits/memory': '4Gi' }),
    ],
  },
  {
    id: 'S003-34',
    lines: '734',
    what: 'Capacity row: agent-social',
    status: 'emitted',
    still: 'simulator',
    deviations: ['S003-32..34, C-35', 'S003-32..34'],
    values: [
      ...at(hpa('agent-social-hpa'), {
        '/minReplicas': 1,
        '/maxReplicas': 6,
        '/metrics/length': 1,
        [perPod('requests_per_second')]: '75',
      }),
      ...at(container('agent-social'), { '/resources/limits/cpu': '2', '/resources/limits/memory': '4Gi' }),
    ],
  },
  {
    id: 'S003-35',
    lines: '735',
    what: 'Capacity row: db-postgres',
    status: 'emitted',
    still: 'simulator',
    deviations: ['S003-35', 'S003-19, T-28'],
    values: [
      ...at(development.object('StatefulSet', 'postgres'), { '/spec/replicas': 1 }),
      ...at(development.container('postgres', 'StatefulSet'), {
        '/resources/limits/cpu': '4',
        '/resources/limits/memory': '8Gi',
      }),
      ...at(resource('data', 'aws_db_instance'), { '/instance_class': 'db.m6g.xlarge', '/engine_version': '17' }),
    ],
  },
  {
    id: 'S003-36',
    lines: '736',
    what: 'Capacity row: redis',
    status: 'emitted',
    still: 'simulator',
    deviations: ['S003-21, S003-36'],
    values: [
      ...at(development.object('StatefulSet', 'redis'), { '/spec/replicas': 1 }),
      ...at(development.container('redis', 'StatefulSet'), {
        '/resources/limits/cpu': '1',
        '/resources/limits/memory': '1Gi',
      }),
      ...at(resource('data', 'aws_elasticache_replication_group'), {
        '/node_type': 'cache.t4g.small',
        '/num_cache_clusters': 2,
        '/automatic_failover_enabled': true,
      }),
    ],
  },
  {
    id: 'S003-37',
    lines: '737',
    what: 'Capacity row: vector-db',
    status: 'emitted',
    still: 'simulator',
    values: [
      ...at(object('StatefulSet', 'vector-db'), { '/spec/replicas': 1 }),
      ...at(container('qdrant', 'StatefulSet', 'vector-db'), {
        '/resources/limits/cpu': '2',
        '/resources/limits/memory': '4Gi',
      }),
    ],
  },
  {
    id: 'S003-38',
    lines: '745',
    what: 'Metric + alert threshold: cpu_utilization',
    status: 'emitted',
    values: [
      ...at(document('grafana/service-performance.json'), {
        '/panels/title=Processor, of the limit/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 0.85, color: 'red' },
        ],
      }),
      ...at(ring('resources', 'CpuExhaustion'), { '/expr': 'container:cpu_of_limit:ratio > 0.85' }),
      ...['main-cpu', 'redis-001-cpu', 'redis-002-cpu'].flatMap((name) =>
        at(alarm(name), {
          '/metric_name': 'CPUUtilization',
          '/comparison_operator': 'GreaterThanThreshold',
          '/threshold': 85,
        }),
      ),
    ],
  },
  {
    id: 'S003-39',
    lines: '746',
    what: 'Metric + alert threshold: memory_utilization',
    status: 'emitted',
    values: [
      ...at(document('grafana/service-performance.json'), {
        '/panels/title=Memory, of the limit/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 0.9, color: 'red' },
        ],
      }),
      ...at(ring('resources', 'MemoryExhaustion'), { '/expr': 'container:memory_of_limit:ratio > 0.9' }),
      // a tenth of 16 GiB is free: 90 % are used
      ...at(alarm('main-memory'), {
        '/metric_name': 'FreeableMemory',
        '/comparison_operator': 'LessThanThreshold',
        '/threshold': 1717986918,
      }),
    ],
  },
  {
    id: 'S003-40',
    lines: '747',
    what: 'Metric + alert threshold: api_request_rate',
    status: 'emitted',
    values: [
      ...at(document('grafana/scaling-overview.json'), {
        '/panels/title=more requests than it was measured for/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 1500, color: 'red' },
        ],
      }),
      ...[...at(ring('services', 'RequestRateHigh'), { '/expr': 'sum(rate(alfred_requests_total{}[1m])) > 1500' })],
    ],
  },
  {
    id: 'S003-41',
    lines: '748',
    what: 'Metric + alert threshold: api_response_time',
    status: 'emitted',
    values: [
      ...at(document('grafana/service-performance.json'), {
        '/panels/title=slow responses/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 0.5, color: 'red' },
        ],
      }),
      ...at(ring('services', 'ResponsesSlow'), {
        '/expr':
          'histogram_quantile(0.95, sum(rate(alfred_request_duration_seconds_bucket{namespace="alfred-platform"}[1m])) by (le, namespace, service)) > 0.5',
      }),
      ...at(alarm('gateway-latency'), {
        '/metric_name': 'TargetResponseTime',
        '/extended_statistic': 'p95',
        '/threshold': 0.5,
      }),
    ],
  },
  {
    id: 'S003-42',
    lines: '749',
    what: 'Metric + alert threshold: db_connections',
    status: 'emitted',
    values: [
      ...at(document('grafana/data-stores.json'), {
        '/panels/title=Connections of main-pooler to main/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 200, color: 'red' },
        ],
      }),
      ...at(alarm('main-connections'), {
        '/metric_name': 'DatabaseConnections',
        '/statistic': 'Maximum',
        '/comparison_operator': 'GreaterThanThreshold',
        '/threshold': 800,
      }),
    ],
  },
  {
    id: 'S003-43',
    lines: '750',
    what: 'Metric + alert threshold: queue_depth',
    status: 'emitted',
    values: [
      ...at(document('grafana/scaling-overview.json'), {
        '/panels/title=tasks wait too long/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 500, color: 'red' },
        ],
      }),
      ...at(ring('services', 'QueueTooLong'), {
        '/expr': 'max(rabbitmq_queue_messages_ready{queue="alfred-tasks"}) > 500',
      }),
    ],
  },
  {
    id: 'S003-44',
    lines: '751',
    what: 'Metric + alert threshold: vector_search_latency',
    status: 'emitted',
    values: [
      ...at(document('grafana/service-performance.json'), {
        '/panels/title=slow vector searches/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 0.2, color: 'red' },
        ],
      }),
      ...at(ring('services', 'VectorSearchSlow'), {
        '/expr':
          'histogram_quantile(0.95, sum(rate(alfred_vector_search_duration_seconds_bucket{namespace="alfred-platform"}[1m])) by (le, namespace, service)) > 0.2',
      }),
    ],
  },
  {
    id: 'S003-45',
    lines: '752',
    what: 'Metric + alert threshold: scaling_events',
    status: 'emitted',
    values: [
      ...at(document('grafana/auto-scaling-activity.json'), {
        '/panels/title=Changes in an hour/fieldConfig/defaults/thresholds/steps': [
          { value: null, color: 'green' },
          { value: 10, color: 'red' },
        ],
      }),
      ...at(ring('autoscaling', 'ScalingEventsFrequent'), {
        '/expr':
          'changes(kube_horizontalpodautoscaler_status_desired_replicas{namespace="alfred-platform",horizontalpodautoscaler=~"agent-core-hpa|agent-rag-hpa|agent-financial-hpa|agent-legal-hpa|agent-social-hpa|gateway"}[1h]) > 10',
        '/for': '0s',
      }),
    ],
  },
  {
    id: 'S003-46',
    lines: '756-758',
    what: 'Three dashboards',
    status: 'emitted',
    values: [
      ...at(document('grafana/scaling-overview.json'), {
        '/uid': 'scaling-overview',
      }),
      ...at(document('grafana/auto-scaling-activity.json'), {
        '/uid': 'auto-scaling-activity',
      }),
      ...at(document('grafana/service-performance.json'), {
        '/uid': 'service-performance',
      }),
    ],
  },
  {
    id: 'S003-47',
    lines: '767-769',
    what: 'Emergency horizontal scaling',
    status: 'emitted',
    deviations: ['S003-47, T-33'],
    values: [
      ...at(production.document('runbooks/traffic-spike.md', '/more-pods-at-once/commands'), {
        '/0': raised('agent-core', 10),
        '/1': raised('agent-rag', 8),
      }),
      ...at(production.document('runbooks/traffic-spike.md', '/how-many/rows'), {
        '/0=agent-core': ['agent-core', 'agent-core-hpa', '2-10', '10', '8', '1 CPU, 2Gi'],
        '/0=agent-rag': ['agent-rag', 'agent-rag-hpa', '2-8', '8', '6', '1 CPU, 2Gi'],
      }),
      ...at(production.document('runbooks/traffic-spike.md', '/fewer-requests/commands'), {
        '/0': 'kubectl --namespace alfred-platform apply --filename dist/emergency/alfred/production/emergency-rate-limiting.yaml',
      }),
    ],
  },
  {
    id: 'S003-48',
    lines: '771-772',
    what: 'Emergency rate limiting manifest',
    status: 'documented',
    file: 'docs/deviations.md',
    says: 'emergency/<platform>/<environment>/emergency-rate-limiting.yaml',
  },
  {
    id: 'S003-49',
    lines: '778-780',
    what: 'Graceful downscale and drain',
    status: 'emitted',
    deviations: ['S003-49, T-33'],
    values: [
      ...at(production.document('runbooks/maintenance.md', '/fewer-pods/commands'), {
        '/0': raised('agent-core', 1),
        '/2': raised('agent-core', 2),
      }),
      ...at(production.document('runbooks/maintenance.md', '/a-node/commands'), {
        '/4': 'kubectl drain "$NODE" --ignore-daemonsets --delete-emptydir-data --timeout=30m',
        '/6': 'kubectl uncordon "$NODE"',
      }),
      ...at(production.object('PodDisruptionBudget', 'agent-core'), { '/spec/maxUnavailable': 1 }),
    ],
  },
  {
    id: 'S003-50',
    lines: '782-783',
    what: 'DB connection draining',
    status: 'emitted',
    deviations: ['S003-50, C-36'],
    values: [
      ...at(development.document('runbooks/maintenance.md', '/connections-to-main/commands'), {
        '/1': inPostgres('ALTER DATABASE alfred WITH ALLOW_CONNECTIONS false'),
        '/2': inPostgres(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'alfred' AND pid <> pg_backend_pid() AND state = 'idle'",
        ),
        '/4': inPostgres(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'alfred' AND pid <> pg_backend_pid()",
        ),
        '/5': inPostgres('ALTER DATABASE alfred WITH ALLOW_CONNECTIONS true'),
      }),
    ],
  },
  {
    id: 'S003-51',
    lines: '791-813',
    what: 'HPA agent-core-hpa (third definition) with security annotations',
    status: 'emitted',
    deviations: ['S003-51, T-34', 'C-33'],
    values: [
      ...at(object('HorizontalPodAutoscaler', 'agent-core-hpa'), {
        '/metadata/annotations/seccomp.security.alpha.kubernetes.io~1pod': undefined,
        '/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1nginx': undefined,
      }),
      ...at(hpa('agent-core-hpa'), { '/minReplicas': 2, '/maxReplicas': 10, [CPU]: 75 }),
      ...at(container('agent-core', 'Rollout', 'agent-core-rollout'), {
        '/securityContext/seccompProfile/type': 'RuntimeDefault',
        '/securityContext/appArmorProfile': undefined,
      }),
    ],
  },
  {
    id: 'S003-52',
    lines: '818-851',
    what: 'PodSecurityPolicy alfred-restricted',
    status: 'emitted',
    deviations: ['S001-85, S003-52, T-07'],
    values: [
      ...at(object('ValidatingAdmissionPolicy', 'alfred-identities', '/spec'), {
        '/failurePolicy': 'Fail',
        '/validations/2/message': 'groups must be from 1 to 65535: fsGroup, supplementalGroups and runAsGroup',
      }),
      ...at(object('ValidatingAdmissionPolicy', 'alfred-host', '/spec'), {
        '/validations/2/message':
          'volumes must be one of configMap, emptyDir, projected, secret, downwardAPI, persistentVolumeClaim',
      }),
      ...at(object('ValidatingAdmissionPolicyBinding', 'alfred-identities', '/spec'), {
        '/matchResources/namespaceSelector/matchExpressions/0/values': ['alfred-platform'],
      }),
      ...at(object('Namespace', 'alfred-platform'), {
        '/metadata/labels/pod-security.kubernetes.io~1enforce': 'restricted',
        '/metadata/labels/pod-security.kubernetes.io~1audit': 'restricted',
        '/metadata/labels/pod-security.kubernetes.io~1warn': 'restricted',
      }),
      ...at(container('agent-core', 'Rollout', 'agent-core-rollout'), {
        '/securityContext/privileged': false,
        '/securityContext/allowPrivilegeEscalation': false,
        '/securityContext/capabilities/drop': ['ALL'],
        '/securityContext/runAsNonRoot': true,
        '/securityContext/readOnlyRootFilesystem': true,
      }),
      ...at(object('Rollout', 'agent-core-rollout', '/spec/template/spec'), {
        '/hostNetwork': undefined,
        '/hostIPC': undefined,
        '/hostPID': undefined,
        '/securityContext/fsGroup': 10001,
      }),
    ],
  },
  {
    id: 'S003-53',
    lines: '856-865',
    what: 'Six scaling issues and resolutions',
    status: 'emitted',
    values: [
      ...at(production.file('main-pooler-config', 'pgbouncer.ini'), {
        '/alfred':
          'host=@SERVER_HOST@ port=@SERVER_PORT@ dbname=alfred pool_size=20 min_pool_size=10 max_db_connections=100',
        '/pool_mode': 'transaction',
      }),
      ...at(production.document('runbooks/troubleshooting.md', '/pods-that-come-and-go'), {
        '/rows/0=agent-core': ['agent-core', 'CPU 75%, memory 80%', '1m', '5m', '2-10'],
        '/commands/0':
          'kubectl --namespace alfred-platform get events --field-selector reason=SuccessfulRescale --sort-by .lastTimestamp',
      }),
      ...at(production.document('runbooks/traffic-spike.md', '/more-pods-at-once/commands'), {
        '/2': 'kubectl --namespace alfred-platform get hpa/agent-core-hpa',
      }),
      ...at(production.document('runbooks/troubleshooting.md', '/pods-that-wait/rows'), {
        '/0=agents': ['agents', 'm5.2xlarge', '2', '10'],
      }),
      ...at(production.document('runbooks/troubleshooting.md', '/why-they-wait/commands'), {
        '/1': 'kubectl --namespace alfred-platform get events --field-selector reason=FailedScheduling --sort-by .lastTimestamp',
        '/2': 'kubectl get nodes --selector headroom.dev/node-group=agents',
      }),
      ...at(production.document('runbooks/troubleshooting.md', '/connections-that-run-out/rows'), {
        '/1=agent-core': ['main', 'agent-core', '16', '32', '160', '1000'],
      }),
      ...at(production.document('runbooks/troubleshooting.md', '/memory-that-grows/rows'), {
        '/0=agent-core': ['agent-core', '2Gi', '4Gi'],
      }),
      ...at(production.document('runbooks/troubleshooting.md', '/first-requests-that-are-slow'), {
        '/steps/1':
          'Fill caches before users come: keys that everybody asks for, after a release and after a cache was lost.',
      }),
    ],
  },
  {
    id: 'S003-54',
    lines: '867-906',
    what: 'Operational commands',
    status: 'emitted',
    values: [
      ...at(production.document('runbooks/troubleshooting.md', '/first-looks/commands'), {
        '/1': 'kubectl --namespace alfred-platform get hpa',
        '/2': 'kubectl --namespace alfred-platform describe hpa/agent-core-hpa',
        '/7': 'kubectl get --raw /apis/metrics.k8s.io/v1beta1/namespaces/alfred-platform/pods | jq .',
        '/8': 'kubectl --namespace alfred-platform get rollouts.argoproj.io/agent-core-rollout',
        '/13': 'kubectl top nodes',
        '/14': 'kubectl --namespace alfred-platform top pods --containers',
        '/15': 'kubectl --namespace alfred-platform describe resourcequota/quota',
        '/16': 'kubectl --namespace alfred-platform get events --sort-by .lastTimestamp',
      }),
      ...at(object('ResourceQuota', 'quota'), { '/metadata/namespace': 'alfred-platform' }),
      ...at(resource('cluster', 'aws_eks_addon', { '/addon_name': 'metrics-server' }), {
        '/addon_name': 'metrics-server',
      }),
    ],
  },
  {
    id: 'S003-55',
    lines: '908-928',
    what: 'Related documents and references, PostgreSQL connection pooling',
    status: 'out-of-scope',
    because: 'links to other documents',
  },
];
