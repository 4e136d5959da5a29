import { POSTGRES_KEEP_ROLES, POSTGRES_ROLES } from '../../config/postgres/postgres-roles';
import {
  POSTGRES_IDENT,
  POSTGRES_METRICS_ROLE,
  POSTGRES_SUPERUSER,
  type PostgresServerFolders,
  postgresHba,
  postgresServerConf,
} from '../../config/postgres/postgres-server-conf';
import { POSTGRES_ALIVE, POSTGRES_INITIALIZE, POSTGRES_STOP } from '../../config/postgres/postgres-server-scripts';
import { Memory } from '../../units';
import { UNPRIVILEGED_ID } from '../hardening';
import type { EnvVar, Volume, VolumeMount } from '../k8s';
import { quantity } from '../quantities';
import type { PostgresServerPlan } from './postgres-server-plan';

const CONFIG = '/etc/postgres/config';
const SCRIPTS = '/etc/postgres/scripts';
const AUTH = '/etc/postgres/auth';
const TLS = '/etc/postgres/tls';
const ROLES = '/etc/postgres/roles';
const SOCKET = '/run/postgresql';
const STATE = '/run/roles';
const VOLUME = '/var/lib/postgresql/data';

/** Below the volume, which has a folder of its file system at its top. */
const DATA = `${VOLUME}/pgdata`;

/** Root owns it and the group of the pod reads it: as PostgreSQL wants its key. */
const READ_ONLY = 0o440;

const folders = ({ tls }: PostgresServerPlan): PostgresServerFolders => ({
  config: CONFIG,
  socket: SOCKET,
  ...(tls === 'off' ? {} : { tls: TLS }),
});

/** What the user of the pod is called: initdb and the socket ask the system for its name. */
const PASSWD = `${POSTGRES_SUPERUSER}:x:${UNPRIVILEGED_ID}:${UNPRIVILEGED_ID}:PostgreSQL:/tmp:/bin/sh\n`;

export const postgresConfig = (plan: PostgresServerPlan): Record<string, string> => ({
  'postgresql.conf': postgresServerConf({ ...plan, folders: folders(plan) }),
  'pg_hba.conf': postgresHba(folders(plan)),
  'pg_ident.conf': POSTGRES_IDENT,
  passwd: PASSWD,
});

export const POSTGRES_SCRIPTS = {
  'initialize.sh': POSTGRES_INITIALIZE,
  'alive.sh': POSTGRES_ALIVE,
  'stop.sh': POSTGRES_STOP,
  'roles.sh': POSTGRES_ROLES,
  'keep-roles.sh': POSTGRES_KEEP_ROLES,
} as const;

/** A script runs through the shell: files of a ConfigMap need not be executable then. */
export const postgresScript = (file: keyof typeof POSTGRES_SCRIPTS): string[] => ['sh', `${SCRIPTS}/${file}`];

export const POSTGRES_COMMAND = ['postgres', '-D', DATA, '-c', `config_file=${CONFIG}/postgresql.conf`];

/** The loop's files, as its probes see them: made after the first run, and young. */
export const ROLES_APPLIED = ['test', '-e', `${STATE}/applied`];
export const ROLES_ALIVE = ['sh', '-c', `test -n "$(find ${STATE}/alive -mmin -5)"`];

/** What every program of the pod reads. */
export const serverEnv = ({ port, stopWithin }: PostgresServerPlan): EnvVar[] => [
  { name: 'PGDATA', value: DATA },
  { name: 'PGHOST', value: SOCKET },
  { name: 'PGPORT', value: `${port}` },
  { name: 'POSTGRES_AUTH_FILE', value: `${AUTH}/password` },
  { name: 'POSTGRES_STOP_SECONDS', value: `${stopWithin.toSeconds()}` },
];

/** What the loop reads. */
export const rolesEnv = (plan: PostgresServerPlan): EnvVar[] => [
  ...serverEnv(plan),
  { name: 'POSTGRES_DATABASE', value: plan.databaseName },
  { name: 'POSTGRES_ROLES', value: plan.roles.map(({ secretName }) => secretName).join(' ') },
  { name: 'POSTGRES_ROLES_FOLDER', value: ROLES },
  { name: 'POSTGRES_SCRIPTS_FOLDER', value: SCRIPTS },
  { name: 'POSTGRES_STATE_FOLDER', value: STATE },
  { name: 'POSTGRES_TLS_FOLDER', value: plan.tls === 'off' ? '' : TLS },
  { name: 'POSTGRES_METRICS', value: plan.exporterImage === 'off' ? 'off' : 'on' },
];

/** Through the socket, as a role that reads statistics and has no password. */
export const exporterEnv = ({ port }: PostgresServerPlan): EnvVar[] => [
  {
    name: 'DATA_SOURCE_NAME',
    value: `host=${SOCKET} port=${port} user=${POSTGRES_METRICS_ROLE} dbname=postgres sslmode=disable`,
  },
];

const memory = (name: string, sizeLimit: Memory): Volume => ({
  name,
  emptyDir: { medium: 'Memory', sizeLimit: quantity(sizeLimit) },
});

/** A Secret that is not there yet leaves its folder empty: the pod starts, and the role follows. */
const roles = ({ roles }: PostgresServerPlan): Volume => ({
  name: 'roles',
  projected: {
    defaultMode: READ_ONLY,
    sources: roles.map(({ secretName }) => ({
      secret: {
        name: secretName,
        optional: true,
        items: ['username', 'password', 'dbname'].map((key) => ({ key, path: `${secretName}/${key}` })),
      },
    })),
  },
});

export const postgresVolumes = (plan: PostgresServerPlan): Volume[] => [
  { name: 'config', configMap: { name: `${plan.objectName}-config`, defaultMode: READ_ONLY } },
  { name: 'scripts', configMap: { name: `${plan.objectName}-scripts`, defaultMode: READ_ONLY } },
  {
    name: 'auth',
    secret: {
      secretName: plan.auth.secretName,
      items: [{ key: plan.auth.key, path: 'password' }],
      defaultMode: READ_ONLY,
    },
  },
  ...(plan.tls === 'off' ? [] : [{ name: 'tls', secret: { secretName: plan.tls.secretName, defaultMode: READ_ONLY } }]),
  ...(plan.roles.length === 0 ? [] : [roles(plan)]),
  memory('shared-memory', plan.sharedMemory),
  memory('state', Memory.mib(1)),
  { name: 'socket', emptyDir: { sizeLimit: quantity(Memory.mib(1)) } },
  { name: 'tmp', emptyDir: { sizeLimit: quantity(Memory.mib(64)) } },
];

const readOnly = (name: string, mountPath: string): VolumeMount => ({ name, mountPath, readOnly: true });

const common = ({ tls }: PostgresServerPlan): VolumeMount[] => [
  readOnly('config', CONFIG),
  { name: 'config', mountPath: '/etc/passwd', subPath: 'passwd', readOnly: true },
  readOnly('scripts', SCRIPTS),
  readOnly('auth', AUTH),
  ...(tls === 'off' ? [] : [readOnly('tls', TLS)]),
  { name: 'socket', mountPath: SOCKET },
  { name: 'tmp', mountPath: '/tmp' },
];

export const serverMounts = (plan: PostgresServerPlan): VolumeMount[] => [
  ...common(plan),
  { name: 'data', mountPath: VOLUME },
  { name: 'shared-memory', mountPath: '/dev/shm' },
];

export const rolesMounts = (plan: PostgresServerPlan): VolumeMount[] => [
  ...common(plan),
  ...(plan.roles.length === 0 ? [] : [readOnly('roles', ROLES)]),
  { name: 'state', mountPath: STATE },
];

export const exporterMounts: VolumeMount[] = [readOnly('socket', SOCKET)];
