import { Token } from 'cdktf';
import { type Check, isWholeWithin } from '../../check';
import { CLOUDFRONT_TLS_POLICIES } from '../../model/edge/tls-policies';
import { isServerName } from '../../model/nginx/nginx-values';
import { Duration } from '../../units';
import type { CloudFrontPlan } from './cloudfront-props';

const seconds = (duration: Duration): number => duration.inMillis / Duration.seconds(1).inMillis;

/** ARN of something that CloudFront finds in us-east-1 alone. */
const isHome = (arn: string, service: string): boolean =>
  Token.isUnresolved(arn) || new RegExp(`^arn:aws[a-z-]*:${service}:us-east-1:\\d{12}:`).test(arn);

const isFullName = (name: string): boolean => isServerName(name) && name.includes('.');

/** What CloudFront asks of names and times, and where it finds certificate and firewall. */
export const CLOUDFRONT_CHECKS: readonly Check<CloudFrontPlan>[] = [
  {
    id: 'cloudfront-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[\w-]{1,50}$/.test(name),
    rule: 'must be 1-50 letters, digits, _ and -',
    remedy: 'use a name such as acgs-production',
  },
  {
    id: 'cloudfront-aliases-are-names',
    prop: 'aliases',
    holds: ({ aliases }) => isWholeWithin(aliases.length, 1, 100) && aliases.every(isFullName),
    rule: 'must be 1 to 100 full DNS names in small letters',
    remedy: 'use the names that users know',
  },
  {
    id: 'cloudfront-origin-is-a-name',
    prop: 'originDomain',
    holds: ({ originDomain }) =>
      Token.isUnresolved(originDomain) || (isFullName(originDomain) && !originDomain.startsWith('*')),
    rule: 'must be a full DNS name',
    remedy: 'use a name that the load balancer has a certificate for',
  },
  {
    id: 'cloudfront-is-not-its-own-origin',
    prop: 'originDomain',
    holds: ({ originDomain, aliases }) => !aliases.includes(originDomain),
    rule: 'must not be an alias of the distribution, which would ask itself',
    remedy: 'use a name such as origin.acgs.example.com',
  },
  {
    id: 'cloudfront-certificate-is-in-us-east-1',
    prop: 'certificateArn',
    holds: ({ certificateArn }) => isHome(certificateArn, 'acm'),
    rule: 'must be the ARN of a certificate of us-east-1',
    remedy: "make a Certificate with region: 'us-east-1'",
  },
  {
    id: 'cloudfront-firewall-has-its-scope',
    prop: 'webAclArn',
    holds: ({ webAclArn }) =>
      isHome(webAclArn, 'wafv2') && (Token.isUnresolved(webAclArn) || webAclArn.includes(':global/')),
    rule: 'must be the ARN of a web ACL of us-east-1 with the scope of CloudFront',
    remedy: "make a WebAcl with scope: 'cloudfront'",
  },
  {
    id: 'cloudfront-tls-is-1-2-or-later',
    prop: 'tlsPolicy',
    holds: ({ tlsPolicy }) => CLOUDFRONT_TLS_POLICIES.facts.has(tlsPolicy),
    rule: `must be one of ${[...CLOUDFRONT_TLS_POLICIES.facts.keys()].join(', ')}`,
    remedy: 'leave it out for TLS 1.3 and 1.2',
  },
  {
    id: 'cloudfront-price-class-is-offered',
    prop: 'priceClass',
    holds: ({ priceClass }) => ['PriceClass_100', 'PriceClass_200', 'PriceClass_All'].includes(priceClass),
    rule: 'must be PriceClass_100, PriceClass_200 or PriceClass_All',
    remedy: 'leave it out for PriceClass_100',
  },
  {
    id: 'cloudfront-origin-timeout-is-offered',
    prop: 'originTimeout',
    holds: ({ originTimeout }) => isWholeWithin(seconds(originTimeout), 1, 120),
    rule: 'must be 1 to 120 whole seconds',
    remedy: 'leave it out for 30 s',
  },
  {
    id: 'cloudfront-origin-timeout-is-reached',
    prop: 'originTimeout',
    holds: ({ originTimeout, loadBalancerIdle }) => originTimeout.isAtMost(loadBalancerIdle),
    rule: ({ loadBalancerIdle }) => `must be at most ${loadBalancerIdle}, after which the load balancer gives up`,
    remedy: 'shorten it, or raise idleTimeout of the load balancer',
  },
  {
    id: 'cloudfront-origin-keepalive-is-offered',
    prop: 'originKeepalive',
    holds: ({ originKeepalive }) => isWholeWithin(seconds(originKeepalive), 1, 120),
    rule: 'must be 1 to 120 whole seconds',
    remedy: 'leave it out for 5 s',
  },
  {
    id: 'cloudfront-closes-before-its-origin',
    prop: 'originKeepalive',
    holds: ({ originKeepalive, loadBalancerIdle }) => originKeepalive.inMillis < loadBalancerIdle.inMillis,
    rule: ({ loadBalancerIdle }) => `must be shorter than ${loadBalancerIdle}, after which the load balancer closes`,
    remedy: 'leave it out for 5 s',
  },
  {
    id: 'cloudfront-hsts-lasts',
    prop: 'hstsFor',
    holds: ({ hstsFor }) => isWholeWithin(seconds(hstsFor), 86_400, 63_072_000),
    rule: 'must be 1 day to 2 years (730 days)',
    remedy: 'leave it out for a year; browsers forget it no sooner',
  },
];
