import type { Block } from '../support/terraform';
import { type AwsRule, at, isOn, isSet, list, rule } from './aws-rule';

const BALANCER = 'aws_lb aws_alb';
const LISTENER = 'aws_lb_listener aws_alb_listener';

const isApplication = ({ load_balancer_type: type = 'application' }: Block): boolean => type === 'application';

const redirects = ({ default_action }: Block): boolean =>
  list(default_action).some((action) => at(action, 'redirect.protocol') === 'HTTPS');

const isEncrypted = ({ protocol }: Block): boolean => ['HTTPS', 'TLS'].includes(protocol);

/** Policies whose oldest protocol is TLS 1.2. */
const MODERN = /TLS13-1-[23]|TLS-1-2|FS-1-2/;

const WEAK = ['2016-08', '2015-05', 'TLS-1-0-2015-04', 'TLS-1-1-2017-01', '2015-03', '2015-02', '2014-10', '2014-01'];

const isPublicZone = ({ vpc }: Block): boolean => list(vpc).length === 0;

/** Load balancers and names. */
export const EDGE_RULES: readonly AwsRule[] = [
  rule(
    'CKV_AWS_2',
    LISTENER,
    'HTTPS, or the way there',
    (body) => !['HTTP', undefined].includes(body.protocol) || redirects(body),
  ),
  rule('CKV2_AWS_20', LISTENER, 'HTTP that leads to HTTPS', (body) => body.protocol !== 'HTTP' || redirects(body)),
  rule('CKV_AWS_103', LISTENER, 'TLS 1.2 at least', (body) => !isEncrypted(body) || MODERN.test(body.ssl_policy ?? '')),
  rule(
    'CKV2_AWS_74',
    LISTENER,
    'strong ciphers',
    (body) => !isEncrypted(body) || (isSet(body.ssl_policy) && !WEAK.some((name) => body.ssl_policy.endsWith(name))),
  ),
  rule('CKV_AWS_91', BALANCER, 'access logs', (body) => isOn(at(body, 'access_logs.enabled'))),
  rule('CKV_AWS_131', BALANCER, 'no headers that are none', (body) =>
    isApplication(body) ? isOn(body.drop_invalid_header_fields) : true,
  ),
  rule('CKV_AWS_150', BALANCER, 'deletion protection', (body) => isOn(body.enable_deletion_protection)),
  rule('CKV_AWS_152', BALANCER, 'traffic across zones', (body) =>
    isApplication(body) ? true : isOn(body.enable_cross_zone_load_balancing),
  ),
  rule('CKV_AWS_328', BALANCER, 'requests that all read alike', ({ desync_mitigation_mode: mode = 'defensive' }) =>
    ['defensive', 'strictest'].includes(mode),
  ),
  rule('CKV2_AWS_28', BALANCER, 'a firewall before what is public', (body, balancer, stack) =>
    isOn(body.internal) || !isApplication(body)
      ? true
      : stack.users(balancer, 'aws_wafv2_web_acl_association').length > 0,
  ),
  rule('CKV_AWS_261', 'aws_lb_target_group aws_alb_target_group', 'a health check', (body) =>
    ['HTTP', 'HTTPS'].includes(body.protocol) ? isSet(at(body, 'health_check.path')) : true,
  ),
  rule('CKV2_AWS_23', 'aws_route53_record', 'a name of something that there is', (body) =>
    body.type === 'A' ? list(body.alias).length > 0 || list(body.records).some((one) => /\$\{/.test(one)) : true,
  ),
  rule('CKV2_AWS_38', 'aws_route53_zone', 'signed answers', (body, zone, stack) =>
    isPublicZone(body) ? stack.users(zone, 'aws_route53_hosted_zone_dnssec').length > 0 : true,
  ),
  rule('CKV2_AWS_39', 'aws_route53_zone', 'a log of questions', (body, zone, stack) =>
    isPublicZone(body) ? stack.users(zone, 'aws_route53_query_log').length > 0 : true,
  ),
];
