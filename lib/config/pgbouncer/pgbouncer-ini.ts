import type { PoolerPlan } from '../../model/local/pooler';

/** A database behind the pool, and who uses it. */
export interface PooledDatabase {
  /** Name inside its server, by which clients ask for it. */
  readonly databaseName: string;
  /** Where its server is. */
  readonly host: string;
  /** Port of its server, or what stands for it until the start. */
  readonly port: number | string;
  /** Connections that its server takes. */
  readonly maxConnections: number;
  /** What its services may open together, when all of them are as many as they are told. */
  readonly demand: number;
  /** Roles that log in: one for each service. */
  readonly roles: readonly string[];
}

/** What a PgBouncer is told. */
export interface PgBouncerSettings extends PoolerPlan {
  /** Databases by distinct names. */
  readonly databases: readonly PooledDatabase[];
  /** File with the passwords of all roles, as `PGBOUNCER_START` writes it. */
  readonly authFile: string;
  /** Address that it listens on; `*` is all. */
  readonly listenOn: string;
  /** Folder of a socket for whoever runs beside it as the same user: they are its administrators, without a password. @default - none */
  readonly socketFolder?: string;
  /** File with who signs the certificates of servers, whose names are then compared. @default - servers are spoken to in plain text */
  readonly serverAuthority?: string;
  /** Folder with `tls.crt` and `tls.key`, and clients have to use them. @default - clients speak plain text */
  readonly clientTls?: string;
}

/** Kept by clients whose pools are not counted: a console, a health check. */
const SPARE_CLIENTS = 20;

/** What most roles keep open, so that the first requests need not wait for a connection. */
const LEAST_POOL = 10;

/** Connections of one role to a database: an equal share of what is declared. */
export const poolShare = ({ serverConnections }: PoolerPlan, { roles }: Pick<PooledDatabase, 'roles'>): number =>
  Math.floor(serverConnections / Math.max(1, roles.length));

const leastPool = (plan: PoolerPlan, database: PooledDatabase): number =>
  Math.min(plan.minPoolSize ?? LEAST_POOL, poolShare(plan, database));

/** Clients that are let in: what all pools may open, and a few more. */
export const pooledClients = ({ databases }: Pick<PgBouncerSettings, 'databases'>): number =>
  databases.reduce((sum, { demand }) => sum + demand, SPARE_CLIENTS);

const DEFAULTS = { databaseName: '', host: '', port: 0, maxConnections: 0, demand: 0, roles: [] };

const database = (plan: PgBouncerSettings, one: PooledDatabase): string =>
  [
    `${one.databaseName} =`,
    `host=${one.host}`,
    `port=${one.port}`,
    `dbname=${one.databaseName}`,
    `pool_size=${poolShare(plan, one)}`,
    `min_pool_size=${leastPool(plan, one)}`,
    `max_db_connections=${plan.serverConnections}`,
  ].join(' ');

const tls = ({ serverAuthority, clientTls }: PgBouncerSettings): string[] => [
  ...(serverAuthority === undefined
    ? ['server_tls_sslmode = disable']
    : ['server_tls_sslmode = verify-full', `server_tls_ca_file = ${serverAuthority}`]),
  ...(clientTls === undefined
    ? []
    : [
        'client_tls_sslmode = require',
        `client_tls_cert_file = ${clientTls}/tls.crt`,
        `client_tls_key_file = ${clientTls}/tls.key`,
      ]),
];

/**
 * `pgbouncer.ini`: transactions share connections. Every role has a share of its own, so that none can take what another
 * needs, and the server never sees more than is declared. A setting that the release does not know stops its start, and is
 * left out.
 */
export function pgbouncerIni(settings: PgBouncerSettings): string {
  const { databases, maxPreparedStatements, port, serverConnections } = settings;
  const lines = [
    '[databases]',
    ...databases.map((one) => database(settings, one)),
    '',
    '[pgbouncer]',
    `listen_addr = ${settings.listenOn}`,
    `listen_port = ${port}`,
    `unix_socket_dir =${settings.socketFolder === undefined ? '' : ` ${settings.socketFolder}`}`,
    'auth_type = scram-sha-256',
    `auth_file = ${settings.authFile}`,
    'pool_mode = transaction',
    `max_client_conn = ${pooledClients(settings)}`,
    `default_pool_size = ${poolShare(settings, databases[0] ?? DEFAULTS)}`,
    `max_db_connections = ${serverConnections}`,
    ...(maxPreparedStatements === 0 ? [] : [`max_prepared_statements = ${maxPreparedStatements}`]),
    `server_check_delay = ${settings.checkAfter.toSeconds()}`,
    'server_idle_timeout = 600',
    'server_lifetime = 3600',
    `query_wait_timeout = ${settings.waitFor.toSeconds()}`,
    ...tls(settings),
    'ignore_startup_parameters = extra_float_digits',
    'log_connections = 0',
    'log_disconnections = 0',
    'stats_period = 60',
  ];
  return lines.map((line) => `${line}\n`).join('');
}
