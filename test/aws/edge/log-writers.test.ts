import { AwsAccount } from '../../../lib/aws/aws-account';
import { cloudFrontLogWriter, loadBalancerLogWriter } from '../../../lib/aws/edge/log-writers';
import { SecureBucket } from '../../../lib/aws/storage/secure-bucket';
import { onlyResource, terraform } from '../../support/terraform';

const statements = (prefixes: readonly string[]) => {
  const json = terraform((stack) => {
    const account = AwsAccount.of(stack);
    new SecureBucket(stack, 'Logs', {
      name: 'acgs-production-edge-logs',
      encryption: 'sse-s3',
      statements: [
        ...prefixes.map((prefix) => loadBalancerLogWriter(account, prefix)),
        loadBalancerLogWriter(account),
        cloudFrontLogWriter(account),
      ],
    });
  });
  return JSON.parse(onlyResource(json, 'aws_s3_bucket_policy').policy).Statement;
};

const ACCOUNT = /\/AWSLogs\/\$\{data\.aws_caller_identity\.\w+\.account_id\}\/\*$/;

test('load balancers write below their prefix and the account, and nowhere else', () => {
  const [, , access, connections, bare] = statements(['access', 'connections']);
  for (const statement of [access, connections, bare]) {
    expect(statement).toMatchObject({
      Effect: 'Allow',
      Principal: { Service: ['logdelivery.elasticloadbalancing.amazonaws.com'] },
      Action: ['s3:PutObject'],
    });
    expect(statement.Resource[0]).toMatch(ACCOUNT);
  }
  expect(access.Resource[0]).toContain('/access/AWSLogs/');
  expect(connections.Resource[0]).toContain('/connections/AWSLogs/');
  expect(bare.Resource[0]).toMatch(/\.arn\}\/AWSLogs\//);
});

test('each statement has a name of its own', () => {
  expect(
    statements(['access', 'connections'])
      .map(({ Sid }: { Sid: string }) => Sid)
      .slice(2),
  ).toEqual(['LoadBalancerLogsaccess', 'LoadBalancerLogsconnections', 'LoadBalancerLogs', 'CloudFrontLogs']);
});

test('CloudFront writes for this account alone, by a delivery of us-east-1', () => {
  const { Principal, Resource, Condition } = statements([]).at(-1);
  expect(Principal).toEqual({ Service: ['delivery.logs.amazonaws.com'] });
  expect(Resource[0]).toMatch(ACCOUNT);
  expect(Object.keys(Condition.StringEquals)).toEqual(['aws:SourceAccount', 's3:x-amz-acl']);
  expect(Condition.ArnLike['aws:SourceArn']).toMatch(/:logs:us-east-1:.*:delivery-source:\*$/);
});
