import type { Cidr } from '../../model/network/cidr';
import type { Facts, Workload } from '../facts';
import { POOL_ANNOTATION } from '../facts/assumed';
import { pointerTo } from '../members';
import type { Evidence } from '../rule';
import { isHostOf } from '../rules/poolers';
import type { TerraformBlock } from '../source';
import { addressing } from './addressed';
import { entranceConnections } from './entrances';
import { monitorConnections } from './monitors';
import type { Peer } from './policies';
import { type NamedService, type PodPort, type Services, servicesOf } from './services';
import { type Store, storeNamed } from './stores';
import { textsGiven } from './written';

/** Who calls: pods that were read, pods that are only described, or something outside of the cluster. */
export interface Source {
  readonly id: string;
  readonly workload: Workload | undefined;
  /** One of several where addresses lie in several blocks; each must get through. */
  readonly peers: readonly Peer[];
  /** What it carries, where security groups are asked as well. */
  readonly comer?: { readonly blocks: readonly Cidr[]; readonly groups: readonly TerraformBlock[] };
}

/** A connection that something which was read names. */
export interface Connection {
  readonly from: Source;
  readonly to: PodPort | Store;
  /** As it is written: `http://api:8080`. */
  readonly words: string;
  readonly evidence: Evidence;
  /** Whether its host is looked up in the cluster's DNS. */
  readonly byName: boolean;
}

export const isStore = (to: PodPort | Store): to is Store => 'block' in to;

/** Every connection that emitted objects name and that leads somewhere known. */
export function connectionsOf(
  facts: Facts,
  stores: readonly Store[],
  ground: Parameters<typeof entranceConnections>[2],
): Connection[] {
  const services = servicesOf(facts);
  const given = textsGiven(facts);
  const hostsOf = addressing();
  const found = facts.workloads.flatMap((workload): Connection[] => {
    if (workload.shape.hostNetwork) return [];
    const from: Source = {
      id: workload.id,
      workload,
      peers: [{ pods: true, namespace: workload.namespace, labels: workload.shape.labels }],
    };
    const named = hostsOf(given(workload)).flatMap(({ host, port, words, in: { evidence } }) =>
      targetsOf(host, port, workload).map((to) => ({ from, to, words, evidence, byName: true })),
    );
    return [...named, ...pooled(facts, from, workload, services, stores)];
  });
  return unique([...found, ...monitorConnections(facts, services), ...entranceConnections(facts, services, ground)]);

  function targetsOf(host: string, port: number | undefined, workload: Workload): readonly (PodPort | Store)[] {
    const named = services.resolve(host, workload.namespace);
    if (named !== undefined) return services.podPorts(named, port);
    const store = storeNamed(stores, host) ?? (/[@%{]/.test(host) ? placeholder(facts, stores, host) : undefined);
    return store === undefined ? [] : [store];
  }
}

/** A host that is filled in at start, where there is only one database that it can be. */
function placeholder(facts: Facts, stores: readonly Store[], host: string): Store | undefined {
  const [only, ...others] = facts.databases.filter((database) => isHostOf(host, database, facts.databases));
  return only === undefined || others.length > 0 ? undefined : stores.find(({ id }) => id === only.id);
}

/** What pools are declared to: a Service, or a database. */
function pooled(
  { assumptions: { pools } }: Facts,
  from: Source,
  workload: Workload,
  services: Services,
  stores: readonly Store[],
): Connection[] {
  return (pools.get(workload.id) ?? []).flatMap(({ database }) => {
    const service = services.named(database, workload.namespace);
    const named: NamedService | undefined = service && { service, pod: undefined };
    const store = stores.find(({ name, id }) => name === database || id === database);
    const targets = named === undefined ? (store === undefined ? [] : [store]) : services.podPorts(named, undefined);
    const evidence = workload.evidence(pointerTo('metadata', 'annotations', POOL_ANNOTATION));
    return targets.map((to) => ({ from, to, words: `pool to ${database}`, evidence, byName: true }));
  });
}

/** Each pair of ends and port once, as it is written first. */
function unique(connections: readonly Connection[]): Connection[] {
  const seen = new Map<string, Connection>();
  for (const connection of connections) {
    const { from, to } = connection;
    const key = `${from.id} ${isStore(to) ? to.id : `${to.workload.id} ${to.port} ${to.protocol}`}`;
    if (!seen.has(key)) seen.set(key, connection);
  }
  return [...seen.values()];
}
