import { type AwsQuotaName, awsQuota } from '../../catalog';

/** A bound that AWS sets to an account, and how to ask for more. */
export interface ServiceQuota {
  /** Service as Service Quotas spells it: `ec2`. */
  readonly service: string;
  /** Code of the quota: `L-1216C47A`. @default - none: it cannot be raised */
  readonly code?: string;
  /** What is counted, as the end of "needs 12 …". */
  readonly counts: string;
  /** What it bounds: a whole region, one zone of it, or one cluster. */
  readonly per: 'region' | 'zone' | 'cluster';
  /** What an account has before it asks. EC2 grants new accounts little. */
  readonly default: number;
}

/** A quota as the catalog has it, of which this model counts the use. */
const counted = (name: AwsQuotaName, per: ServiceQuota['per']): ServiceQuota => {
  const { service, code, counts, default: granted } = awsQuota(name);
  return { service, ...(code !== undefined && { code }), counts, per, default: granted };
};

/** Quotas that an environment uses up, by names of ours. */
export const SERVICE_QUOTAS = {
  onDemandVcpus: counted('onDemandVcpus', 'region'),
  spotVcpus: counted('spotVcpus', 'region'),
  elasticIps: counted('elasticIps', 'region'),
  natGateways: counted('natGateways', 'zone'),
  vpcs: counted('vpcs', 'region'),
  applicationLoadBalancers: counted('applicationLoadBalancers', 'region'),
  databaseInstances: counted('databaseInstances', 'region'),
  cacheNodes: counted('cacheNodes', 'region'),
  gp3Tib: counted('gp3Tib', 'region'),
  clusters: counted('clusters', 'region'),
  podIdentityAssociations: counted('podIdentityAssociations', 'cluster'),
} as const satisfies Readonly<Record<string, ServiceQuota>>;

/** Name of a quota. */
export type QuotaName = keyof typeof SERVICE_QUOTAS;

/** Every name, in the order of the table. */
export const QUOTA_NAMES = Object.keys(SERVICE_QUOTAS) as QuotaName[];

/** The quota of that name. */
export const serviceQuota = (name: QuotaName): ServiceQuota => SERVICE_QUOTAS[name];
