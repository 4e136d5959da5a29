/**
 * Writes what differs between members beside the configuration they share, and what holds the password: each file as a whole
 * or not at all, for its owner alone. The configuration comes first: a container that starts again in between knows the new
 * password, and the next question for readiness writes the rest.
 */
const REDIS_REMEMBER = `# remember PASSWORD: what the server starts with, and what the exporter and scripts show it
remember() (
  umask 077
  scheme=redis
  [ -z "\${REDIS_TLS_FOLDER:-}" ] || scheme=rediss
  quoted=$(printf '%s' "$1" | sed 's/[\\\\"]/\\\\&/g')
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
    if [ -n "$1" ]; then
      printf 'requirepass "%s"\\nmasterauth "%s"\\n' "$quoted" "$quoted"
    fi
  } >"$REDIS_RUN_FOLDER/redis.conf.new" || exit 1
  printf '{"%s://%s:%s":"%s"}\\n' "$scheme" "$REDIS_HOSTNAME" "$REDIS_PORT" "$quoted" \\
    >"$REDIS_RUN_FOLDER/exporter.json.new" || exit 1
  printf '%s\\n' "$1" >"$REDIS_RUN_FOLDER/password.new" || exit 1
  for file in redis.conf exporter.json password; do
    mv -f "$REDIS_RUN_FOLDER/$file.new" "$REDIS_RUN_FOLDER/$file" || exit 1
  done
)
`;

/**
 * Completes the configuration before the server starts. Reads also `REDIS_CONF` (the shared file), `REDIS_RUN_FOLDER` (in
 * memory, for the result), `REDIS_DATA_FOLDER` and `REDIS_BIND` (@default all interfaces). Writes `redis.conf`,
 * `exporter.json` and `password`: what the server knows must stay known when the Secret changes.
 */
export const REDIS_CONFIGURE = `#!/bin/sh
set -eu
${REDIS_REMEMBER}
password=
if [ -n "\${REDIS_AUTH_FILE:-}" ]; then
  password=$(cat "$REDIS_AUTH_FILE")
  case $password in
    '') echo "the password in $REDIS_AUTH_FILE must not be empty"; exit 1 ;;
    *[[:cntrl:]]*) echo "the password in $REDIS_AUTH_FILE must be one line without control characters"; exit 1 ;;
  esac
fi
remember "$password"
`;

/**
 * Makes a member accept a changed password beside the one it knew, and use it from then on towards its primary. It is read
 * from stdin, so that no argument shows it. What follows in the script then uses it too, as do the exporter, which reads its
 * file again and again, and the server if its container starts again: members that have been restarted know no other.
 *
 * A day after the last change every other password ends. Redis asks for one only when somebody connects, so that whoever
 * is connected stays so.
 */
export const REDIS_ADOPT = `${REDIS_REMEMBER}
# says PASSWORD: what the member answers to it
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
# retire PASSWORD: in time it is the only one
retire() {
  since=$(cat "$REDIS_RUN_FOLDER/changed" 2>/dev/null) || return 0
  [ $(($(date +%s) - since)) -ge "\${REDIS_OLD_PASSWORD_SECONDS:-86400}" ] || return 0
  reply=$(tell ">$1" ACL SETUSER default resetpass)
  [ "$reply" = OK ] || { echo "the old password is still good: $reply"; return 0; }
  rm -f "$REDIS_RUN_FOLDER/changed"
  echo "change: ends the old password"
}
adopt() {
  [ -n "\${REDIS_NEXT_AUTH_FILE:-}" ] || return 0
  next=$(cat "$REDIS_NEXT_AUTH_FILE") || return 0
  if [ "$next" = "\${REDISCLI_AUTH:-}" ]; then
    retire "$next"
    return 0
  fi
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
    *WRONGPASS* | *NOAUTH*) return 0 ;;
    PONG)
      { date +%s >"$REDIS_RUN_FOLDER/changed" && remember "$next"; } ||
        echo "the new password is not kept in $REDIS_RUN_FOLDER"
      ;;
  esac
  REDISCLI_AUTH=$next
}
adopt
`;
