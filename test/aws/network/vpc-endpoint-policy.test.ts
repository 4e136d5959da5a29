import { endpointPolicy } from '../../../lib/aws/network/vpc-endpoint-policy';
import { EKS_INTERFACE_ENDPOINTS } from '../../../lib/aws/network/vpc-endpoints';

const ACCOUNTS = ['111111111111', '222222222222'];

const statements = (service: string) => JSON.parse(endpointPolicy(service, ACCOUNTS) ?? '{"Statement":[]}').Statement;

const own = {
  Sid: 'OwnPrincipals',
  Effect: 'Allow',
  Principal: { AWS: ['*'] },
  Action: ['*'],
  Resource: ['*'],
  Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNTS } },
};

test.each(['dynamodb', 'ecr.api', 'ecr.dkr', 'kms', 'logs', 'secretsmanager'])(
  '%s serves principals of the accounts and nobody else',
  (service) => {
    expect(statements(service)).toEqual([own]);
  },
);

test('s3 lets anyone read, as layers and packages are read with links that others signed, and nobody else write', () => {
  expect(statements('s3')).toEqual([
    own,
    { Sid: 'AnyoneReads', Effect: 'Allow', Principal: { AWS: ['*'] }, Action: ['s3:GetObject'], Resource: ['*'] },
  ]);
});

test('sts turns unsigned tokens into roles of the accounts only', () => {
  expect(statements('sts')).toEqual([
    own,
    {
      Sid: 'TokensBecomeOwnRoles',
      Effect: 'Allow',
      Principal: { AWS: ['*'] },
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Resource: ['*'],
      Condition: { StringEquals: { 'aws:ResourceAccount': ACCOUNTS } },
    },
  ]);
});

test('services without data to carry out, or without policies, keep that of AWS', () => {
  expect(EKS_INTERFACE_ENDPOINTS.filter((service) => endpointPolicy(service, ACCOUNTS) === undefined)).toEqual([
    ...['autoscaling', 'ec2', 'ec2messages', 'eks-auth', 'elasticloadbalancing', 'ssm', 'ssmmessages'],
  ]);
});
