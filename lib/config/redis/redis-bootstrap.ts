import { REDIS_CLI } from './redis-scripts';
import { REDIS_STEPS, REDIS_VIEW } from './redis-steps';

/**
 * Forms a Redis Cluster of the declared members, and keeps its shape: addresses that changed, replaced volumes, free slots,
 * replicas of the wrong primary, moves cut short, primaries away from home, renewed certificates. It looks, takes the next
 * step, and looks again, so that it may be stopped and started at any moment; a run that finds nothing to do changes nothing.
 *
 * A POSIX shell script (dash, BusyBox) for any image with redis-cli 7. It prints one line for each change, and ends with 0
 * if all slots are served by somebody. Reads, beside what `REDIS_CLI` needs:
 *
 * | variable | meaning |
 * |---|---|
 * | `REDIS_SHARDS` | members as `host:port`: the one at home first, commas inside a shard, a space between shards |
 * | `REDIS_WAIT_SECONDS` | how long members may take to answer; a cluster that exists is then repaired without them |
 * | `REDIS_SERVE_SECONDS` | how long a cluster in shape may take to serve (@default 20) |
 * | `REDIS_SETTLE_SECONDS` | how long a member must have run before it is given its shard back |
 * | `REDIS_WORK_FOLDER` | folder for notes |
 *
 * Not done here: slots of an existing cluster are never moved between shards. After adding shards run
 * `redis-cli --cluster rebalance ... --cluster-use-empty-masters`; before removing one, move its slots away.
 */
export const REDIS_BOOTSTRAP = `#!/bin/sh
${REDIS_CLI}
work=\${REDIS_WORK_FOLDER:-/tmp}
parse='${REDIS_VIEW}'
decide='${REDIS_STEPS}'
now() { date +%s; }
field() { sed -n "s/^$1:\\([0-9a-z]*\\).*/\\1/p"; }
# try WHAT HOST:PORT COMMAND...: prints what changed, or why it did not
try() {
  what=$1
  shift
  reply=$(cli "$@")
  case $reply in
    OK*) echo "change: $what"; moved=1 ;;
    *) echo "failed: $what: $reply"; return 1 ;;
  esac
}
# Asks every member what it sees.
look() {
  : >"$work/views"
  silent=
  shards=0
  for list in $REDIS_SHARDS; do
    rank=0
    for address in $(echo "$list" | tr , ' '); do
      if cli "$address" CLUSTER NODES >"$work/reply" && grep -q myself "$work/reply"; then
        source=
        if grep -q 'myself,slave' "$work/reply"; then source=$(cli "$address" ROLE | sed -n 2p); fi
        awk -v shard="$shards" -v rank="$rank" -v address="$address" -v source="\${source:--}" \\
          "$parse" "$work/reply" >>"$work/views"
      else
        silent="$silent $address"
      fi
      rank=$((rank + 1))
    done
    shards=$((shards + 1))
  done
}
is_formed() { awk '$12 != "-" { found = 1 } END { exit !found }' "$work/views"; }
# settle ADDRESS SLOT: a move is dropped only if it looked cut short twice, and the slot has no key here
settle() {
  grep -qx "settle $1 $2" "$work/before" || { moved=1; return 0; }
  keys=$(cli "$1" CLUSTER COUNTKEYSINSLOT "$2")
  if [ "$keys" = 0 ]; then
    try "$1: slot $2 is no longer moving" "$1" CLUSTER SETSLOT "$2" STABLE
  else
    echo "conflict: $1 has $keys keys of slot $2, whose move was cut short: use redis-cli --cluster fix"
  fi
}
# Takes the steps of the plan. False if none of them led anywhere.
act() {
  moved=
  while read -r verb address first second third; do
    case $verb in
      meet) try "$address meets $first" "$address" CLUSTER MEET "$first" "$second" "$third" ;;
      promote) try "$address takes over from a lost primary" "$address" CLUSTER FAILOVER FORCE ;;
      attach) try "$address follows $first" "$address" CLUSTER REPLICATE "$first" ;;
      forget) try "$address forgets $first" "$address" CLUSTER FORGET "$first" ;;
      assign) try "$address owns slots $first-$second" "$address" CLUSTER ADDSLOTSRANGE "$first" "$second" ;;
      settle) settle "$address" "$first" ;;
      wait) moved=1 ;;
      conflict) echo "conflict: $address $first $second $third" ;;
    esac
  done <"$work/plan"
  [ -n "$moved" ]
}
# Looks and acts until there is nothing left to do.
converge() {
  patience=$(($(now) + \${REDIS_WAIT_SECONDS:-300}))
  passes=0
  stalls=0
  : >"$work/plan"
  while [ "$passes" -lt 60 ]; do
    look
    if [ -n "$silent" ] && [ "$(now)" -lt "$patience" ]; then
      sleep 1
      continue
    fi
    if [ -n "$silent" ] && ! is_formed; then
      echo "failed: no cluster yet, and no answer from$silent"
      return 1
    fi
    mv "$work/plan" "$work/before"
    everyone=$((passes >= 3))
    awk -v shards="$shards" -v silent="\${silent:+1}" -v everyone="$everyone" "$decide" "$work/views" >"$work/plan"
    [ -s "$work/plan" ] || return 0
    act || stalls=$((stalls + 1))
    [ "$stalls" -lt 5 ] || return 1
    passes=$((passes + 1))
    sleep 1
  done
  echo "failed: still not in shape after $passes passes"
  return 1
}
# Every answering member serves, every slot has an owner, and none of them is lost.
is_serving() {
  for address in $(awk '{ print $3 }' "$work/views" | sort -u); do
    info=$(cli "$address" CLUSTER INFO | tr -d '\\r' | grep -E '^cluster_(state|slots_assigned|slots_fail):' | sort | tr '\\n' ' ')
    [ "$info" = "cluster_slots_assigned:16384 cluster_slots_fail:0 cluster_state:ok " ] || return 1
  done
}
wait_for_service() {
  end=$(($(now) + \${REDIS_SERVE_SECONDS:-20}))
  until is_serving; do
    [ "$(now)" -lt "$end" ] || { echo "failed: $address says $info"; return 1; }
    sleep 1
  done
}
# move_home HOME AWAY: a hand-over without loss, and only if home has run for a while and has all data
move_home() {
  [ "$(cli "$1" INFO server | field uptime_in_seconds)" -ge "\${REDIS_SETTLE_SECONDS:-60}" ] || return 0
  sent=$(cli "$2" INFO replication | field master_repl_offset)
  info=$(cli "$1" INFO replication)
  case $info in *master_link_status:up*master_sync_in_progress:0*) ;; *) return 0 ;; esac
  [ "$(echo "$info" | field slave_repl_offset)" -ge "\${sent:-0}" ] || return 0
  try "$1 takes its shard back from $2" "$1" CLUSTER FAILOVER || return 0
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 1
    [ "$(cli "$1" ROLE | head -n 1)" = master ] && return 0
  done
  echo "failed: $1 did not take its shard back in time"
  return 1
}
# One shard after the other, and only while nobody is missing or suspected. A member that is leaving has no home.
bring_home() {
  [ -z "$silent" ] || return 0
  ! awk '$9 ~ /(^|,)fail[?]?(,|$)/ { found = 1 } END { exit !found }' "$work/views" || return 0
  awk '$9 ~ /myself/ && $12 != "-" && $2 != 0 { print $1, $4, $3 }' "$work/views" >"$work/away"
  while read -r shard id away; do
    home=$(awk -v shard="$shard" -v id="$id" \\
      '$9 ~ /myself/ && $9 !~ /nofailover/ && $1 == shard && $2 == 0 && $10 == id { print $3 }' "$work/views")
    [ -z "$home" ] || move_home "$home" "$away" || return 1
  done <"$work/away"
}
# Certificates are read again from their files, so that a renewed one needs no restart.
renew_certificates() {
  [ -n "\${REDIS_TLS_FOLDER:-}" ] || return 0
  for address in $(awk '{ print $3 }' "$work/views" | sort -u); do
    reply=$(cli "$address" CONFIG SET tls-ca-cert-file "$REDIS_TLS_FOLDER/ca.crt" \\
      tls-cert-file "$REDIS_TLS_FOLDER/tls.crt" tls-key-file "$REDIS_TLS_FOLDER/tls.key")
    [ "$reply" = OK ] || { echo "failed: $address keeps its old certificate: $reply"; return 1; }
  done
}
status=0
converge || status=1
look
wait_for_service || exit 1
bring_home || status=1
renew_certificates || status=1
[ -z "$silent" ] || echo "missing:$silent"
exit $status
`;
