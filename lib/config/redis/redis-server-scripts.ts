import { REDIS_CLI } from './redis-scripts';

/**
 * Readiness of a single server, which has no reconciler: has it read a renewed certificate, once, then asks as a member of a
 * cluster would be asked. Reads, beside what `REDIS_READY` needs, `REDIS_RUN_FOLDER`, to remember what the server has read.
 */
export const REDIS_SERVER_READY = `#!/bin/sh
${REDIS_CLI}
renew() {
  [ -n "\${REDIS_TLS_FOLDER:-}" ] || return 0
  seen=$(cat "$REDIS_TLS_FOLDER/ca.crt" "$REDIS_TLS_FOLDER/tls.crt" "$REDIS_TLS_FOLDER/tls.key" | sha256sum)
  [ "$seen" != "$(cat "$REDIS_RUN_FOLDER/certificate" 2>/dev/null)" ] || return 0
  reply=$(cli "$REDIS_IP:$REDIS_PORT" CONFIG SET tls-ca-cert-file "$REDIS_TLS_FOLDER/ca.crt" \\
    tls-cert-file "$REDIS_TLS_FOLDER/tls.crt" tls-key-file "$REDIS_TLS_FOLDER/tls.key")
  [ "$reply" = OK ] || { echo "keeps its old certificate: $reply"; return 0; }
  echo "$seen" >"$REDIS_RUN_FOLDER/certificate"
}
renew
exec sh "$(dirname "$0")/ready.sh"
`;
