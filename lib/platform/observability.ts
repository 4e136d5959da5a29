import { Construct } from 'constructs';
import { type Check, type Finding, inspect } from '../check';
import {
  Dashboards,
  ExternalSecret,
  LogRetention,
  LogStore,
  lintReasons,
  MeshTracing,
  NetworkPolicy,
  PrivateCa,
  SecretStore,
} from '../kubernetes';
import {
  type CapacityNeed,
  type EnvironmentSpec,
  GRAFANA,
  grafanaSecret,
  inspectObservability,
  isReckonable,
  logStoreSecret,
  onDemandRoom,
  type PlatformSpec,
  secretRoot,
  storedPods,
  TRACE_PROVIDER,
} from '../model';
import { environmentDashboards } from '../telemetry';
import { Cpu, Memory } from '../units';
import type { Layer } from './layer';
import { followedPasswords, logStoreCertificates, planLogRetention, planLogStore } from './plan/plan-log-store';
import { plannedObservability } from './plan/plan-observability';
import { storesFootprint } from './plan/plan-stores';
import { traceNetwork } from './plan/plan-traces';

/** Namespace in which cert-manager keeps what serves all of the cluster. */
const CERT_MANAGER = 'cert-manager';

/** Pods with volumes on one group, and what that group holds at its maximum. */
interface Shared {
  readonly nodes: string;
  readonly need: CapacityNeed;
  readonly room: CapacityNeed;
}

const text = ({ cpu, memory }: CapacityNeed): string => `${cpu} CPU and ${Math.floor(memory.inBytes / 2 ** 20)}Mi`;

/** What is asked of a group that has to hold all of it. */
export const OBSERVABILITY_ROOM_CHECKS: readonly Check<Shared>[] = [
  {
    id: 'observability-has-room-on-its-nodes',
    prop: 'observability.nodes',
    holds: ({ need, room }) => need.cpu.isAtMost(room.cpu) && need.memory.isAtMost(room.memory),
    rule: ({ nodes, need }) =>
      `must be a group that seats ${text(need)} at its maximum: stores and what keeps measurements, logs and traces on ${nodes}`,
    received: ({ room }) => text(room),
    remedy: 'raise the maximum of the group, or name another one',
  },
];

/** What shares the group that volumes are on; undefined where none is named, or where what is declared cannot be reckoned with. */
function shared(platform: string, environment: EnvironmentSpec): Shared | undefined {
  const plan = plannedObservability(environment);
  const { cluster, zones, stage, databases, caches, vectorDatabases = [] } = environment;
  const groups = cluster.nodeGroups.filter(({ name }) => name === plan?.nodes);
  if (plan?.nodes === undefined || groups.length === 0 || !isReckonable(plan)) return undefined;
  const here = <T extends object>(stores: readonly T[]): T[] =>
    stores.filter((store) => 'nodes' in store && store.nodes === plan.nodes);
  const stores = storesFootprint(platform, {
    ...environment,
    databases: here(databases),
    caches: here(caches),
    vectorDatabases: here(vectorDatabases),
  }).requests;
  const pods = storedPods(plan, stage === 'development' ? 1 : 2);
  const sum = (of: (pod: (typeof pods)[number]) => number): number =>
    pods.reduce((total, pod) => total + of(pod) * pod.pods, 0);
  return {
    nodes: plan.nodes,
    need: {
      cpu: Cpu.millis(stores.cpu.inMillis + sum(({ cpu }) => cpu.inMillis)),
      memory: Memory.bytes(stores.memory.inBytes + sum(({ memory }) => memory.inBytes)),
    },
    room: onDemandRoom(groups, zones.length),
  };
}

/** All that is wrong with where an environment keeps measurements, logs and traces; makes nothing. */
export function inspectObservabilityOf(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const findings = inspectObservability(path, environment);
  if (environment.observability === undefined || findings.some(({ severity }) => severity === 'error')) return findings;
  const at = `${path}/Observability`;
  const { name } = platform;
  const [store, retention] = [planLogStore(name, environment), planLogRetention(name, environment)];
  const together = shared(name, environment);
  return [
    ...findings,
    ...(store ? LogStore.inspect(`${at}/LogStore`, store) : []),
    ...(retention ? LogRetention.inspect(`${at}/LogRetention`, retention) : []),
    ...Dashboards.inspect(`${at}/Dashboards`, {
      name,
      namespace: GRAFANA.namespace,
      files: environmentDashboards(name, environment),
    }),
    ...(together ? inspect(at, together, OBSERVABILITY_ROOM_CHECKS) : []),
  ];
}

/** What charts of observability find in the cluster: passwords, an authority, Elasticsearch, dashboards, and who may talk. */
export function buildObservability(layer: Layer, platform: string, environment: EnvironmentSpec): void {
  const plan = plannedObservability(environment);
  if (plan === undefined) return;
  const scope = new Construct(layer, 'observability');
  passwords(scope, platform, environment);
  certificates(scope, platform, environment);
  const [store, retention] = [planLogStore(platform, environment), planLogRetention(platform, environment)];
  if (store) new LogStore(scope, 'LogStore', store);
  if (retention) new LogRetention(scope, 'LogRetention', retention);
  if (plan.dashboards === 'on') {
    const files = environmentDashboards(platform, environment);
    new Dashboards(scope, 'Dashboards', { name: platform, namespace: GRAFANA.namespace, files });
  }
  for (const [id, policy] of Object.entries(traceNetwork(platform, environment))) {
    lintReasons(new NetworkPolicy(scope, id, policy), 'of-an-operator');
  }
  if (plan.traces && environment.mesh !== undefined) {
    const { sampling } = plan.traces;
    new MeshTracing(scope, 'MeshTracing', { name: 'tracing', provider: TRACE_PROVIDER, sampling, partOf: platform });
  }
}

function passwords(scope: Construct, platform: string, environment: EnvironmentSpec): void {
  const followed = followedPasswords(environment);
  if (followed.length === 0) return;
  const root = secretRoot(platform, environment.name);
  const labels = { 'app.kubernetes.io/part-of': platform };
  const namespaces = [...new Set(followed.map(({ namespace }) => namespace))].sort();
  const { region } = environment;
  const store = new SecretStore(scope, 'Passwords', { name: `${platform}-observability`, region, namespaces, labels });
  for (const { name, namespace, of } of followed) {
    const from = of === 'grafana' ? grafanaSecret(root) : logStoreSecret(root, of);
    new ExternalSecret(store, name, { name, namespace, from, store: store.reference, labels });
  }
}

function certificates(scope: Construct, platform: string, environment: EnvironmentSpec): void {
  const issued = logStoreCertificates(environment);
  if (issued.length === 0) return;
  const authority = new PrivateCa(scope, 'Authority', {
    name: `${platform}-observability`,
    clusterNamespace: CERT_MANAGER,
  });
  for (const { id, ...certificate } of issued) authority.certificate(id, certificate);
}
