import {
  type EdgeSpec,
  type EnvironmentSpec,
  type GatewaySpec,
  type MeshRetrySpec,
  NODE_GROUP_LABEL,
  type NodeGroupSpec,
  type PostgresSpec,
  type RedisClusterSpec,
  type RedisReplicationGroupSpec,
  type RolloutSpec,
  SECURITY_HEADERS,
  type ServiceSpec,
  type SpotSpec,
} from '../../lib/model';
import { Cpu, Duration, Memory, Percent, Rate } from '../../lib/units';
import { BACKUPS, THIRD_REGION, WINDOWS } from './backups';
import { CACHE_POLICY, WARM_CACHE_POLICY } from './cache';
import { CHAOS, CONSTRAINTS, gitops } from './delivery';
import { LOAD } from './load';
import { LOCAL } from './local';
import { LOGINS } from './logins';
import { REQUEST_BUCKETS } from './metrics';
import { PROMISED_RPS, SLOWEST_ANSWER } from './numbers';
import { OBSERVABILITY } from './observability';
import { OPERATIONS } from './operations';
import { ACCOUNTS, REGION, STANDBY_REGION, type Stage, stateIn } from './places';
import { POOLER, SMALL_POOLER, SMALLEST_POOLER } from './pooler';
import { SERVICES } from './services';
import { CONSTITUTIONAL_HASH, CONSTITUTIONAL_HEADER, SETTINGS } from './settings';
import { telemetry } from './telemetry';

/** Day on which support calendars are read. Move it on when you review them. */
const AS_OF = '2026-11-21';

/** What follows from the stage alone. */
const common = (stage: Stage, region = REGION) => ({
  name: stage,
  stage,
  account: ACCOUNTS[stage],
  region,
  zones: ['a', 'b', 'c'].map((zone) => `${region}${zone}`),
  registry: `${ACCOUNTS[stage]}.dkr.ecr.${region}.amazonaws.com`,
  adminPrincipals: [`arn:aws:iam::${ACCOUNTS[stage]}:role/platform-admin`],
  deployPrincipals: [`arn:aws:iam::${ACCOUNTS[stage]}:role/acgs-deploy`],
  namespace: 'acgs',
  cachePolicy: stage === 'development' ? CACHE_POLICY : WARM_CACHE_POLICY,
  settings: SETTINGS,
  annotations: { 'acgs.example.com/constitutional-hash': CONSTITUTIONAL_HASH },
  requiredHeader: CONSTITUTIONAL_HEADER,
  admission: {},
  emergencyLimit: { rate: Rate.perMinute(600), burst: 100 },
  telemetry: telemetry(stage === 'production' ? 'on' : 'off', region, stage === 'development' ? 'off' : 'on'),
  asOf: AS_OF,
});

/** Nodes that only pods of the compute-heavy services may use. */
const compute: NodeGroupSpec = {
  name: 'compute',
  instanceTypes: ['c5.2xlarge'],
  min: 0,
  max: 10,
  desired: 2,
  taints: [{ key: NODE_GROUP_LABEL, value: 'compute', effect: 'NoSchedule' }],
};

/** Nodes of one zone each: a volume cannot follow its pod into another zone. */
const stateful: NodeGroupSpec = {
  name: 'stateful',
  instanceTypes: ['r5.large'],
  min: 1,
  max: 3,
  desired: 1,
  zones: 'each',
  taints: [{ key: NODE_GROUP_LABEL, value: 'stateful', effect: 'NoSchedule' }],
};

/**
 * Nodes on demand that cost nothing until spot has nothing to give, or a zone is gone: what the documents' groups have at
 * their maxima holds neither everything at its peak nor a release beside it.
 */
const reserve: NodeGroupSpec = { name: 'reserve', instanceTypes: ['m5.xlarge'], min: 0, max: 9, desired: 0 };

/** Three tenths of the CPUs, of types that are alike: what bears to be moved runs there first. */
const SPOT: SpotSpec = {
  share: Percent.of(30),
  instanceTypes: ['m5.large', 'm6i.large', 'm6a.large'],
  beside: ['general', 'compute'],
};

const database: PostgresSpec = {
  name: 'main',
  databaseName: 'acgs',
  version: '15',
  instanceClass: 'db.r5.xlarge',
  storage: Memory.gib(500),
  maxStorage: Memory.gib(1000),
  port: 5439,
  backupRetention: Duration.days(30),
  maxConnections: 3400,
};

/** Of every cache, whatever it runs on. */
const CACHE_PORT = 6389;

/** Results that can be computed again: the oldest go first. */
const cache: RedisClusterSpec = {
  name: 'cache',
  shards: 3,
  replicasPerShard: 1,
  port: CACHE_PORT,
  memory: Memory.gib(3),
  eviction: 'allkeys-lru',
  nodeTimeout: Duration.seconds(5),
  requireFullCoverage: false,
  nodes: 'stateful',
};

/** Revoked tokens: none may be dropped, and none is confirmed before a replica has it in sight. */
const revocations: RedisClusterSpec = {
  name: 'revocations',
  replicasPerShard: 2,
  port: CACHE_PORT,
  memory: Memory.mib(384),
  cpu: Cpu.millis(100),
  eviction: 'noeviction',
  nodeTimeout: Duration.seconds(5),
  minReplicasToWrite: 1,
  nodes: 'stateful',
};

/** In front of the services that users reach. Limits and servers are the documents'; each client counts for itself. */
const gateway = (min: number, max: number): GatewaySpec => ({
  name: 'gateway',
  scaling: { min, max, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
  upstream: { balancing: 'least-conn', maxFails: 3, failTimeout: Duration.seconds(30) },
  limits: [{ name: 'per_client', rate: Rate.perMinute(6000), burst: 1000 }],
  headers: {
    ...SECURITY_HEADERS,
    [CONSTITUTIONAL_HEADER.name]: CONSTITUTIONAL_HASH,
    'X-XSS-Protection': '1; mode=block',
  },
});

/** The way in for users. The path is answered only if gateway and auth-service are: every user passes both. */
const EDGE: EdgeSpec = { healthPath: '/auth-service/health' };

/** Shares of users for each release: 10 %, 50 %, all, then half an hour of watching. Sidecars split them. */
const canary: RolloutSpec = {
  strategy: 'canary',
  traffic: { through: 'istio' },
  smokeTest: { paths: ['/health'] },
  analysis: {
    metrics: [
      {
        name: 'success-rate',
        measures: 'success-rate',
        series: 'acgs_requests_total',
        errorLabel: 'status',
        atLeast: Percent.of(99),
      },
      {
        name: 'latency',
        measures: 'latency',
        histogram: 'acgs_request_duration_seconds',
        quantile: Percent.of(99),
        atMost: SLOWEST_ANSWER,
        buckets: REQUEST_BUCKETS,
      },
    ],
  },
};

/** What users reach is released to a share of them first. */
const released = (services: readonly ServiceSpec[]): ServiceSpec[] =>
  services.map((service) => (service.isPublic ? { ...service, rollout: canary } : service));

/** What production is to serve, and whoever stands in for it. */
const promised = (services: readonly ServiceSpec[]): ServiceSpec[] => {
  const rates: Readonly<Record<string, number>> = PROMISED_RPS;
  return services.map((service) => {
    const promisedRps = rates[service.name];
    return promisedRps === undefined ? service : { ...service, promisedRps };
  });
};

/** Repeated by sidecars, where that is safe; three full tries of two seconds are all that a caller waits for. */
const RETRIES: MeshRetrySpec = { attempts: 3, perTry: Duration.seconds(2), deadline: Duration.seconds(6) };

/** What must go on in another region, with everything that it connects to. */
const CORE: readonly string[] = ['auth-service', 'constitutional-ai', 'policy-governance', 'integrity-service'];

/** Two zones cannot keep the majority of a Redis Cluster through the loss of one; ElastiCache needs none. */
const managed: Pick<RedisReplicationGroupSpec, 'kind' | 'clusterMode' | 'nodeType' | 'port'> = {
  kind: 'replication-group',
  clusterMode: true,
  nodeType: 'cache.m6g.large',
  port: CACHE_PORT,
};

const managedCaches: readonly RedisReplicationGroupSpec[] = [
  { ...managed, name: 'cache', shards: 3, replicasPerShard: 1, eviction: 'allkeys-lru' },
  { ...managed, name: 'revocations', shards: 1, replicasPerShard: 2, eviction: 'noeviction', minReplicasToWrite: 1 },
];

/** The same services between other bounds. */
const bounded = (services: readonly ServiceSpec[], min: number, max: number): ServiceSpec[] =>
  services.map((service) => ({
    ...service,
    scaling: { ...service.scaling, min: Math.min(service.scaling.min, min), max: Math.min(service.scaling.max, max) },
  }));

const production: EnvironmentSpec = {
  ...common('production'),
  domain: 'acgs.example.com',
  network: { cidr: '10.0.0.0/16', nat: 'per-zone' },
  cluster: {
    version: '1.35',
    apiAccess: { through: 'session-manager' },
    nodeGroups: [
      { name: 'general', instanceTypes: ['m5.large', 'm5.xlarge'], min: 3, max: 20, desired: 6 },
      reserve,
      compute,
      stateful,
    ],
    spot: SPOT,
  },
  reserved: { share: Percent.of(50), termYears: 1, payment: 'partial-upfront' },
  databases: [{ ...database, ...WINDOWS, ...LOGINS }],
  databaseRoles: {},
  poolers: [POOLER],
  caches: [cache, revocations],
  services: promised(released(SERVICES)),
  mesh: 'istio',
  meshPolicy: { mtls: 'strict', callers: 'declared', retries: RETRIES },
  gateway: gateway(3, 10),
  local: LOCAL.production,
  load: LOAD,
  edge: EDGE,
  backups: { ...BACKUPS, copyRegion: STANDBY_REGION },
  operations: OPERATIONS.production,
  observability: OBSERVABILITY.production,
  imageCache: 'pull-through',
  gitops: gitops('production'),
  state: stateIn('production'),
};

/** The core of production, warm in another region: its services at their minimum, free to grow as far as there. */
const standby: EnvironmentSpec = {
  ...common('production', STANDBY_REGION),
  name: 'production-dr',
  standbyFor: 'production',
  zones: ['a', 'b'].map((zone) => `${STANDBY_REGION}${zone}`),
  domain: 'standby.acgs.example.com',
  network: { cidr: '10.1.0.0/16', nat: 'per-zone' },
  cluster: {
    version: '1.35',
    apiAccess: { through: 'session-manager' },
    nodeGroups: [
      { name: 'general', instanceTypes: ['m5.large', 'm5.xlarge'], min: 3, max: 20, desired: 4 },
      reserve,
      stateful,
    ],
  },
  databases: [
    {
      kind: 'replica',
      name: 'main',
      of: { environment: 'production', database: 'main' },
      instanceClass: database.instanceClass,
      maxConnections: database.maxConnections,
      ...WINDOWS,
      ...LOGINS,
    },
  ],
  poolers: [POOLER],
  caches: managedCaches,
  services: promised(released(SERVICES.filter(({ name }) => CORE.includes(name)))),
  mesh: 'istio',
  meshPolicy: { mtls: 'strict', callers: 'declared', retries: RETRIES },
  gateway: gateway(3, 10),
  edge: EDGE,
  backups: { ...BACKUPS, copyRegion: THIRD_REGION },
  operations: OPERATIONS['production-dr'],
  observability: OBSERVABILITY['production-dr'],
  imageCache: 'pull-through',
  gitops: gitops('production'),
  state: stateIn('production', STANDBY_REGION),
};

/** Production's shape at a smaller size: what works here works there. */
const staging: EnvironmentSpec = {
  ...common('staging'),
  domain: 'staging.acgs.example.com',
  network: { cidr: '10.2.0.0/16', nat: 'per-zone' },
  cluster: {
    version: '1.35',
    apiAccess: { through: 'session-manager' },
    nodeGroups: [
      { name: 'general', instanceTypes: ['m5.large', 'm5.xlarge'], min: 3, max: 9, desired: 3 },
      { ...reserve, max: 4 },
      { ...compute, max: 4, desired: 1 },
      stateful,
    ],
    spot: SPOT,
  },
  databases: [
    {
      ...database,
      instanceClass: 'db.m5.large',
      storage: Memory.gib(100),
      maxStorage: Memory.gib(200),
      backupRetention: Duration.days(7),
      maxConnections: 800,
      ...LOGINS,
    },
  ],
  databaseRoles: {},
  poolers: [SMALL_POOLER],
  caches: [cache, revocations],
  services: released(bounded(SERVICES, 2, 4)),
  mesh: 'istio',
  meshPolicy: { mtls: 'strict', callers: 'declared', retries: RETRIES },
  gateway: gateway(2, 4),
  edge: EDGE,
  operations: OPERATIONS.staging,
  observability: OBSERVABILITY.staging,
  imageCache: 'pull-through',
  gitops: gitops('staging'),
  constraints: CONSTRAINTS,
  chaos: CHAOS,
  state: stateIn('staging'),
};

/** One of everything, and one way out: cheap, and allowed to fail with a zone. */
const development: EnvironmentSpec = {
  ...common('development'),
  domain: 'development.acgs.example.com',
  network: { cidr: '10.3.0.0/16', nat: 'single', interfaceEndpoints: ['ssm', 'ssmmessages', 'ec2messages'] },
  cluster: {
    version: '1.35',
    apiAccess: { through: 'session-manager' },
    nodeGroups: [
      { name: 'general', instanceTypes: ['m5.large', 'm5.xlarge'], min: 1, max: 6, desired: 2 },
      { ...compute, max: 2, desired: 0 },
      { ...stateful, instanceTypes: ['m5.large'], max: 2 },
    ],
  },
  databases: [
    {
      ...database,
      instanceClass: 'db.t4g.medium',
      storage: Memory.gib(20),
      maxStorage: Memory.gib(50),
      multiAz: false,
      backupRetention: Duration.days(1),
      deletionProtection: false,
      finalSnapshot: { noneBecause: 'it holds nothing that cannot be made again' },
      secretRecoveryWindow: Duration.days(0),
      maxConnections: 400,
    },
  ],
  databaseRoles: {},
  poolers: [SMALLEST_POOLER],
  caches: [{ ...cache, memory: Memory.mib(768), cpu: Cpu.millis(100) }, { ...revocations }],
  services: bounded(SERVICES, 1, 2),
  gateway: gateway(1, 2),
  local: LOCAL.development,
  observability: OBSERVABILITY.development,
  state: { kind: 'local' },
};

export const ENVIRONMENTS: readonly EnvironmentSpec[] = [development, staging, production, standby];
