import {
  type CacheSpec,
  type DatabaseSpec,
  type EnvironmentSpec,
  type GatewaySpec,
  NODE_GROUP_LABEL,
  type NodeGroupSpec,
  type PostgresParameters,
  type PostgresSpec,
  SECURITY_HEADERS,
  type ServiceSpec,
  type VectorDatabaseSpec,
} from '../../lib/model';
import { Memory, Percent } from '../../lib/units';
import { SERVICES, SMALL_AGENT } from './services';

/** Day on which support calendars are read. Move it on when you review them. */
const AS_OF = '2026-11-21';

/** Documentation account ids: put yours here. */
const ACCOUNTS = { development: '444444444444', production: '555555555555' } as const;

type Stage = keyof typeof ACCOUNTS;

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

/** The sixteen settings that the documents give PostgreSQL, but for the number of connections. */
const PARAMETERS: PostgresParameters = {
  sharedBuffers: Memory.gib(1),
  effectiveCacheSize: Memory.gib(3),
  maintenanceWorkMem: Memory.mib(256),
  checkpointCompletionTarget: 0.9,
  walBuffers: Memory.mib(16),
  defaultStatisticsTarget: 100,
  randomPageCost: 1.1,
  effectiveIoConcurrency: 200,
  workMem: Memory.mib(4),
  minWalSize: Memory.gib(1),
  maxWalSize: Memory.gib(4),
  maxWorkerProcesses: 8,
  maxParallelWorkersPerGather: 4,
  maxParallelWorkers: 8,
  maxParallelMaintenanceWorkers: 4,
};

const MAX_CONNECTIONS = 1000;

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
};

/** A copy of it in another region, for reading: its parameters follow. */
const reader: DatabaseSpec = {
  kind: 'replica',
  name: 'main',
  of: { environment: 'production', database: 'main' },
  instanceClass: writer.instanceClass,
  maxConnections: writer.maxConnections,
};

/** Results that can be computed again. */
const redis: CacheSpec = {
  kind: 'replication-group',
  name: 'redis',
  nodeType: 'cache.t4g.small',
  replicasPerShard: 1,
  eviction: 'allkeys-lru',
};

const vectors: VectorDatabaseSpec = { name: 'vector-db', nodes: 'stateful' };

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

const regional = (region: string, cidr: string, domain: string) => ({
  ...common('production', region),
  domain,
  network: { cidr, nat: 'per-zone' as const },
  cluster: {
    version: '1.35',
    apiAccess: { through: 'session-manager' as const },
    nodeGroups: [agents, stateful],
  },
  caches: [redis],
  vectorDatabases: [vectors],
  gateway: gateway(2, 6),
  // each region's own: what recovers from the loss of another must not need that one
  state: { kind: 's3' as const, bucket: `alfred-terraform-state-${ACCOUNTS.production}-${region}`, region },
});

const production: EnvironmentSpec = {
  ...regional('us-west-2', '10.4.0.0/16', 'alfred.example.com'),
  name: 'production',
  databases: [writer],
  services: SERVICES,
};

const usEast: EnvironmentSpec = {
  ...regional('us-east-1', '10.5.0.0/16', 'us-east.alfred.example.com'),
  name: 'production-us-east-1',
  databases: [reader],
  services: reading(SERVICES),
};

const euCentral: EnvironmentSpec = {
  ...regional('eu-central-1', '10.6.0.0/16', 'eu.alfred.example.com'),
  name: 'production-eu-central-1',
  databases: [reader],
  services: reading(SERVICES),
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
  databases: [
    {
      kind: 'server',
      name: 'main',
      objectName: 'postgres',
      aliases: ['db-postgres'],
      databaseName: 'alfred',
      maxConnections: MAX_CONNECTIONS,
      parameters: PARAMETERS,
      nodes: 'stateful',
    },
  ],
  caches: [
    {
      kind: 'server',
      name: 'redis',
      memory: Memory.gib(1),
      maxmemory: Memory.mib(800),
      eviction: 'allkeys-lru',
      nodes: 'stateful',
    },
  ],
  vectorDatabases: [vectors],
  services: SERVICES.map((service) => ({
    ...service,
    resources: SMALL_AGENT,
    scaling: { ...service.scaling, min: 1, max: 2 },
  })),
  gateway: gateway(1, 2),
  state: { kind: 'local' },
};

export const ENVIRONMENTS: readonly EnvironmentSpec[] = [development, production, usEast, euCentral];
