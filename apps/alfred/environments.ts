import {
  type CacheSpec,
  type DatabaseSpec,
  type EnvironmentSpec,
  type GatewaySpec,
  NODE_GROUP_LABEL,
  type NodeGroupSpec,
  type PostgresSpec,
  SECURITY_HEADERS,
  type ServiceSpec,
  type VectorDatabaseSpec,
} from '../../lib/model';
import { Memory, Percent, Rate } from '../../lib/units';
import { LOAD } from './load';
import { LOCAL } from './local';
import { LOGINS } from './logins';
import { DEVELOPMENT, REGIONAL } from './observability';
import { READER_OPERATIONS, WRITER_OPERATIONS } from './operations';
import { ACCOUNTS, type Stage, stateIn } from './places';
import { POOLER } from './pooler';
import { SERVICES, SMALL_AGENT } from './services';
import { MAX_CONNECTIONS, PARAMETERS, postgresServer, redisServer, STORE_RPS } from './stores';
import { telemetry } from './telemetry';

/** Day on which support calendars are read. Move it on when you review them. */
const AS_OF = '2026-11-21';

/** What follows from stage and region alone. */
const common = (stage: Stage, region: string) => ({
  stage,
  account: ACCOUNTS[stage],
  region,
  zones: ['a', 'b', 'c'].map((zone) => `${region}${zone}`),
  registry: `${ACCOUNTS[stage]}.dkr.ecr.${region}.amazonaws.com`,
  adminPrincipals: [`arn:aws:iam::${ACCOUNTS[stage]}:role/platform-admin`],
  deployPrincipals: [`arn:aws:iam::${ACCOUNTS[stage]}:role/alfred-deploy`],
  namespace: 'alfred-platform',
  admission: {},
  emergencyLimit: { rate: Rate.perMinute(600), burst: 100 },
  telemetry: telemetry(stage === 'production' ? 'on' : 'off', region),
  asOf: AS_OF,
});

/** Two to ten nodes a region, as the documents have it; none of them gives a type. */
const agents: NodeGroupSpec = { name: 'agents', instanceTypes: ['m5.2xlarge'], min: 2, max: 10, desired: 2 };

/** Nodes of one zone each: a volume cannot follow its pod into another zone. */
const stateful: NodeGroupSpec = {
  name: 'stateful',
  instanceTypes: ['m5.xlarge'],
  min: 1,
  max: 2,
  desired: 1,
  zones: 'each',
  taints: [{ key: NODE_GROUP_LABEL, value: 'stateful', effect: 'NoSchedule' }],
};

/** Where everything is written. */
const writer: PostgresSpec = {
  name: 'main',
  databaseName: 'alfred',
  version: '17',
  instanceClass: 'db.m6g.xlarge',
  storage: Memory.gib(100),
  maxStorage: Memory.gib(400),
  maxConnections: MAX_CONNECTIONS,
  parameters: PARAMETERS,
  // measured with the four CPUs that this class has, too
  measuredRps: STORE_RPS.database,
  // between backups, which start at 0, 6, 12 and 18 h UTC
  backupWindow: '08:00-09:00',
  maintenanceWindow: 'sun:09:00-sun:10:00',
  ...LOGINS,
};

/** A copy of it in another region, for reading: its parameters follow. */
const reader: DatabaseSpec = {
  kind: 'replica',
  name: 'main',
  of: { environment: 'production', database: 'main' },
  instanceClass: writer.instanceClass,
  maxConnections: writer.maxConnections,
  ...LOGINS,
};

/** Results that can be computed again. */
const redis: CacheSpec = {
  kind: 'replication-group',
  name: 'redis',
  nodeType: 'cache.t4g.small',
  replicasPerShard: 1,
  eviction: 'allkeys-lru',
};

const vectors: VectorDatabaseSpec = { name: 'vector-db', nodes: 'stateful', measuredRps: STORE_RPS.vectors };

const gateway = (min: number, max: number): GatewaySpec => ({
  name: 'gateway',
  scaling: { min, max, metrics: [{ on: 'cpu', utilization: Percent.of(70) }] },
  headers: SECURITY_HEADERS,
});

/** The same services where nothing may be written. */
const reading = (services: readonly ServiceSpec[]): ServiceSpec[] =>
  services.map((service) => ({
    ...service,
    connections: service.connections.map((connection) =>
      connection.to === 'database' ? { ...connection, access: 'read' } : connection,
    ),
  }));

/** Where nobody is promised anything. */
const withoutPromises = (services: readonly ServiceSpec[]): ServiceSpec[] =>
  services.map(({ promisedRps: _, ...service }) => service);

const regional = (region: string, cidr: string, domain: string) => ({
  ...common('production', region),
  domain,
  network: { cidr, nat: 'per-zone' as const },
  cluster: {
    version: '1.35',
    apiAccess: { through: 'session-manager' as const },
    nodeGroups: [agents, stateful],
  },
  poolers: [POOLER],
  caches: [redis],
  vectorDatabases: [vectors],
  gateway: gateway(2, 6),
  trafficSpike: { pods: { 'agent-core': 10, 'agent-rag': 8 } },
  edge: { healthPath: '/agent-core/api/health' },
  imageCache: 'pull-through' as const,
  observability: REGIONAL,
  state: stateIn(region),
});

const production: EnvironmentSpec = {
  ...regional('us-west-2', '10.4.0.0/16', 'alfred.example.com'),
  name: 'production',
  databases: [writer],
  databaseRoles: {},
  services: SERVICES,
  operations: WRITER_OPERATIONS,
  local: LOCAL.production,
  load: LOAD,
  backups: { copyRegion: 'us-east-1' },
};

const usEast: EnvironmentSpec = {
  ...regional('us-east-1', '10.5.0.0/16', 'us-east.alfred.example.com'),
  name: 'production-us-east-1',
  databases: [reader],
  services: reading(SERVICES),
  operations: READER_OPERATIONS,
};

const euCentral: EnvironmentSpec = {
  ...regional('eu-central-1', '10.6.0.0/16', 'eu.alfred.example.com'),
  name: 'production-eu-central-1',
  databases: [reader],
  services: reading(SERVICES),
  operations: READER_OPERATIONS,
};

/** One of everything, stores included, in one small cluster. */
const development: EnvironmentSpec = {
  ...common('development', 'us-west-2'),
  name: 'development',
  domain: 'development.alfred.example.com',
  network: { cidr: '10.7.0.0/16', nat: 'single', interfaceEndpoints: ['ssm', 'ssmmessages', 'ec2messages'] },
  cluster: {
    version: '1.35',
    apiAccess: { through: 'session-manager' },
    nodeGroups: [
      { ...agents, instanceTypes: ['m5.xlarge'], min: 1, max: 4 },
      { ...stateful, instanceTypes: ['m5.2xlarge'] },
    ],
  },
  databases: [postgresServer],
  caches: [redisServer],
  vectorDatabases: [vectors],
  services: withoutPromises(SERVICES).map((service) => ({
    ...service,
    resources: SMALL_AGENT,
    scaling: { ...service.scaling, min: 1, max: 2 },
  })),
  gateway: gateway(1, 2),
  local: LOCAL.development,
  observability: DEVELOPMENT,
  state: { kind: 'local' },
};

export const ENVIRONMENTS: readonly EnvironmentSpec[] = [development, production, usEast, euCentral];
