import { POSTGRES_KEEP_ROLES, POSTGRES_ROLES } from '../config/postgres/postgres-roles';
import { POSTGRES_IDENT, postgresHba, postgresServerConf } from '../config/postgres/postgres-server-conf';
import { POSTGRES_ALIVE, POSTGRES_INITIALIZE } from '../config/postgres/postgres-server-scripts';
import { type PostgresServerPlan, PUBLIC_IMAGES } from '../model';
import { Cpu, Duration, Memory } from '../units';
import type { ComposeService } from './compose-file';
import { composeMemory } from './compose-text';
import { container, inMemory, mounted, storeHealth, storeNetworks, storePorts } from './container';
import { clientsOf, type LocalPlan } from './local-plan';
import type { Part } from './parts';
import { KEEPER } from './reservations';

const CONFIG = '/etc/postgres/config';
const SCRIPTS = '/etc/postgres/scripts';
const AUTH = '/etc/postgres/auth/password';
const ROLES = '/etc/postgres/roles';
const SOCKET = '/run/postgresql';
const STATE = '/run/roles';
const VOLUME = '/var/lib/postgresql/data';
const DATA = `${VOLUME}/pgdata`;

/** Makes the data folder if there is none, then runs the server as the first process. */
const START = `#!/bin/sh
set -eu
sh ${SCRIPTS}/initialize.sh
exec postgres -D ${DATA} -c config_file=${CONFIG}/postgresql.conf
`;

/** Name of a role's password: the service's and the database's. */
export const rolePassword = (service: string, database: string): string => `${database}-${service}`;

/** Folder of a database's files. */
const folder = ({ objectName }: PostgresServerPlan): string => `postgres/${objectName}`;

const bounds = ({ cpu, cpuLimit, memory, memoryRequest }: PostgresServerPlan) => ({
  requests: { cpu, memory: memoryRequest },
  limits: { cpu: cpuLimit, memory },
});

/** Last checkpoint and stop, in a hurry: nobody is served from here. */
const STOP = Duration.minutes(1);

/** A PostgreSQL with the declared parameters, and beside it what keeps its roles as declared. */
export function postgresPart(plan: LocalPlan, server: PostgresServerPlan): Part {
  const { name, objectName, port } = server;
  const roles = clientsOf(plan, 'database', name).map(({ service }) => service.name);
  const at = folder(server);
  const data = `${objectName}-data`;
  const socket = `${objectName}-socket`;
  const image = plan.choices.images.postgres ?? PUBLIC_IMAGES.postgres;
  const environment = {
    PGDATA: DATA,
    PGHOST: SOCKET,
    PGPORT: `${port}`,
    POSTGRES_AUTH_FILE: AUTH,
    POSTGRES_STOP_SECONDS: `${STOP.toSeconds()}`,
  };
  const common = {
    image,
    user: 'postgres',
    secrets: [{ source: `${name}-superuser`, target: AUTH }],
    stop_grace_period: `${STOP}`,
    tmpfs: [inMemory('/tmp', 64)],
  };
  return {
    services: {
      [objectName]: container(
        {
          ...common,
          entrypoint: ['sh', `${SCRIPTS}/start.sh`],
          environment,
          volumes: [
            mounted(`${at}/config`, CONFIG),
            mounted(`${at}/scripts`, SCRIPTS),
            `${data}:${VOLUME}`,
            `${socket}:${SOCKET}`,
          ],
          ...storePorts(plan, name, port),
          networks: storeNetworks(plan, name, otherNames(server)),
          // recovery after a crash takes as long as it takes: until then nobody is led here, but nothing restarts it
          healthcheck: storeHealth(['pg_isready', '--quiet', '--timeout=4'], Duration.minutes(5)),
          shm_size: composeMemory(server.sharedMemory),
          // fast shutdown: sessions are cut, data is safe
          stop_signal: 'SIGINT',
        },
        { resources: bounds(server) },
      ),
      [`${objectName}-roles`]: rolesContainer(plan, server, roles, { ...common, environment }, socket),
    },
    files: {
      [`${at}/config/postgresql.conf`]: postgresServerConf({ ...server, folders: { config: CONFIG, socket: SOCKET } }),
      [`${at}/config/pg_hba.conf`]: postgresHba({}),
      [`${at}/config/pg_ident.conf`]: POSTGRES_IDENT,
      [`${at}/scripts/start.sh`]: START,
      [`${at}/scripts/initialize.sh`]: POSTGRES_INITIALIZE,
      [`${at}/scripts/alive.sh`]: POSTGRES_ALIVE,
      [`${at}/scripts/roles.sh`]: POSTGRES_ROLES,
      [`${at}/scripts/keep-roles.sh`]: POSTGRES_KEEP_ROLES,
      ...Object.fromEntries(roles.map((role) => [`${at}/roles/${role}/username`, `${role}\n`])),
    },
    volumes: [data, socket],
    passwords: [`${name}-superuser`, ...roles.map((role) => rolePassword(role, name))],
  };
}

/** Names beside that of its service. */
const otherNames = ({ name, objectName, aliases }: PostgresServerPlan): string[] =>
  [...aliases, name].filter((alias) => alias !== objectName);

/** Healthy once all roles have been made: clients wait for that. */
const rolesContainer = (
  plan: LocalPlan,
  server: PostgresServerPlan,
  roles: readonly string[],
  common: Pick<ComposeService, 'image' | 'stop_grace_period'> & Partial<ComposeService>,
  socket: string,
): ComposeService =>
  container(
    {
      ...common,
      entrypoint: ['sh', `${SCRIPTS}/keep-roles.sh`],
      environment: {
        ...common.environment,
        POSTGRES_DATABASE: server.databaseName,
        POSTGRES_ROLES: roles.join(' '),
        POSTGRES_ROLES_FOLDER: ROLES,
        POSTGRES_SCRIPTS_FOLDER: SCRIPTS,
        POSTGRES_STATE_FOLDER: STATE,
        POSTGRES_TLS_FOLDER: '',
        POSTGRES_METRICS: 'off',
      },
      secrets: [...(common.secrets ?? []), ...roleSecrets(plan, server, ROLES)],
      volumes: [
        mounted(`${folder(server)}/scripts`, SCRIPTS),
        ...roles.map((role) => roleFile(server, role, ROLES)),
        `${socket}:${SOCKET}`,
      ],
      tmpfs: [inMemory('/tmp', 16), inMemory(STATE, 1)],
      networks: storeNetworks(plan, '', []),
      depends_on: { [server.objectName]: { condition: 'service_healthy' } },
      healthcheck: storeHealth(['test', '-e', `${STATE}/applied`]),
    },
    {
      resources: {
        requests: KEEPER,
        limits: { cpu: Cpu.millis(200), memory: Memory.mib(64) },
      },
    },
  );

/** A role's name as a file of a folder. */
export const roleFile = (server: PostgresServerPlan, role: string, into: string): string =>
  mounted(`${folder(server)}/roles/${role}/username`, `${into}/${role}/username`);

/** Passwords of a database's roles as files of a folder. */
export const roleSecrets = (plan: LocalPlan, { name }: PostgresServerPlan, into: string) =>
  clientsOf(plan, 'database', name).map(({ service }) => ({
    source: rolePassword(service.name, name),
    target: `${into}/${service.name}/password`,
  }));
