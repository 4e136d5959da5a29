import { redisConf } from '../../config';
import { REDIS_CONFIGURE } from '../../config/redis/redis-password';
import { REDIS_ALIVE, REDIS_READY } from '../../config/redis/redis-scripts';
import { REDIS_SERVER_READY } from '../../config/redis/redis-server-scripts';
import { storeResources } from '../../model/store/store';
import { Memory } from '../../units';
import { hardenedContainer } from '../hardening';
import type { Container, PodSpec } from '../k8s';
import { quantity, requirements } from '../quantities';
import { DATA, memberMounts, memberVolumes, RUN, SCRIPTS, serverEnv } from '../redis/redis-files';
import { configure, exporter, probe, pullPolicy } from '../redis/redis-member';
import type { RedisServerPlan } from './redis-server-plan';
import { storePod } from './single-member';

/** A snapshot before the end, and the append-only file on disk. */
const STOP_SECONDS = 60;

export const redisServerConfig = (plan: RedisServerPlan): Record<string, string> => ({
  'redis.conf': redisConf({ ...plan, minReplicasToWrite: 0, auth: true, tls: plan.tls !== 'off' }),
});

export const REDIS_SERVER_SCRIPTS = {
  'configure.sh': REDIS_CONFIGURE,
  'alive.sh': REDIS_ALIVE,
  'ready.sh': REDIS_READY,
  'server-ready.sh': REDIS_SERVER_READY,
} as const;

/** The server of a cluster's member, alone: its configuration is completed, then it runs as the first process. */
export function redisServerPod(plan: RedisServerPlan): PodSpec {
  const access = { ...plan, name: plan.objectName };
  return {
    ...storePod(plan),
    terminationGracePeriodSeconds: STOP_SECONDS,
    initContainers: [configure(access)],
    containers: [server(plan), ...(plan.exporterImage === 'off' ? [] : [exporter(access)])],
    volumes: [
      ...memberVolumes(access),
      { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: quantity(Memory.mib(1)) } },
    ],
  };
}

function server(plan: RedisServerPlan): Container {
  const access = { ...plan, name: plan.objectName };
  return {
    name: 'redis',
    image: plan.image,
    imagePullPolicy: pullPolicy(plan.image),
    command: ['redis-server', `${RUN}/redis.conf`],
    workingDir: DATA,
    env: serverEnv(access),
    ports: [{ name: 'redis', containerPort: plan.port, protocol: 'TCP' }],
    resources: requirements(storeResources(plan, Memory.mib(64))),
    startupProbe: probe('alive.sh', 2, 60),
    readinessProbe: { ...probe('ready.sh', 5, 3), exec: { command: ['sh', `${SCRIPTS}/server-ready.sh`] } },
    livenessProbe: probe('alive.sh', 10, 6),
    securityContext: hardenedContainer(),
    volumeMounts: [...memberMounts(access), { name: 'run', mountPath: RUN }, { name: 'data', mountPath: DATA }],
  };
}
