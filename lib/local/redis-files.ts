import { REDIS_CONFIGURE } from '../config/redis/redis-password';
import { REDIS_ALIVE, REDIS_READY } from '../config/redis/redis-scripts';

export const CONFIG = '/etc/redis/config';
export const SCRIPTS = '/etc/redis/scripts';
export const AUTH = '/etc/redis/auth/password';
export const RUN = '/run/redis';
export const DATA = '/data';

/** Tells the others the address that the container has now, completes the configuration and runs the server. */
const START = `#!/bin/sh
set -eu
REDIS_IP=$(hostname -i | cut -d ' ' -f 1)
export REDIS_IP
sh ${SCRIPTS}/configure.sh
exec redis-server ${RUN}/redis.conf
`;

/** Asks the server beside it. */
export const HEALTHY = ['sh', `${SCRIPTS}/healthy.sh`];
const HEALTH = `#!/bin/sh
REDIS_IP=$(hostname -i | cut -d ' ' -f 1)
export REDIS_IP
exec sh ${SCRIPTS}/ready.sh
`;

/** Forms the cluster, and puts it right again and again: containers come back with other addresses. */
export const KEEP = `#!/bin/sh
trap 'exit 0' TERM INT
while :; do
  if sh ${SCRIPTS}/bootstrap.sh; then : >/tmp/formed; fi
  sleep 15 &
  wait $!
done
`;

const SCRIPT_FILES = {
  'start.sh': START,
  'healthy.sh': HEALTH,
  'configure.sh': REDIS_CONFIGURE,
  'alive.sh': REDIS_ALIVE,
  'ready.sh': REDIS_READY,
} as const;

export const filesOf = (name: string, conf: string, more: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries([
    [`redis/${name}/config/redis.conf`, conf],
    ...Object.entries({ ...SCRIPT_FILES, ...more }).map(([file, text]) => [`redis/${name}/scripts/${file}`, text]),
  ]);
