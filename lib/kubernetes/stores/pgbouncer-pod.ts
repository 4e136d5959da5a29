import { pgbouncerIni } from '../../config/pgbouncer/pgbouncer-ini';
import { PGBOUNCER_RUN, SERVER_PLACE } from '../../config/pgbouncer/pgbouncer-run';
import { Cpu, Memory } from '../../units';
import { hardenedContainer, hardenedPod } from '../hardening';
import type { Container, PodSpec } from '../k8s';
import { selectorLabels } from '../labels';
import { METRICS_PATH } from '../metrics-annotations';
import { intOrString, quantity, requirements } from '../quantities';
import { pullPolicy, small } from '../redis/redis-member';
import { fileMounts, fileVolumes } from '../workload/mounts';
import { placement } from '../workload/node-placement';
import { DEPLOYMENT_VERSION_LABEL, podSpread } from '../workload/pod-spread';
import { OWN_AUTHORITY, type PgBouncerPlan, pgBouncerMemory, podPool } from './pgbouncer-plan';

const CONFIG = '/etc/headroom-pgbouncer';
const SERVER = '/etc/headroom-server';
const ROLES = '/etc/headroom-roles';
const TLS = '/etc/headroom-tls';
const RUN = '/run/pgbouncer';
const SOCKET = '/run/pgbouncer-socket';

const SERVER_CA = 'server-ca.crt';

/** Where its exporter serves metrics. */
export const POOLER_METRICS_PORT = 9127;

/** Name of the port: clients' sidecars read from it that they must not look into what is encrypted. */
export const POOLER_PORT = 'tls-postgres';

/** What a pod still needs after its last transaction. */
const CLOSE_SECONDS = 5;

/** Files of the ConfigMap. No password is among them, and no address of a server. */
export function poolerConfig(plan: PgBouncerPlan): Readonly<Record<string, string>> {
  const { pool, database } = podPool(plan);
  const own = plan.serverAuthority === OWN_AUTHORITY;
  const ini = pgbouncerIni({
    ...pool,
    databases: [{ ...database, ...SERVER_PLACE }],
    authFile: `${RUN}/userlist.txt`,
    listenOn: '*',
    socketFolder: SOCKET,
    serverAuthority: own ? `${TLS}/ca.crt` : `${CONFIG}/${SERVER_CA}`,
    clientTls: TLS,
  });
  return { 'pgbouncer.ini': ini, 'run.sh': PGBOUNCER_RUN, ...(!own && { [SERVER_CA]: plan.serverAuthority }) };
}

const configMap = ({ name }: PgBouncerPlan) => ({ name: `${name}-config`, mountPath: CONFIG });

const secrets = ({ roles, otherLogins, serverSecret, tlsSecret }: PgBouncerPlan) => [
  ...[...roles, ...otherLogins].map((secret) => ({ secret, mountPath: `${ROLES}/${secret}` })),
  { secret: serverSecret, mountPath: SERVER },
  { secret: tlsSecret, mountPath: TLS },
];

const probe = (port: number, periodSeconds: number, failureThreshold: number) => ({
  exec: { command: ['pg_isready', '--quiet', `--host=${SOCKET}`, `--port=${port}`] },
  periodSeconds,
  failureThreshold,
  timeoutSeconds: 5,
});

const bouncer = (plan: PgBouncerPlan): Container => {
  const memory = pgBouncerMemory(plan);
  const ephemeralStorage = Memory.mib(64);
  return {
    name: 'pgbouncer',
    image: plan.image,
    imagePullPolicy: pullPolicy(plan.image),
    command: ['sh', `${CONFIG}/run.sh`],
    env: Object.entries({
      PGBOUNCER_CONF: `${CONFIG}/pgbouncer.ini`,
      PGBOUNCER_RUN_FOLDER: RUN,
      PGBOUNCER_SERVER_FOLDER: SERVER,
      PGBOUNCER_ROLES_FOLDER: ROLES,
      PGBOUNCER_TLS_FOLDER: TLS,
      PGBOUNCER_LEAVE_SECONDS: `${plan.leaveAfter.toSeconds()}`,
    }).map(([name, value]) => ({ name, value })),
    ports: [{ name: POOLER_PORT, containerPort: plan.port, protocol: 'TCP' }],
    resources: requirements({
      requests: { cpu: plan.cpu, memory, ephemeralStorage },
      limits: { cpu: Cpu.cores(1), memory, ephemeralStorage },
    }),
    startupProbe: probe(plan.port, 2, 60),
    readinessProbe: { tcpSocket: { port: intOrString(POOLER_PORT) }, periodSeconds: 5, failureThreshold: 2 },
    livenessProbe: probe(plan.port, 10, 6),
    securityContext: hardenedContainer(),
    volumeMounts: [
      ...fileMounts(secrets(plan), [configMap(plan)]),
      { name: 'run', mountPath: RUN },
      { name: 'socket', mountPath: SOCKET },
    ],
  };
};

/** As the same user over the socket, it is let in without a password. */
const exporter = (plan: PgBouncerPlan): Container => ({
  name: 'exporter',
  image: plan.exporterImage,
  imagePullPolicy: pullPolicy(plan.exporterImage),
  args: [`--web.listen-address=:${POOLER_METRICS_PORT}`],
  env: [
    {
      name: 'PGBOUNCER_EXPORTER_CONNECTION_STRING',
      value: `host=${SOCKET} port=${plan.port} user=pgbouncer dbname=pgbouncer sslmode=disable`,
    },
  ],
  ports: [{ name: 'metrics', containerPort: POOLER_METRICS_PORT, protocol: 'TCP' }],
  resources: small(10, 100, Memory.mib(32)),
  readinessProbe: {
    httpGet: { path: METRICS_PATH, port: intOrString('metrics') },
    periodSeconds: 10,
    timeoutSeconds: 5,
  },
  livenessProbe: { tcpSocket: { port: intOrString('metrics') }, periodSeconds: 30, failureThreshold: 6 },
  securityContext: hardenedContainer(),
  volumeMounts: [{ name: 'socket', mountPath: SOCKET }],
});

/** PgBouncer with its exporter. A pod that has to go first leaves the Service, then lets transactions end. */
export const poolerPod = (plan: PgBouncerPlan): PodSpec => ({
  serviceAccountName: plan.name,
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  terminationGracePeriodSeconds: plan.leaveAfter.toSeconds() + plan.drainFor.toSeconds() + CLOSE_SECONDS,
  ...(plan.priorityClass === undefined ? {} : { priorityClassName: plan.priorityClass }),
  securityContext: hardenedPod(),
  ...placement(plan.placement),
  ...podSpread({
    selector: selectorLabels(plan.name),
    over: plan.spreadOver,
    versionLabel: DEPLOYMENT_VERSION_LABEL,
  }),
  containers: [bouncer(plan), ...(plan.exporterImage === 'off' ? [] : [exporter(plan)])],
  volumes: [
    ...fileVolumes(secrets(plan), [configMap(plan)]),
    { name: 'run', emptyDir: { medium: 'Memory', sizeLimit: quantity(Memory.mib(1)) } },
    { name: 'socket', emptyDir: { medium: 'Memory', sizeLimit: quantity(Memory.mib(1)) } },
  ],
});
