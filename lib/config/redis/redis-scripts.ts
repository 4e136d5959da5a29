/**
 * Scripts that run in a member's own container. POSIX shell with nothing but what the official images hold: redis-cli and
 * the usual small programs, of BusyBox or GNU. All of them read:
 *
 * | variable | meaning |
 * |---|---|
 * | `REDIS_IP`, `REDIS_PORT` | where the member listens and what it tells the others |
 * | `REDIS_HOSTNAME` | its name, which outlives its address |
 * | `REDIS_AUTH_FILE` | file with the password that the servers were started with; empty: none |
 * | `REDIS_NEXT_AUTH_FILE` | file with the password that is to follow it; empty: none. Beside a running server only |
 * | `REDIS_TLS_FOLDER` | folder with `ca.crt`, `tls.crt`, `tls.key`; empty: plain text |
 */

/** The password goes through the environment of redis-cli, never through its arguments, which every process can read. */
export const REDIS_CLI = `set -u
if [ -n "\${REDIS_AUTH_FILE:-}" ]; then
  REDISCLI_AUTH=$(cat "$REDIS_AUTH_FILE")
  export REDISCLI_AUTH
fi
tls=
if [ -n "\${REDIS_TLS_FOLDER:-}" ]; then
  tls="--tls --cacert $REDIS_TLS_FOLDER/ca.crt --cert $REDIS_TLS_FOLDER/tls.crt --key $REDIS_TLS_FOLDER/tls.key"
fi
# cli HOST:PORT COMMAND...: an address where nobody answers must not hold us up for longer than a few seconds
# shellcheck disable=SC2086
cli() {
  at=$1
  shift
  timeout 5 redis-cli $tls -h "\${at%:*}" -p "\${at##*:}" "$@" 2>&1 </dev/null
}
`;

/**
 * Writes what differs between members beside the configuration they share, before the server starts.
 * Reads also `REDIS_CONF` (the shared file), `REDIS_RUN_FOLDER` (in memory, for the result), `REDIS_DATA_FOLDER`
 * and `REDIS_BIND` (@default all interfaces). Writes `redis.conf`, `exporter.json` and `password`: what the server was started
 * with must stay known when the Secret changes.
 */
export const REDIS_CONFIGURE = `#!/bin/sh
set -eu
umask 077
scheme=redis
[ -z "\${REDIS_TLS_FOLDER:-}" ] || scheme=rediss
password=
if [ -n "\${REDIS_AUTH_FILE:-}" ]; then
  password=$(cat "$REDIS_AUTH_FILE")
  case $password in
    '') echo "the password in $REDIS_AUTH_FILE must not be empty"; exit 1 ;;
    *[[:cntrl:]]*) echo "the password in $REDIS_AUTH_FILE must be one line without control characters"; exit 1 ;;
  esac
fi
quoted=$(printf '%s' "$password" | sed 's/[\\\\"]/\\\\&/g')
{
  echo "include $REDIS_CONF"
  echo "dir $REDIS_DATA_FOLDER"
  echo "bind \${REDIS_BIND:-* -::*}"
  echo "cluster-announce-ip $REDIS_IP"
  echo "cluster-announce-hostname $REDIS_HOSTNAME"
  if [ -n "\${REDIS_TLS_FOLDER:-}" ]; then
    echo "tls-ca-cert-file $REDIS_TLS_FOLDER/ca.crt"
    echo "tls-cert-file $REDIS_TLS_FOLDER/tls.crt"
    echo "tls-key-file $REDIS_TLS_FOLDER/tls.key"
  fi
  if [ -n "$password" ]; then
    printf 'requirepass "%s"\\nmasterauth "%s"\\n' "$quoted" "$quoted"
  fi
} >"$REDIS_RUN_FOLDER/redis.conf"
printf '{"%s://%s:%s":"%s"}\\n' "$scheme" "$REDIS_HOSTNAME" "$REDIS_PORT" "$quoted" >"$REDIS_RUN_FOLDER/exporter.json"
printf '%s\\n' "$password" >"$REDIS_RUN_FOLDER/password"
`;

/**
 * Makes a member accept a changed password beside the one it was started with, and use it from then on towards its primary.
 * It is read from stdin, so that no argument shows it. What follows in the script then uses it too: members that have been
 * restarted since know no other.
 */
const REDIS_ADOPT = `# says PASSWORD: what the member answers to it
says() {
  REDISCLI_AUTH=$1
  cli "$REDIS_IP:$REDIS_PORT" PING
}
# tell VALUE COMMAND...: with the value as its last argument
# shellcheck disable=SC2086
tell() {
  value=$1
  shift
  printf '%s' "$value" | timeout 5 redis-cli $tls -h "$REDIS_IP" -p "$REDIS_PORT" -x "$@" 2>&1
}
adopt() {
  [ -n "\${REDIS_NEXT_AUTH_FILE:-}" ] || return 0
  next=$(cat "$REDIS_NEXT_AUTH_FILE") || return 0
  [ "$next" != "\${REDISCLI_AUTH:-}" ] || return 0
  case $next in
    '' | *[[:cntrl:]]*) echo "the password in $REDIS_NEXT_AUTH_FILE must be one line of text"; return 0 ;;
  esac
  case $(says "$next") in
    *WRONGPASS* | *NOAUTH*)
      reply=$(tell "$next" CONFIG SET masterauth)
      [ "$reply" != OK ] || reply=$(tell ">$next" ACL SETUSER default)
      [ "$reply" = OK ] || { echo "the new password was not taken: $reply"; return 0; }
      echo "change: takes a new password"
      ;;
  esac
  case $(says "$next") in
    *WRONGPASS* | *NOAUTH*) ;;
    *) REDISCLI_AUTH=$next ;;
  esac
}
adopt
`;

/**
 * Succeeds while the server answers at all, also while it loads its data or knows another password: a restart would not
 * help, and would be one of all members at once.
 */
export const REDIS_ALIVE = `#!/bin/sh
${REDIS_CLI}
reply=$(cli "$REDIS_IP:$REDIS_PORT" PING)
case $reply in
  *PONG* | *LOADING* | *BUSY* | *MISCONF* | *MASTERDOWN* | *NOAUTH* | *WRONGPASS*) exit 0 ;;
esac
echo "$reply"
exit 1
`;

/**
 * Lets the member take a changed password, which every member gets to see this way, then
 * succeeds once the data is loaded and, in a replica, follows its primary. The state of the whole cluster is not asked
 * for: members must be ready before a cluster can be formed, and roll-outs must wait for each replica, not for all.
 */
export const REDIS_READY = `#!/bin/sh
${REDIS_CLI}
${REDIS_ADOPT}
info=$(cli "$REDIS_IP:$REDIS_PORT" INFO persistence replication)
case $info in
  *loading:0*) ;;
  *) echo "not loaded: $info"; exit 1 ;;
esac
case $info in
  *role:master* | *master_link_status:up*) exit 0 ;;
esac
echo "not following its primary"
exit 1
`;

/**
 * Gives a primary's slots to a replica that has all its data, before the member stops; a replica stops at once.
 * Marks the member as leaving, so that nobody gives the slots back. Reads also `REDIS_HANDOVER_SECONDS`, the longest wait,
 * and `REDIS_HANDOVER_DELAY`, seconds before the first try: in a roll-out all shards hand over at the same time, and votes
 * split between them are not cast again for twice the node timeout.
 */
export const REDIS_HANDOVER = `#!/bin/sh
${REDIS_CLI}
${REDIS_ADOPT}
self=$REDIS_IP:$REDIS_PORT
end=$(($(date +%s) + \${REDIS_HANDOVER_SECONDS:-60}))
cli "$self" CONFIG SET cluster-replica-no-failover yes
id=$(cli "$self" CLUSTER MYID)
[ "$(cli "$self" ROLE | head -n 1)" = master ] || exit 0
sleep "\${REDIS_HANDOVER_DELAY:-0}"
while [ "$(date +%s)" -lt "$end" ]; do
  [ "$(cli "$self" ROLE | head -n 1)" = master ] || exit 0
  cli "$self" CLUSTER NODES | grep "^$id " | awk 'NF < 9 { exit 1 }' || exit 0
  replicas=$(cli "$self" CLUSTER REPLICAS "$id" | awk '$3 !~ /fail|noaddr/ && $8 == "connected" { sub(/@.*/, "", $2); print $2 }')
  for replica in $replicas; do
    case $(cli "$replica" INFO replication) in
      *master_link_status:up*) cli "$replica" CLUSTER FAILOVER ;;
      *) continue ;;
    esac
    for _ in 1 2 3 4 5 6; do
      [ "$(cli "$self" ROLE | head -n 1)" = master ] || exit 0
      sleep 1
    done
  done
  cli "$self" CLUSTER REPLICAS "$id" | grep -q slave || exit 0
  sleep 1
done
echo "no replica took over in time"
`;
