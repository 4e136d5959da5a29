import { VECTOR_DATABASE_START, vectorDatabaseConf } from '../config/vector/vector-database-conf';
import { PUBLIC_IMAGES, type VectorDatabasePlan } from '../model';
import { VECTOR_METRICS_PORT } from '../model/vector/vector-database';
import { Duration } from '../units';
import { container, inMemory, mounted, storeHealth, storeNetworks, storePorts } from './container';
import type { LocalPlan } from './local-plan';
import type { Part } from './parts';

const CONFIG = '/etc/qdrant/config';
const SCRIPTS = '/etc/qdrant/scripts';
const KEY = '/etc/qdrant/auth/password';
const RUN = '/run/qdrant';
const HOME = '/qdrant';

/** What a vector database's key is called. */
export const vectorKey = ({ name }: Pick<VectorDatabasePlan, 'name'>): string => `${name}-auth`;

/** Its image has no program that speaks HTTP, but bash opens connections. */
const health = (port: number): string =>
  `exec 3<>/dev/tcp/127.0.0.1/${port} && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q ' 200 ' <&3`;

/** A Qdrant with its key. */
export function vectorPart(plan: LocalPlan, database: VectorDatabasePlan): Part {
  const { name, objectName, port, grpcPort, cpu, cpuLimit, memory, memoryRequest } = database;
  const volumes = [`${objectName}-storage`, `${objectName}-snapshots`];
  return {
    services: {
      [objectName]: container(
        {
          image: plan.choices.images.qdrant ?? PUBLIC_IMAGES.qdrant,
          entrypoint: ['sh', `${SCRIPTS}/start.sh`],
          working_dir: HOME,
          environment: {
            QDRANT_CONF: `${CONFIG}/config.yaml`,
            QDRANT_RUN_FOLDER: RUN,
            QDRANT_KEY_FILE: KEY,
            QDRANT_TLS_FOLDER: '',
            QDRANT_INIT_FILE_PATH: '/tmp/initialized',
          },
          secrets: [{ source: vectorKey(database), target: KEY }],
          volumes: [
            mounted(`qdrant/${objectName}/config`, CONFIG),
            mounted(`qdrant/${objectName}/scripts`, SCRIPTS),
            `${volumes[0]}:${HOME}/storage`,
            `${volumes[1]}:${HOME}/snapshots`,
          ],
          tmpfs: [inMemory(RUN, 1), inMemory('/tmp', 64)],
          ...storePorts(plan, name, port),
          networks: storeNetworks(
            plan,
            name,
            [...database.aliases, name].filter((alias) => alias !== objectName),
          ),
          healthcheck: storeHealth(['bash', '-c', health(port)], Duration.minutes(5)),
          stop_grace_period: `${Duration.minutes(1)}`,
        },
        { resources: { requests: { cpu, memory: memoryRequest }, limits: { cpu: cpuLimit, memory } } },
      ),
    },
    files: {
      [`qdrant/${objectName}/config/config.yaml`]: vectorDatabaseConf({
        port,
        grpcPort,
        metricsPort: VECTOR_METRICS_PORT,
        folders: { storage: `${HOME}/storage`, snapshots: `${HOME}/snapshots` },
      }),
      [`qdrant/${objectName}/scripts/start.sh`]: VECTOR_DATABASE_START,
    },
    volumes,
    passwords: [vectorKey(database)],
  };
}
