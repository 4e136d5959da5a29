import { POOL_ANNOTATION } from '../../ledger';
import {
  databaseIdentifier,
  type EnvironmentSpec,
  isDatabaseServer,
  type PlatformSpec,
  type ServiceSpec,
} from '../../model';
import { storesOf } from './connections';
import { poolerBefore } from './plan-secrets';

/** What the ledger knows the far end of a pool by: the pooler in front of it, the workload, or the instance of RDS. */
function farEnd(platform: PlatformSpec, environment: EnvironmentSpec, service: ServiceSpec, name: string): string {
  const pooler = poolerBefore(environment, service.name, name);
  if (pooler) return pooler.name;
  const server = environment.databases.filter(isDatabaseServer).find((database) => database.name === name);
  if (server) return server.objectName ?? server.name;
  return databaseIdentifier(platform.name, environment.name, name);
}

/** What a service's pools come to, as annotations of its workload; none where no pool is declared. */
export function planAssumptions(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  service: ServiceSpec,
): Readonly<Record<string, string>> {
  const reached = storesOf(environment, service).databases.map(({ name }) => name);
  const pools = service.connections.flatMap((connection) =>
    connection.to === 'database' && connection.pool !== undefined && reached.includes(connection.name)
      ? [`${farEnd(platform, environment, service, connection.name)}=${service.processes ?? 1}x${connection.pool}`]
      : [],
  );
  return pools.length === 0 ? {} : { [POOL_ANNOTATION]: pools.join(', ') };
}
