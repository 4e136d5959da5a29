import { REDIS_BOOTSTRAP, redisConf } from '../../config';
import { REDIS_CONFIGURE } from '../../config/redis/redis-password';
import { REDIS_ALIVE, REDIS_HANDOVER, REDIS_READY } from '../../config/redis/redis-scripts';
import type { EnvVar, Volume, VolumeMount } from '../k8s';
import { membersService, type RedisAccess, type RedisClusterPlan } from './redis-plan';

const CONFIG = '/etc/redis/config';
export const SCRIPTS = '/etc/redis/scripts';
const AUTH = '/etc/redis/auth';
const TLS = '/etc/redis/tls';

/** In memory: what the start writes holds the password. */
export const RUN = '/run/redis';
export const DATA = '/data';
export const TMP = '/tmp';

/** Owner and group read, nobody writes; the group is the pod's `fsGroup`. */
const READ_ONLY = 0o440;

export const configName = ({ name }: RedisAccess): string => `${name}-config`;
export const scriptsName = ({ name }: RedisAccess): string => `${name}-scripts`;

export const configFiles = (plan: RedisClusterPlan): Record<string, string> => ({
  'redis.conf': redisConf({ ...plan, auth: plan.auth !== 'off', tls: plan.tls !== 'off', cluster: plan }),
});

export const SCRIPT_FILES = {
  'configure.sh': REDIS_CONFIGURE,
  'alive.sh': REDIS_ALIVE,
  'ready.sh': REDIS_READY,
  'handover.sh': REDIS_HANDOVER,
  'bootstrap.sh': REDIS_BOOTSTRAP,
} as const;

/** A script runs through the shell: files of a ConfigMap need not be executable then. */
export const script = (file: keyof typeof SCRIPT_FILES): string[] => ['sh', `${SCRIPTS}/${file}`];

const field = (name: string, fieldPath: string): EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } });

const namespace: EnvVar = field('POD_NAMESPACE', 'metadata.namespace');

/** The name under which a member is known, whatever its address. */
const identity = (plan: RedisAccess): EnvVar[] => [
  namespace,
  field('POD_NAME', 'metadata.name'),
  { name: 'REDIS_HOSTNAME', value: `$(POD_NAME).${membersService(plan)}.$(POD_NAMESPACE).svc` },
];

const access = ({ auth, tls }: RedisAccess, password: string): EnvVar[] => [
  { name: 'REDIS_AUTH_FILE', value: auth === 'off' ? '' : password },
  { name: 'REDIS_TLS_FOLDER', value: tls === 'off' ? '' : TLS },
];

/** The password as the Secret has it now, and the one that the server takes over from it. */
const SECRET_PASSWORD = `${AUTH}/password`;
const SERVER_PASSWORD = `${RUN}/password`;

/** What every script reads. */
export const scriptEnv = (plan: RedisAccess): EnvVar[] => [namespace, ...access(plan, SECRET_PASSWORD)];

const memberEnv = (plan: RedisAccess): EnvVar[] => [
  ...identity(plan),
  field('REDIS_IP', 'status.podIP'),
  { name: 'REDIS_PORT', value: `${plan.port}` },
  { name: 'REDIS_CONF', value: `${CONFIG}/redis.conf` },
  { name: 'REDIS_RUN_FOLDER', value: RUN },
  { name: 'REDIS_DATA_FOLDER', value: DATA },
];

/** What the start of a member reads. */
export const startEnv = (plan: RedisAccess): EnvVar[] => [...memberEnv(plan), ...access(plan, SECRET_PASSWORD)];

/** What the scripts beside a running server read: its password is the one that it has taken over last. */
export const serverEnv = (plan: RedisAccess): EnvVar[] => [
  ...memberEnv(plan),
  ...access(plan, SERVER_PASSWORD),
  ...(plan.auth === 'off' ? [] : [{ name: 'REDIS_NEXT_AUTH_FILE', value: SECRET_PASSWORD }]),
];

/** Volumes with what every script reads. */
export const scriptVolumes = (plan: RedisAccess): Volume[] => [
  { name: 'scripts', configMap: { name: scriptsName(plan), defaultMode: READ_ONLY } },
  ...secretVolumes(plan),
];

export const memberVolumes = (plan: RedisAccess): Volume[] => [
  { name: 'config', configMap: { name: configName(plan), defaultMode: READ_ONLY } },
  ...scriptVolumes(plan),
];

function secretVolumes({ auth, tls }: RedisAccess): Volume[] {
  const password = (secretName: string, key: string): Volume => ({
    name: 'auth',
    secret: { secretName, items: [{ key, path: 'password' }], defaultMode: READ_ONLY },
  });
  return [
    ...(auth === 'off' ? [] : [password(auth.secretName, auth.key)]),
    ...(tls === 'off' ? [] : [{ name: 'tls', secret: { secretName: tls.secretName, defaultMode: READ_ONLY } }]),
  ];
}

const readOnly = (name: string, mountPath: string): VolumeMount => ({ name, mountPath, readOnly: true });

export const tlsMounts = ({ tls }: RedisAccess): VolumeMount[] => (tls === 'off' ? [] : [readOnly('tls', TLS)]);

export const scriptMounts = (plan: RedisAccess): VolumeMount[] => [
  readOnly('scripts', SCRIPTS),
  ...(plan.auth === 'off' ? [] : [readOnly('auth', AUTH)]),
  ...tlsMounts(plan),
];

export const memberMounts = (plan: RedisAccess): VolumeMount[] => [readOnly('config', CONFIG), ...scriptMounts(plan)];

/** The exporter verifies the member's certificate, and presents it as its own. */
export const exporterEnv = (plan: RedisAccess): EnvVar[] => [
  ...identity(plan),
  { name: 'REDIS_ADDR', value: `${plan.tls === 'off' ? 'redis' : 'rediss'}://$(REDIS_HOSTNAME):${plan.port}` },
  ...(plan.auth === 'off' ? [] : [{ name: 'REDIS_PASSWORD_FILE', value: `${RUN}/exporter.json` }]),
  ...(plan.tls === 'off'
    ? []
    : [
        { name: 'REDIS_EXPORTER_TLS_CA_CERT_FILE', value: `${TLS}/ca.crt` },
        { name: 'REDIS_EXPORTER_TLS_CLIENT_CERT_FILE', value: `${TLS}/tls.crt` },
        { name: 'REDIS_EXPORTER_TLS_CLIENT_KEY_FILE', value: `${TLS}/tls.key` },
      ]),
];
