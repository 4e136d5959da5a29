import { TerraformStack } from 'cdktf';
import { AwsAccount } from '../../lib/aws';
import { referred } from '../support/references';
import { terraform } from '../support/terraform';

test('a stack asks AWS who it is once, however many ask the stack', () => {
  const json = terraform((stack) => {
    expect(AwsAccount.of(stack)).toBe(AwsAccount.of(stack));
  });

  expect(Object.entries<object>(json.data).map(([type, found]) => [type, Object.keys(found).length])).toEqual([
    ['aws_caller_identity', 1],
    ['aws_partition', 1],
    ['aws_region', 1],
  ]);
});

test('two stacks have an account each', () => {
  terraform((stack) => {
    const other = new TerraformStack(stack.node.root, 'other');
    expect(AwsAccount.of(other)).not.toBe(AwsAccount.of(stack));
  });
});

test('ARNs refer to partition, region and account, and spell none of them', () => {
  const arns = referred((stack) => {
    const account = AwsAccount.of(stack);
    return {
      regional: account.arn('logs', 'log-group:app'),
      elsewhere: account.arn('rds', 'db:main', 'us-east-1'),
      global: account.globalArn('iam', 'role/app'),
      managed: account.managedPolicy('AmazonEKSClusterPolicy'),
    };
  });

  expect(arns).toEqual({
    elsewhere: 'arn:<aws_partition.partition>:rds:us-east-1:<aws_caller_identity.account_id>:db:main',
    regional: 'arn:<aws_partition.partition>:logs:<aws_region.region>:<aws_caller_identity.account_id>:log-group:app',
    global: 'arn:<aws_partition.partition>:iam::<aws_caller_identity.account_id>:role/app',
    managed: 'arn:<aws_partition.partition>:iam::aws:policy/AmazonEKSClusterPolicy',
  });
});
