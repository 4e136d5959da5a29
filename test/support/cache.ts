import type { RedisReplicationGroupProps } from '../../lib/aws/cache/redis-replication-group-props';

/** A managed cache that breaks no check. */
export const CACHE: RedisReplicationGroupProps = {
  kind: 'replication-group',
  name: 'cache',
  identifier: 'acgs-production-cache',
  nodeType: 'cache.r7g.large',
  vpcId: 'vpc-0a1b',
  subnetIds: ['subnet-0a', 'subnet-0b'],
  allowedFrom: [{ cidr: '10.0.0.0/18', description: 'pods of the cluster' }],
  secretName: 'acgs/production/cache/auth',
  asOf: '2026-11-21',
};
