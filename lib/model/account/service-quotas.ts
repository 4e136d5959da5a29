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

/**
 * Quotas that an environment uses up, by names of ours.
 * Source: general reference of AWS, endpoints and quotas of each service; EKS user guide, "Pod Identity"; read 2026-11-21.
 */
export const SERVICE_QUOTAS = {
  onDemandVcpus: {
    service: 'ec2',
    code: 'L-1216C47A',
    counts: 'vCPUs of on-demand instances of the families A, C, D, H, I, M, R, T and Z',
    per: 'region',
    default: 5,
  },
  spotVcpus: {
    service: 'ec2',
    code: 'L-34B43A08',
    counts: 'vCPUs of spot instances of the families A, C, D, H, I, M, R, T and Z',
    per: 'region',
    default: 5,
  },
  elasticIps: { service: 'ec2', code: 'L-0263D0A3', counts: 'Elastic IP addresses', per: 'region', default: 5 },
  natGateways: { service: 'vpc', code: 'L-FE5A380F', counts: 'NAT gateways in a zone', per: 'zone', default: 5 },
  vpcs: { service: 'vpc', code: 'L-F678F1CE', counts: 'VPCs', per: 'region', default: 5 },
  applicationLoadBalancers: {
    service: 'elasticloadbalancing',
    code: 'L-53DA6B97',
    counts: 'Application Load Balancers',
    per: 'region',
    default: 50,
  },
  databaseInstances: { service: 'rds', code: 'L-7B6409FD', counts: 'DB instances', per: 'region', default: 40 },
  cacheNodes: { service: 'elasticache', code: 'L-DFE45DF3', counts: 'ElastiCache nodes', per: 'region', default: 300 },
  gp3Tib: { service: 'ebs', code: 'L-7A658B76', counts: 'TiB of gp3 volumes', per: 'region', default: 50 },
  clusters: { service: 'eks', code: 'L-1194D53C', counts: 'EKS clusters', per: 'region', default: 100 },
  podIdentityAssociations: {
    service: 'eks',
    counts: 'Pod Identity associations in a cluster',
    per: 'cluster',
    default: 5000,
  },
} as const satisfies Readonly<Record<string, ServiceQuota>>;

/** Name of a quota. */
export type QuotaName = keyof typeof SERVICE_QUOTAS;

/** Every name, in the order of the table. */
export const QUOTA_NAMES = Object.keys(SERVICE_QUOTAS) as QuotaName[];

/** The quota of that name. */
export const serviceQuota = (name: QuotaName): ServiceQuota => SERVICE_QUOTAS[name];
