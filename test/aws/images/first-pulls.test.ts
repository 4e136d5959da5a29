import { EksCluster, KarpenterSupport } from '../../../lib/aws';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { readable } from '../../support/references';
import { type Block, resources, terraform } from '../../support/terraform';

const cluster = (imageCaches?: readonly string[]): Block =>
  terraform((stack) => {
    new EksCluster(stack, 'Cluster', {
      name: 'acgs',
      network: {
        vpcId: 'vpc-1',
        cidr: '10.0.0.0/16',
        zones: ['us-west-2a', 'us-west-2b'],
        privateSubnetIds: ['subnet-a', 'subnet-b'],
      },
      apiAccess: { through: 'session-manager' },
      adminPrincipals: ['arn:aws:iam::123456789012:role/operators'],
      deployPrincipals: [],
      asOf: '2026-11-21',
      ...(imageCaches && { imageCaches }),
    });
  });

const karpenter = (imageCaches?: readonly string[]): Block =>
  terraform((stack) => {
    new KarpenterSupport(stack, 'Karpenter', { name: 'acgs', ...(imageCaches && { imageCaches }) });
  });

const firstPulls = (json: Block): Block[] =>
  resources(json, 'aws_iam_role_policy')
    .flatMap(({ policy }) => JSON.parse(readable(policy)).Statement)
    .filter(({ Action }) => Action.includes('ecr:CreateRepository'));

describe.each([
  ['nodes of groups', cluster],
  ['nodes that Karpenter makes', karpenter],
])('%s', (_whose, json) => {
  test('may fetch an image for the first time below the declared caches, and nowhere else', () => {
    expect(firstPulls(json(['docker-hub', 'quay']))).toEqual([
      {
        Sid: 'FirstPullFetches',
        Effect: 'Allow',
        Action: ['ecr:CreateRepository', 'ecr:BatchImportUpstreamImage'],
        Resource: ['docker-hub', 'quay'].map(
          (prefix) =>
            `arn:<aws_partition.partition>:ecr:<aws_region.region>:<aws_caller_identity.account_id>:repository/${prefix}/*`,
        ),
      },
    ]);
  });

  test('make no repository without a cache', () => {
    expect(firstPulls(json())).toEqual([]);
    expect(json([])).toEqual(json());
  });

  test('stay hardened as checkov wants it', () => {
    expect(brokenAwsRules('test', json(['docker-hub']), AWS_RULES)).toEqual(brokenAwsRules('test', json(), AWS_RULES));
  });
});
