import type { PostgresReplicaProps } from '../../lib/aws/database/postgres-replica-props';
import type { PostgresReplicaSpec } from '../../lib/model/postgres/postgres-replica';
import { DECLARED } from './postgres';

/** A replica of `DECLARED` that breaks no check. */
export const REPLICA: PostgresReplicaSpec = {
  kind: 'replica',
  name: 'main',
  of: { environment: 'production', database: 'main' },
  instanceClass: 'db.r5.xlarge',
  maxConnections: 1000,
};

/** The same as an instance in another region that breaks no check. */
export const STANDBY: PostgresReplicaProps = {
  ...REPLICA,
  primary: DECLARED,
  identifier: 'acgs-production-dr-main',
  source: { identifier: 'acgs-production-main', region: 'us-west-2' },
  region: 'us-east-1',
  vpcId: 'vpc-0c1d',
  subnetIds: ['subnet-0c', 'subnet-0d'],
  allowedFrom: [{ cidr: '10.1.0.0/18', description: 'pods of the cluster' }],
};
