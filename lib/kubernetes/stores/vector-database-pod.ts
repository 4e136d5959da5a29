import { VECTOR_DATABASE_START, vectorDatabaseConf } from '../../config/vector/vector-database-conf';
import { storeResources } from '../../model/store/store';
import { VECTOR_METRICS_PORT } from '../../model/vector/vector-database';
import { Memory } from '../../units';
import { hardenedContainer } from '../hardening';
import type { Container, PodSpec, Probe, Volume, VolumeMount } from '../k8s';
import { intOrString, quantity, requirements } from '../quantities';
import { pullPolicy } from '../redis/redis-member';
import { storePod } from './single-member';
import type { VectorDatabasePlan } from './vector-database-plan';

const CONFIG = '/etc/qdrant/config';
const SCRIPTS = '/etc/qdrant/scripts';
const AUTH = '/etc/qdrant/auth';
const TLS = '/etc/qdrant/tls';
const RUN = '/run/qdrant';
const HOME = '/qdrant';
const STORAGE = `${HOME}/storage`;
const SNAPSHOTS = `${HOME}/snapshots`;
const TMP = '/tmp';

const READ_ONLY = 0o440;

/** Collections are loaded before the first answer, which takes as long as they are large. */
const LOAD_SECONDS = 1800;
const START_PERIOD = 5;

/** What has been written is flushed to disk. */
const STOP_SECONDS = 60;

/** Names of its ports: a client's sidecar reads from them that it must not look into what is encrypted. */
export const vectorPorts = ({ tls }: VectorDatabasePlan) =>
  tls === 'off'
    ? ({ http: 'http', grpc: 'grpc', metrics: 'metrics' } as const)
    : ({ http: 'https', grpc: 'tls-grpc', metrics: 'metrics' } as const);

export const vectorConfig = ({ port, grpcPort, tls }: VectorDatabasePlan): Record<string, string> => ({
  'config.yaml': vectorDatabaseConf({
    port,
    grpcPort,
    metricsPort: VECTOR_METRICS_PORT,
    folders: { storage: STORAGE, snapshots: SNAPSHOTS, ...(tls === 'off' ? {} : { tls: TLS }) },
  }),
});

export const VECTOR_SCRIPTS = { 'start.sh': VECTOR_DATABASE_START } as const;

/** The server, started with its key. */
export const vectorDatabasePod = (plan: VectorDatabasePlan): PodSpec => ({
  ...storePod(plan),
  terminationGracePeriodSeconds: STOP_SECONDS,
  containers: [server(plan)],
  volumes: volumes(plan),
});

const volumes = ({ objectName, auth, tls }: VectorDatabasePlan): Volume[] => [
  { name: 'config', configMap: { name: `${objectName}-config`, defaultMode: READ_ONLY } },
  { name: 'scripts', configMap: { name: `${objectName}-scripts`, defaultMode: READ_ONLY } },
  {
    name: 'auth',
    secret: { secretName: auth.secretName, items: [{ key: auth.key, path: 'password' }], defaultMode: READ_ONLY },
  },
  ...(tls === 'off' ? [] : [{ name: 'tls', secret: { secretName: tls.secretName, defaultMode: READ_ONLY } }]),
  { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: quantity(Memory.mib(1)) } },
  { name: 'tmp', emptyDir: { sizeLimit: quantity(Memory.mib(64)) } },
];

const mounts = ({ tls }: VectorDatabasePlan): VolumeMount[] => [
  { name: 'config', mountPath: CONFIG, readOnly: true },
  { name: 'scripts', mountPath: SCRIPTS, readOnly: true },
  { name: 'auth', mountPath: AUTH, readOnly: true },
  ...(tls === 'off' ? [] : [{ name: 'tls', mountPath: TLS, readOnly: true }]),
  { name: 'run', mountPath: RUN },
  { name: 'tmp', mountPath: TMP },
  { name: 'storage', mountPath: STORAGE },
  { name: 'snapshots', mountPath: SNAPSHOTS },
];

/** Health is answered without a key. */
const health = (plan: VectorDatabasePlan, path: string): Probe => ({
  httpGet: { path, port: intOrString(vectorPorts(plan).http), scheme: plan.tls === 'off' ? 'HTTP' : 'HTTPS' },
  timeoutSeconds: 3,
});

const server = (plan: VectorDatabasePlan): Container => ({
  name: 'qdrant',
  image: plan.image,
  imagePullPolicy: pullPolicy(plan.image),
  command: ['sh', `${SCRIPTS}/start.sh`],
  workingDir: HOME,
  env: [
    { name: 'QDRANT_CONF', value: `${CONFIG}/config.yaml` },
    { name: 'QDRANT_RUN_FOLDER', value: RUN },
    { name: 'QDRANT_KEY_FILE', value: `${AUTH}/password` },
    { name: 'QDRANT_TLS_FOLDER', value: plan.tls === 'off' ? '' : TLS },
    { name: 'QDRANT_INIT_FILE_PATH', value: `${TMP}/initialized` },
  ],
  ports: [
    { name: vectorPorts(plan).http, containerPort: plan.port, protocol: 'TCP' },
    { name: vectorPorts(plan).grpc, containerPort: plan.grpcPort, protocol: 'TCP' },
    { name: vectorPorts(plan).metrics, containerPort: VECTOR_METRICS_PORT, protocol: 'TCP' },
  ],
  resources: requirements(storeResources(plan, Memory.mib(256))),
  startupProbe: {
    ...health(plan, '/livez'),
    periodSeconds: START_PERIOD,
    failureThreshold: LOAD_SECONDS / START_PERIOD,
  },
  readinessProbe: { ...health(plan, '/readyz'), periodSeconds: 5, failureThreshold: 3 },
  livenessProbe: { ...health(plan, '/livez'), periodSeconds: 10, failureThreshold: 6 },
  securityContext: hardenedContainer(),
  volumeMounts: mounts(plan),
});
