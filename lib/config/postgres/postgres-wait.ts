/**
 * Waits until a role can log in: its Secret is there, the server answers, and somebody has made the role. A POSIX shell script for
 * any image with psql. Reads `POSTGRES_ROLE_FOLDER`, with `host`, `port`, `dbname`, `username` and `password`, and
 * `POSTGRES_WAIT_SECONDS`; ends with 2 if that was not enough, after it has said why.
 */
export const POSTGRES_WAIT_FOR_ROLE = `#!/bin/sh
set -u
field() { cat "$POSTGRES_ROLE_FOLDER/$1" 2>/dev/null; }
login() {
  PGHOST=$(field host) PGPORT=$(field port) PGDATABASE=$(field dbname) PGUSER=$(field username) PGPASSWORD=$(field password) \\
    PGCONNECT_TIMEOUT=5 psql -X -q -c 'SELECT 1' >/dev/null
}
waited=0
until login 2>/dev/null; do
  waited=$((waited + 5))
  if [ "$waited" -gt "$POSTGRES_WAIT_SECONDS" ]; then
    login
    exit 2
  fi
  sleep 5
done
`;
