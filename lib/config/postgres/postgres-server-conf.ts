import type { PostgresTuning } from '../../model';
import { postgresqlConf } from '../postgres-parameters';

/** Where the server finds what is not data. */
export interface PostgresServerFolders {
  /** Folder with `pg_hba.conf` and `pg_ident.conf`. */
  readonly config: string;
  /** Folder for its socket. */
  readonly socket: string;
  /** Folder with `tls.crt` and `tls.key`; without it the network is plain text. */
  readonly tls?: string;
}

/** What a server in the cluster is told. */
export interface PostgresServerSettings extends PostgresTuning {
  /** Port on all interfaces. */
  readonly port: number;
  /** Where its files are. */
  readonly folders: PostgresServerFolders;
}

/** Superuser: of the pod itself, never of the network. */
export const POSTGRES_SUPERUSER = 'postgres';

/** Group of the roles that services log in as. Only its members get in over the network. */
export const POSTGRES_SERVICES_ROLE = 'headroom_services';

/** Role that reads statistics, for a metrics exporter in the same pod. */
export const POSTGRES_METRICS_ROLE = 'headroom_metrics';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * `postgresql.conf` of a server in a container: the declared parameters, and what the place asks for. The certificate's key
 * belongs to root and is readable by the server's group, which PostgreSQL accepts; a renewed one is taken at a reload.
 */
export function postgresServerConf({ folders, port, ...tuning }: PostgresServerSettings): string {
  const tls: readonly string[] =
    folders.tls === undefined
      ? ['ssl = off']
      : [
          'ssl = on',
          `ssl_cert_file = ${quoted(`${folders.tls}/tls.crt`)}`,
          `ssl_key_file = ${quoted(`${folders.tls}/tls.key`)}`,
          "ssl_min_protocol_version = 'TLSv1.2'",
        ];
  const place = [
    "listen_addresses = '*'",
    `port = ${port}`,
    `unix_socket_directories = ${quoted(folders.socket)}`,
    `hba_file = ${quoted(`${folders.config}/pg_hba.conf`)}`,
    `ident_file = ${quoted(`${folders.config}/pg_ident.conf`)}`,
    ...tls,
    "password_encryption = 'scram-sha-256'",
    'tcp_keepalives_idle = 60',
    'logging_collector = off',
    "log_line_prefix = '%m [%p] %q%u@%d '",
    "log_timezone = 'UTC'",
    "timezone = 'UTC'",
  ];
  return place.map((line) => `${line}\n`).join('') + postgresqlConf(tuning);
}

/**
 * Who gets in: the superuser from inside the pod, also through a forwarded port; the exporter beside the server; and from the
 * network the roles of services alone, with a password and, if there is a certificate, encrypted.
 */
export function postgresHba({ tls }: Pick<PostgresServerFolders, 'tls'>): string {
  const password = 'scram-sha-256';
  return [
    `local all ${POSTGRES_SUPERUSER} peer`,
    `local all ${POSTGRES_METRICS_ROLE} peer map=pod`,
    `host all ${POSTGRES_SUPERUSER} 127.0.0.1/32 ${password}`,
    `host all ${POSTGRES_SUPERUSER} ::1/128 ${password}`,
    `${tls === undefined ? 'host' : 'hostssl'} all +${POSTGRES_SERVICES_ROLE} all ${password}`,
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** Processes of the pod run as one user of the system, which may be either role. */
export const POSTGRES_IDENT = `pod ${POSTGRES_SUPERUSER} ${POSTGRES_METRICS_ROLE}\n`;
