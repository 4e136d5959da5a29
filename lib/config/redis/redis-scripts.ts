import { REDIS_ADOPT } from './redis-password';

/**
 * Scripts that run in a member's own container. POSIX shell with nothing but what the official images hold: redis-cli and
 * the usual small programs, of BusyBox or GNU. All of them read:
 *
 * | variable | meaning |
 * |---|---|
 * | `REDIS_IP`, `REDIS_PORT` | where the member listens and what it tells the others |
 * | `REDIS_HOSTNAME` | its name, which outlives its address |
 * | `REDIS_AUTH_FILE` | file with the password that the servers know; empty: none |
 * | `REDIS_NEXT_AUTH_FILE` | file with the password that is to follow it; empty: none. Beside a running server only |
 * | `REDIS_OLD_PASSWORD_SECONDS` | how long the one before is still good (@default a day). Beside a running server only |
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
 * Lets the member take a changed password, which every member gets to see this way, and end the one before in time, then
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
