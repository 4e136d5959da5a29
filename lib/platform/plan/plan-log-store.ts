import { logStoreRoles } from '../../config/logs/log-store-roles';
import { type LogRetentionProps, type LogStoreProps, logStoreSelector, type OpenPeer } from '../../kubernetes';
import {
  copiesOf,
  type EnvironmentSpec,
  GRAFANA,
  imageFor,
  LOG_STORE,
  LOG_STREAM,
  type LogStoreUser,
  OBSERVABILITY_NAMESPACES,
  PUBLIC_IMAGES,
  storedPods,
  TRACE_INDICES,
  TRACE_STORE,
} from '../../model';
import { logStoreUsers, OBSERVABILITY_SECRETS, plannedObservability } from './plan-observability';
import { placementOn } from './plan-placement';
import { VOLUME_CLASS } from './plan-pod-store';

/** Release that the operator of the catalog was tried with. Source: elastic/cloud-on-k8s, tag v3.5.0, config/samples. */
const ELASTICSEARCH = '9.4.3';

/** Secret with its certificate, and that with the authority for whoever sees to retention. */
const TLS = 'logs-tls';
const KEEPER_TLS = 'log-keeper-tls';

/** Secret of Elasticsearch's own namespace with one of its users. */
export const userSecret = (user: LogStoreUser): string => `user-${user}`;

const named = (name: string) => ({ 'app.kubernetes.io/name': name });

/** Everybody who asks Elasticsearch, from wherever they are. */
const clients = (environment: EnvironmentSpec): OpenPeer[] => {
  const plan = plannedObservability(environment);
  const { port } = LOG_STORE;
  return [
    { pods: named('fluent-bit'), namespace: OBSERVABILITY_NAMESPACES.agents, port },
    { pods: named('log-retention'), port },
    ...(plan?.traces ? [{ pods: named(TRACE_STORE.name), namespace: TRACE_STORE.namespace, port }] : []),
    ...(plan?.dashboards === 'on' ? [{ pods: named('grafana'), namespace: GRAFANA.namespace, port }] : []),
  ];
};

/** The Elasticsearch of an environment; undefined where logs are not kept. */
export function planLogStore(platform: string, environment: EnvironmentSpec): LogStoreProps | undefined {
  const plan = plannedObservability(environment);
  const [pod] = plan ? storedPods(plan, 1).filter(({ name }) => name === 'elasticsearch') : [];
  if (plan?.logs === undefined || pod === undefined) return undefined;
  const placement = plan.nodes === undefined ? undefined : placementOn(environment, plan.nodes);
  return {
    name: LOG_STORE.name,
    namespace: LOG_STORE.namespace,
    version: ELASTICSEARCH,
    members: plan.logs.members,
    storage: pod.volume,
    storageClass: VOLUME_CLASS,
    cpu: pod.cpu,
    memory: pod.memory,
    userSecrets: logStoreUsers(plan).map(userSecret),
    roles: logStoreRoles({ stream: LOG_STREAM, traces: TRACE_INDICES }),
    tlsSecret: TLS,
    clients: clients(environment),
    priorityClass: 'critical',
    partOf: platform,
    ...(placement && { placement }),
  };
}

/** How long its logs are kept; undefined where they are not. */
export function planLogRetention(platform: string, environment: EnvironmentSpec): LogRetentionProps | undefined {
  const logs = plannedObservability(environment)?.logs;
  if (logs === undefined) return undefined;
  return {
    name: 'log-retention',
    namespace: LOG_STORE.namespace,
    url: `https://${LOG_STORE.host}:${LOG_STORE.port}`,
    store: { pods: logStoreSelector(LOG_STORE.name), port: LOG_STORE.port },
    stream: LOG_STREAM,
    retention: logs.retention,
    copies: copiesOf(logs) - 1,
    userSecret: userSecret('log-keeper'),
    authoritySecret: KEEPER_TLS,
    image: imageFor(environment, 'curl') ?? PUBLIC_IMAGES.curl,
    priorityClass: 'batch',
    partOf: platform,
  };
}

/** A certificate of the authority for logs: where it goes, and whom it is for. */
export interface LogStoreCertificate {
  readonly id: string;
  readonly namespace: string;
  readonly secretName: string;
  readonly dnsNames: readonly string[];
}

/** That of Elasticsearch, by all names that its operator and its clients call it, and one in each namespace that must trust it. */
export function logStoreCertificates(environment: EnvironmentSpec): LogStoreCertificate[] {
  const plan = plannedObservability(environment);
  if (plan?.logs === undefined) return [];
  const { name, namespace, service } = LOG_STORE;
  const { authorities } = OBSERVABILITY_SECRETS;
  const client = (id: string, where: string, secretName: string): LogStoreCertificate => ({
    id,
    namespace: where,
    secretName,
    dnsNames: [secretName],
  });
  const internal = `${name}-es-internal-http`;
  return [
    {
      id: 'LogStore',
      namespace,
      secretName: TLS,
      dnsNames: [service, internal]
        .flatMap((host) => [host, `${host}.${namespace}`, `${host}.${namespace}.svc`])
        .concat(`*.${name}-es-members.${namespace}.svc`),
    },
    client('Keeper', namespace, KEEPER_TLS),
    client('Agent', OBSERVABILITY_NAMESPACES.agents, authorities.agent),
    ...(plan.traces ? [client('Traces', TRACE_STORE.namespace, authorities.traces)] : []),
    ...(plan.dashboards === 'on' ? [client('Reader', GRAFANA.namespace, authorities.reader)] : []),
  ];
}

/** A Secret of the cluster that follows one in AWS. */
export interface FollowedPassword {
  readonly name: string;
  readonly namespace: string;
  /** What is behind it. */
  readonly of: LogStoreUser | 'grafana';
}

/** Passwords where they are checked, and where they are used. */
export function followedPasswords(environment: EnvironmentSpec): FollowedPassword[] {
  const plan = plannedObservability(environment);
  if (plan === undefined) return [];
  const { grafana, users } = OBSERVABILITY_SECRETS;
  const shown = plan.dashboards === 'on';
  return [
    ...(shown ? [{ name: grafana, namespace: GRAFANA.namespace, of: 'grafana' as const }] : []),
    ...logStoreUsers(plan).map((user) => ({ name: userSecret(user), namespace: LOG_STORE.namespace, of: user })),
    ...(plan.logs ? [{ name: users.agent, namespace: OBSERVABILITY_NAMESPACES.agents, of: 'log-agent' as const }] : []),
    ...(plan.logs && shown ? [{ name: users.reader, namespace: GRAFANA.namespace, of: 'log-reader' as const }] : []),
    ...(plan.traces ? [{ name: users.traces, namespace: TRACE_STORE.namespace, of: 'jaeger' as const }] : []),
  ];
}
