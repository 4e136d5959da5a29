/**
 * Asks a service for each result and keeps the answers that are as they must be. POSIX shell, for any image with curl.
 *
 * | variable | meaning |
 * |---|---|
 * | `WARM_URL` | what is asked, with `{name}` where the name of a result stands |
 * | `WARM_NAMES` | names of the results |
 * | `WARM_HEADERS` | headers of each request, one a line |
 * | `WARM_EXPECTED` | headers that each answer must have, one a line, with the same value |
 * | `WARM_FOLDER` | `answers/<name>` is written for each good one, then `computed` |
 *
 * Ends with 1 if a result could not be had, after it has asked for all of them.
 */
export const CACHE_COMPUTE = `#!/bin/sh
set -u
status=0
failed() {
  echo "failed: $*" >&2
  status=1
}
# has FILE: every expected header is among those of the answer, whatever the case of their names
has() {
  printf '%s\\n' "$WARM_EXPECTED" | while IFS= read -r line; do
    [ -n "$line" ] || continue
    value=$(tr -d '\\r' <"$1" | sed -n "s/^\${line%%:*}: *//Ip" | tail -n 1)
    [ "$value" = "\${line#*: }" ] || exit 1
  done
}
mkdir -p "$WARM_FOLDER/answers" || exit 1
printf '%s\\n' "$WARM_HEADERS" >"$WARM_FOLDER/headers"
for name in $WARM_NAMES; do
  head=$WARM_FOLDER/head body=$WARM_FOLDER/body
  rm -f "$head" "$body"
  code=$(curl --silent --show-error --max-time 30 --max-filesize 65536 --retry 5 --retry-delay "\${WARM_PAUSE_SECONDS:-3}" --retry-all-errors \\
    --fail --header "@$WARM_FOLDER/headers" --dump-header "$head" --output "$body" --write-out '%{http_code}' \\
    "\${WARM_URL%%\\{name\\}*}$name\${WARM_URL#*\\{name\\}}") || { failed "$name: no answer ($code)"; continue; }
  [ "$code" = 200 ] || { failed "$name: answered with $code"; continue; }
  case $(tr -d ' \\t\\r\\n' <"$body") in
    '{}' | '') failed "$name: an empty answer"; continue ;;
    '{'*'}') ;;
    *) failed "$name: the answer is no JSON object"; continue ;;
  esac
  has "$head" || { failed "$name: the answer lacks a header, or has another value"; continue; }
  mv "$body" "$WARM_FOLDER/answers/$name"
done
: >"$WARM_FOLDER/computed"
exit $status
`;

/**
 * Stores the answers, each under its key and for its time, once all are there. POSIX shell, for any image with redis-cli.
 *
 * | variable | meaning |
 * |---|---|
 * | `WARM_NAMES`, `WARM_FOLDER` | as above |
 * | `WARM_PREFIX`, `WARM_TTL` | what keys begin with, and how many seconds they live |
 * | `WARM_WAIT_SECONDS` | how long it waits for the answers |
 * | `REDIS_FOLDER` | has `nodes`, `host:port` separated by commas, and `password` |
 * | `REDIS_TLS` | `off`; `public` for certificates that the image trusts; or a folder with `ca.crt`, `tls.crt` and `tls.key` |
 *
 * Ends with 1 if one is not in the cache afterwards. It may run as often as one likes: a key is replaced with its time.
 */
export const CACHE_STORE = `#!/bin/sh
set -u
REDISCLI_AUTH=$(cat "$REDIS_FOLDER/password") || exit 1
export REDISCLI_AUTH
case $REDIS_TLS in
  off) tls= ;;
  public) tls=--tls ;;
  *) tls="--tls --cacert $REDIS_TLS/ca.crt --cert $REDIS_TLS/tls.crt --key $REDIS_TLS/tls.key" ;;
esac
nodes=$(tr ',' ' ' <"$REDIS_FOLDER/nodes") || exit 1
# ask FILE COMMAND...: whichever member answers first says who has the key; each try reads the file from its start
ask() {
  input=$1
  shift
  for node in $nodes; do
    # shellcheck disable=SC2086
    reply=$(timeout 10 redis-cli $tls -c -h "\${node%:*}" -p "\${node##*:}" "$@" 2>&1 <"$input") && case $reply in
      *MOVED* | *CLUSTERDOWN* | *LOADING* | *NOREPLICAS* | *refused* | *rror*) ;;
      *) printf '%s\\n' "$reply" | tail -n 1; return 0 ;;
    esac
  done
  echo "nobody answers: $reply"
  return 1
}
waited=0
until [ -e "$WARM_FOLDER/computed" ]; do
  waited=$((waited + 1))
  [ "$waited" -le "$WARM_WAIT_SECONDS" ] || { echo 'failed: nothing was computed' >&2; exit 1; }
  sleep 1
done
status=0
for name in $WARM_NAMES; do
  answer=$WARM_FOLDER/answers/$name key=$WARM_PREFIX$name
  [ -s "$answer" ] || { echo "failed: $key has no result" >&2; status=1; continue; }
  reply=$(ask "$answer" -x SETEX "$key" "$WARM_TTL")
  left=$(ask /dev/null TTL "$key") length=$(ask /dev/null STRLEN "$key")
  case $reply,$length,$left in
    "OK,$(($(wc -c <"$answer"))),"[1-9]*) echo "stored $key for $left s" ;;
    *) echo "failed: $key: $reply, $length bytes for $left s" >&2; status=1 ;;
  esac
done
exit $status
`;
