import type { Dated } from './dated';

/** A bound that AWS sets, and what an account has before it asks. */
export interface AwsQuota {
  /** Service as Service Quotas spells it: `ec2`. */
  readonly service: string;
  /** Code to ask by: `L-1216C47A`. Undefined where none is known, or where it cannot be raised. */
  readonly code?: string;
  /** What is counted, as the end of "needs 12 …". */
  readonly counts: string;
  /** The same in short. @default - as it is counted */
  readonly name?: string;
  /** What it has to share. */
  readonly per:
    | 'account'
    | 'region'
    | 'zone'
    | 'cluster'
    | 'node group'
    | 'load balancer'
    | 'target group'
    | 'security group'
    | 'interface'
    | 'VPC'
    | 'role';
  /** What an account has before it asks. EC2 grants new accounts little. */
  readonly default: number;
  /** Whether nobody can raise it. */
  readonly isFixed?: true;
}

const FAMILIES = 'of the families A, C, D, H, I, M, R, T and Z';

const QUOTAS = {
  onDemandVcpus: {
    ...{ service: 'ec2', code: 'L-1216C47A', per: 'region', default: 5 },
    name: 'on-demand vCPUs',
    counts: `vCPUs of on-demand instances ${FAMILIES}`,
  },
  spotVcpus: {
    ...{ service: 'ec2', code: 'L-34B43A08', per: 'region', default: 5 },
    name: 'spot vCPUs',
    counts: `vCPUs of spot instances ${FAMILIES}`,
  },
  elasticIps: { service: 'ec2', code: 'L-0263D0A3', counts: 'Elastic IP addresses', per: 'region', default: 5 },
  natGateways: { service: 'vpc', code: 'L-FE5A380F', counts: 'NAT gateways in a zone', per: 'zone', default: 5 },
  vpcs: { service: 'vpc', code: 'L-F678F1CE', counts: 'VPCs', per: 'region', default: 5 },
  interfaceEndpoints: { service: 'vpc', code: 'L-29B6F2EB', counts: 'interface endpoints', per: 'VPC', default: 50 },
  rulesPerGroup: {
    ...{ service: 'vpc', code: 'L-0EA8095F', per: 'security group', default: 60 },
    name: 'rules of a security group',
    counts: 'rules of one direction in a security group',
  },
  groupsPerInterface: {
    ...{ service: 'vpc', code: 'L-2AFB9258', per: 'interface', default: 5 },
    name: 'security groups of an interface',
    counts: 'security groups of a network interface',
  },
  applicationLoadBalancers: {
    ...{ service: 'elasticloadbalancing', code: 'L-53DA6B97', per: 'region', default: 50 },
    counts: 'Application Load Balancers',
  },
  networkLoadBalancers: {
    ...{ service: 'elasticloadbalancing', code: 'L-69A177A2', per: 'region', default: 50 },
    counts: 'Network Load Balancers',
  },
  rulesPerLoadBalancer: {
    ...{ service: 'elasticloadbalancing', per: 'load balancer', default: 100 },
    name: 'rules of a load balancer',
    counts: 'rules of an Application Load Balancer, the default ones apart',
  },
  targetGroupsPerLoadBalancer: {
    ...{ service: 'elasticloadbalancing', per: 'load balancer', default: 100, isFixed: true },
    name: 'target groups of a load balancer',
    counts: 'target groups of an Application Load Balancer',
  },
  targetsPerGroup: {
    ...{ service: 'elasticloadbalancing', code: 'L-A0D0B863', per: 'target group', default: 1000 },
    name: 'targets of a group',
    counts: 'targets of a target group',
  },
  databaseInstances: { service: 'rds', code: 'L-7B6409FD', counts: 'DB instances', per: 'region', default: 40 },
  databaseGib: {
    ...{ service: 'rds', code: 'L-7ADDB58A', per: 'region', default: 100_000 },
    name: 'GiB of databases',
    counts: 'GiB of storage of all DB instances',
  },
  cacheNodes: { service: 'elasticache', code: 'L-DFE45DF3', counts: 'ElastiCache nodes', per: 'region', default: 300 },
  gp3Tib: { service: 'ebs', code: 'L-7A658B76', counts: 'TiB of gp3 volumes', per: 'region', default: 50 },
  clusters: { service: 'eks', code: 'L-1194D53C', counts: 'EKS clusters', per: 'region', default: 100 },
  nodeGroups: { service: 'eks', code: 'L-6D54EA21', counts: 'managed node groups', per: 'cluster', default: 30 },
  nodesPerGroup: {
    ...{ service: 'eks', code: 'L-BD136A63', per: 'node group', default: 450 },
    name: 'nodes of a group',
    counts: 'nodes of a managed node group',
  },
  podIdentityAssociations: {
    ...{ service: 'eks', per: 'cluster', default: 5000, isFixed: true },
    name: 'Pod Identity associations',
    counts: 'Pod Identity associations in a cluster',
  },
  roles: { service: 'iam', code: 'L-FE177D64', counts: 'IAM roles', per: 'account', default: 1000 },
  policiesPerRole: {
    ...{ service: 'iam', code: 'L-0DA4ABF3', per: 'role', default: 10 },
    name: 'policies of a role',
    counts: 'managed policies attached to a role',
  },
} as const satisfies Readonly<Record<string, AwsQuota>>;

/** Name of a quota, of ours. */
export type AwsQuotaName = keyof typeof QUOTAS;

/** Quotas that platforms hit. */
export const AWS_QUOTAS: Dated<Readonly<Record<AwsQuotaName, AwsQuota>>> = {
  asOf: '2026-11-21',
  source:
    'endpoints and quotas of each service (AWS general reference); Amazon VPC quotas; quotas for Application Load Balancers; ' +
    'EKS service quotas, and "Known limits and service quotas" of the EKS best practices; EKS user guide, "Pod Identity"',
  facts: QUOTAS,
};

/** The quota of that name. */
export const awsQuota = (name: AwsQuotaName): AwsQuota => AWS_QUOTAS.facts[name];
