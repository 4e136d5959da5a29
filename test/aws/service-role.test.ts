import { ServiceRole, type ServiceRoleProps } from '../../lib/aws';
import { readable, referred } from '../support/references';
import { onlyResource, resources, terraform } from '../support/terraform';

const synth = (overrides: Partial<ServiceRoleProps> = {}) =>
  terraform((stack) => {
    new ServiceRole(stack, 'Role', { service: 'eks.amazonaws.com', description: 'Runs the cluster', ...overrides });
  });

const trust = (service: string) =>
  JSON.parse(onlyResource(synth({ service }), 'aws_iam_role').assume_role_policy).Statement;

describe('ServiceRole', () => {
  test('is assumed by its service and by nobody else', () => {
    expect(trust('eks.amazonaws.com')).toEqual([
      {
        Sid: 'ServiceAssumes',
        Effect: 'Allow',
        Principal: { Service: ['eks.amazonaws.com'] },
        Action: ['sts:AssumeRole'],
      },
    ]);
  });

  test('lets Pod Identity pass its session tags', () => {
    expect(trust('pods.eks.amazonaws.com')[0].Action).toEqual(['sts:AssumeRole', 'sts:TagSession']);
  });

  test('can ask its service to prove that it acts for this account', () => {
    const [statement] = JSON.parse(
      readable(onlyResource(synth({ ownAccountOnly: true }), 'aws_iam_role').assume_role_policy),
    ).Statement;
    expect(statement.Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': '<aws_caller_identity.account_id>' },
    });
  });

  test('can ask for tags of the request, beside or without that proof', () => {
    const condition = (parts: Partial<ServiceRoleProps>) =>
      JSON.parse(readable(onlyResource(synth(parts), 'aws_iam_role').assume_role_policy)).Statement[0].Condition;
    const requestTags = { team: 'core', stage: 'production' };
    expect(condition({ requestTags })).toEqual({
      StringEquals: { 'aws:RequestTag/team': 'core', 'aws:RequestTag/stage': 'production' },
    });
    expect(condition({ requestTags: { team: 'core' }, ownAccountOnly: true })).toEqual({
      StringEquals: { 'aws:SourceAccount': '<aws_caller_identity.account_id>', 'aws:RequestTag/team': 'core' },
    });
    expect(condition({ requestTags: {} })).toBeUndefined();
  });

  test('may do nothing unless told', () => {
    const json = synth();

    expect(onlyResource(json, 'aws_iam_role').description).toBe('Runs the cluster');
    expect(resources(json, 'aws_iam_role_policy')).toEqual([]);
    expect(resources(json, 'aws_iam_role_policy_attachment')).toEqual([]);
  });

  test('has the managed policies and the statements that it is given', () => {
    const json = synth({
      managedPolicies: ['AmazonEKSClusterPolicy', 'service-role/AmazonRDSEnhancedMonitoringRole'],
      statements: [{ sid: 'ReadsBucket', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] }],
    });

    expect(
      resources(json, 'aws_iam_role_policy_attachment').map(({ role, policy_arn }) => [
        readable(role),
        readable(policy_arn),
      ]),
    ).toEqual([
      ['<aws_iam_role.name>', 'arn:<aws_partition.partition>:iam::aws:policy/AmazonEKSClusterPolicy'],
      [
        '<aws_iam_role.name>',
        'arn:<aws_partition.partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole',
      ],
    ]);
    expect(readable(onlyResource(json, 'aws_iam_role_policy').role)).toBe('<aws_iam_role.name>');
    expect(JSON.parse(onlyResource(json, 'aws_iam_role_policy').policy)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Sid: 'ReadsBucket', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::b/*'] }],
    });
  });

  test('names every grant, so that what uses the role can wait for its rights', () => {
    const attributes = referred((stack) => {
      const role = new ServiceRole(stack, 'Role', {
        service: 'eks.amazonaws.com',
        description: 'Runs the cluster',
        managedPolicies: ['AmazonEKSClusterPolicy', 'AmazonEKSVPCResourceController'],
        statements: [{ sid: 'ReadsBucket', actions: ['s3:GetObject'], resources: ['*'] }],
      });
      expect(role.grants.map(({ node }) => node.id)).toEqual([
        'AmazonEKSClusterPolicy',
        'AmazonEKSVPCResourceController',
        'Policy',
      ]);
      expect(role.node.defaultChild).toMatchObject({ terraformResourceType: 'aws_iam_role' });
      return { arn: role.arn, name: role.name };
    });
    expect(attributes).toEqual({ arn: '<aws_iam_role.arn>', name: '<aws_iam_role.name>' });
  });
});
