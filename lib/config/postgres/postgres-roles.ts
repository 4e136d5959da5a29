import { POSTGRES_METRICS_ROLE, POSTGRES_SERVICES_ROLE, POSTGRES_SUPERUSER } from './postgres-server-conf';

/**
 * Makes the declared roles and their databases, and keeps them as declared. A POSIX shell script for any image with psql; it
 * may run as often as one likes, and ends with 0 if all is as declared, 1 if something could not be done, 2 if no server
 * answers. Prints what is wrong, never a password; statements with passwords are kept out of the server's log.
 *
 * | variable | meaning |
 * |---|---|
 * | `PGHOST`, `PGPORT` | where the server is; the script is its superuser there |
 * | `POSTGRES_AUTH_FILE` | file with the superuser's password |
 * | `POSTGRES_DATABASE` | database that is always there, and that of roles that name none |
 * | `POSTGRES_ROLES` | declared roles, by the names of their folders |
 * | `POSTGRES_ROLES_FOLDER` | has a folder for each, with `username`, `password` and perhaps `dbname` |
 * | `POSTGRES_METRICS` | `on`: a role that reads statistics |
 *
 * A role may connect to its database and create in its schema `public`; it is no superuser, and has no other database. A role
 * that is no longer declared is kept, with what it owns, but cannot log in; nothing is locked while a declared folder is empty.
 */
export const POSTGRES_ROLES = `#!/bin/sh
set -u
export PGUSER=${POSTGRES_SUPERUSER} PGDATABASE=postgres PGCONNECT_TIMEOUT=5
export PGOPTIONS='-c log_statement=none -c log_min_error_statement=panic -c log_min_duration_statement=-1 -c client_min_messages=warning'
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }
sql -c 'SELECT 1' >/dev/null || exit 2
status=0
declared=
missing=
fails() {
  echo "failed: $*"
  status=1
}
# create_database NAME: nobody but its superuser gets in unless granted
create_database() {
  sql -v database="$1" <<'SQL'
SELECT format('CREATE DATABASE %I', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \\gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
SQL
}
# create_role NAME DATABASE, with the password in $password_file
create_role() {
  sql -v role="$1" -v database="$2" <<'SQL' || return 1
\\set password \`cat "$password_file"\`
SELECT format('CREATE ROLE %I', :'role')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \\gexec
ALTER ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
GRANT ${POSTGRES_SERVICES_ROLE} TO :"role";
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO :"role";
SQL
  sql -d "$2" -v role="$1" <<'SQL'
GRANT USAGE, CREATE ON SCHEMA public TO :"role";
SQL
}
# is_password FILE
is_password() {
  case $(cat "$1" 2>/dev/null) in
    '' | *[[:cntrl:]]*) return 1 ;;
  esac
}
# apply FOLDER: makes one declared role
apply() {
  folder=$POSTGRES_ROLES_FOLDER/$1
  role=$(cat "$folder/username" 2>/dev/null)
  if [ -z "$role" ]; then
    echo "missing: $1"
    missing="$missing $1"
    return 0
  fi
  case $role in
    postgres | pg_* | ${POSTGRES_SERVICES_ROLE} | ${POSTGRES_METRICS_ROLE} | *[!a-zA-Z0-9_-]*)
      fails "$1: its username must be letters, digits, _ and -, and none of the server's own"
      return 0
      ;;
  esac
  declared="$declared\${declared:+,}$role"
  database=$(cat "$folder/dbname" 2>/dev/null)
  database=\${database:-$POSTGRES_DATABASE}
  case $database in
    postgres | template0 | template1 | *[!a-zA-Z0-9_-]*)
      fails "$1: its dbname must be letters, digits, _ and -, and none of the server's own"
      return 0
      ;;
  esac
  password_file=$folder/password
  export password_file
  is_password "$password_file" || { fails "$1: its password must be one line of text"; return 0; }
  { create_database "$database" && create_role "$role" "$database"; } || fails "$1: role $role of $database"
}
# Who is no longer declared stays, and cannot log in.
lock_others() {
  sql -v declared="$declared" <<'SQL'
SELECT format('ALTER ROLE %I NOLOGIN', one.rolname)
FROM pg_auth_members JOIN pg_roles services ON services.oid = roleid JOIN pg_roles one ON one.oid = member
WHERE services.rolname = '${POSTGRES_SERVICES_ROLE}' AND one.rolcanlogin
AND one.rolname <> ALL (string_to_array(:'declared', ',')) \\gexec
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity JOIN pg_roles ON pg_roles.oid = usesysid
WHERE NOT rolcanlogin \\g /dev/null
SQL
}
password_file=$POSTGRES_AUTH_FILE
export password_file
if is_password "$password_file"; then
  sql <<'SQL' || fails "the superuser's password"
\\set password \`cat "$password_file"\`
ALTER ROLE ${POSTGRES_SUPERUSER} PASSWORD :'password';
SQL
else
  fails "the superuser's password must be one line of text"
fi
sql <<'SQL' || fails "the group of the services"
SELECT 'CREATE ROLE ${POSTGRES_SERVICES_ROLE} NOLOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${POSTGRES_SERVICES_ROLE}') \\gexec
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
SQL
if [ "\${POSTGRES_METRICS:-off}" = on ]; then
  sql <<'SQL' || fails "the role for metrics"
SELECT 'CREATE ROLE ${POSTGRES_METRICS_ROLE} LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${POSTGRES_METRICS_ROLE}') \\gexec
GRANT pg_monitor TO ${POSTGRES_METRICS_ROLE};
GRANT CONNECT ON DATABASE postgres TO ${POSTGRES_METRICS_ROLE};
SQL
fi
create_database "$POSTGRES_DATABASE" || fails "the database $POSTGRES_DATABASE"
for name in $POSTGRES_ROLES; do apply "$name"; done
if [ -z "$missing" ] && [ "$status" = 0 ]; then
  lock_others || fails "locking who is no longer declared"
fi
exit $status
`;

/**
 * Runs `roles.sh` of `POSTGRES_SCRIPTS_FOLDER` once the server answers and again when a file that it reads has changed, and has
 * the server read a renewed certificate. Reads also `POSTGRES_TLS_FOLDER` (empty: none) and `POSTGRES_STATE_FOLDER`, where it
 * leaves `applied` after the first run and renews `alive`, and `POSTGRES_LOOK_SECONDS`, how often it looks.
 */
export const POSTGRES_KEEP_ROLES = `#!/bin/sh
set -u
trap 'exit 0' TERM INT
sum() { cat "$@" 2>/dev/null | sha256sum; }
applied=
certificate=
while :; do
  pause=\${POSTGRES_LOOK_SECONDS:-10}
  : >"$POSTGRES_STATE_FOLDER/alive"
  seen=$(sum "$POSTGRES_AUTH_FILE" "$POSTGRES_ROLES_FOLDER"/*/username "$POSTGRES_ROLES_FOLDER"/*/password "$POSTGRES_ROLES_FOLDER"/*/dbname)
  if [ "$seen" != "$applied" ]; then
    sh "$POSTGRES_SCRIPTS_FOLDER/roles.sh"
    case $? in
      0) applied=$seen; : >"$POSTGRES_STATE_FOLDER/applied" ;;
      1) pause=60; : >"$POSTGRES_STATE_FOLDER/applied" ;;
    esac
  fi
  if [ -n "\${POSTGRES_TLS_FOLDER:-}" ]; then
    seen=$(sum "$POSTGRES_TLS_FOLDER/tls.crt" "$POSTGRES_TLS_FOLDER/tls.key")
    if [ "$seen" != "$certificate" ]; then
      PGCONNECT_TIMEOUT=5 psql -X -q -U ${POSTGRES_SUPERUSER} -d postgres -c 'SELECT pg_reload_conf()' >/dev/null && certificate=$seen
    fi
  fi
  sleep "$pause" &
  wait $!
done
`;
