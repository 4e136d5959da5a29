import { CLOUDFRONT_CHECKS } from '../../../lib/aws/edge/cloudfront-checks';
import { CloudFrontDistribution } from '../../../lib/aws/edge/cloudfront-distribution';
import { type CloudFrontDistributionProps, VIEWER_ADDRESS_HEADER } from '../../../lib/aws/edge/cloudfront-props';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';
import { CDN, misspelt, unhardened } from './samples';

type Change = Partial<CloudFrontDistributionProps>;

const s = Duration.seconds;

const synth = (change: Change = {}): Block =>
  terraform((stack) => new CloudFrontDistribution(stack, 'Cdn', { ...CDN, ...change }));

const distribution = (change: Change = {}) => onlyResource(synth(change), 'aws_cloudfront_distribution');

describe('a distribution', () => {
  test('has the names and values of the provider, and is hardened', () => {
    expect(misspelt(synth())).toEqual([]);
    expect(unhardened(synth())).toEqual([]);
  });

  test('serves the names of users over TLS 1.2 and later, by both kinds of addresses', () => {
    expect(distribution()).toMatchObject({
      enabled: true,
      aliases: ['acgs.example.com'],
      is_ipv6_enabled: true,
      http_version: 'http2and3',
      price_class: 'PriceClass_100',
      web_acl_id: CDN.webAclArn,
      viewer_certificate: {
        acm_certificate_arn: CDN.certificateArn,
        minimum_protocol_version: 'TLSv1.2_2021',
        ssl_support_method: 'sni-only',
      },
    });
  });

  test('caches nothing and passes on everything', () => {
    expect(distribution().default_cache_behavior).toMatchObject({
      viewer_protocol_policy: 'redirect-to-https',
      cache_policy_id: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      origin_request_policy_id: '216adef6-5c7f-47e4-b989-5492eafa07d3',
      compress: true,
    });
    expect(distribution().default_cache_behavior.allowed_methods).toHaveLength(7);
  });

  test('reaches its origin over TLS 1.2 alone, with no header that would be a secret', () => {
    const [origin, ...others] = distribution({ originTimeout: s(60), originKeepalive: s(59) }).origin;
    expect(others).toEqual([]);
    expect(origin).toMatchObject({
      domain_name: 'origin.acgs.example.com',
      custom_origin_config: {
        origin_protocol_policy: 'https-only',
        origin_ssl_protocols: ['TLSv1.2'],
        origin_read_timeout: 60,
        origin_keepalive_timeout: 59,
      },
    });
    expect(origin).not.toHaveProperty('custom_header');
  });

  test('tells the origin the address of the user, over what the user wrote', () => {
    const { code, publish } = onlyResource(synth(), 'aws_cloudfront_function');
    expect(publish).toBe(true);
    const handler = new Function('event', `${code}; return handler(event);`);
    const headers = { [VIEWER_ADDRESS_HEADER]: { value: '192.0.2.1' }, accept: { value: '*/*' } };
    expect(handler({ request: { headers, uri: '/x' }, viewer: { ip: '203.0.113.7' } })).toEqual({
      headers: { [VIEWER_ADDRESS_HEADER]: { value: '203.0.113.7' }, accept: { value: '*/*' } },
      uri: '/x',
    });
    expect(distribution().default_cache_behavior.function_association).toMatchObject([
      { event_type: 'viewer-request' },
    ]);
  });

  test('adds security headers that an answer lacks, and overrides none', () => {
    const { security_headers_config: headers } = onlyResource(synth(), 'aws_cloudfront_response_headers_policy');
    expect(headers.strict_transport_security.access_control_max_age_sec).toBe(31_536_000);
    expect(headers.frame_options.frame_option).toBe('DENY');
    expect(headers.content_security_policy.content_security_policy).toBe("default-src 'self'; frame-ancestors 'none'");
    expect(Object.values<Block>(headers).some(({ override }) => override)).toBe(false);
    expect(Object.keys(headers)).toHaveLength(5);
  });

  test('has each request delivered to the bucket, from us-east-1', () => {
    const json = synth();
    const parts = ['source', 'destination'].map((part) => onlyResource(json, `aws_cloudwatch_log_delivery_${part}`));
    const all = [...parts, onlyResource(json, 'aws_cloudwatch_log_delivery')];
    expect(all.map(({ region }) => region)).toEqual(['us-east-1', 'us-east-1', 'us-east-1']);
    expect(parts).toMatchObject([
      {
        name: 'acgs-production-cloudfront',
        log_type: 'ACCESS_LOGS',
        resource_arn: expect.stringContaining('aws_cloudfront_distribution'),
      },
      {
        output_format: 'json',
        delivery_destination_configuration: [{ destination_resource_arn: CDN.logs.bucketArn }],
      },
    ]);
  });

  test('writes what is declared', () => {
    expect(
      distribution({ enabled: false, ipv6: false, priceClass: 'PriceClass_All', tlsPolicy: 'TLSv1.3_2025' }),
    ).toMatchObject({
      enabled: false,
      is_ipv6_enabled: false,
      price_class: 'PriceClass_All',
      viewer_certificate: { minimum_protocol_version: 'TLSv1.3_2025' },
    });
    expect(resources(synth(), 'aws_cloudfront_distribution')).toHaveLength(1);
  });
});

const regional = 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/acgs/0e';

const broken: [check: string, it: string, change: Change][] = [
  ['cloudfront-name-is-allowed', 'a dot', { name: 'acgs.production' }],
  ['cloudfront-name-is-allowed', '51 characters', { name: 'a'.repeat(51) }],
  ['cloudfront-aliases-are-names', 'none', { aliases: [] }],
  ['cloudfront-aliases-are-names', 'a URL', { aliases: ['https://acgs.example.com'] }],
  ['cloudfront-aliases-are-names', '101', { aliases: Array.from({ length: 101 }, (_, at) => `n${at}.example.com`) }],
  ['cloudfront-origin-is-a-name', 'a wildcard', { originDomain: '*.acgs.example.com' }],
  ['cloudfront-is-not-its-own-origin', 'an alias', { originDomain: 'acgs.example.com' }],
  [
    'cloudfront-certificate-is-in-us-east-1',
    'elsewhere',
    { certificateArn: 'arn:aws:acm:us-west-2:123456789012:certificate/0d' },
  ],
  ['cloudfront-firewall-has-its-scope', 'a regional one', { webAclArn: regional }],
  [
    'cloudfront-firewall-has-its-scope',
    'elsewhere',
    { webAclArn: 'arn:aws:wafv2:us-west-2:123456789012:global/webacl/acgs/0e' },
  ],
  ['cloudfront-tls-is-1-2-or-later', 'TLS 1.0', { tlsPolicy: 'TLSv1' as never }],
  ['cloudfront-price-class-is-offered', 'another', { priceClass: 'PriceClass_300' as never }],
  ['cloudfront-origin-timeout-is-offered', '0', { originTimeout: s(0) }],
  ['cloudfront-origin-timeout-is-offered', '121 s', { originTimeout: s(121), loadBalancerIdle: s(200) }],
  ['cloudfront-origin-timeout-is-reached', '61 s', { originTimeout: s(61) }],
  ['cloudfront-origin-keepalive-is-offered', '0', { originKeepalive: s(0) }],
  ['cloudfront-origin-keepalive-is-offered', '121 s', { originKeepalive: s(121), loadBalancerIdle: s(200) }],
  ['cloudfront-closes-before-its-origin', 'together', { originKeepalive: s(60) }],
  ['cloudfront-hsts-lasts', '23 hours', { hstsFor: Duration.hours(23) }],
  ['cloudfront-hsts-lasts', '731 days', { hstsFor: Duration.days(731) }],
];

describe('each check', () => {
  const found = (change: Change) => ids(CloudFrontDistribution.inspect('edge', { ...CDN, ...change }));

  test.each(broken)('%s: %s', (check, _, change) => {
    expect(found(change)).toEqual([check]);
  });

  test('has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(CLOUDFRONT_CHECKS));
  });

  test.each<[string, Change]>([
    ['the props as they are', {}],
    ['50 characters', { name: 'a'.repeat(50) }],
    ['a wildcard for users', { aliases: ['*.acgs.example.com'] }],
    ['the shortest times', { originTimeout: s(1), originKeepalive: s(1), hstsFor: Duration.days(1) }],
    [
      'the longest times',
      { originTimeout: s(120), originKeepalive: s(120), loadBalancerIdle: s(121), hstsFor: Duration.days(730) },
    ],
    ['a wait as long as the load balancer has', { originTimeout: s(60) }],
  ])('accepts %s', (_, change) => {
    expect(found(change)).toEqual([]);
  });

  test('nothing is made of what is wrong', () => {
    expect(refused(() => synth({ aliases: [] }))).toEqual(['cloudfront-aliases-are-names']);
  });
});
