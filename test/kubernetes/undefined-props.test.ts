import type { Chart } from 'cdk8s';
import {
  AdmissionPolicies,
  type AdmissionPoliciesProps,
  ArgoApplication,
  BackupSchedule,
  type BackupScheduleProps,
  BlueGreenRollout,
  CanaryRollout,
  ChaosExperiment,
  type ChaosExperimentProps,
  ClusterServices,
  type ClusterServicesLayerProps,
  DatabaseMigration,
  type DatabaseMigrationProps,
  DatabaseRoles,
  type DatabaseRolesProps,
  DestinationRule,
  type DestinationRuleProps,
  DisruptionBudget,
  type DisruptionBudgetProps,
  ExternalSecret,
  type ExternalSecretProps,
  GitApplication,
  type GitApplicationProps,
  HorizontalPodAutoscaler,
  type HorizontalPodAutoscalerProps,
  LogRetention,
  type LogRetentionProps,
  LogStore,
  type LogStoreProps,
  MeshAccess,
  type MeshAccessProps,
  MeshTracing,
  type MeshTracingProps,
  MetricAdapterRules,
  type MetricAdapterRulesProps,
  NetworkPolicy,
  type NetworkPolicyProps,
  NginxProxy,
  type NginxProxyProps,
  PlatformNamespace,
  type PlatformNamespaceProps,
  PostgresServer,
  PriorityClasses,
  type PriorityClassesProps,
  PrivateCa,
  type PrivateCaProps,
  PrometheusRule,
  type PrometheusRuleProps,
  RedisCluster,
  type RedisClusterProps,
  RedisServer,
  ScaledObject,
  SecretStore,
  type SecretStoreProps,
  ServiceRoutes,
  type ServiceRoutesProps,
  StorageClass,
  type StorageClassProps,
  UniqueConstraint,
  type UniqueConstraintProps,
  UniqueTemplates,
  type UniqueTemplatesProps,
  VectorDatabase,
  VerticalPodAutoscaler,
  type VerticalPodAutoscalerProps,
  WebService,
  type WebServiceProps,
} from '../../lib/kubernetes';
import type { ScaledObjectProps } from '../../lib/kubernetes/autoscaling/scaled-object-props';
import type { ArgoApplicationProps } from '../../lib/kubernetes/gitops/argo-application-props';
import type { BlueGreenRolloutProps, CanaryRolloutProps } from '../../lib/kubernetes/rollout/rollout-props';
import type { PostgresServerProps } from '../../lib/kubernetes/stores/postgres-server-plan';
import type { RedisServerProps } from '../../lib/kubernetes/stores/redis-server-plan';
import type { VectorDatabaseProps } from '../../lib/kubernetes/stores/vector-database-plan';
import type { MeshRetrySpec, UpstreamSpec } from '../../lib/model';
import type { OutlierSpec } from '../../lib/model/mesh/traffic';
import { Cpu, Duration, Memory, Percent } from '../../lib/units';
import { manifests } from '../support/manifests';

/** Every optional property of `P`, so that the compiler asks for the ones that are added. */
type Nothing<P> = { readonly [K in keyof P as object extends Pick<P, K> ? K : never]-?: undefined };

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };
const policy = { min: 2, max: 4, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] } as const;
const external = {
  on: 'external',
  metric: { name: 'queue', series: 'queue', kind: 'gauge', combine: 'max' },
  target: { value: 3 },
} as const;

const budget: Nothing<DisruptionBudgetProps> = { maxUnavailable: undefined, labels: undefined };
const secret: Nothing<ExternalSecretProps> = {
  namespace: undefined,
  from: undefined,
  keys: undefined,
  content: undefined,
  refreshEvery: undefined,
  labels: undefined,
};
const horizontal: Nothing<HorizontalPodAutoscalerProps> = {
  resources: undefined,
  labels: undefined,
  partOf: undefined,
};
const vertical: Nothing<VerticalPodAutoscalerProps> = {
  scaling: undefined,
  resources: undefined,
  labels: undefined,
  partOf: undefined,
};
const rules: Nothing<MetricAdapterRulesProps> = {
  name: undefined,
  namespace: undefined,
  service: undefined,
  labels: undefined,
  partOf: undefined,
};
const network: Nothing<NetworkPolicyProps> = {
  namespace: undefined,
  ingress: undefined,
  egress: undefined,
  labels: undefined,
};
const namespace: Nothing<PlatformNamespaceProps> = {
  level: undefined,
  reason: undefined,
  quota: undefined,
  containerDefaults: undefined,
  labels: undefined,
  annotations: undefined,
};
const classes: Nothing<PriorityClassesProps> = { classes: undefined, globalDefault: undefined };
const store: Nothing<SecretStoreProps> = { namespace: undefined, namespaces: undefined, labels: undefined };
const prometheusRule: Nothing<PrometheusRuleProps> = { partOf: undefined, labels: undefined };
const storage: Nothing<StorageClassProps> = {
  name: undefined,
  reclaimPolicy: undefined,
  isDefault: undefined,
  keyAlias: undefined,
  iops: undefined,
  throughputMib: undefined,
  fileSystem: undefined,
  labels: undefined,
};
const redis: Nothing<RedisClusterProps> = {
  kind: undefined,
  shards: undefined,
  replicasPerShard: undefined,
  port: undefined,
  maxmemory: undefined,
  cpu: undefined,
  eviction: undefined,
  nodeTimeout: undefined,
  requireFullCoverage: undefined,
  minReplicasToWrite: undefined,
  appendOnly: undefined,
  snapshots: undefined,
  nodes: undefined,
  storage: undefined,
  passwordVersion: undefined,
  image: undefined,
  tls: undefined,
  auth: undefined,
  storageClass: undefined,
  cpuLimit: undefined,
  exporterImage: undefined,
  scrapers: undefined,
  reconcileEvery: undefined,
  placement: undefined,
  priorityClass: undefined,
  jobPriorityClass: undefined,
  partOf: undefined,
};
const workload = {
  partOf: undefined,
  labels: undefined,
  annotations: undefined,
  workloadAnnotations: undefined,
  resources: undefined,
  scaling: undefined,
  replicas: undefined,
  autoscalerName: undefined,
  scrapedBy: undefined,
  mesh: undefined,
  sidecar: undefined,
  plainInbound: undefined,
  keda: undefined,
  nodes: undefined,
  spread: undefined,
  spreadOver: undefined,
  priorityClassName: undefined,
  deregisterWithin: undefined,
  minReady: undefined,
  temporarySpace: undefined,
  runAs: undefined,
  appArmor: undefined,
  trafficDistribution: undefined,
};
const web: Nothing<WebServiceProps> = {
  ...workload,
  vertical: undefined,
  settings: undefined,
  drainFor: undefined,
  metricsPath: undefined,
  bypassMesh: undefined,
  command: undefined,
  args: undefined,
  health: undefined,
  verticalAutoscalerName: undefined,
  secretFiles: undefined,
  configMaps: undefined,
  ingressFrom: undefined,
  egressTo: undefined,
  gracePeriod: undefined,
};
const nginx: Nothing<NginxProxyProps> = {
  ...workload,
  limits: undefined,
  trustedProxies: undefined,
  addressHeader: undefined,
  requiredHeader: undefined,
  headers: undefined,
  maxBody: undefined,
  clientKeepalive: undefined,
  loadBalancerIdle: undefined,
  drainFor: undefined,
  port: undefined,
  statusPort: undefined,
  metricsPort: undefined,
  tls: undefined,
  workers: undefined,
  workerConnections: undefined,
  compressedTypes: undefined,
  resolver: undefined,
  clusterDomain: undefined,
  image: undefined,
  balancedBy: undefined,
  podsServices: undefined,
  ingressFrom: undefined,
};
const upstream: Nothing<UpstreamSpec> = {
  balancing: undefined,
  maxFails: undefined,
  failTimeout: undefined,
  maxConnections: undefined,
  keepalive: undefined,
  serverKeepalive: undefined,
  timeouts: undefined,
  retry: undefined,
  zoneSize: undefined,
};

const released = {
  rolloutName: undefined,
  smokeTest: undefined,
  rollbackWithin: undefined,
  abortScaleDownDelay: undefined,
  revisionHistoryLimit: undefined,
  rollbackRevisions: undefined,
  watch: undefined,
};
const blueGreen: Nothing<BlueGreenRolloutProps> = {
  ...web,
  ...released,
  promotion: undefined,
  before: undefined,
  after: undefined,
  scaleDownDelay: undefined,
  activeServiceName: undefined,
  previewServiceName: undefined,
  activeService: undefined,
  plainName: undefined,
  behind: undefined,
};
const canary: Nothing<CanaryRolloutProps> = {
  ...web,
  ...released,
  steps: undefined,
  analysis: undefined,
  analysisFrom: undefined,
  retries: undefined,
};
const meshed = { labels: undefined, partOf: undefined };
const retries: Nothing<MeshRetrySpec> = {
  attempts: undefined,
  perTry: undefined,
  deadline: undefined,
  methods: undefined,
};
const meshAccess: Nothing<MeshAccessProps> = {
  ...meshed,
  mtls: undefined,
  callers: undefined,
  trustDomain: undefined,
};
const member = {
  objectName: undefined,
  aliases: undefined,
  port: undefined,
  cpu: undefined,
  cpuLimit: undefined,
  memory: undefined,
  memoryRequest: undefined,
  storage: undefined,
  measuredRps: undefined,
  passwordVersion: undefined,
  nodes: undefined,
  image: undefined,
  tls: undefined,
  auth: undefined,
  scrapers: undefined,
  storageClass: undefined,
  whenDeleted: undefined,
  placement: undefined,
  priorityClass: undefined,
  partOf: undefined,
};
const postgres: Nothing<PostgresServerProps> = {
  ...member,
  parameters: undefined,
  rolePasswordVersion: undefined,
  sharedMemory: undefined,
  exporterImage: undefined,
  stopWithin: undefined,
};
const redisServer: Nothing<RedisServerProps> = {
  ...member,
  maxmemory: undefined,
  eviction: undefined,
  appendOnly: undefined,
  snapshots: undefined,
  exporterImage: undefined,
};
const vectors: Nothing<VectorDatabaseProps> = { ...member, grpcPort: undefined, snapshots: undefined };
const scaled: Nothing<ScaledObjectProps> = {
  ...horizontal,
  prometheus: undefined,
  namespace: undefined,
  fallback: undefined,
};
const application: Nothing<ArgoApplicationProps> = {
  namespace: undefined,
  releaseName: undefined,
  values: undefined,
  wave: undefined,
  prune: undefined,
  onDelete: undefined,
  createNamespace: undefined,
  pods: undefined,
  ignoreDifferences: undefined,
};
const services: Nothing<ClusterServicesLayerProps> = {
  stage: undefined,
  version: undefined,
  replicas: undefined,
  vpcTags: undefined,
  metrics: undefined,
  externalMetrics: undefined,
  mesh: undefined,
  meshMode: undefined,
  nodeAutoscaler: undefined,
  preferredNodeGroups: undefined,
  maxNodes: undefined,
  provisionTimeout: undefined,
  interruptionQueue: undefined,
  alertmanager: undefined,
  argocdNamespace: undefined,
  project: undefined,
  asOf: undefined,
  chartVersions: undefined,
  observability: undefined,
  velero: undefined,
  chaos: undefined,
  constraints: undefined,
};
const destination: Nothing<DestinationRuleProps> = {
  balancing: undefined,
  outliers: undefined,
  labels: undefined,
  partOf: undefined,
};
const outliers: Nothing<OutlierSpec> = {
  consecutiveErrors: undefined,
  interval: undefined,
  ejectFor: undefined,
  atMost: undefined,
};

const backupSchedule: Nothing<BackupScheduleProps> = {
  at: undefined,
  retention: undefined,
  location: undefined,
  labels: undefined,
  partOf: undefined,
};
const chaosExperiment: Nothing<ChaosExperimentProps> = { labels: undefined, partOf: undefined };
const gitApplication: Nothing<GitApplicationProps> = {
  namespace: undefined,
  wave: undefined,
  prune: undefined,
  ignoreDifferences: undefined,
};
const uniqueTemplates: Nothing<UniqueTemplatesProps> = { labels: undefined, partOf: undefined };
const uniqueConstraint: Nothing<UniqueConstraintProps> = { mode: undefined, labels: undefined, partOf: undefined };
const logStore: Nothing<LogStoreProps> = { placement: undefined, priorityClass: undefined, partOf: undefined };
const logRetention: Nothing<LogRetentionProps> = { priorityClass: undefined, partOf: undefined };
const meshTracing: Nothing<MeshTracingProps> = { partOf: undefined };
const privateCa: Nothing<PrivateCaProps> = { clusterNamespace: undefined };

/** As callers see it whose compiler lets `undefined` through. */
const loose = <P>(nothing: object): P => nothing as unknown as P;

const shop = { name: 'shop', service: 'shop', port: 8001 };
const service = { name: 'a', image: 'shop/a:1', port: 8080 };

interface Row {
  readonly it: string;
  readonly nothing: object;
  readonly build: (chart: Chart, nothing: object) => void;
}

const rows: readonly Row[] = [
  {
    it: 'LogStore',
    nothing: logStore,
    build: (chart, none) =>
      new LogStore(chart, 'A', {
        name: 'a',
        namespace: 'logging',
        version: '9.4.3',
        members: 3,
        storage: Memory.gib(10),
        storageClass: 'gp3',
        cpu: Cpu.millis(250),
        memory: Memory.gib(2),
        userSecrets: ['user'],
        roles: 'a: {}\n',
        tlsSecret: 'a-tls',
        clients: [],
        ...none,
      }),
  },
  {
    it: 'LogRetention',
    nothing: logRetention,
    build: (chart, none) =>
      new LogRetention(chart, 'A', {
        name: 'a',
        namespace: 'logging',
        url: 'https://a:9200',
        store: { pods: { app: 'a' }, port: 9200 },
        stream: 'a',
        retention: Duration.days(7),
        copies: 1,
        userSecret: 'user',
        authoritySecret: 'a-tls',
        image: 'shop/curl:1',
        ...none,
      }),
  },
  {
    it: 'MeshTracing',
    nothing: meshTracing,
    build: (chart, none) => new MeshTracing(chart, 'A', { name: 'a', provider: 'b', sampling: Percent.of(1), ...none }),
  },
  { it: 'PrivateCa', nothing: privateCa, build: (chart, none) => new PrivateCa(chart, 'A', { name: 'a', ...none }) },
  {
    it: 'DisruptionBudget',
    nothing: budget,
    build: (chart, none) => new DisruptionBudget(chart, 'A', { name: 'a', selector: { app: 'a' }, ...none }),
  },
  {
    it: 'ExternalSecret',
    nothing: { ...secret, from: 'shop/api' },
    build: (chart, none) =>
      new ExternalSecret(chart, 'A', {
        name: 'a',
        store: { kind: 'SecretStore', name: 's' },
        from: 'shop/api',
        ...none,
      }),
  },
  {
    it: 'HorizontalPodAutoscaler',
    nothing: horizontal,
    build: (chart, none) => new HorizontalPodAutoscaler(chart, 'A', { name: 'a', target, policy, ...none }),
  },
  {
    it: 'VerticalPodAutoscaler',
    nothing: vertical,
    build: (chart, none) =>
      new VerticalPodAutoscaler(chart, 'A', {
        name: 'a',
        target,
        policy: { mode: 'Off', containers: [{ container: '*', resources: ['cpu'] }] },
        ...none,
      }),
  },
  {
    it: 'MetricAdapterRules',
    nothing: rules,
    build: (chart, none) => new MetricAdapterRules(chart, 'A', { metrics: [external], ...none }),
  },
  {
    it: 'NetworkPolicy',
    nothing: network,
    build: (chart, none) => new NetworkPolicy(chart, 'A', { name: 'a', selector: {}, ...none }),
  },
  {
    it: 'PlatformNamespace',
    nothing: namespace,
    build: (chart, none) => new PlatformNamespace(chart, 'A', { name: 'a', ...none }),
  },
  {
    it: 'PrometheusRule',
    nothing: prometheusRule,
    build: (chart, none) =>
      new PrometheusRule(chart, 'A', {
        name: 'a',
        groups: [{ name: 'a', interval: '15s', rules: [{ record: 'a:b', expr: 'up' }] }],
        ...none,
      }),
  },
  { it: 'PriorityClasses', nothing: classes, build: (chart, none) => new PriorityClasses(chart, 'A', none) },
  {
    it: 'SecretStore',
    nothing: store,
    build: (chart, none) => new SecretStore(chart, 'A', { name: 'a', region: 'us-west-2', ...none }),
  },
  { it: 'StorageClass', nothing: storage, build: (chart, none) => new StorageClass(chart, 'A', none) },
  {
    it: 'RedisCluster',
    nothing: redis,
    build: (chart, none) =>
      new RedisCluster(chart, 'A', {
        name: 'a',
        memory: Memory.gib(1),
        zones: ['a', 'b', 'c'],
        clients: [],
        ...loose<Partial<RedisClusterProps>>(none),
      }),
  },
  {
    it: 'WebService',
    nothing: web,
    build: (chart, none) => new WebService(chart, 'A', { name: 'a', image: 'shop/a:1', port: 8080, ...none }),
  },
  {
    it: 'NginxProxy',
    nothing: nginx,
    build: (chart, none) =>
      new NginxProxy(chart, 'A', {
        name: 'a',
        namespace: 'shop',
        upstreams: [{ ...shop, ...(Object.keys(none).length === 0 ? {} : loose<Partial<UpstreamSpec>>(upstream)) }],
        routes: [{ path: '/', upstream: 'shop' }],
        ...loose<Partial<NginxProxyProps>>(none),
      }),
  },
  {
    it: 'BlueGreenRollout',
    nothing: blueGreen,
    build: (chart, none) =>
      new BlueGreenRollout(chart, 'A', {
        ...loose<Partial<BlueGreenRolloutProps>>(none),
        ...service,
        plainName: 'none',
      }),
  },
  {
    it: 'CanaryRollout',
    nothing: canary,
    build: (chart, none) =>
      new CanaryRollout(chart, 'A', {
        ...loose<Partial<CanaryRolloutProps>>(none),
        ...service,
        mesh: 'sidecar',
        traffic: { through: 'istio' },
      }),
  },
  {
    it: 'PostgresServer',
    nothing: postgres,
    build: (chart, none) =>
      new PostgresServer(chart, 'A', {
        kind: 'server',
        name: 'a',
        databaseName: 'shop',
        maxConnections: 50,
        roles: [],
        clients: [],
        ...loose<Partial<PostgresServerProps>>(none),
      }),
  },
  {
    it: 'RedisServer',
    nothing: redisServer,
    build: (chart, none) =>
      new RedisServer(chart, 'A', {
        kind: 'server',
        name: 'a',
        clients: [],
        ...loose<Partial<RedisServerProps>>(none),
      }),
  },
  {
    it: 'VectorDatabase',
    nothing: vectors,
    build: (chart, none) =>
      new VectorDatabase(chart, 'A', { name: 'a', clients: [], ...loose<Partial<VectorDatabaseProps>>(none) }),
  },
  {
    it: 'ScaledObject',
    nothing: scaled,
    build: (chart, none) =>
      new ScaledObject(chart, 'A', { name: 'a', target, policy, ...loose<Partial<ScaledObjectProps>>(none) }),
  },
  {
    it: 'ArgoApplication',
    nothing: application,
    build: (chart, none) =>
      new ArgoApplication(chart, 'A', {
        name: 'a',
        project: 'shop',
        repository: 'https://charts.example.com',
        chart: 'a',
        version: '1.0.0',
        destination: 'shop',
        ...loose<Partial<ArgoApplicationProps>>(none),
      }),
  },
  ...(['00-crds', '10-controllers'] as const).map((layer) => ({
    it: `ClusterServices of ${layer}`,
    nothing: services,
    build: (chart: Chart, none: object) =>
      new ClusterServices(chart, 'A', {
        clusterName: 'shop-production',
        region: 'us-west-2',
        layer,
        ...loose<Partial<ClusterServicesLayerProps>>(none),
      }),
  })),
  {
    it: 'DestinationRule',
    nothing: destination,
    build: (chart, none) =>
      new DestinationRule(chart, 'A', { service: 'a', ...loose<Partial<DestinationRuleProps>>(none) }),
  },
  {
    it: 'DestinationRule with outliers',
    nothing: { ...destination, outliers },
    build: (chart, none) =>
      new DestinationRule(chart, 'A', { service: 'a', ...loose<Partial<DestinationRuleProps>>(none) }),
  },
  {
    it: 'AdmissionPolicies',
    nothing: { ...meshed, mode: undefined } satisfies Nothing<AdmissionPoliciesProps>,
    build: (chart, none) =>
      new AdmissionPolicies(chart, 'A', {
        name: 'shop',
        namespace: 'shop',
        images: ['registry.example.com/'],
        ...loose<Partial<AdmissionPoliciesProps>>(none),
      }),
  },
  {
    it: 'DatabaseMigration',
    nothing: {
      ...meshed,
      resources: undefined,
      settings: undefined,
      secretFiles: undefined,
      within: undefined,
      waitImage: undefined,
      priorityClassName: undefined,
      nodes: undefined,
    } satisfies Nothing<DatabaseMigrationProps>,
    build: (chart, none) => {
      const { secretFiles: _, ...rest } = loose<Partial<DatabaseMigrationProps>>(none);
      return new DatabaseMigration(chart, 'A', {
        service: 'a',
        image: 'a:1',
        command: ['migrate'],
        secretFiles: [{ secret: 'a-main', mountPath: '/secrets' }],
        roleFolder: '/secrets',
        database: [{ cidr: '10.0.0.0/24', port: 5432 }],
        ...rest,
      });
    },
  },
  {
    it: 'DatabaseRoles',
    nothing: {
      ...meshed,
      every: undefined,
      image: undefined,
      awsImage: undefined,
      secondLogins: undefined,
      versions: undefined,
      startVersion: undefined,
      priorityClass: undefined,
      placement: undefined,
    } satisfies Nothing<DatabaseRolesProps>,
    build: (chart, none) =>
      new DatabaseRoles(chart, 'A', {
        name: 'main',
        masterSecret: 'main/master',
        region: 'us-west-2',
        roles: ['a-main'],
        database: [{ cidr: '10.0.0.0/24', port: 5432 }],
        secrets: [{ cidr: '10.0.0.0/16', port: 443 }],
        ...loose<Partial<DatabaseRolesProps>>(none),
      }),
  },
  {
    it: 'ServiceRoutes',
    nothing: { ...meshed, retries: undefined },
    build: (chart, none) =>
      new ServiceRoutes(chart, 'A', { service: 'a', ...loose<Partial<ServiceRoutesProps>>(none) }),
  },
  {
    it: 'ServiceRoutes with retries',
    nothing: { ...meshed, retries },
    build: (chart, none) =>
      new ServiceRoutes(chart, 'A', { service: 'a', retries: {}, ...loose<Partial<ServiceRoutesProps>>(none) }),
  },
  {
    it: 'MeshAccess',
    nothing: meshAccess,
    build: (chart, none) =>
      new MeshAccess(chart, 'A', { namespace: 'shop', servers: [], ...loose<Partial<MeshAccessProps>>(none) }),
  },
  {
    it: 'BackupSchedule',
    nothing: backupSchedule,
    build: (chart, none) =>
      new BackupSchedule(chart, 'A', { name: 'a', namespaces: ['a'], ...loose<Partial<BackupScheduleProps>>(none) }),
  },
  {
    it: 'ChaosExperiment',
    nothing: chaosExperiment,
    build: (chart, none) =>
      new ChaosExperiment(chart, 'A', {
        namespace: 'shop',
        experiment: {
          name: 'a',
          action: 'pod-kill',
          service: 'a',
          hypothesis: 'Nobody notices',
          days: ['monday'],
          at: '10:00',
          ...loose<object>({ share: undefined }),
        },
        ...loose<Partial<ChaosExperimentProps>>(none),
      }),
  },
  {
    it: 'GitApplication',
    nothing: gitApplication,
    build: (chart, none) =>
      new GitApplication(chart, 'A', {
        name: 'a',
        project: 'a',
        repository: 'https://git.example.com/a',
        revision: 'main',
        path: 'a',
        destination: 'a',
        ...loose<Partial<GitApplicationProps>>(none),
      }),
  },
  {
    it: 'UniqueTemplates',
    nothing: uniqueTemplates,
    build: (chart, none) =>
      new UniqueTemplates(chart, 'A', { unique: ['ingress-host'], ...loose<Partial<UniqueTemplatesProps>>(none) }),
  },
  {
    it: 'UniqueConstraint',
    nothing: uniqueConstraint,
    build: (chart, none) =>
      new UniqueConstraint(chart, 'A', {
        name: 'a',
        claim: 'ingress-host',
        namespace: 'shop',
        ...loose<Partial<UniqueConstraintProps>>(none),
      }),
  },
];

test.each(rows)('$it: a prop given as undefined counts as left out', ({ nothing, build }) => {
  const given = manifests((chart) => build(chart, nothing));
  expect(given).toEqual(manifests((chart) => build(chart, {})));
  expect(given.length).toBeGreaterThan(0);
});

test('a caller whose port is undefined means the port of the service', () => {
  const caller = loose<{ pods: object }>({ pods: { app: 'b' }, port: undefined });
  const build = (ingressFrom: readonly object[]) =>
    manifests((chart) => new WebService(chart, 'A', loose({ name: 'a', image: 'shop/a:1', port: 8080, ingressFrom })));
  expect(build([caller])).toEqual(build([{ pods: { app: 'b' } }]));
});
