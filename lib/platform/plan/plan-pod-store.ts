import { migrationSelector } from '../../kubernetes/stores/database-migration-plan';
import type { StoreProps } from '../../kubernetes/stores/store-props';
import { type EnvironmentSpec, migratedDatabase, type PodStore } from '../../model';
import { clientPods } from './connections';
import { placementOn } from './plan-placement';
import { authSecret, tlsSecret } from './plan-secrets';

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

/** Who connects to a store, how they are known, and where it runs. */
export function planPodStore(
  platform: string,
  environment: EnvironmentSpec,
  { name, nodes }: PodStore,
  to: 'database' | 'cache' | 'vector-database',
): PodStoreProps {
  const placement = placementOn(environment, nodes);
  return {
    clients: [...clientPods(environment, to, name), ...migrating(environment, to, name)],
    tls: { secretName: tlsSecret(name) },
    auth: { secretName: authSecret(name), key: 'password' },
    storageClass: VOLUME_CLASS,
    priorityClass: 'critical',
    partOf: platform,
    ...(placement && { placement }),
  };
}
