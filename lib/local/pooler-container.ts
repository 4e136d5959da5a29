import { pgbouncerIni } from '../config/pgbouncer/pgbouncer-ini';
import { PGBOUNCER_START } from '../config/pgbouncer/pgbouncer-start';
import { type PoolerPlan, type PostgresServerPlan, PUBLIC_IMAGES } from '../model';
import { Cpu, Duration, Memory } from '../units';
import { container, inMemory, mounted, STORES_NETWORK, storeHealth } from './container';
import { clientsOf, type LocalPlan, pooledDatabases, poolerFiles } from './local-plan';
import type { Part } from './parts';
import { roleFile, roleSecrets } from './postgres-containers';
import { POOLER_AMOUNT } from './reservations';

/** Its service, and the name by which others reach it. */
export const POOLER = 'pgbouncer';

/** PgBouncer with pg_isready beside it. */
export const PGBOUNCER_IMAGE: string = PUBLIC_IMAGES.pgbouncer;

const CONFIG = '/etc/headroom-pgbouncer';
const ROLES = '/etc/headroom-roles';
const RUN = '/run/pgbouncer';

/** Each role once, with the first database that it uses: its password there is its password here. */
const rolesByDatabase = (plan: LocalPlan): (readonly [PostgresServerPlan, string])[] =>
  plan.databases.flatMap((server) =>
    clientsOf(plan, 'database', server.name).map(({ service }) => [server, service.name] as const),
  );

/** A pool in front of all databases: services come as themselves, and share its connections by transaction. */
export const poolerPart = (plan: LocalPlan, pooler: PoolerPlan): Part => ({
  services: {
    [POOLER]: container(
      {
        image: plan.choices.images.pgbouncer ?? PGBOUNCER_IMAGE,
        entrypoint: ['sh', `${CONFIG}/start.sh`],
        environment: {
          PGBOUNCER_CONF: `${CONFIG}/pgbouncer.ini`,
          PGBOUNCER_AUTH_FILE: `${RUN}/userlist.txt`,
          PGBOUNCER_ROLES_FOLDER: ROLES,
        },
        secrets: plan.databases.flatMap((server) => roleSecrets(plan, server, ROLES)),
        volumes: [
          mounted('pgbouncer', CONFIG),
          ...rolesByDatabase(plan).map(([server, role]) => roleFile(server, role, ROLES)),
        ],
        tmpfs: [inMemory(RUN, 1)],
        networks: { [STORES_NETWORK]: {} },
        depends_on: Object.fromEntries(
          plan.databases.map(({ objectName }) => [`${objectName}-roles`, { condition: 'service_healthy' as const }]),
        ),
        healthcheck: storeHealth(['pg_isready', '--quiet', '--host=127.0.0.1', `--port=${pooler.port}`]),
        ulimits: { nofile: poolerFiles(plan, pooler) },
        // waits for transactions, takes no new client
        stop_signal: 'SIGINT',
        stop_grace_period: `${Duration.seconds(30)}`,
      },
      {
        resources: {
          requests: POOLER_AMOUNT,
          limits: { cpu: Cpu.cores(1), memory: Memory.mib(128) },
        },
      },
    ),
  },
  files: {
    'pgbouncer/pgbouncer.ini': pgbouncerIni({
      ...pooler,
      databases: pooledDatabases(plan),
      authFile: `${RUN}/userlist.txt`,
      listenOn: '*',
    }),
    'pgbouncer/start.sh': PGBOUNCER_START,
  },
});
