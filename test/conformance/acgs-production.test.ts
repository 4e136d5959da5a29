import { ACGS } from '../../apps/acgs';
import type { Manifest } from '../support/manifests';
import { only } from '../support/manifests';
import { output } from '../support/output';
import { type Block, onlyResource, resources } from '../support/terraform';

/** Values of the source documents, by the id of their requirement, read back from what production emits. */
const acgs = output(ACGS);
const objects = acgs.objects('acgs/production');
const network: Block = acgs.stack('acgs-production-network');
const cluster: Block = acgs.stack('acgs-production-cluster');
const data: Block = acgs.stack('acgs-production-data');

const hpa = (name: string): Manifest => only(objects, 'HorizontalPodAutoscaler', name).spec;
const container = (name: string): Manifest => only(objects, 'Deployment', name).spec.template.spec.containers[0];
const settings = (name: string): Record<string, string> =>
  Object.fromEntries(container(name).env.map(({ name: key, value }: Manifest) => [key, value]));
const metrics = (name: string): string[] =>
  hpa(name).metrics.map((metric: Manifest) => {
    if (metric.resource) return `${metric.resource.name} ${metric.resource.target.averageUtilization}%`;
    const { metric: source, target } = metric.pods ?? metric.external;
    return `${metric.type} ${source.name} ${target.averageValue}`;
  });

describe('autoscaling', () => {
  test.each([
    {
      row: 'S000-10',
      hpaName: 'acgs-constitutional-ai-hpa',
      bounds: [3, 10],
      on: ['cpu 70%', 'Pods http_requests_per_second 500'],
    },
    {
      row: 'S000-12 C-02',
      hpaName: 'acgs-auth-service-hpa',
      bounds: [3, 8],
      on: ['cpu 70%', 'Pods http_requests_per_second 600', 'Pods jwt_validations_per_second 200'],
    },
    {
      row: 'S000-13',
      hpaName: 'acgs-agent-hitl-hpa',
      bounds: [5, 15],
      on: ['cpu 60%', 'Pods http_requests_per_second 100'],
    },
    { row: 'S001-09', hpaName: 'integrity-service', bounds: [2, 8], on: ['cpu 70%'] },
    { row: 'S001-10', hpaName: 'formal-verification', bounds: [2, 8], on: ['cpu 70%'] },
    {
      row: 'S001-17',
      hpaName: 'governance-synthesis',
      bounds: [3, 12],
      on: ['cpu 60%', 'memory 75%', 'Pods llm_requests_per_second 10', 'External policy_synthesis_queue_length 50'],
    },
    { row: 'S001-12', hpaName: 'policy-governance', bounds: [2, 10], on: ['cpu 70%'] },
    { row: 'S001-13', hpaName: 'executive-council', bounds: [2, 6], on: ['cpu 70%'] },
    { row: 'S001-14', hpaName: 'darwin-godel-machine', bounds: [2, 8], on: ['cpu 70%'] },
    { row: 'S002-22 C-31', hpaName: 'evolutionary-computation', bounds: [3, 10], on: ['cpu 70%'] },
  ])('$row: $hpaName', ({ hpaName, bounds, on }) => {
    expect([hpa(hpaName).minReplicas, hpa(hpaName).maxReplicas]).toEqual(bounds);
    expect(metrics(hpaName)).toEqual(on);
  });

  const percent = (value: number, periodSeconds: number) => ({ policies: [{ type: 'Percent', value, periodSeconds }] });
  test.each([
    {
      row: 'S000-11',
      hpaName: 'acgs-constitutional-ai-hpa',
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 60, ...percent(100, 15) },
        scaleDown: { stabilizationWindowSeconds: 300, ...percent(10, 60) },
      },
    },
    {
      row: 'S001-16',
      hpaName: 'acgs-auth-service-hpa',
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 60, ...percent(100, 60) },
        scaleDown: { stabilizationWindowSeconds: 300, ...percent(25, 120) },
      },
    },
    {
      row: 'S001-18',
      hpaName: 'governance-synthesis',
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 120, policies: [{ type: 'Pods', value: 2, periodSeconds: 120 }] },
      },
    },
    { row: 'S000-13', hpaName: 'acgs-agent-hitl-hpa', behavior: undefined },
  ])('$row: behaviour of $hpaName', ({ hpaName, behavior }) => expect(hpa(hpaName).behavior).toEqual(behavior));

  test('S000-14 T-01: the VPA of constitutional-ai moves memory alone, between the documented bounds', () => {
    const { spec } = only(objects, 'VerticalPodAutoscaler', 'acgs-services-vpa');
    expect(spec.targetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'constitutional-ai' });
    expect(spec.updatePolicy.updateMode).toBe('Recreate');
    expect(spec.resourcePolicy.containerPolicies).toContainEqual(
      expect.objectContaining({
        containerName: 'constitutional-ai',
        controlledResources: ['memory'],
        minAllowed: { memory: '128Mi' },
        maxAllowed: { memory: '4Gi' },
      }),
    );
  });

  test.each([
    ['http_requests_per_second', 'acgs_requests_total'],
    ['jwt_validations_per_second', 'acgs_jwt_validations_total'],
    ['llm_requests_per_second', 'acgs_llm_requests_total'],
    ['policy_synthesis_queue_length', 'acgs_policy_synthesis_queue_length'],
  ])('T-04: %s has a rule over %s', (metric, series) => {
    const { data: files } = only(objects, 'ConfigMap', 'metric-adapter-rules');
    expect(files['config.yaml']).toContain(`as: ${metric}`);
    expect(files['config.yaml']).toContain(`${series}{`);
  });
});

describe('workloads', () => {
  test.each([
    { row: 'S000-40', name: 'constitutional-ai', port: 8001, requests: ['500m', '1Gi', '2Gi'], limits: ['1', '2Gi'] },
    {
      row: 'S000-41',
      name: 'auth-service',
      port: 8016,
      requests: ['400m', '768Mi', '1Gi'],
      limits: ['800m', '1536Mi'],
    },
    { row: 'S000-42', name: 'agent-hitl', port: 8008, requests: ['800m', '1536Mi', '2Gi'], limits: ['1500m', '3Gi'] },
    {
      row: 'S001-09',
      name: 'integrity-service',
      port: 8002,
      requests: ['100m', '256Mi', '1Gi'],
      limits: ['400m', '1Gi'],
    },
    { row: 'S001-10', name: 'formal-verification', port: 8003, requests: ['500m', '1Gi', '2Gi'], limits: ['2', '4Gi'] },
    { row: 'S001-30', name: 'governance-synthesis', port: 8004, requests: ['1', '2Gi', '4Gi'], limits: ['4', '8Gi'] },
    { row: 'S001-31', name: 'policy-governance', port: 8005, requests: ['200m', '512Mi', '2Gi'], limits: ['2', '4Gi'] },
    {
      row: 'S002-09',
      name: 'evolutionary-computation',
      port: 8006,
      requests: ['200m', '512Mi', '1Gi'],
      limits: ['800m', '2Gi'],
    },
    {
      row: 'S001-13',
      name: 'executive-council',
      port: 8007,
      requests: ['200m', '512Mi', '1Gi'],
      limits: ['800m', '2Gi'],
    },
    {
      row: 'S001-14',
      name: 'darwin-godel-machine',
      port: 8009,
      requests: ['500m', '1Gi', '3Gi'],
      limits: ['2', '4Gi'],
    },
  ])('$row: $name', ({ name, port, requests, limits }) => {
    const { resources: amounts, ports, readinessProbe } = container(name);
    expect(ports[0].containerPort).toBe(port);
    expect([amounts.requests.cpu, amounts.requests.memory, amounts.requests['ephemeral-storage']]).toEqual(requests);
    expect([amounts.limits.cpu, amounts.limits.memory]).toEqual(limits);
    expect(readinessProbe.httpGet.path).toBe('/health');
  });

  test('S000-01, S002-24: every pod carries the constitutional hash', () => {
    for (const deployment of objects.filter(({ kind }) => kind === 'Deployment')) {
      expect(deployment.spec.template.metadata.annotations['acgs.example.com/constitutional-hash']).toBe(
        'cdd01ef066bc6cf2',
      );
    }
    expect(settings('integrity-service').CONSTITUTIONAL_HASH).toBe('cdd01ef066bc6cf2');
  });

  test('S004-03, S004-10, S002-10, C-13: pools and caches', () => {
    expect(settings('policy-governance')).toMatchObject({
      DATABASE_POOL_SIZE: '20',
      DATABASE_POOL_MAX_OVERFLOW: '30',
      DATABASE_POOL_PRE_PING: 'True',
      CONNECTION_POOL_RECYCLE: '3600',
      L1_CACHE_MAX_ENTRIES: '10000',
      L1_CACHE_TTL: '300',
      REDIS_POOL_SIZE: '20',
      REDIS_MAX_CONNECTIONS: '50',
      CACHE_DEFAULT_TTL: '300',
      CACHE_TTL_CONSTITUTIONAL_VALIDATION: '86400',
      CACHE_TTL_JWT_VALIDATION: '3600',
      CACHE_TTL_POLICY_DECISIONS: '1800',
    });
  });

  test('T-07: pods of the namespace must meet the restricted level', () => {
    const { labels } = only(objects, 'Namespace', 'acgs').metadata;
    expect(labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
  });
});

describe('cache', () => {
  const conf = (name: string): string => only(objects, 'ConfigMap', `${name}-config`).data['redis.conf'];

  test('S000-26, T-08: three shards of two members at port 6389', () => {
    const shards = objects.filter(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name.startsWith('cache-'));
    expect(shards.map(({ spec }) => spec.replicas)).toEqual([2, 2, 2]);
    expect(settings('agent-hitl').REDIS_CLUSTER_NODES?.split(',')).toHaveLength(6);
    expect(settings('agent-hitl').REDIS_CLUSTER_NODES).toMatch(/:6389$/);
  });

  test.each([
    'cluster-enabled yes',
    'cluster-node-timeout 5000',
    'cluster-require-full-coverage no',
    'maxmemory-policy allkeys-lru',
    'maxmemory 2gb',
  ])('S000-27: %s', (line) => expect(conf('cache').split('\n')).toContain(line));

  test.each(['maxmemory-policy noeviction', 'min-replicas-to-write 1'])('revocations are never dropped: %s', (line) =>
    expect(conf('revocations').split('\n')).toContain(line),
  );
});

describe('gateway', () => {
  const conf: string = only(objects, 'ConfigMap', 'gateway-config').data['nginx.conf'];

  test.each([
    ['S000-07', 'constitutional_ai_cluster', 8001],
    ['S000-08', 'auth_service_cluster', 8016],
    ['S000-09', 'agent_hitl_cluster', 8008],
  ])('%s: upstream %s', (_, upstream, port) => {
    const [, block = ''] = conf.split(`upstream ${upstream} {`);
    const body = block.slice(0, block.indexOf('}'));
    expect(body).toContain('least_conn;');
    expect(body).toMatch(new RegExp(`:${port} .*max_fails=3 fail_timeout=30s`));
  });

  test('S001-22: 6000 requests a minute and a burst of 1000 for each client, over three proxies', () => {
    expect(conf).toContain('rate=2000r/m');
    expect(conf).toMatch(/limit_req zone=per_client burst=334 nodelay;/);
  });

  test.each([
    ['X-Constitutional-Hash', 'cdd01ef066bc6cf2'],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    ['X-XSS-Protection', '1; mode=block'],
  ])('S002-25: %s %s', (name, value) => expect(conf).toMatch(new RegExp(`${name} "?${value}"?`)));
});

describe('AWS', () => {
  test('S001-63: 10.0.0.0/16 in three zones, a NAT gateway each, no VPN gateway', () => {
    expect(onlyResource(network, 'aws_vpc').cidr_block).toBe('10.0.0.0/16');
    const zones = new Set(resources(network, 'aws_subnet').map(({ availability_zone }) => availability_zone));
    expect([...zones].sort()).toEqual(['us-west-2a', 'us-west-2b', 'us-west-2c']);
    expect(resources(network, 'aws_nat_gateway')).toHaveLength(3);
    expect(resources(network, 'aws_vpn_gateway')).toEqual([]);
  });

  test('S001-64, T-14: acgs-production in a version with standard support', () => {
    const eks = onlyResource(cluster, 'aws_eks_cluster');
    expect([eks.name, eks.version, eks.upgrade_policy.support_type]).toEqual(['acgs-production', '1.35', 'STANDARD']);
  });

  test.each([
    {
      row: 'S001-65',
      name: 'general',
      types: ['m5.large', 'm5.xlarge'],
      sizes: { min_size: 3, max_size: 20, desired_size: 6 },
    },
    { row: 'S001-66', name: 'compute', types: ['c5.2xlarge'], sizes: { min_size: 0, max_size: 10, desired_size: 2 } },
  ])('$row: node group $name', ({ name, types, sizes }) => {
    const [group, ...others] = resources(cluster, 'aws_eks_node_group').filter(
      ({ labels }) => labels['headroom.dev/node-group'] === name,
    );
    expect(others).toEqual([]);
    expect([group.instance_types, group.scaling_config]).toEqual([types, sizes]);
  });

  test('S001-67, C-24, C-07: the database', () => {
    expect(onlyResource(data, 'aws_db_instance')).toMatchObject({
      engine: 'postgres',
      engine_version: '15',
      instance_class: 'db.r5.xlarge',
      allocated_storage: 500,
      max_allocated_storage: 1000,
      storage_type: 'gp3',
      multi_az: true,
      backup_retention_period: 30,
      port: 5439,
    });
  });
});
