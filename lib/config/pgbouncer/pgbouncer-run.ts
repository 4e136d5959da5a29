/** Stands in the configuration for where the server is, which only a Secret says. */
export const SERVER_PLACE = { host: '@SERVER_HOST@', port: '@SERVER_PORT@' } as const;

/**
 * Runs PgBouncer as the first process of its container. POSIX shell, with the small programs of BusyBox or GNU.
 *
 * | variable | meaning |
 * |---|---|
 * | `PGBOUNCER_CONF` | the configuration, with `@SERVER_HOST@` and `@SERVER_PORT@` where the server is |
 * | `PGBOUNCER_RUN_FOLDER` | folder in memory: the complete configuration, and the passwords as `userlist.txt` |
 * | `PGBOUNCER_SERVER_FOLDER` | has `host` and `port` of the server |
 * | `PGBOUNCER_ROLES_FOLDER` | has a folder for each role, with `username` and `password` |
 * | `PGBOUNCER_TLS_FOLDER` | has the certificate, which is renewed |
 * | `PGBOUNCER_LOOK_SECONDS` | how often it looks whether any of those has changed: then PgBouncer reads them again |
 * | `PGBOUNCER_LEAVE_SECONDS` | how long it still takes clients after SIGTERM, until none is led to it |
 *
 * A change that cannot be used is reported and left until it can: what runs goes on with what it knows. After that wait it
 * gets SIGINT, which in every release since 1.18 ends it as soon as no transaction holds a server; SIGTERM would cut them off before
 * 1.23, and since then wait for clients that never leave, as pools do not.
 */
export const PGBOUNCER_RUN = `#!/bin/sh
set -u
umask 077
ini=$PGBOUNCER_RUN_FOLDER/pgbouncer.ini
users=$PGBOUNCER_RUN_FOLDER/userlist.txt
quote() { sed 's/"/""/g; q' "$1"; }
refuse() {
  echo "not used: $*" >&2
  return 1
}
write_users() {
  for folder in "$PGBOUNCER_ROLES_FOLDER"/*/; do
    for file in username password; do
      content=$(cat "$folder$file") || return 1
      case $content in
        '' | *[[:cntrl:]]*) refuse "$folder$file must be one line of text"; return 1 ;;
      esac
    done
    printf '"%s" "%s"\\n' "$(quote "\${folder}username")" "$(quote "\${folder}password")"
  done >"$users.new"
}
write_ini() {
  host=$(cat "$PGBOUNCER_SERVER_FOLDER/host") || return 1
  port=$(cat "$PGBOUNCER_SERVER_FOLDER/port") || return 1
  case $host in '' | *[!a-zA-Z0-9.-]*) refuse "$PGBOUNCER_SERVER_FOLDER/host must be a name"; return 1 ;; esac
  case $port in '' | *[!0-9]*) refuse "$PGBOUNCER_SERVER_FOLDER/port must be a number"; return 1 ;; esac
  sed "s/${SERVER_PLACE.host}/$host/g; s/${SERVER_PLACE.port}/$port/g" "$PGBOUNCER_CONF" >"$ini.new"
}
write() { write_users && write_ini && mv "$users.new" "$users" && mv "$ini.new" "$ini"; }
sum() {
  cat "$PGBOUNCER_ROLES_FOLDER"/*/username "$PGBOUNCER_ROLES_FOLDER"/*/password "$PGBOUNCER_SERVER_FOLDER/host" \\
    "$PGBOUNCER_SERVER_FOLDER/port" "$PGBOUNCER_TLS_FOLDER/tls.crt" "$PGBOUNCER_TLS_FOLDER/tls.key" 2>/dev/null | sha256sum
}
seen=$(sum)
write || exit 1
pgbouncer "$ini" &
bouncer=$!
leave() {
  trap '' TERM
  sleep "\${PGBOUNCER_LEAVE_SECONDS:-0}"
  kill -INT "$bouncer" 2>/dev/null
  wait "$bouncer"
  exit 0
}
trap leave TERM
while kill -0 "$bouncer" 2>/dev/null; do
  now=$(sum)
  if [ "$now" != "$seen" ] && write; then
    kill -HUP "$bouncer"
    seen=$now
  fi
  sleep "\${PGBOUNCER_LOOK_SECONDS:-10}" &
  wait $!
done
wait "$bouncer"
`;
