import { TerraformOutput } from 'cdktf';
import { PUBLIC_ZONE_CHECKS, PublicZone, type PublicZoneProps } from '../../../lib/aws/edge/public-zone';
import { Duration } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';
import { misspelt, unhardened } from './samples';

type Change = Partial<PublicZoneProps>;

const synth = (change: Change = {}, seen: (zone: PublicZone) => void = () => {}): Block =>
  terraform((stack) => seen(new PublicZone(stack, 'Zone', { name: 'acgs.example.com', ...change })));

const signer = (json: Block) => resources(json, 'aws_kms_key').find((key: Block) => key.key_usage === 'SIGN_VERIFY');

describe('a public zone', () => {
  test('has the names and values of the provider, and is hardened', () => {
    expect(misspelt(synth())).toEqual([]);
    expect(unhardened(synth())).toEqual([]);
  });

  test('is kept, because a new one has other name servers', () => {
    expect(onlyResource(synth(), 'aws_route53_zone')).toMatchObject({
      name: 'acgs.example.com',
      comment: 'acgs.example.com',
      lifecycle: { prevent_destroy: true },
    });
    expect(onlyResource(synth({ keptOnDestroy: false, comment: 'trial' }), 'aws_route53_zone')).toMatchObject({
      comment: 'trial',
    });
    expect(onlyResource(synth({ keptOnDestroy: false }), 'aws_route53_zone')).not.toHaveProperty('lifecycle');
  });

  test('hands its name servers and DS record to whoever keeps the parent', () => {
    const outputs = (json: Block) => Object.values<Block>(json.output).map(({ description }) => description);
    expect(outputs(synth())).toEqual(['DS record of acgs.example.com', 'NS records of acgs.example.com']);
    expect(outputs(synth({ dnssec: 'off' }))).toEqual(['NS records of acgs.example.com']);
  });

  test('tells its name and id', () => {
    const json = terraform((stack) => {
      const { zoneName, zoneId, nameServers, dsRecord } = new PublicZone(stack, 'Zone', { name: 'acgs.example.com' });
      new TerraformOutput(stack, 'Seen', { value: [zoneName, zoneId, nameServers, dsRecord] });
    });
    const seen = json.output.Seen.value;
    expect(seen).toEqual([
      'acgs.example.com',
      expect.stringMatching(/^\$\{aws_route53_zone\.\w+\.zone_id\}$/),
      expect.stringMatching(/^\$\{aws_route53_zone\.\w+\.name_servers\}$/),
      expect.stringMatching(/^\$\{aws_route53_key_signing_key\.\w+\.ds_record\}$/),
    ]);
  });
});

describe('its signatures', () => {
  test('come from a key of the kind and place that Route 53 asks for, which is kept', () => {
    const key = signer(synth());
    expect(key).toMatchObject({
      region: 'us-east-1',
      customer_master_key_spec: 'ECC_NIST_P256',
      deletion_window_in_days: 30,
      lifecycle: { prevent_destroy: true },
    });
    const [, sign, later] = JSON.parse(key.policy).Statement;
    expect(sign.Principal).toEqual({ Service: ['dnssec-route53.amazonaws.com'] });
    expect(sign.Action).toEqual(['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign']);
    expect(Object.keys(sign.Condition.StringEquals)).toEqual(['aws:SourceAccount']);
    expect(later.Action).toEqual(['kms:CreateGrant']);
    expect(later.Condition).toEqual({ Bool: { 'kms:GrantIsForAWSResource': 'true' } });
  });

  test('start after their key is there', () => {
    const [depends] = onlyResource(synth(), 'aws_route53_hosted_zone_dnssec').depends_on;
    expect(depends).toMatch(/^aws_route53_key_signing_key\./);
    expect(onlyResource(synth(), 'aws_route53_key_signing_key').name).toBe('acgs_example_com');
  });

  test('are off where that is said', () => {
    const json = synth({ dnssec: 'off' });
    expect(signer(json)).toBeUndefined();
    expect(resources(json, 'aws_route53_hosted_zone_dnssec')).toEqual([]);
  });
});

describe('its log of questions', () => {
  test('is encrypted, in us-east-1, and open to this zone alone', () => {
    const json = synth();
    expect(onlyResource(json, 'aws_cloudwatch_log_group')).toMatchObject({
      region: 'us-east-1',
      name: '/aws/route53/acgs.example.com',
      retention_in_days: 365,
      kms_key_id: expect.stringContaining('aws_kms_key'),
    });
    const policy = onlyResource(json, 'aws_cloudwatch_log_resource_policy');
    expect(policy).toMatchObject({ region: 'us-east-1', policy_name: 'aws-route53-acgs-example-com' });
    const [statement] = JSON.parse(policy.policy_document).Statement;
    expect(statement.Principal).toEqual({ Service: ['route53.amazonaws.com'] });
    expect(statement.Condition.ArnLike['aws:SourceArn']).toMatch(/^\$\{aws_route53_zone\.\w+\.arn\}$/);
    expect(onlyResource(json, 'aws_route53_query_log').depends_on).toEqual([
      expect.stringContaining('aws_cloudwatch_log_resource_policy'),
    ]);
  });

  test('is kept for as long as declared, or not at all', () => {
    const json = synth({ logRetention: Duration.days(30) });
    expect(onlyResource(json, 'aws_cloudwatch_log_group').retention_in_days).toBe(30);
    expect(resources(synth({ queryLog: 'off' }), 'aws_route53_query_log')).toEqual([]);
    expect(resources(synth({ queryLog: 'off' }), 'aws_cloudwatch_log_group')).toEqual([]);
  });
});

const broken: [check: string, change: Change][] = [
  ['public-zone-name-is-a-domain', { name: 'acgs' }],
  ['public-zone-name-is-a-domain', { name: 'acgs.example.com.' }],
  ['public-zone-name-is-a-domain', { name: 'Acgs.example.com' }],
  ['public-zone-comment-is-short', { comment: '' }],
  ['public-zone-comment-is-short', { comment: 'a'.repeat(257) }],
  ['public-zone-comment-is-short', { comment: 'two\nlines' }],
  ['log-retention-is-offered', { logRetention: Duration.days(2) }],
];

const found = (change: Change) => ids(PublicZone.inspect('edge', { name: 'acgs.example.com', ...change }));

test.each(broken)('%s fails (row %#)', (check, change) => {
  expect(found(change)).toEqual([check]);
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(
    [...allIds(PUBLIC_ZONE_CHECKS), 'log-retention-is-offered'].sort(),
  );
});

test('the longest comment is accepted, and nothing is made of what is wrong', () => {
  expect(found({ comment: 'a'.repeat(256) })).toEqual([]);
  expect(refused(() => synth({ name: 'acgs' }))).toEqual(['public-zone-name-is-a-domain']);
});
