import { CLUSTER_BUS_OFFSET } from '../../model/redis/redis';
import { Cpu, Memory } from '../../units';
import { hardenedContainer, hardenedPod } from '../hardening';
import type { Container, PodSpec, Probe } from '../k8s';
import { intOrString, quantity, requirements } from '../quantities';
import { placement } from '../workload/node-placement';
import {
  DATA,
  exporterEnv,
  memberMounts,
  memberVolumes,
  RUN,
  script,
  serverEnv,
  startEnv,
  tlsMounts,
} from './redis-files';
import { type RedisAccess, type RedisClusterPlan, redisServiceAccount } from './redis-plan';

export const EXPORTER_PORT = 9121;

/** Shards that hand over at the same time begin this far apart. */
const HANDOVER_STEP_SECONDS = 2;

/** The turn of the last shard there can be: what a member is told must not depend on how many others there are. */
const LAST_TURN_SECONDS = HANDOVER_STEP_SECONDS * 20;

/** Longest wait for a replica to take over: its turn, and two more rounds if votes split, each of twice the node timeout. */
export const handoverSeconds = ({ nodeTimeout }: Pick<RedisClusterPlan, 'nodeTimeout'>): number =>
  LAST_TURN_SECONDS + 30 + 4 * Math.ceil(nodeTimeout.inMillis / 1000);

/** What a server has after that to close its files. */
const CLOSE_SECONDS = 30;

/** A tag may be moved, a digest cannot. */
export const pullPolicy = (image: string): string => (image.includes('@sha256:') ? 'IfNotPresent' : 'Always');

/** A small amount, the same at both ends for memory. */
export const small = (requestMillis: number, limitMillis: number, memory: Memory) => {
  const ephemeralStorage = Memory.mib(64);
  return requirements({
    requests: { cpu: Cpu.millis(requestMillis), memory, ephemeralStorage },
    limits: { cpu: Cpu.millis(limitMillis), memory, ephemeralStorage },
  });
};

export const probe = (file: Parameters<typeof script>[0], periodSeconds: number, failureThreshold: number): Probe => ({
  exec: { command: script(file) },
  periodSeconds,
  timeoutSeconds: 6,
  failureThreshold,
});

/** A member: its configuration is completed, then the server runs as the first process and receives the stop itself. */
export const memberPod = (plan: RedisClusterPlan, shard: number): PodSpec => ({
  serviceAccountName: redisServiceAccount(plan),
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  securityContext: hardenedPod(),
  terminationGracePeriodSeconds: handoverSeconds(plan) + CLOSE_SECONDS,
  ...(plan.priorityClass === undefined ? {} : { priorityClassName: plan.priorityClass }),
  ...placement(plan.placement),
  initContainers: [configure(plan)],
  containers: [server(plan, shard), ...(plan.exporterImage === 'off' ? [] : [exporter(plan)])],
  volumes: [
    ...memberVolumes(plan),
    { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: quantity(Memory.mib(1)) } },
  ],
});

export const configure = (plan: RedisAccess & Pick<RedisClusterPlan, 'image'>): Container => ({
  name: 'configure',
  image: plan.image,
  imagePullPolicy: pullPolicy(plan.image),
  command: script('configure.sh'),
  env: startEnv(plan),
  resources: small(10, 100, Memory.mib(32)),
  securityContext: hardenedContainer(),
  volumeMounts: [...memberMounts(plan), { name: 'run', mountPath: RUN }],
});

const server = (plan: RedisClusterPlan, shard: number): Container => ({
  name: 'redis',
  image: plan.image,
  imagePullPolicy: pullPolicy(plan.image),
  command: ['redis-server', `${RUN}/redis.conf`],
  workingDir: DATA,
  env: [
    ...serverEnv(plan),
    { name: 'REDIS_HANDOVER_DELAY', value: `${HANDOVER_STEP_SECONDS * shard}` },
    { name: 'REDIS_HANDOVER_SECONDS', value: `${handoverSeconds(plan)}` },
  ],
  ports: [
    { name: 'redis', containerPort: plan.port, protocol: 'TCP' },
    { name: 'bus', containerPort: plan.port + CLUSTER_BUS_OFFSET, protocol: 'TCP' },
  ],
  resources: requirements({
    requests: { cpu: plan.cpu, memory: plan.memory, ephemeralStorage: Memory.mib(64) },
    limits: { cpu: plan.cpuLimit, memory: plan.memory, ephemeralStorage: Memory.mib(64) },
  }),
  startupProbe: probe('alive.sh', 2, 60),
  readinessProbe: probe('ready.sh', 5, 3),
  livenessProbe: probe('alive.sh', 10, 6),
  // a try that has begun may outlast the script's own end: what is left of the grace period is for closing files
  lifecycle: { preStop: { exec: { command: ['timeout', `${handoverSeconds(plan)}`, ...script('handover.sh')] } } },
  securityContext: hardenedContainer(),
  volumeMounts: [...memberMounts(plan), { name: 'run', mountPath: RUN }, { name: 'data', mountPath: DATA }],
});

/**
 * Has the exporter read its password again, and tells that it is alive: without that a changed password, once the old one
 * has ended, would end its measurements. Source: redis_exporter v1.77.0, `exporter/http.go`.
 */
const RELOAD = '/-/reload';

export const exporter = (plan: RedisAccess & Pick<RedisClusterPlan, 'exporterImage'>): Container => ({
  name: 'exporter',
  image: plan.exporterImage,
  imagePullPolicy: pullPolicy(plan.exporterImage),
  env: exporterEnv(plan),
  ports: [{ name: 'metrics', containerPort: EXPORTER_PORT, protocol: 'TCP' }],
  resources: small(10, 100, Memory.mib(64)),
  readinessProbe: metrics('/health', 10),
  livenessProbe: metrics(plan.auth === 'off' ? '/' : RELOAD, 30),
  securityContext: hardenedContainer(),
  volumeMounts: [...tlsMounts(plan), { name: 'run', mountPath: RUN, readOnly: true }],
});

const metrics = (path: string, periodSeconds: number): Probe => ({
  httpGet: { path, port: intOrString('metrics') },
  periodSeconds,
  timeoutSeconds: 5,
  failureThreshold: 3,
});
