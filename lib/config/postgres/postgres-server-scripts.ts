/**
 * Scripts beside a PostgreSQL server, for any image with its programs on the search path. POSIX shell with what the official
 * images hold, of Debian or Alpine. All of them read `PGDATA`, `PGHOST` (folder of the socket) and `PGPORT`.
 */

/**
 * Makes the data folder before the server starts for the first time, whole or not at all: a start cut short leaves nothing
 * that looks like a database. Afterwards refuses another major, which could not read the data.
 * Reads also `POSTGRES_AUTH_FILE`, the superuser's first password.
 */
export const POSTGRES_INITIALIZE = `#!/bin/sh
set -eu
umask 077
major=$(postgres --version | sed 's/^[^0-9]*\\([0-9]*\\).*/\\1/')
if [ -s "$PGDATA/PG_VERSION" ]; then
  found=$(cat "$PGDATA/PG_VERSION")
  if [ "$found" != "$major" ]; then
    echo "the volume holds PostgreSQL $found, the image $major: dump it with the old image and load it into a new volume"
    exit 1
  fi
  # a volume that changed hands may have been opened to its group, which the server refuses
  chmod 0700 "$PGDATA"
  exit 0
fi
password=$(cat "$POSTGRES_AUTH_FILE")
case $password in
  '') echo "the password in $POSTGRES_AUTH_FILE must not be empty"; exit 1 ;;
  *[[:cntrl:]]*) echo "the password in $POSTGRES_AUTH_FILE must be one line without control characters"; exit 1 ;;
esac
rm -rf "$PGDATA.new"
initdb --pgdata="$PGDATA.new" --username=postgres --pwfile="$POSTGRES_AUTH_FILE" --data-checksums \\
  --auth-local=peer --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8
mv "$PGDATA.new" "$PGDATA"
sync
`;

/** Fails only if nobody answers: a server that recovers, starts or is full needs time, not a restart. */
export const POSTGRES_ALIVE = `#!/bin/sh
pg_isready --quiet --timeout=4
[ "$?" -le 1 ]
`;

/**
 * Ends the server fast: sessions are cut, data is safe. A checkpoint before shortens the time in which nobody is served.
 * Reads also `POSTGRES_STOP_SECONDS`, the longest either may take.
 */
export const POSTGRES_STOP = `#!/bin/sh
timeout "$POSTGRES_STOP_SECONDS" psql -X -q -U postgres -d postgres -c CHECKPOINT
exec pg_ctl stop --pgdata="$PGDATA" --mode=fast --timeout="$POSTGRES_STOP_SECONDS"
`;
