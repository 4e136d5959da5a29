import { RDS_AUTHORITIES } from '../../catalog';
import { type ExternalSecretProps, type OpenPeer, type PgBouncerProps, podResources } from '../../kubernetes';
import { OWN_AUTHORITY, pgBouncerPlan } from '../../kubernetes/stores/pgbouncer-plan';
import { poolerPod } from '../../kubernetes/stores/pgbouncer-pod';
import {
  type DatabasePoolerSpec,
  type DatabaseSpec,
  databasePoolerPlan,
  type EnvironmentSpec,
  type Footprint,
  footprint,
  imageFor,
  isDatabaseServer,
  isReplica,
  type PlatformSpec,
  pooledServices,
  poolerDemand,
  poolerPeak,
  primaryOf,
  storeHost,
} from '../../model';
import { clientPods } from './connections';
import { planNodes } from './plan-placement';
import { loginSecrets } from './plan-secrets';
import { roleSecret, secretsFolder, serverSecret, tlsSecret } from './secret-names';

/** Name of a database inside its server: a replica's is that of its primary. */
function nameInside(platform: PlatformSpec, database: DatabaseSpec): string {
  if (!isReplica(database)) return database.databaseName;
  return primaryOf(platform, database)?.database.databaseName ?? database.name;
}

/** A pooler in front of a declared database; undefined while that is not declared, which is reported. @param server Where the database answers. */
export function planPooler(
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  pooler: DatabasePoolerSpec,
  server: readonly OpenPeer[],
): PgBouncerProps | undefined {
  const { database: name, except: _, serverAuthority, ...spec } = pooler;
  const database = environment.databases.find((one) => one.name === name);
  if (database === undefined) return undefined;
  const services = pooledServices(pooler, environment);
  const logins = services.map((service) => loginSecrets(service.name, database));
  const others = logins.flatMap(([, second]) => second ?? []);
  const [image, exporterImage] = [imageFor(environment, 'pgbouncer'), imageFor(environment, 'pgbouncerExporter')];
  const { nodes, spreadOver } = planNodes(environment);
  return {
    ...spec,
    databaseName: nameInside(platform, database),
    maxConnections: database.maxConnections,
    demand: poolerDemand(pooler, environment),
    roles: logins.map(([first]) => first),
    ...(others.length > 0 && { otherLogins: others }),
    serverSecret: serverSecret(pooler),
    serverAuthority:
      serverAuthority ??
      (isDatabaseServer(database) ? OWN_AUTHORITY : (RDS_AUTHORITIES.facts.get(environment.region) ?? '')),
    tlsSecret: tlsSecret(pooler.name),
    clients: clientPods({ ...environment, services }, 'database', name),
    server,
    priorityClass: 'critical',
    partOf: platform.name,
    ...(image && { image }),
    ...(exporterImage && { exporterImage }),
    ...(nodes && { placement: nodes }),
    ...(spreadOver && { spreadOver }),
  };
}

const contentOf = (platform: string, namespace: string, pooler: DatabasePoolerSpec) => ({
  engine: '{{ .engine }}',
  dbname: '{{ .dbname }}',
  username: '{{ .username }}',
  password: '{{ .password }}',
  host: storeHost({ name: pooler.name }, namespace),
  port: `${databasePoolerPlan(pooler).port}`,
  sslrootcert: `${secretsFolder(platform, 'tls')}/ca.crt`,
});

/**
 * What services behind a pooler find in the Secrets of their roles, by the names of those: the pooler where the database was, and the
 * file with who signs its certificate.
 */
export const pooledContents = (
  platform: string,
  environment: EnvironmentSpec,
): ReadonlyMap<string, NonNullable<ExternalSecretProps['content']>> =>
  new Map(
    (environment.poolers ?? []).flatMap((pooler) =>
      pooledServices(pooler, environment).map(
        ({ name }) => [roleSecret(name, pooler.database), contentOf(platform, environment.namespace, pooler)] as const,
      ),
    ),
  );

/** Names of its certificate. */
export const poolerCertificateNames = ({ name }: DatabasePoolerSpec, namespace: string): string[] => [
  name,
  `${name}.${namespace}`,
  `${name}.${namespace}.svc`,
  `${name}.${namespace}.svc.cluster.local`,
];

/** What its pods hold at most, while old ones drain. */
export function poolerFootprint(platform: string, environment: EnvironmentSpec, pooler: DatabasePoolerSpec): Footprint {
  const plan = planPooler({ name: platform, environments: [environment] }, environment, pooler, []);
  if (plan === undefined) return footprint(0, podResources({ containers: [] }));
  const pods = pgBouncerPlan(plan);
  return footprint(poolerPeak(pods), podResources(poolerPod(pods)));
}
