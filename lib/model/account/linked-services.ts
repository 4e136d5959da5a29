/** Services that act with a role of their own in the account. */
export const LINKED_SERVICES = [
  'autoscaling',
  'backup',
  'spot',
  'elasticloadbalancing',
  'eks',
  'eks-nodegroup',
  'rds',
  'elasticache',
  'replication.ecr',
  'pullthroughcache.ecr',
] as const;
/** One of them, by what stands before `.amazonaws.com`. */
export type LinkedService = (typeof LINKED_SERVICES)[number];
