import type { ITerraformDependable } from 'cdktf';
import { type WithDefaults, withDefaults } from '../../check';
import type { CloudFrontTlsPolicy } from '../../model/edge/tls-policies';
import { SECURITY_HEADERS } from '../../model/nginx/nginx-proxy';
import { Duration } from '../../units';

/** A distribution as declared. */
export interface CloudFrontDistributionProps {
  /** Name of its policies, function and logs: 1-50 letters, digits, `_` and `-`, one in the account. */
  readonly name: string;
  /** Names that users know, all in its certificate (1-100). */
  readonly aliases: readonly string[];
  /** ARN of the certificate, of us-east-1. */
  readonly certificateArn: string;
  /**
   * Name of the origin, which its load balancer serves with a certificate: the failover name where there are two regions. Users'
   * `Host` is passed on, so that the certificate may also be for the aliases.
   */
  readonly originDomain: string;
  /** ARN of the web ACL with the scope of CloudFront. */
  readonly webAclArn: string;
  /** Where each request is recorded, and what must stand before: a bucket whose policy holds `cloudFrontLogWriter`. */
  readonly logs: { readonly bucketArn: string; readonly after?: readonly ITerraformDependable[] };
  /** TLS with users. @default 'TLSv1.2_2021' */
  readonly tlsPolicy?: CloudFrontTlsPolicy;
  /** Whose edges are used: all, all but South America and Oceania, or North America, Europe and Israel. @default 'PriceClass_100' */
  readonly priceClass?: 'PriceClass_100' | 'PriceClass_200' | 'PriceClass_All';
  /** Whether users may come by IPv6. @default true */
  readonly ipv6?: boolean;
  /** Longest wait for a byte of the origin (whole seconds, 1-120). @default Duration.seconds(30) */
  readonly originTimeout?: Duration;
  /** How long idle connections to the origin are kept: shorter than it keeps them itself (whole seconds, 1-120). @default Duration.seconds(5) */
  readonly originKeepalive?: Duration;
  /** Idle time-out of the load balancer that is the origin. @default Duration.seconds(60) */
  readonly loadBalancerIdle?: Duration;
  /** `Strict-Transport-Security` of answers that have none (whole seconds, 1 day to 2 years). @default Duration.days(365) */
  readonly hstsFor?: Duration;
  /** Whether it answers. It must be off before it can be destroyed. @default true */
  readonly enabled?: boolean;
}

/** Header in which the origin finds the address of the user; the edge overwrites what a user wrote there. */
export const VIEWER_ADDRESS_HEADER = 'x-viewer-address';

const DEFAULTS = {
  tlsPolicy: 'TLSv1.2_2021',
  priceClass: 'PriceClass_100',
  ipv6: true,
  originTimeout: Duration.seconds(30),
  originKeepalive: Duration.seconds(5),
  loadBalancerIdle: Duration.seconds(60),
  hstsFor: Duration.days(365),
  enabled: true,
} as const satisfies Partial<CloudFrontDistributionProps>;

/** A distribution with its defaults. */
export type CloudFrontPlan = WithDefaults<CloudFrontDistributionProps, typeof DEFAULTS>;

export const cloudFrontPlan = (props: CloudFrontDistributionProps): CloudFrontPlan => withDefaults(DEFAULTS, props);

/** Of answers that have none of their own, as our proxies write them. */
export const securityHeaders = ({ hstsFor }: CloudFrontPlan) => ({
  strictTransportSecurity: { accessControlMaxAgeSec: hstsFor.toSeconds(), override: false },
  contentTypeOptions: { override: false },
  frameOptions: { frameOption: 'DENY', override: false },
  referrerPolicy: { referrerPolicy: 'strict-origin-when-cross-origin', override: false },
  contentSecurityPolicy: {
    contentSecurityPolicy: SECURITY_HEADERS['Content-Security-Policy'] ?? "default-src 'self'",
    override: false,
  },
});
