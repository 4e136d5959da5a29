import type { TerraformStack } from 'cdktf';
import { EncryptionKey } from '../../../lib/aws';
import { Network } from '../../../lib/aws/network/network';
import type { NetworkProps } from '../../../lib/aws/network/network-plan';
import { Duration } from '../../../lib/units';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const valid: NetworkProps = {
  name: 'shop-production',
  cidr: '10.0.0.0/16',
  zones: ['us-west-2a', 'us-west-2b'],
  nat: 'per-zone',
};

const synth = (overrides: (stack: TerraformStack) => Partial<NetworkProps> = () => ({})) =>
  terraform((stack) => new Network(stack, 'Network', { ...valid, ...overrides(stack) }));

const address = (json: Block, type: string): string => `${type}.${Object.keys(json.resource[type])[0]}`;

test('every connection of the VPC is on record, by the minute', () => {
  const json = synth();
  expect(onlyResource(json, 'aws_flow_log')).toMatchObject({
    vpc_id: `\${${address(json, 'aws_vpc')}.id}`,
    traffic_type: 'ALL',
    max_aggregation_interval: 60,
    log_destination_type: 'cloud-watch-logs',
    log_destination: `\${${address(json, 'aws_cloudwatch_log_group')}.arn}`,
    iam_role_arn: `\${${address(json, 'aws_iam_role')}.arn}`,
  });
});

test('the record is encrypted and kept for a year', () => {
  const json = synth();
  expect(onlyResource(json, 'aws_cloudwatch_log_group')).toMatchObject({
    name: '/aws/vpc-flow-logs/shop-production',
    retention_in_days: 365,
    kms_key_id: `\${${address(json, 'aws_kms_key')}.arn}`,
  });
});

test("interval and retention are the caller's", () => {
  const json = synth(() => ({ flowLogInterval: Duration.minutes(10), flowLogRetention: Duration.days(30) }));
  expect(onlyResource(json, 'aws_flow_log').max_aggregation_interval).toBe(600);
  expect(onlyResource(json, 'aws_cloudwatch_log_group').retention_in_days).toBe(30);
});

test('the role is for flow logs and writes streams of this group only', () => {
  const json = synth();
  const [trust] = JSON.parse(onlyResource(json, 'aws_iam_role').assume_role_policy).Statement;
  expect(trust.Principal).toEqual({ Service: ['vpc-flow-logs.amazonaws.com'] });
  expect(trust.Condition.StringEquals['aws:SourceAccount']).toContain('aws_caller_identity');
  expect(JSON.parse(onlyResource(json, 'aws_iam_role_policy').policy).Statement).toEqual([
    {
      Sid: 'WriteStreams',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: [`\${${address(json, 'aws_cloudwatch_log_group')}.arn}:*`],
    },
  ]);
});

test('recording starts once the role may write', () => {
  const json = synth();
  expect(onlyResource(json, 'aws_flow_log').depends_on).toEqual([address(json, 'aws_iam_role_policy')]);
});

test('without a key it makes its own, that logs may use', () => {
  const json = synth();
  expect(onlyResource(json, 'aws_kms_alias').name).toBe('alias/shop-production-flow-logs');
  const sids = JSON.parse(onlyResource(json, 'aws_kms_key').policy).Statement.map(({ Sid }: Block) => Sid);
  expect(sids).toContain('ForLogs');
});

test('a key of the caller takes the place of its own', () => {
  const json = synth((stack) => ({
    key: new EncryptionKey(stack, 'Key', { alias: 'logs', description: 'All logs', users: ['logs'] }),
  }));
  expect(resources(json, 'aws_kms_key')).toHaveLength(1);
  expect(onlyResource(json, 'aws_kms_alias').name).toBe('alias/logs');
  expect(onlyResource(json, 'aws_cloudwatch_log_group').kms_key_id).toBe(`\${${address(json, 'aws_kms_key')}.arn}`);
});
