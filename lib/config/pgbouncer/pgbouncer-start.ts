/**
 * Writes the passwords of all roles where PgBouncer alone reads them, and starts it. POSIX shell.
 *
 * | variable | meaning |
 * |---|---|
 * | `PGBOUNCER_CONF` | the configuration |
 * | `PGBOUNCER_AUTH_FILE` | file to write, in memory |
 * | `PGBOUNCER_ROLES_FOLDER` | has a folder for each role, with `username` and `password` |
 */
export const PGBOUNCER_START = `#!/bin/sh
set -eu
umask 077
quote() { sed 's/"/""/g; q' "$1"; }
for folder in "$PGBOUNCER_ROLES_FOLDER"/*/; do
  for file in username password; do
    content=$(cat "$folder$file")
    case $content in
      '' | *[[:cntrl:]]*) echo "$folder$file must be one line of text" >&2; exit 1 ;;
    esac
  done
  printf '"%s" "%s"\\n' "$(quote "\${folder}username")" "$(quote "\${folder}password")"
done >"$PGBOUNCER_AUTH_FILE"
exec pgbouncer "$PGBOUNCER_CONF"
`;
