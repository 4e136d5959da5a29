import { Token } from 'cdktf';
import {
  POD_IDENTITY_CHECKS,
  PodIdentityAssociation,
  type PodIdentityAssociationProps,
} from '../../../lib/aws/cluster/pod-identity';
import { allIds, ids } from '../../support/findings';
import { readable } from '../../support/references';
import { onlyResource, terraform } from '../../support/terraform';

const read = { sid: 'Read', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::models/*'] };

const props: PodIdentityAssociationProps = {
  clusterName: 'acgs',
  namespace: 'acgs',
  serviceAccount: 'auth-service',
  statements: [read],
};

const synth = (overrides: Partial<PodIdentityAssociationProps> = {}) =>
  terraform((stack) => {
    new PodIdentityAssociation(stack, 'Identity', { ...props, ...overrides });
  });

describe('PodIdentityAssociation', () => {
  test('gives one service account the role of its own', () => {
    const json = synth();
    const [roleId] = Object.keys(json.resource.aws_iam_role);

    expect(onlyResource(json, 'aws_eks_pod_identity_association')).toMatchObject({
      cluster_name: 'acgs',
      namespace: 'acgs',
      service_account: 'auth-service',
      role_arn: `\${aws_iam_role.${roleId}.arn}`,
    });
  });

  test('the role is for pods and does what is declared, and nothing else', () => {
    const json = synth();
    const trust = JSON.parse(onlyResource(json, 'aws_iam_role').assume_role_policy);

    expect(trust.Statement).toEqual([
      expect.objectContaining({
        Principal: { Service: ['pods.eks.amazonaws.com'] },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
      }),
    ]);
    expect(JSON.parse(onlyResource(json, 'aws_iam_role_policy').policy).Statement).toEqual([
      { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::models/*'] },
    ]);
    expect(json.resource.aws_iam_role_policy_attachment).toBeUndefined();
  });

  test('the role is for that service account, of that cluster of this account and region', () => {
    const trust = JSON.parse(readable(onlyResource(synth(), 'aws_iam_role').assume_role_policy));

    expect(trust.Statement[0].Condition).toEqual({
      StringEquals: {
        'aws:SourceAccount': '<aws_caller_identity.account_id>',
        'aws:RequestTag/eks-cluster-arn':
          'arn:<aws_partition.partition>:eks:<aws_region.region>:<aws_caller_identity.account_id>:cluster/acgs',
        'aws:RequestTag/kubernetes-namespace': 'acgs',
        'aws:RequestTag/kubernetes-service-account': 'auth-service',
      },
    });
  });

  test('managed policies are attached', () => {
    const json = synth({ statements: [], managedPolicies: ['CloudWatchAgentServerPolicy'] });

    expect(onlyResource(json, 'aws_iam_role_policy_attachment').policy_arn).toMatch(/CloudWatchAgentServerPolicy$/);
  });

  test('stands only once the role has its rights', () => {
    expect(onlyResource(synth(), 'aws_eks_pod_identity_association').depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\./),
    ]);
  });

  test('exposes the names that the other plane uses', () => {
    terraform((stack) => {
      const made = new PodIdentityAssociation(stack, 'Identity', props);
      expect([made.namespace, made.serviceAccount]).toEqual(['acgs', 'auth-service']);
    });
  });
});

describe('PodIdentityAssociation.inspect', () => {
  const rows: readonly (readonly [
    it: string,
    given: Partial<PodIdentityAssociationProps>,
    expected: readonly string[],
  ])[] = [
    ['takes a service account with dots', { serviceAccount: 'auth.service' }, []],
    ['refuses a token as namespace', { namespace: Token.asString({ a: 1 }) }, ['pod-identity-namespace-is-literal']],
    ['refuses any namespace', { namespace: '*' }, ['pod-identity-namespace-is-literal']],
    [
      'refuses a token as service account',
      { serviceAccount: Token.asString({ a: 1 }) },
      ['pod-identity-service-account-is-literal'],
    ],
    ['refuses any service account', { serviceAccount: '*' }, ['pod-identity-service-account-is-literal']],
    ['refuses an empty service account', { serviceAccount: '' }, ['pod-identity-service-account-is-literal']],
    ['refuses a role without rights', { statements: [] }, ['pod-identity-grants-something']],
    ['refuses every action', { statements: [{ ...read, actions: ['*'] }] }, ['pod-identity-is-no-administrator']],
    ['takes a denial of every action', { statements: [{ ...read, effect: 'Deny', actions: ['*'] }] }, []],
    ['refuses an administrator', { managedPolicies: ['AdministratorAccess'] }, ['pod-identity-is-no-administrator']],
    ['refuses who may make one', { managedPolicies: ['IAMFullAccess'] }, ['pod-identity-is-no-administrator']],
    ['refuses all but one', { managedPolicies: ['PowerUserAccess'] }, ['pod-identity-is-no-administrator']],
    ['takes who may only look', { managedPolicies: ['ReadOnlyAccess'] }, []],
    [
      'refuses a statement without actions',
      { statements: [{ ...read, actions: [] }] },
      ['pod-identity-statements-are-complete'],
    ],
    [
      'refuses a statement without resources',
      { statements: [{ sid: 'Read', actions: ['s3:GetObject'] }] },
      ['pod-identity-statements-are-complete'],
    ],
    [
      'refuses an empty resource',
      { statements: [{ ...read, resources: [''] }] },
      ['pod-identity-statements-are-complete'],
    ],
    [
      'refuses an empty list of resources',
      { statements: [{ ...read, resources: [] }] },
      ['pod-identity-statements-are-complete'],
    ],
    ['refuses a sid with a hyphen', { statements: [{ ...read, sid: 'read-it' }] }, ['pod-identity-sids-are-allowed']],
    ['refuses an empty sid', { statements: [{ ...read, sid: '' }] }, ['pod-identity-sids-are-allowed']],
    ['refuses a sid twice', { statements: [read, read] }, ['pod-identity-sids-are-distinct']],
    [
      'refuses one policy by two paths',
      { managedPolicies: ['AmazonS3ReadOnlyAccess', 'service-role/AmazonS3ReadOnlyAccess'] },
      ['pod-identity-managed-policies-are-distinct'],
    ],
  ];

  test.each(rows)('%s', (_, given, expected) => {
    expect(ids(PodIdentityAssociation.inspect('Identity', { ...props, ...given }))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(POD_IDENTITY_CHECKS));
  });

  test('a finding about an administrator names the statement', () => {
    const [finding] = PodIdentityAssociation.inspect('Identity', {
      ...props,
      statements: [{ ...read, actions: ['*'] }],
    });

    expect(finding?.received).toBe('Read');
  });
});
