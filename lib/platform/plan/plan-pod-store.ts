import { selectorLabels } from '../../kubernetes';
import { warmingSelector } from '../../kubernetes/redis/cache-warming-pod';
import { migrationSelector } from '../../kubernetes/stores/database-migration-plan';
import type { StoreProps } from '../../kubernetes/stores/store-props';
import { type EnvironmentSpec, migratedDatabase, type PodStore } from '../../model';
import { clientPods } from './connections';
import { placementOn } from './plan-placement';
import { poolerBefore } from './plan-secrets';
import { authSecret, tlsSecret } from './secret-names';
import { warmersOf } from './warmers';

/** Class of the volumes that an environment makes. */
export const VOLUME_CLASS = 'gp3';

/** What stores whose pods run in the cluster have in common. */
export type PodStoreProps = Pick<
  StoreProps,
  'clients' | 'tls' | 'auth' | 'storageClass' | 'priorityClass' | 'partOf' | 'placement'
>;

/** Pods that migrate tables connect to the same database as their services. */
const migrating = (environment: EnvironmentSpec, to: string, name: string) =>
  to !== 'database'
    ? []
    : environment.services
        .filter((service) => service.migration && migratedDatabase(environment, service)?.name === name)
        .map((service) => ({ pods: migrationSelector(service.name) }));

/** A pooler in front of a database connects in place of the services behind it. */
function clients(environment: EnvironmentSpec, to: 'database' | 'cache' | 'vector-database', name: string) {
  if (to === 'cache') {
    const warmers = warmersOf(environment, name).map((pod) => ({ pods: warmingSelector(pod) }));
    return [...clientPods(environment, to, name), ...warmers];
  }
  if (to !== 'database') return clientPods(environment, to, name);
  const { poolers = [], services } = environment;
  const direct = services.filter((service) => poolerBefore(environment, service.name, name) === undefined);
  return [
    ...clientPods({ ...environment, services: direct }, to, name),
    ...poolers.filter(({ database }) => database === name).map((pooler) => ({ pods: selectorLabels(pooler.name) })),
  ];
}

/** Who connects to a store, how they are known, and where it runs. */
export function planPodStore(
  platform: string,
  environment: EnvironmentSpec,
  { name, nodes }: PodStore,
  to: 'database' | 'cache' | 'vector-database',
): PodStoreProps {
  const placement = placementOn(environment, nodes);
  return {
    clients: [...clients(environment, to, name), ...migrating(environment, to, name)],
    tls: { secretName: tlsSecret(name) },
    auth: { secretName: authSecret(name), key: 'password' },
    storageClass: VOLUME_CLASS,
    priorityClass: 'critical',
    partOf: platform,
    ...(placement && { placement }),
  };
}
