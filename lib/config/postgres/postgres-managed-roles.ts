import { POSTGRES_SERVICES_ROLE } from './postgres-server-conf';

/**
 * Makes the declared roles in a database whose master is no superuser, as on RDS, and keeps them as declared. A POSIX shell
 * script for any image with psql and setsid; it may run as often as one likes, and ends with 0 if all is as declared, 1 if something
 * could not be done, 2 if no server answers. Prints what is wrong, never a password.
 *
 * | variable | meaning |
 * |---|---|
 * | `POSTGRES_MASTER_FILE` | JSON with `host`, `port`, `username`, `password` and `dbname`, as in the master's secret |
 * | `POSTGRES_ROLES` | declared roles, by the names of their folders |
 * | `POSTGRES_ROLES_FOLDER` | has a folder for each, with `username` and `password` |
 * | `POSTGRES_WAIT_SECONDS` | how long it waits for the server |
 *
 * What psql needs beside that, such as `PGSSLMODE`, it takes from its own variables.
 *
 * A password that works is left alone. Another one is set as psql does it: what goes over the wire and into the server's
 * log is a SCRAM verifier. A session that is open stays open. A role may connect to the database and create in its schema `public`.
 * One that is no longer declared is kept, with what it owns, but cannot log in; nothing is locked while a declared one fails.
 */
const script = (before: string, after: string): string => `#!/bin/sh
set -u
fail() {
  echo "failed: $*"
  status=1
}
# field NAME: of the master's secret, which has no quotes inside its values
field() { sed -n "s/.*\\"$1\\" *: *\\"\\{0,1\\}\\([^\\",}]*\\).*/\\1/p" "$POSTGRES_MASTER_FILE"; }
PGHOST=$(field host) PGPORT=$(field port) PGUSER=$(field username) PGPASSWORD=$(field password) PGDATABASE=$(field dbname)
for value in "$PGHOST" "$PGPORT" "$PGUSER" "$PGPASSWORD" "$PGDATABASE"; do
  [ -n "$value" ] || { echo "failed: the master's secret must have host, port, username, password and dbname"; exit 1; }
done
export PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGCONNECT_TIMEOUT=5 PGOPTIONS='-c client_min_messages=warning'
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -v database="$PGDATABASE" "$@"; }
waited=0
until sql -c 'SELECT 1' >/dev/null 2>&1; do
  waited=$((waited + 5))
  if [ "$waited" -gt "\${POSTGRES_WAIT_SECONDS:-300}" ]; then
    sql -c 'SELECT 1' >/dev/null
    exit 2
  fi
  sleep 5
done
status=0
declared=
# logs_in ROLE PASSWORD
logs_in() { PGUSER=$1 PGPASSWORD=$2 psql -X -q -c 'SELECT 1' >/dev/null 2>&1; }
# set_password ROLE PASSWORD: without a terminal psql asks its input for it, twice
set_password() { printf '%s\\n%s\\n' "$2" "$2" | setsid psql -X -q -c "\\\\password \\"$1\\"" 2>/dev/null; }
create_role() {
  sql -v role="$1" <<'SQL'
SELECT format('CREATE ROLE %I', :'role')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \\gexec
ALTER ROLE :"role" LOGIN;
GRANT ${POSTGRES_SERVICES_ROLE} TO :"role";
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO :"role";
GRANT USAGE, CREATE ON SCHEMA public TO :"role";
SQL
}
# apply FOLDER: makes one declared role
apply() {
  role=$(cat "$POSTGRES_ROLES_FOLDER/$1/username" 2>/dev/null)
  password=$(cat "$POSTGRES_ROLES_FOLDER/$1/password" 2>/dev/null)
  case $role in
    '' | "$PGUSER" | pg_* | rds* | ${POSTGRES_SERVICES_ROLE} | *[!a-zA-Z0-9_-]*)
      fail "$1: its username must be letters, digits, _ and -, and none of the server's own"
      return 0
      ;;
  esac
  case $password in
    '' | *[[:cntrl:]]*) fail "$1: its password must be one line of text"; return 0 ;;
  esac
  declared="$declared\${declared:+,}$role"
  create_role "$role" || { fail "$1: role $role"; return 0; }
  logs_in "$role" "$password" || { set_password "$role" "$password" && logs_in "$role" "$password"; } ||
    fail "$1: password of $role"
}
# Who is no longer declared stays, and cannot log in.
lock_others() {
  sql -v declared="$declared" <<'SQL'
SELECT format('ALTER ROLE %I NOLOGIN', one.rolname)
FROM pg_auth_members JOIN pg_roles services ON services.oid = roleid JOIN pg_roles one ON one.oid = member
WHERE services.rolname = '${POSTGRES_SERVICES_ROLE}' AND one.rolcanlogin AND one.rolname <> current_user
AND one.rolname <> ALL (string_to_array(:'declared', ',')) \\gexec
SQL
}
sql <<'SQL' || fail "the group of the services"
SELECT 'CREATE ROLE ${POSTGRES_SERVICES_ROLE} NOLOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${POSTGRES_SERVICES_ROLE}') \\gexec
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
SQL
${before}for name in $POSTGRES_ROLES; do apply "$name"; done
${after}if [ "$status" = 0 ]; then
  lock_others || fail "locking who is no longer declared"
fi
exit $status
`;

export const POSTGRES_MANAGED_ROLES = script('', '');

/** A Secret with an older password would be set without a word: what is declared is waited for. */
const ARRIVED = `waited=0
# version FOLDER: of the password in a Secret; one from before logins took turns says none, and is not written anew for it
version() { cat "$POSTGRES_ROLES_FOLDER/$1/version" 2>/dev/null || echo "\${POSTGRES_START_VERSION:-1}"; }
for pair in $POSTGRES_ROLE_VERSIONS; do
  until [ "$(version "\${pair%%=*}")" = "\${pair#*=}" ]; do
    waited=$((waited + 5))
    if [ "$waited" -gt "\${POSTGRES_WAIT_SECONDS:-300}" ]; then
      fail "\${pair%%=*}: its Secret has not got version \${pair#*=} yet"
      break
    fi
    sleep 5
  done
done
`;

/** What a second login makes belongs to the first. */
const TURNS = `acts_as() {
  sql -v second="$1" -v first="$2" <<'SQL'
GRANT :"first" TO :"second";
ALTER ROLE :"second" SET role = :'first';
SQL
}
for pair in $POSTGRES_SECOND_LOGINS; do
  second=$(cat "$POSTGRES_ROLES_FOLDER/\${pair%%=*}/username" 2>/dev/null)
  first=$(cat "$POSTGRES_ROLES_FOLDER/\${pair#*=}/username" 2>/dev/null)
  acts_as "$second" "$first" || fail "\${pair%%=*}: $second cannot act as $first"
done
`;

/**
 * The same with logins that take turns; see `RoleRotation`. Reads also
 *
 * | variable | meaning |
 * |---|---|
 * | `POSTGRES_ROLE_VERSIONS` | `folder=version` of each login: as long as its file `version` says another one, it waits |
 * | `POSTGRES_START_VERSION` | version of a Secret without that file: of one that was written before logins took turns; 1 if unset |
 * | `POSTGRES_SECOND_LOGINS` | `second=first`, both folders: the second may do what the first may, and what it makes belongs to the first |
 */
export const POSTGRES_ROTATED_ROLES = script(ARRIVED, TURNS);

/**
 * Brings the master's secret to where the script above reads it. For any image with the AWS command line, which finds its
 * credentials by itself. Reads `MASTER_NAME`, the name in Secrets Manager, and `POSTGRES_MASTER_FILE`, the file to write.
 */
export const POSTGRES_FETCH_MASTER = `#!/bin/sh
set -eu
umask 077
aws secretsmanager get-secret-value --secret-id "$MASTER_NAME" --query SecretString --output text >"$POSTGRES_MASTER_FILE"
`;
