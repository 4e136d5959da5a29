import type { LocalSpec, PostgresServerSpec, RedisClusterSpec, RedisServerSpec } from '../../lib/model';
import { Cpu, Duration, Memory } from '../../lib/units';

/** The major of production's RDS. */
const POSTGRES = 'docker.io/library/postgres:15.18-trixie';

/** Of every cache, as in the cluster. */
const CACHE_PORT = 6389;

const postgres: PostgresServerSpec = {
  kind: 'server',
  name: 'main',
  objectName: 'postgres',
  databaseName: 'acgs',
  maxConnections: 110,
  cpu: Cpu.millis(500),
  cpuLimit: Cpu.cores(2),
  memory: Memory.gib(2),
  memoryRequest: Memory.gib(1),
  parameters: { sharedBuffers: Memory.mib(256) },
};

/** Revoked tokens: none may be dropped. One server is enough where nothing real is revoked. */
const revocations: RedisServerSpec = {
  kind: 'server',
  name: 'revocations',
  port: CACHE_PORT,
  memory: Memory.mib(256),
  eviction: 'noeviction',
  cpu: Cpu.millis(100),
};

/** Redis Cluster of the documents, with a replica for each primary. */
const cache = (memory: Memory, maxmemory: Memory): RedisClusterSpec => ({
  name: 'cache',
  shards: 3,
  replicasPerShard: 1,
  port: CACHE_PORT,
  memory,
  maxmemory,
  cpu: Cpu.millis(100),
  eviction: 'allkeys-lru',
  nodeTimeout: Duration.seconds(5),
  requireFullCoverage: false,
});

const common = {
  databases: [postgres],
  memberNames: { cache: 'redis' },
  publishStores: { main: 5439 },
  pooler: { serverConnections: 100 },
  images: { postgres: POSTGRES },
} as const satisfies LocalSpec;

/** One of each service, on the ports and on the smallest machine that the documents give. */
const development: LocalSpec = {
  ...common,
  host: { cpu: Cpu.cores(8), memory: Memory.gib(16) },
  services: [
    { name: 'constitutional-ai', publish: 32768 },
    { name: 'auth-service', publish: 8016 },
    { name: 'agent-hitl', publish: 8008 },
    { name: 'integrity-service', publish: 8002 },
    { name: 'formal-verification', publish: 8003 },
    { name: 'governance-synthesis', publish: 8004 },
    { name: 'policy-governance', publish: 8005 },
    { name: 'evolutionary-computation', publish: 8006 },
    { name: 'executive-council' },
    { name: 'darwin-godel-machine' },
  ],
  gateway: { http: 80, https: 443 },
  caches: [cache(Memory.mib(384), Memory.mib(256)), revocations],
};

/** The three services of the documents' stack, as many and as large as there; the others start when asked for. */
const production: LocalSpec = {
  ...common,
  host: { cpu: Cpu.cores(16), memory: Memory.gib(32) },
  services: [{ name: 'constitutional-ai' }, { name: 'auth-service' }, { name: 'agent-hitl' }],
  gateway: { http: 80, https: 443 },
  caches: [cache(Memory.gib(3), Memory.gib(2)), revocations],
};

/** Environments that also run on one machine. */
export const LOCAL = { development, production } as const;
