import { redisConf } from '../config';
import { REDIS_BOOTSTRAP } from '../config/redis/redis-bootstrap';
import {
  type CacheSpec,
  isRedisServer,
  PUBLIC_IMAGES,
  type RedisClusterSpec,
  type RedisServerSpec,
  redisServerPlan,
} from '../model';
import { membersPerShard, redisPlan } from '../model/redis/redis';
import { Cpu, Duration, Memory } from '../units';
import type { ComposeService } from './compose-file';
import type { Bounds } from './compose-text';
import { container, inMemory, mounted, STORES_NETWORK, storeHealth, storeNetworks, storePorts } from './container';
import type { LocalPlan } from './local-plan';
import type { Part } from './parts';
import { AUTH, CONFIG, DATA, filesOf, HEALTHY, KEEP, RUN, SCRIPTS } from './redis-files';
import { KEEPER } from './reservations';

/** What a cache's password is called. */
export const cachePassword = (cache: CacheSpec): string => `${cache.name}-auth`;

const image = ({ choices }: LocalPlan): string => choices.images.redis ?? PUBLIC_IMAGES.redis;

interface Server {
  readonly cache: RedisClusterSpec | RedisServerSpec;
  readonly host: string;
  readonly aliases: readonly string[];
  readonly port: number;
  readonly resources: Bounds;
}

const server = (plan: LocalPlan, { cache, host, aliases, port, resources }: Server): ComposeService =>
  container(
    {
      image: image(plan),
      user: 'redis',
      entrypoint: ['sh', `${SCRIPTS}/start.sh`],
      working_dir: DATA,
      environment: {
        REDIS_PORT: `${port}`,
        REDIS_HOSTNAME: host,
        REDIS_CONF: `${CONFIG}/redis.conf`,
        REDIS_RUN_FOLDER: RUN,
        REDIS_DATA_FOLDER: DATA,
        REDIS_AUTH_FILE: AUTH,
      },
      secrets: [{ source: cachePassword(cache), target: AUTH }],
      volumes: [
        mounted(`redis/${cache.name}/config`, CONFIG),
        mounted(`redis/${cache.name}/scripts`, SCRIPTS),
        `${host}-data:${DATA}`,
      ],
      tmpfs: [inMemory(RUN, 1)],
      ...storePorts(plan, cache.name, port),
      networks: storeNetworks(plan, cache.name, aliases),
      healthcheck: storeHealth(HEALTHY),
      stop_grace_period: `${Duration.minutes(1)}`,
    },
    { resources },
  );

/** A single Redis. */
function serverPart(plan: LocalPlan, cache: RedisServerSpec): Part {
  const its = redisServerPlan(cache);
  const { objectName, port, cpu, cpuLimit, memory, memoryRequest } = its;
  const resources = { requests: { cpu, memory: memoryRequest }, limits: { cpu: cpuLimit, memory } };
  const aliases = [...its.aliases, its.name].filter((alias) => alias !== objectName);
  return {
    services: { [objectName]: server(plan, { cache, host: objectName, aliases, port, resources }) },
    files: filesOf(cache.name, redisConf({ ...its, minReplicasToWrite: 0, auth: true, tls: false })),
    volumes: [`${objectName}-data`],
    passwords: [cachePassword(cache)],
  };
}

/** Names of the members, shard by shard: `redis-1` to `redis-3` are primaries at home, the next ones their replicas. */
export function memberNames({ choices }: LocalPlan, cache: RedisClusterSpec): string[][] {
  const { shards, replicasPerShard } = redisPlan(cache);
  const prefix = choices.memberNames[cache.name] ?? cache.name;
  return Array.from({ length: shards }, (_, shard) =>
    Array.from(
      { length: membersPerShard({ replicasPerShard }) },
      (_, rank) => `${prefix}-${rank * shards + shard + 1}`,
    ),
  );
}

/** Set aside for a member: its data. What it may reach is more, for forks and buffers. */
const memberBounds = (cache: RedisClusterSpec): Bounds => {
  const { cpu, memory, maxmemory } = redisPlan(cache);
  return { requests: { cpu, memory: maxmemory }, limits: { cpu: cpu.times(4), memory } };
};

/** The reconciler of a Redis Cluster: services wait for it, and it keeps the shape. */
export const keeperName = ({ choices }: LocalPlan, cache: RedisClusterSpec): string =>
  `${choices.memberNames[cache.name] ?? cache.name}-cluster`;

const keeper = (plan: LocalPlan, cache: RedisClusterSpec): ComposeService => {
  const { port } = redisPlan(cache);
  const members = memberNames(plan, cache);
  return container(
    {
      image: image(plan),
      user: 'redis',
      entrypoint: ['sh', `${SCRIPTS}/keep.sh`],
      environment: {
        REDIS_PORT: `${port}`,
        REDIS_AUTH_FILE: AUTH,
        REDIS_SHARDS: members.map((shard) => shard.map((host) => `${host}:${port}`).join(',')).join(' '),
        REDIS_WAIT_SECONDS: '60',
      },
      secrets: [{ source: cachePassword(cache), target: AUTH }],
      volumes: [mounted(`redis/${cache.name}/scripts`, SCRIPTS)],
      tmpfs: [inMemory('/tmp', 16)],
      networks: { [STORES_NETWORK]: {} },
      depends_on: Object.fromEntries(members.flat().map((host) => [host, { condition: 'service_started' as const }])),
      healthcheck: storeHealth(['test', '-e', '/tmp/formed'], Duration.minutes(2)),
      stop_grace_period: `${Duration.seconds(10)}`,
    },
    {
      resources: {
        requests: KEEPER,
        limits: { cpu: Cpu.millis(200), memory: Memory.mib(64) },
      },
    },
  );
};

/** A Redis Cluster: its members, and what forms it and puts it right. */
function clusterPart(plan: LocalPlan, cache: RedisClusterSpec): Part {
  const its = redisPlan(cache);
  const prefix = plan.choices.memberNames[cache.name] ?? cache.name;
  const hosts = memberNames(plan, cache).flat();
  const members = hosts.map((host) => {
    const aliases = [`${prefix}-node-${host.slice(prefix.length + 1)}`];
    return [host, server(plan, { cache, host, aliases, port: its.port, resources: memberBounds(cache) })] as const;
  });
  return {
    services: { ...Object.fromEntries(members), [keeperName(plan, cache)]: keeper(plan, cache) },
    files: filesOf(cache.name, redisConf({ ...its, auth: true, tls: false, cluster: its }), {
      'bootstrap.sh': REDIS_BOOTSTRAP,
      'keep.sh': KEEP,
    }),
    volumes: hosts.map((host) => `${host}-data`),
    passwords: [cachePassword(cache)],
  };
}

/** A declared cache as containers. */
export const redisPart = (plan: LocalPlan, cache: RedisClusterSpec | RedisServerSpec): Part =>
  isRedisServer(cache) ? serverPart(plan, cache) : clusterPart(plan, cache);

/** Where clients begin: the one server, or the member of each shard that is a primary at home. */
export function cacheAddresses(plan: LocalPlan, cache: RedisClusterSpec | RedisServerSpec): string[] {
  if (isRedisServer(cache)) {
    const { objectName, port } = redisServerPlan(cache);
    return [`${objectName}:${port}`];
  }
  const { port } = redisPlan(cache);
  return memberNames(plan, cache).flatMap(([home]) => (home === undefined ? [] : [`${home}:${port}`]));
}

/** What services wait for before they use a cache. */
export const cacheGuard = (plan: LocalPlan, cache: RedisClusterSpec | RedisServerSpec): string =>
  isRedisServer(cache) ? redisServerPlan(cache).objectName : keeperName(plan, cache);
