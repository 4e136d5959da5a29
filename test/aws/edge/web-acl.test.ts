import { WebAcl } from '../../../lib/aws/edge/web-acl';
import { WEB_ACL_CHECKS } from '../../../lib/aws/edge/web-acl-checks';
import { DEFAULT_MANAGED_RULES, type WebAclProps } from '../../../lib/aws/edge/web-acl-props';
import type { ManagedRuleGroup } from '../../../lib/model/edge/managed-rules';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';
import { misspelt, unhardened } from './samples';

type Change = Partial<WebAclProps>;

const s = Duration.seconds;
const k6 = { cidr: '203.0.113.10/32', reason: 'k6 in the pipeline, until 2027' };
const header = { clientAddress: { header: 'x-viewer-address' } };

const synth = (change: Change = {}, seen: (acl: WebAcl) => void = () => {}): Block =>
  terraform((stack) => seen(new WebAcl(stack, 'Firewall', { name: 'acgs-production', ...change })));

const acl = (change: Change = {}) => onlyResource(synth(change), 'aws_wafv2_web_acl');
const rate = (change: Change = {}) => acl(change).rule[0].statement.rate_based_statement;
const group = (change: Change, name: string) =>
  acl(change).rule.find((rule: Block) => rule.name === name).statement.managed_rule_group_statement;

describe('the rate rule', () => {
  test('answers 429 to an address with more than 6000 requests in a minute, before any other rule', () => {
    const [first, ...others] = acl().rule;
    expect(first).toMatchObject({
      name: 'rate-limit',
      priority: 0,
      action: {
        block: { custom_response: { response_code: 429, response_header: [{ name: 'Retry-After', value: '60' }] } },
      },
    });
    expect(rate()).toEqual({ limit: 6000, evaluation_window_sec: 60, aggregate_key_type: 'IP' });
    expect(others.map(({ priority }: Block) => priority)).toEqual([10, 20, 30, 40]);
  });

  test('counts by a header where one is named; what is no address there counts as over the limit', () => {
    expect(rate(header)).toEqual({
      limit: 6000,
      evaluation_window_sec: 60,
      aggregate_key_type: 'FORWARDED_IP',
      forwarded_ip_config: { header_name: 'x-viewer-address', fallback_behavior: 'MATCH' },
    });
  });

  test('an emergency changes the limit and nothing else', () => {
    const calm = synth();
    const storm = synth({ mode: 'emergency' });
    expect(rate({ mode: 'emergency' }).limit).toBe(600);
    onlyResource(storm, 'aws_wafv2_web_acl').rule[0].statement.rate_based_statement.limit = 6000;
    expect(storm).toEqual(calm);
  });

  test.each([
    [{ limit: 100, mode: 'emergency' }, 10],
    [{ limit: 19, mode: 'emergency' }, 10],
    [{ limit: 995, mode: 'emergency' }, 99],
    [{ emergencyLimit: 50, mode: 'emergency' }, 50],
    [{ emergencyLimit: 50 }, 6000],
  ] satisfies [Change, number][])('%j holds clients at %i', (change, limit) => {
    expect(rate(change).limit).toBe(limit);
  });

  test('leaves out load generators, by the address that it counts by', () => {
    const json = synth({ exceptions: [k6] });
    expect(onlyResource(json, 'aws_wafv2_ip_set')).toMatchObject({
      name: 'acgs-production-exceptions',
      scope: 'REGIONAL',
      ip_address_version: 'IPV4',
      addresses: ['203.0.113.10/32'],
    });
    const set = (change: Change) =>
      rate({ exceptions: [k6], ...change }).scope_down_statement.not_statement.statement.ip_set_reference_statement;
    expect(set({})).toEqual({ arn: expect.stringContaining('aws_wafv2_ip_set') });
    expect(set(header).ip_set_forwarded_ip_config).toEqual({
      header_name: 'x-viewer-address',
      position: 'FIRST',
      fallback_behavior: 'NO_MATCH',
    });
    expect(resources(synth(), 'aws_wafv2_ip_set')).toEqual([]);
  });

  test('has another window, if that is declared', () => {
    expect(rate({ window: s(300) }).evaluation_window_sec).toBe(300);
    expect(acl({ window: s(300) }).rule[0].action.block.custom_response.response_header[0].value).toBe('300');
  });
});

describe('managed rules', () => {
  test('are those of AWS against known attackers, exploits, injection and malformed requests', () => {
    expect(
      acl()
        .rule.slice(1)
        .map(({ name }: Block) => name),
    ).toEqual([
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesSQLiRuleSet',
      'AWSManagedRulesCommonRuleSet',
    ]);
    expect(
      acl()
        .rule.slice(1)
        .every((rule: Block) => rule.override_action.none),
    ).toBe(true);
  });

  test('let bodies above 8 KiB through, which the proxy allows', () => {
    expect(group({}, 'AWSManagedRulesCommonRuleSet')).toEqual({
      vendor_name: 'AWS',
      name: 'AWSManagedRulesCommonRuleSet',
      rule_action_override: [{ name: 'SizeRestrictions_BODY', action_to_use: { count: {} } }],
    });
  });

  test('know no list of addresses behind CloudFront, whose address they would see', () => {
    expect(
      acl(header)
        .rule.slice(1)
        .map(({ name }: Block) => name),
    ).toEqual(['AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesSQLiRuleSet', 'AWSManagedRulesCommonRuleSet']);
  });

  test('may only count, and stay at a version', () => {
    const name: ManagedRuleGroup = 'AWSManagedRulesSQLiRuleSet';
    const change: Change = { managedRules: [{ group: name, mode: 'count', version: 'Version_2.0' }] };
    expect(acl(change).rule[1].override_action).toEqual({ count: {} });
    expect(group(change, name)).toEqual({ vendor_name: 'AWS', name, version: 'Version_2.0' });
  });

  test('are measured, as the rate rule and the whole are', () => {
    const { rule, visibility_config } = acl();
    const metrics = [visibility_config, ...rule.map((one: Block) => one.visibility_config)];
    expect(metrics.every((one) => one.cloudwatch_metrics_enabled && one.sampled_requests_enabled)).toBe(true);
    expect(visibility_config.metric_name).toBe('acgs-production');
  });
});

describe('the firewall', () => {
  test('has the names and values of the provider', () => {
    expect(misspelt(synth({ exceptions: [k6], ...header }))).toEqual([]);
    expect(misspelt(synth({ scope: 'cloudfront' }))).toEqual([]);
  });

  test('lets through what no rule stops', () => {
    expect(acl().default_action).toEqual({ allow: {} });
  });

  test('for CloudFront everything is in us-east-1', () => {
    const json = synth({ scope: 'cloudfront', exceptions: [k6] });
    expect(acl({ scope: 'cloudfront' }).scope).toBe('CLOUDFRONT');
    const places = Object.entries<Block>(json.resource).flatMap(([type, bodies]) =>
      Object.values<Block>(bodies).map(({ region }) => [type, region]),
    );
    expect(places.filter(([, region]) => region !== 'us-east-1')).toEqual([]);
    expect(onlyResource(json, 'aws_kms_key').policy).toContain('logs.us-east-1.amazonaws.com');
    expect(onlyResource(json, 'aws_cloudwatch_log_resource_policy').policy_document).toMatch(/:logs:us-east-1:/);
  });

  test('of a region stands where the stack does', () => {
    expect(acl()).not.toHaveProperty('region');
  });

  test('is hardened', () => {
    expect(unhardened(synth())).toEqual([]);
  });

  test('tells its capacity and its log group', () => {
    const seen: unknown[] = [];
    synth({}, ({ capacity, logGroupName }) => seen.push(capacity, logGroupName));
    synth({ exceptions: [k6] }, ({ capacity }) => seen.push(capacity));
    expect(seen).toEqual([1127, 'aws-waf-logs-acgs-production', 1128]);
  });
});

describe('its log', () => {
  const logging = (change: Change = {}) => onlyResource(synth(change), 'aws_wafv2_web_acl_logging_configuration');

  test('goes to an encrypted group with the name that WAF demands, which it may write to', () => {
    const json = synth();
    expect(onlyResource(json, 'aws_cloudwatch_log_group')).toMatchObject({
      name: 'aws-waf-logs-acgs-production',
      retention_in_days: 365,
      kms_key_id: expect.stringContaining('aws_kms_key'),
    });
    const { policy_document } = onlyResource(json, 'aws_cloudwatch_log_resource_policy');
    const [statement] = JSON.parse(policy_document).Statement;
    expect(statement.Principal).toEqual({ Service: ['delivery.logs.amazonaws.com'] });
    expect(statement.Action).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(Object.keys(statement.Condition)).toEqual(['StringEquals', 'ArnLike']);
    expect(logging().depends_on).toEqual([expect.stringContaining('aws_cloudwatch_log_resource_policy')]);
  });

  test('keeps what was stopped or counted, without secrets', () => {
    const { logging_filter, redacted_fields } = logging();
    expect(redacted_fields.map(({ single_header }: Block) => single_header.name)).toEqual([
      'authorization',
      'cookie',
      'x-api-key',
    ]);
    expect(logging_filter.default_behavior).toBe('DROP');
    expect(logging_filter.filter[0]).toMatchObject({ behavior: 'KEEP', requirement: 'MEETS_ANY' });
    expect(logging_filter.filter[0].condition.map((one: Block) => one.action_condition.action)).toEqual([
      'BLOCK',
      'COUNT',
      'CAPTCHA',
      'CHALLENGE',
    ]);
  });

  test('keeps everything, for as long as declared', () => {
    expect(logging({ logs: 'all' })).not.toHaveProperty('logging_filter');
    const json = synth({ logRetention: Duration.days(7) });
    expect(onlyResource(json, 'aws_cloudwatch_log_group').retention_in_days).toBe(7);
  });
});

const rules = (...groups: ManagedRuleGroup[]): Change => ({ managedRules: groups.map((group) => ({ group })) });
const bad = 'AWSManagedRulesKnownBadInputsRuleSet';
const common = 'AWSManagedRulesCommonRuleSet';

const broken: [checks: string | string[], it: string, change: Change][] = [
  ['web-acl-name-is-allowed', 'a dot', { name: 'acgs.production' }],
  ['web-acl-name-is-allowed', '101 characters', { name: 'a'.repeat(101) }],
  ['web-acl-of-cloudfront-is-in-us-east-1', 'elsewhere', { scope: 'cloudfront', region: 'us-west-2' }],
  ['web-acl-limit-is-offered', '2000000001', { limit: 2_000_000_001 }],
  ['web-acl-limit-is-offered', 'a half', { limit: 100.5 }],
  ['web-acl-emergency-limit-is-lower', '9', { emergencyLimit: 9 }],
  ['web-acl-emergency-limit-is-lower', 'as high', { emergencyLimit: 6000 }],
  ['web-acl-emergency-limit-is-lower', 'NaN', { emergencyLimit: Number.NaN }],
  ['web-acl-is-not-in-emergency', 'one', { mode: 'emergency' }],
  ['web-acl-window-is-offered', '59 s', { window: s(59) }],
  ['web-acl-window-is-offered', '61 s', { window: s(61) }],
  ['web-acl-address-header-is-a-name', 'a space', { clientAddress: { header: 'x address' } }],
  ['web-acl-address-header-is-a-name', 'nothing', { clientAddress: { header: '' } }],
  ['web-acl-address-is-not-the-clients-word', 'the usual', { clientAddress: { header: 'X-Forwarded-For' } }],
  ['web-acl-lists-see-the-client', 'a list', { ...header, managedRules: DEFAULT_MANAGED_RULES }],
  ['web-acl-exceptions-are-ranges', 'everybody', { exceptions: [{ ...k6, cidr: '0.0.0.0/0' }] }],
  ['web-acl-exceptions-are-ranges', 'an address', { exceptions: [{ ...k6, cidr: '203.0.113.10' }] }],
  ['web-acl-exceptions-have-reasons', 'a blank', { exceptions: [{ ...k6, reason: ' ' }] }],
  ['web-acl-groups-are-known', 'another', rules(bad, 'AWSManagedRulesX' as ManagedRuleGroup)],
  ['web-acl-groups-differ', 'one twice', rules(bad, bad)],
  ['web-acl-stops-known-exploits', 'none', rules('AWSManagedRulesSQLiRuleSet')],
  ['web-acl-stops-known-exploits', 'counted', { managedRules: [{ group: bad, mode: 'count' }] }],
  [
    ['web-acl-groups-differ', 'web-acl-fits-its-capacity', 'web-acl-stays-in-its-price'],
    '5102 units',
    rules(bad, common, common, common, common, common, common, common),
  ],
  [
    'web-acl-stays-in-its-price',
    '1502 units',
    rules(
      bad,
      common,
      'AWSManagedRulesSQLiRuleSet',
      'AWSManagedRulesLinuxRuleSet',
      'AWSManagedRulesUnixRuleSet',
      'AWSManagedRulesAdminProtectionRuleSet',
    ),
  ],
  ['web-acl-redacted-headers-are-names', 'a capital', { redactedHeaders: ['Authorization'] }],
  ['log-retention-is-offered', '8 days', { logRetention: Duration.days(8) }],
];

describe('each check', () => {
  const found = (change: Change) => ids(WebAcl.inspect('edge', { name: 'acgs-production', ...change }));

  test.each(broken)('%s: %s', (checks, _, change) => {
    expect(found(change)).toEqual([checks].flat());
  });

  test('has a failing row', () => {
    expect([...new Set(broken.flatMap(([checks]) => checks))].sort()).toEqual(
      [...allIds(WEB_ACL_CHECKS), 'log-retention-is-offered'].sort(),
    );
  });

  test('a limit that leaves no room below it has no emergency', () => {
    expect(found({ limit: 10 })).toEqual([]);
    expect(found({ limit: 9 })).toEqual(['web-acl-limit-is-offered']);
    expect(found({ limit: Number.NaN })).toEqual(['web-acl-limit-is-offered', 'web-acl-emergency-limit-is-lower']);
  });

  test.each<[string, Change]>([
    ['the defaults', {}],
    ['100 characters', { name: 'a'.repeat(100) }],
    ['CloudFront where it is', { scope: 'cloudfront', region: 'us-east-1' }],
    ['the lowest limit', { limit: 11, emergencyLimit: 10 }],
    ['the highest limit', { limit: 2_000_000_000 }],
    ['an emergency just below', { emergencyLimit: 5999 }],
    ...[60, 120, 300, 600].map((window): [string, Change] => [`${window} s`, { window: s(window) }]),
    ['our header', header],
    ['half of all addresses', { exceptions: [{ ...k6, cidr: '0.0.0.0/1' }] }],
    [
      '1402 units',
      rules(bad, common, 'AWSManagedRulesSQLiRuleSet', 'AWSManagedRulesLinuxRuleSet', 'AWSManagedRulesUnixRuleSet'),
    ],
  ])('accepts %s', (_, change) => {
    expect(found(change)).toEqual([]);
  });

  test('an emergency is a warning, a wrong limit is none', () => {
    expect(refused(() => synth({ mode: 'emergency' }))).toEqual([]);
    expect(refused(() => synth({ limit: 0 }))).toEqual(['web-acl-limit-is-offered']);
  });

  test('the retention of the log is named as the prop is', () => {
    expect(WebAcl.inspect('edge', { name: 'a', logRetention: Duration.days(8) })[0]).toMatchObject({
      path: 'edge',
      prop: 'logRetention',
    });
  });
});
