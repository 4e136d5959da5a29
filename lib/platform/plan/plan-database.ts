import type { PostgresDatabaseProps } from '../../aws';
import { databaseIdentifier, type EnvironmentSpec, type PostgresSpec, secretRoot } from '../../model';
import { clientsOf } from './connections';

/** Where a database stands and who reaches it: known to Terraform only. */
export type DatabasePlace = Pick<PostgresDatabaseProps, 'vpcId' | 'subnetIds' | 'allowedFrom'>;

/** What a declared database is in AWS: one role and one secret for each service that connects to it. */
export const planDatabase = (
  platform: string,
  environment: EnvironmentSpec,
  database: PostgresSpec,
  place: DatabasePlace,
): PostgresDatabaseProps => ({
  ...database,
  ...place,
  identifier: databaseIdentifier(platform, environment.name, database.name),
  secretPrefix: `${secretRoot(platform, environment.name)}/${database.name}`,
  roles: clientsOf(environment, 'database', database.name).map(({ name }) => name),
  asOf: environment.asOf,
});

/** The place as far as it is known before it exists: what inspection needs. */
export const plannedPlace = ({ zones }: EnvironmentSpec): DatabasePlace => ({
  vpcId: 'made-by-the-network-stack',
  subnetIds: zones,
  allowedFrom: [],
});
