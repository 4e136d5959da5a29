import { yamlText } from '../yaml-text';

/** What a Qdrant is told; nothing here has a default, because the model has them. */
export interface VectorDatabaseSettings {
  /** HTTP. */
  readonly port: number;
  /** gRPC. */
  readonly grpcPort: number;
  /** Metrics, which ask for no key. */
  readonly metricsPort: number;
  /** Where its files are. */
  readonly folders: {
    /** Data. */
    readonly storage: string;
    /** Snapshots. */
    readonly snapshots: string;
    /** Folder with `tls.crt`, `tls.key` and `ca.crt`; without it all is plain text. */
    readonly tls?: string;
  };
}

/** HTTP reads a renewed certificate this often; gRPC never does, so that the start ends the process for it. */
const CERTIFICATE_SECONDS = 3600;

/**
 * A configuration of Qdrant without its key. `service` stands last and ends open: the start adds the key as one more line
 * of it, so that no ConfigMap holds a secret.
 */
export function vectorDatabaseConf({ port, grpcPort, metricsPort, folders }: VectorDatabaseSettings): string {
  const { storage, snapshots, tls } = folders;
  return yamlText({
    log_level: 'INFO',
    telemetry_disabled: true,
    storage: { storage_path: storage, snapshots_path: snapshots },
    cluster: { enabled: false },
    ...(tls === undefined
      ? {}
      : {
          tls: {
            cert: `${tls}/tls.crt`,
            key: `${tls}/tls.key`,
            ca_cert: `${tls}/ca.crt`,
            cert_ttl: CERTIFICATE_SECONDS,
          },
        }),
    service: {
      host: '0.0.0.0',
      http_port: port,
      grpc_port: grpcPort,
      metrics_port: metricsPort,
      enable_tls: tls !== undefined,
      enable_cors: false,
      enable_static_content: false,
    },
  });
}

/**
 * Starts Qdrant with its key, and ends it when key or certificate have changed, for the container to be started again with
 * the new ones. POSIX shell with the small programs of any image.
 *
 * | variable | meaning |
 * |---|---|
 * | `QDRANT_CONF` | the shared configuration |
 * | `QDRANT_RUN_FOLDER` | in memory, for the configuration with the key |
 * | `QDRANT_KEY_FILE` | file with the key |
 * | `QDRANT_TLS_FOLDER` | folder with the certificate; empty: none |
 * | `QDRANT_PROGRAM` | @default './qdrant' |
 * | `QDRANT_LOOK_SECONDS` | how often it looks at the files (@default 30) |
 */
export const VECTOR_DATABASE_START = `#!/bin/sh
set -eu
umask 077
key=$(cat "$QDRANT_KEY_FILE")
case $key in
  '') echo "the key in $QDRANT_KEY_FILE must not be empty"; exit 1 ;;
  *[[:cntrl:]]*) echo "the key in $QDRANT_KEY_FILE must be one line without control characters"; exit 1 ;;
esac
quoted=$(printf '%s' "$key" | sed 's/[\\\\"]/\\\\&/g')
{
  cat "$QDRANT_CONF"
  printf '  api_key: "%s"\\n' "$quoted"
} >"$QDRANT_RUN_FOLDER/config.yaml"
state() {
  cat "$QDRANT_KEY_FILE" \${QDRANT_TLS_FOLDER:+"$QDRANT_TLS_FOLDER/tls.crt" "$QDRANT_TLS_FOLDER/tls.key"} 2>/dev/null | sha256sum
}
started=$(state)
(
  while sleep "\${QDRANT_LOOK_SECONDS:-30}"; do
    kill -0 $$ 2>/dev/null || exit 0
    [ "$(state)" = "$started" ] && continue
    echo "key or certificate have changed: ending to start again with them"
    kill -TERM $$
  done
) &
exec "\${QDRANT_PROGRAM:-./qdrant}" --config-path "$QDRANT_RUN_FOLDER/config.yaml"
`;
