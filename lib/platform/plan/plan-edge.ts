import {
  type ApplicationLoadBalancerProps,
  type CertificateProps,
  type CloudFrontDistributionProps,
  type LoadBalancerLogs,
  logBucketName,
  type SecureBucketProps,
  VIEWER_ADDRESS_HEADER,
  type WebAclProps,
} from '../../aws';
import { nginxProxyTargets } from '../../kubernetes';
import {
  clusterName,
  type EdgeSpec,
  type EnvironmentSpec,
  edgeNames,
  type GatewaySpec,
  logBucketPrefix,
  originName,
  type PlatformSpec,
  type PublicZoneSpec,
  type Reachable,
  type TargetGroupSpec,
  zoneOf,
} from '../../model';
import { planNginxProxy } from '../../model/nginx/nginx-proxy';
import { Duration } from '../../units';
import { planGateway } from './plan-gateway';

/** Where CloudFront finds certificate and firewall. */
const HOME_OF_CLOUDFRONT = 'us-east-1';

/** An environment with everything that its door is made of. */
export interface EdgeDeclaration {
  readonly platform: PlatformSpec;
  readonly environment: Reachable;
  readonly gateway: GatewaySpec;
  readonly zone: PublicZoneSpec;
}

/** What other stacks and other parts of this one make; for inspection their names stand in. */
export interface EdgePlace {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly targetSecurityGroupId: string;
  readonly certificateArn: string;
  readonly webAclArn: string;
  readonly accessLogs: LoadBalancerLogs;
}

/** The parts of a door that is declared whole; undefined for none, and for one that has findings about what it lacks. */
export function edgeDeclaration(platform: PlatformSpec, environment: EnvironmentSpec): EdgeDeclaration | undefined {
  const { edge, gateway } = environment;
  const zone = zoneOf(platform.dns, environment.domain);
  return edge && gateway && zone && { platform, environment: { ...environment, edge }, gateway, zone };
}

export const isBehindCloudFront = ({ edge }: EnvironmentSpec): boolean => edge?.delivery === 'cloudfront';

/** The gateway's pods as targets, the same for both planes: one makes the group, the other names it. */
export const gatewayTargets = (platform: string, environment: EnvironmentSpec, gateway: GatewaySpec): TargetGroupSpec =>
  nginxProxyTargets('gateway', planGateway(platform, environment, gateway));

/** The certificate of the load balancer. */
export const planCertificate = (
  { platform, environment, zone }: EdgeDeclaration,
  zoneId: string,
): CertificateProps => ({
  names: edgeNames(platform, environment).hosts,
  zoneName: zone.zone,
  zoneId,
});

const limits = ({ firewall = {}, logRetention }: EdgeSpec): Omit<WebAclProps, 'name'> => ({
  ...firewall,
  ...(logRetention && { logRetention }),
});

/** The firewall of the load balancer. Behind CloudFront a client is whom CloudFront says. */
export const planFirewall = ({ platform, environment }: EdgeDeclaration): WebAclProps => ({
  ...limits(environment.edge),
  name: clusterName(platform.name, environment.name),
  ...(isBehindCloudFront(environment) && { clientAddress: { header: VIEWER_ADDRESS_HEADER } }),
});

/** Name of the bucket for records of requests that the stack of the account makes, where the platform declares it: no state is read. */
export function accountLogBucket(
  { platform: { name, accounts = [] }, environment: { account, region } }: EdgeDeclaration,
  writer: 'load-balancers' | 'cloudfront',
): string | undefined {
  const isDeclared = accounts.some(({ id }) => id === account);
  return isDeclared ? logBucketName(logBucketPrefix(name, account, region), writer) : undefined;
}

/** A bucket of the edge's own, where no account of the platform keeps one; those who write to it are let in when it is made. */
export const planLogBucket = (
  { platform, environment }: EdgeDeclaration,
  writer: 'load-balancers' | 'cloudfront',
): SecureBucketProps => ({
  namePrefix: `${clusterName(platform.name, environment.name).slice(0, 30)}-${writer === 'cloudfront' ? 'cdn' : 'edge'}-`,
  ...(writer === 'cloudfront' ? { keyUsers: ['delivery.logs'] } : { encryption: 'sse-s3' }),
  expiration: environment.edge.logRetention ?? Duration.days(365),
  noncurrentExpiration: Duration.days(7),
  emptiedOnDestroy: environment.stage === 'development',
});

/** What the keys of an environment's logs start with, in whichever bucket. */
export const logPrefix = ({ platform, environment }: EdgeDeclaration): string =>
  clusterName(platform.name, environment.name);

/** The longest that the gateway waits for a byte of a service. */
const slowestResponse = (reads: readonly Duration[]): Duration | undefined =>
  reads.toSorted((one, other) => other.inMillis - one.inMillis)[0];

/** The load balancer in front of the gateway, with the gateway's own times. */
export function planLoadBalancer(
  { platform, environment, gateway }: EdgeDeclaration,
  place: EdgePlace,
): ApplicationLoadBalancerProps {
  const { clientKeepalive, loadBalancerIdle, upstreams } = planNginxProxy(
    planGateway(platform.name, environment, gateway),
  );
  const slowest = slowestResponse(upstreams.map(({ timeouts }) => timeouts.read));
  return {
    ...place,
    name: clusterName(platform.name, environment.name),
    hosts: edgeNames(platform, environment).hosts,
    targetGroups: [gatewayTargets(platform.name, environment, gateway)],
    idleTimeout: loadBalancerIdle,
    targetKeepalive: clientKeepalive,
    ...(slowest && { slowestResponse: slowest }),
    ...(environment.edge.tlsPolicy && { tlsPolicy: environment.edge.tlsPolicy }),
    ...(isBehindCloudFront(environment) && { clients: 'cloudfront' }),
    deletionProtection: environment.stage !== 'development',
  };
}

/** The certificate that CloudFront shows; what proves its name stands beside that of the load balancer. */
export const planViewerCertificate = ({ environment, zone }: EdgeDeclaration, zoneId: string): CertificateProps => ({
  names: [environment.domain],
  zoneName: zone.zone,
  zoneId,
  region: HOME_OF_CLOUDFRONT,
  records: 'existing',
});

/** The firewall at the edges of CloudFront, which sees users themselves. */
export const planViewerFirewall = ({ platform, environment }: EdgeDeclaration): WebAclProps => ({
  ...limits(environment.edge),
  name: `${clusterName(platform.name, environment.name)}-cloudfront`,
  scope: 'cloudfront',
});

/** Edges near users, before the load balancer. */
export function planDistribution(
  { platform, environment, gateway }: EdgeDeclaration,
  place: Pick<CloudFrontDistributionProps, 'certificateArn' | 'webAclArn' | 'logs'>,
): CloudFrontDistributionProps {
  const { loadBalancerIdle } = planNginxProxy(planGateway(platform.name, environment, gateway));
  return {
    ...place,
    name: clusterName(platform.name, environment.name),
    aliases: [environment.domain],
    originDomain: originName(environment.domain),
    loadBalancerIdle,
  };
}
