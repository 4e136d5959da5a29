import { type AwsAccount, EKS_INTERFACE_ENDPOINTS, type PodIdentityAssociationProps } from '../../aws';
import type { DatabaseRolesProps, OpenPeer } from '../../kubernetes';
import {
  databaseRolesName,
  databaseSecret,
  type EnvironmentSpec,
  imageFor,
  isInstance,
  MASTER_ROLE,
  type PostgresSpec,
  postgresPlan,
  secretRoot,
} from '../../model';
import { loginVersions } from '../../model/postgres/role-rotation';
import { clientsOf } from './connections';
import { databaseRanges } from './plan-network';
import { placementOn } from './plan-placement';
import { loginSecrets } from './plan-secrets';

/** Managed databases whose roles are looked after: those that somebody connects to. */
export const databasesWithRoles = (environment: EnvironmentSpec): PostgresSpec[] =>
  environment.databaseRoles === undefined
    ? []
    : environment.databases
        .filter(isInstance)
        .filter(({ name }) => clientsOf(environment, 'database', name).length > 0);

const masterSecret = (platform: string, environment: EnvironmentSpec, { name }: PostgresSpec): string =>
  databaseSecret(secretRoot(platform, environment.name), name, MASTER_ROLE);

/** Inside the network where it has an endpoint of its own, else at public addresses. */
function secretsManager({ network }: EnvironmentSpec): OpenPeer {
  const { cidr, interfaceEndpoints = EKS_INTERFACE_ENDPOINTS } = network;
  return { cidr: interfaceEndpoints.includes('secretsmanager') ? cidr : '0.0.0.0/0', port: 443 };
}

/** The Secrets of all logins; where they take turns, with who acts as whom and which passwords are declared. */
function logins(
  environment: EnvironmentSpec,
  database: PostgresSpec,
): Pick<DatabaseRolesProps, 'roles' | 'secondLogins' | 'startVersion' | 'versions'> {
  const both = clientsOf(environment, 'database', database.name).map(({ name }) => loginSecrets(name, database));
  const { roleRotation, rolePasswordVersion } = database;
  const roles = both.flatMap(([first, second]) => (second === undefined ? [first] : [first, second]));
  if (roleRotation === undefined) return { roles };
  const versions = loginVersions(roleRotation, rolePasswordVersion);
  const turns = both.flatMap(([first, second]) => (second === undefined ? [] : [{ first, second }]));
  return {
    roles,
    secondLogins: Object.fromEntries(turns.map(({ first, second }) => [second, first])),
    versions: Object.fromEntries(
      turns.flatMap(({ first, second }) => [
        [first, versions.first],
        [second, versions.second],
      ]),
    ),
    ...(rolePasswordVersion !== undefined && { startVersion: rolePasswordVersion }),
  };
}

/** What makes and keeps the roles of a managed database. */
export function planDatabaseRoles(
  platform: string,
  environment: EnvironmentSpec,
  database: PostgresSpec,
): DatabaseRolesProps {
  const { every } = environment.databaseRoles ?? {};
  const [image, awsImage] = [imageFor(environment, 'postgres'), imageFor(environment, 'awsCli')];
  const placement = placementOn(environment, undefined);
  const { port } = postgresPlan(database);
  return {
    name: database.name,
    masterSecret: masterSecret(platform, environment, database),
    region: environment.region,
    ...logins(environment, database),
    database: databaseRanges(environment).map((cidr) => ({ cidr, port })),
    secrets: [secretsManager(environment)],
    priorityClass: 'batch',
    partOf: platform,
    ...(every && { every }),
    ...(image && { image }),
    ...(awsImage && { awsImage }),
    ...(placement && { placement }),
  };
}

/** What its pods may do in AWS: read the one secret that nobody else in the cluster may. */
export function planDatabaseRolesIdentity(
  platform: string,
  environment: EnvironmentSpec,
  database: PostgresSpec,
  cluster: string,
  arn: AwsAccount['arn'],
): PodIdentityAssociationProps {
  // Secrets Manager adds a hyphen and six characters to each name.
  const secret = arn('secretsmanager', `secret:${masterSecret(platform, environment, database)}-??????`);
  return {
    clusterName: cluster,
    namespace: environment.namespace,
    serviceAccount: databaseRolesName(database.name),
    statements: [
      { sid: 'ReadTheMaster', actions: ['secretsmanager:GetSecretValue'], resources: [secret] },
      {
        // The key belongs to the data stack, which is applied later: told by what it is used for.
        sid: 'DecryptThroughSecretsManager',
        actions: ['kms:Decrypt'],
        resources: [arn('kms', 'key/*')],
        conditions: {
          StringEquals: { 'kms:ViaService': `secretsmanager.${environment.region}.amazonaws.com` },
          StringLike: { 'kms:EncryptionContext:SecretARN': [secret] },
        },
      },
    ],
  };
}
