import type { CloudFrontDistributionProps } from '../../../lib/aws/edge/cloudfront-props';
import type { FailoverRecordsProps, FailoverSide } from '../../../lib/aws/edge/failover-props';
import type { ApplicationLoadBalancerProps } from '../../../lib/aws/edge/load-balancer-props';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import type { Block } from '../../support/terraform';
import { terraformFaults } from '../../support/terraform-faults';

export const BALANCER: ApplicationLoadBalancerProps = {
  name: 'acgs-production',
  vpcId: 'vpc-0a1b',
  subnetIds: ['subnet-0a', 'subnet-0b', 'subnet-0c'],
  targetSecurityGroupId: 'sg-0c',
  certificateArn: 'arn:aws:acm:us-west-2:123456789012:certificate/0d',
  hosts: ['acgs.example.com'],
  targetGroups: [{ name: 'gateway', port: 8080, healthCheck: { path: '/readyz', port: 8081 } }],
  webAclArn: 'arn:aws:wafv2:us-west-2:123456789012:regional/webacl/acgs/0e',
  accessLogs: { bucket: 'acgs-production-edge-logs', prefix: 'access' },
};

export const side = (region: string): FailoverSide => ({
  region,
  name: `${region}.acgs.example.com`,
});

export const FAILOVER: FailoverRecordsProps = {
  zoneId: 'Z0123456789ABCDEFGHIJ',
  name: 'acgs.example.com',
  healthPath: '/auth-service/health',
  primary: side('us-west-2'),
  secondary: side('us-east-1'),
};

export const CDN: CloudFrontDistributionProps = {
  name: 'acgs-production',
  aliases: ['acgs.example.com'],
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0d',
  originDomain: 'origin.acgs.example.com',
  webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/acgs/0e',
  logs: { bucketArn: 'arn:aws:s3:::acgs-production-cdn-logs' },
};

/** Ids of the hardening rules that a stack breaks. */
export const unhardened = (json: Block): string[] => [
  ...new Set(brokenAwsRules('edge', json, AWS_RULES).map(({ check }) => check)),
];

/** What the provider would not know of a stack; which provider that is stands in stacks of a platform only. */
export const misspelt = (json: Block): string[] =>
  terraformFaults(json).filter((fault) => fault !== 'required_providers.aws is required');
