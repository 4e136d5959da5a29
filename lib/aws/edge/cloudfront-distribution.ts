import { CloudfrontDistribution } from '@cdktf/provider-aws/lib/cloudfront-distribution';
import { CloudfrontFunction } from '@cdktf/provider-aws/lib/cloudfront-function';
import { CloudfrontResponseHeadersPolicy } from '@cdktf/provider-aws/lib/cloudfront-response-headers-policy';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { CLOUDFRONT_CHECKS } from './cloudfront-checks';
import { CloudFrontLogs } from './cloudfront-logs';
import {
  type CloudFrontDistributionProps,
  type CloudFrontPlan,
  cloudFrontPlan,
  securityHeaders,
  VIEWER_ADDRESS_HEADER,
} from './cloudfront-props';

/** Policies of CloudFront itself, by the ids that they have in every account: nothing is cached, everything is passed on. */
const MANAGED = {
  cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  allViewer: '216adef6-5c7f-47e4-b989-5492eafa07d3',
} as const;

const ORIGIN = 'load-balancer';

/** Writes the user's address over whatever the user wrote there. */
const ADDRESS_FUNCTION = [
  'function handler(event) {',
  '  var request = event.request;',
  `  request.headers['${VIEWER_ADDRESS_HEADER}'] = { value: event.viewer.ip };`,
  '  return request;',
  '}',
  '',
].join('\n');

/**
 * Edges near users before an API: TLS ends there, attacks are stopped there, nothing is cached, and the way to the load balancer
 * is AWS's own. The load balancer admits CloudFront alone (`clients: 'cloudfront'`), by the list that AWS keeps. No secret header
 * guards the origin, for it would stand in the state; distributions of others reach the load balancer too, and find its own
 * firewall, whose limit counts by `VIEWER_ADDRESS_HEADER`.
 *
 * **Upgrade.** All in place, within minutes at every edge. Requests go on meanwhile. Another `name` makes other policies first.
 *
 * **Destroy.** Lead DNS elsewhere, apply `enabled: false`, wait until that has reached the edges, then destroy.
 *
 * @example
 * new CloudFrontDistribution(stack, 'Distribution', {
 *   name: 'acgs-production',
 *   aliases: ['acgs.example.com'],
 *   certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0d',
 *   originDomain: 'origin.acgs.example.com',
 *   webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/acgs/0e',
 *   logs: { bucketArn: 'arn:aws:s3:::acgs-production-cdn-logs' },
 * });
 */
export class CloudFrontDistribution extends Construct {
  /** What is wrong with names, regions, TLS and times; makes nothing. */
  static inspect(path: string, props: CloudFrontDistributionProps): Finding[] {
    return inspect(path, cloudFrontPlan(props), CLOUDFRONT_CHECKS);
  }

  readonly arn: string;
  /** Dimension `DistributionId` of its metrics, which are in us-east-1. */
  readonly distributionId: string;
  /** Its name in DNS, for alias records. */
  readonly domainName: string;
  /** Hosted zone of that name, for alias records. */
  readonly zoneId: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: CloudFrontDistributionProps) {
    super(scope, id);
    const plan = cloudFrontPlan(props);
    enforce(this, CloudFrontDistribution.inspect(this.node.path, props));

    const distribution = new CloudfrontDistribution(this, 'Resource', {
      enabled: plan.enabled,
      comment: plan.name,
      aliases: [...plan.aliases],
      isIpv6Enabled: plan.ipv6,
      httpVersion: 'http2and3',
      priceClass: plan.priceClass,
      webAclId: plan.webAclArn,
      origin: [this.origin(plan)],
      defaultCacheBehavior: this.behavior(plan),
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: {
        acmCertificateArn: plan.certificateArn,
        minimumProtocolVersion: plan.tlsPolicy,
        sslSupportMethod: 'sni-only',
      },
    });
    new CloudFrontLogs(this, 'Logs', plan, distribution.arn);

    this.arn = distribution.arn;
    this.distributionId = distribution.id;
    this.domainName = distribution.domainName;
    this.zoneId = distribution.hostedZoneId;
  }

  private origin({ originDomain, originTimeout, originKeepalive }: CloudFrontPlan) {
    return {
      originId: ORIGIN,
      domainName: originDomain,
      customOriginConfig: {
        originProtocolPolicy: 'https-only',
        httpPort: 80,
        httpsPort: 443,
        originSslProtocols: ['TLSv1.2'],
        originReadTimeout: originTimeout.toSeconds(),
        originKeepaliveTimeout: originKeepalive.toSeconds(),
      },
    };
  }

  private behavior(plan: CloudFrontPlan) {
    const headers = new CloudfrontResponseHeadersPolicy(this, 'Headers', {
      name: plan.name,
      comment: 'Headers that make browsers careful',
      securityHeadersConfig: securityHeaders(plan),
      lifecycle: { createBeforeDestroy: true },
    });
    const address = new CloudfrontFunction(this, 'ViewerAddress', {
      name: `${plan.name}-viewer-address`,
      comment: 'Tells the origin the address of the user',
      runtime: 'cloudfront-js-2.0',
      publish: true,
      code: ADDRESS_FUNCTION,
      lifecycle: { createBeforeDestroy: true },
    });
    return {
      targetOriginId: ORIGIN,
      viewerProtocolPolicy: 'redirect-to-https',
      allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      cachedMethods: ['GET', 'HEAD'],
      compress: true,
      cachePolicyId: MANAGED.cachingDisabled,
      originRequestPolicyId: MANAGED.allViewer,
      responseHeadersPolicyId: headers.id,
      functionAssociation: [{ eventType: 'viewer-request', functionArn: address.arn }],
    };
  }
}
