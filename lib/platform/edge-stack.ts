import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import type { App } from 'cdktf';
import {
  ApplicationLoadBalancer,
  AwsAccount,
  Certificate,
  CloudFrontDistribution,
  cloudFrontLogWriter,
  type EksCluster,
  type LoadBalancerLogs,
  loadBalancerLogWriter,
  type Network,
  type PublicZone,
  SecureBucket,
  WebAcl,
} from '../aws';
import type { Finding } from '../check';
import { type EnvironmentSpec, edgeNames, inspectEdgeSpec, type PlatformSpec } from '../model';
import { EnvironmentStack } from './environment-stack';
import {
  accountLogBucket,
  type EdgeDeclaration,
  type EdgePlace,
  edgeDeclaration,
  isBehindCloudFront,
  logPrefix,
  planCertificate,
  planDistribution,
  planFirewall,
  planLoadBalancer,
  planLogBucket,
  planViewerCertificate,
  planViewerFirewall,
} from './plan/plan-edge';

/** What other stacks ask of an edge. */
export interface Edge {
  readonly stack: EnvironmentStack;
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly firewall: WebAcl;
}

/** An address of a record, as load balancers and distributions have it. */
interface Target {
  readonly dnsName: string;
  readonly zoneId: string;
}

/** All that is wrong with an environment's door; makes nothing. */
export function inspectEdge(path: string, platform: PlatformSpec, environment: EnvironmentSpec): Finding[] {
  const declared = edgeDeclaration(platform, environment);
  return [...inspectEdgeSpec(path, platform, environment), ...(declared ? inspectParts(`${path}/Edge`, declared) : [])];
}

function inspectParts(path: string, declared: EdgeDeclaration): Finding[] {
  const { environment } = declared;
  const place: EdgePlace = {
    vpcId: 'made-by-the-network-stack',
    subnetIds: environment.zones,
    targetSecurityGroupId: 'made-by-the-cluster-stack',
    certificateArn: 'made-by-this-stack',
    webAclArn: 'made-by-this-stack',
    accessLogs: { bucket: 'made-by-this-stack', prefix: logPrefix(declared) },
  };
  return [
    ...Certificate.inspect(path, planCertificate(declared, 'made-by-the-dns-stack')),
    ...WebAcl.inspect(path, planFirewall(declared)),
    ...SecureBucket.inspect(path, planLogBucket(declared, 'load-balancers')),
    ...ApplicationLoadBalancer.inspect(path, planLoadBalancer(declared, place)),
    ...(isBehindCloudFront(environment) ? inspectDistribution(path, declared) : []),
  ];
}

function inspectDistribution(path: string, declared: EdgeDeclaration): Finding[] {
  const { account } = declared.environment;
  const place = {
    certificateArn: `arn:aws:acm:us-east-1:${account}:certificate/made-by-this-stack`,
    webAclArn: `arn:aws:wafv2:us-east-1:${account}:global/webacl/made-by-this-stack`,
    logs: { bucketArn: 'made-by-this-stack' },
  };
  return [
    ...Certificate.inspect(path, planViewerCertificate(declared, 'made-by-the-dns-stack')),
    ...WebAcl.inspect(path, planViewerFirewall(declared)),
    ...SecureBucket.inspect(path, planLogBucket(declared, 'cloudfront')),
    ...CloudFrontDistribution.inspect(path, planDistribution(declared, place)),
  ];
}

/** Certificate, firewall and load balancer of an environment, if it declares an edge. */
export function buildEdge(
  app: App,
  platform: PlatformSpec,
  environment: EnvironmentSpec,
  network: Network,
  cluster: EksCluster,
  zones: ReadonlyMap<string, PublicZone>,
): Edge | undefined {
  const declared = edgeDeclaration(platform, environment);
  const zone = declared && zones.get(declared.zone.zone);
  if (declared === undefined || zone === undefined) return undefined;

  const stack = new EnvironmentStack(app, platform, environment, 'edge');
  const firewall = new WebAcl(stack, 'Firewall', planFirewall(declared));
  const place: EdgePlace = {
    vpcId: network.vpcId,
    subnetIds: network.publicSubnetIds,
    targetSecurityGroupId: cluster.securityGroupId,
    certificateArn: new Certificate(stack, 'Certificate', planCertificate(declared, zone.zoneId)).arn,
    webAclArn: firewall.arn,
    accessLogs: accessLogs(stack, declared),
  };
  const loadBalancer = new ApplicationLoadBalancer(stack, 'LoadBalancer', planLoadBalancer(declared, place));
  for (const [as, name] of Object.entries(edgeNames(platform, declared.environment).records)) {
    record(stack, `${as}Name`, zone, name, 'A', loadBalancer);
  }
  if (isBehindCloudFront(environment)) distribution(stack, declared, zone);
  return { stack, loadBalancer, firewall };
}

/** Leads a name to a load balancer or distribution, and nowhere else if that is ill. */
function record(
  stack: EnvironmentStack,
  id: string,
  { zoneId }: PublicZone,
  name: string,
  type: 'A' | 'AAAA',
  target: Target,
): void {
  const alias = { name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: false };
  new Route53Record(stack, id, { zoneId, name, type, alias });
}

function accessLogs(stack: EnvironmentStack, declared: EdgeDeclaration): LoadBalancerLogs {
  const prefix = logPrefix(declared);
  const kept = accountLogBucket(declared, 'load-balancers');
  if (kept !== undefined) return { bucket: kept, prefix };
  const bucket = new SecureBucket(stack, 'AccessLogs', {
    ...planLogBucket(declared, 'load-balancers'),
    statements: [loadBalancerLogWriter(AwsAccount.of(stack), prefix)],
  });
  return { bucket: bucket.name, prefix, after: bucket.ready };
}

/** Edges near users, with a certificate and a firewall that CloudFront finds. */
function distribution(stack: EnvironmentStack, declared: EdgeDeclaration, zone: PublicZone): void {
  const { domain } = declared.environment;
  const made = new CloudFrontDistribution(
    stack,
    'Distribution',
    planDistribution(declared, {
      certificateArn: new Certificate(stack, 'ViewerCertificate', planViewerCertificate(declared, zone.zoneId)).arn,
      webAclArn: new WebAcl(stack, 'ViewerFirewall', planViewerFirewall(declared)).arn,
      logs: distributionLogs(stack, declared),
    }),
  );
  const target = { dnsName: made.domainName, zoneId: made.zoneId };
  record(stack, 'ViewerName', zone, domain, 'A', target);
  record(stack, 'ViewerName6', zone, domain, 'AAAA', target);
}

function distributionLogs(stack: EnvironmentStack, declared: EdgeDeclaration) {
  const account = AwsAccount.of(stack);
  const kept = accountLogBucket(declared, 'cloudfront');
  if (kept !== undefined) return { bucketArn: `arn:${account.partition}:s3:::${kept}` };
  const bucket = new SecureBucket(stack, 'DistributionLogs', {
    ...planLogBucket(declared, 'cloudfront'),
    statements: [cloudFrontLogWriter(account)],
  });
  return { bucketArn: bucket.arn, after: bucket.ready };
}
