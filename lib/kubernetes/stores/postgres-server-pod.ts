import { storeResources } from '../../model/store/store';
import { Cpu, Duration, Memory } from '../../units';
import { hardenedContainer } from '../hardening';
import type { Container, PodSpec, Probe } from '../k8s';
import { intOrString, requirements } from '../quantities';
import { pullPolicy, small } from '../redis/redis-member';
import {
  exporterEnv,
  exporterMounts,
  POSTGRES_COMMAND,
  postgresScript,
  postgresVolumes,
  ROLES_ALIVE,
  ROLES_APPLIED,
  rolesEnv,
  rolesMounts,
  serverEnv,
  serverMounts,
} from './postgres-server-files';
import { POSTGRES_EXPORTER_PORT, type PostgresServerPlan } from './postgres-server-plan';
import { storePod } from './single-member';

/** What remains of the grace period after checkpoint and stop. */
const SPARE_SECONDS = 10;

/** Longest time that the stop hook takes: a checkpoint, then the stop. */
export const stopSeconds = ({ stopWithin }: Pick<PostgresServerPlan, 'stopWithin'>): Duration =>
  Duration.seconds(2 * stopWithin.toSeconds());

const probe = (command: readonly string[], periodSeconds: number, failureThreshold: number): Probe => ({
  exec: { command: [...command] },
  periodSeconds,
  timeoutSeconds: 6,
  failureThreshold,
});

/** The data folder is made or looked at, then the server runs as the first process, with its roles kept beside it. */
export const postgresServerPod = (plan: PostgresServerPlan): PodSpec => ({
  ...storePod(plan),
  terminationGracePeriodSeconds: stopSeconds(plan).toSeconds() + SPARE_SECONDS,
  initContainers: [initialize(plan)],
  containers: [server(plan), roles(plan), ...(plan.exporterImage === 'off' ? [] : [exporter(plan)])],
  volumes: postgresVolumes(plan),
});

const image = ({ image }: PostgresServerPlan) => ({
  image,
  imagePullPolicy: pullPolicy(image),
  securityContext: hardenedContainer(),
});

/** A first start writes a whole cluster of system tables, and tries out how much memory it gets. */
const initialize = (plan: PostgresServerPlan): Container => ({
  name: 'initialize',
  ...image(plan),
  command: postgresScript('initialize.sh'),
  env: serverEnv(plan),
  resources: requirements({
    requests: { cpu: Cpu.millis(100), memory: Memory.mib(256), ephemeralStorage: Memory.mib(64) },
    limits: { cpu: Cpu.cores(1), memory: Memory.mib(512), ephemeralStorage: Memory.mib(64) },
  }),
  volumeMounts: serverMounts(plan),
});

/** Recovery after a crash may take long: until it is over the server is alive, but not ready. */
const server = (plan: PostgresServerPlan): Container => ({
  name: 'postgres',
  ...image(plan),
  command: POSTGRES_COMMAND,
  env: serverEnv(plan),
  ports: [{ name: 'tcp-postgres', containerPort: plan.port, protocol: 'TCP' }],
  resources: requirements(storeResources(plan, Memory.mib(256))),
  startupProbe: probe(postgresScript('alive.sh'), 2, 60),
  readinessProbe: probe(['pg_isready', '--quiet', '--timeout=4'], 5, 3),
  livenessProbe: probe(postgresScript('alive.sh'), 10, 6),
  lifecycle: { preStop: { exec: { command: postgresScript('stop.sh') } } },
  volumeMounts: serverMounts(plan),
});

/** Ready once the roles have been made for the first time: clients are led here only when they can log in. */
const roles = (plan: PostgresServerPlan): Container => ({
  name: 'roles',
  ...image(plan),
  command: postgresScript('keep-roles.sh'),
  env: rolesEnv(plan),
  resources: small(10, 200, Memory.mib(64)),
  readinessProbe: probe(ROLES_APPLIED, 5, 3),
  livenessProbe: probe(ROLES_ALIVE, 60, 3),
  volumeMounts: rolesMounts(plan),
});

const exporter = ({ exporterImage, ...plan }: PostgresServerPlan): Container => ({
  name: 'exporter',
  image: exporterImage,
  imagePullPolicy: pullPolicy(exporterImage),
  securityContext: hardenedContainer(),
  env: exporterEnv({ ...plan, exporterImage }),
  ports: [{ name: 'metrics', containerPort: POSTGRES_EXPORTER_PORT, protocol: 'TCP' }],
  resources: small(10, 100, Memory.mib(64)),
  readinessProbe: { tcpSocket: { port: intOrString('metrics') }, periodSeconds: 10, timeoutSeconds: 5 },
  livenessProbe: { httpGet: { path: '/', port: intOrString('metrics') }, periodSeconds: 30, timeoutSeconds: 5 },
  volumeMounts: exporterMounts,
});
