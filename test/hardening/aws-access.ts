import type { Block } from '../support/terraform';
import { type AwsRule, isSet, list, rule } from './aws-rule';
import { statements } from './aws-storage';

const ROLE = 'aws_iam_role';
const POLICY = 'aws_iam_policy aws_iam_role_policy aws_iam_user_policy aws_iam_group_policy';
const ATTACHMENT = 'aws_iam_role_policy_attachment aws_iam_policy_attachment aws_iam_user_policy_attachment';

const matches = (patterns: readonly RegExp[], action: string): boolean => patterns.some((one) => one.test(action));

const allowed = (policy: unknown): Block[] => statements(policy).filter(({ Effect }) => Effect === 'Allow');

const actionsOf = ({ Action }: Block): string[] => list(Action).map(String);

/** What a policy allows on every resource there is, whoever asks. */
const unconstrained = (policy: unknown): string[] =>
  allowed(policy)
    .filter(({ Resource, Condition }) => list(Resource).includes('*') && !isSet(Condition))
    .flatMap(actionsOf);

const CREDENTIALS = [
  /^iam:CreateAccessKey$/,
  /^sts:Get(Federation|Session)Token$/,
  /^rds-db:connect$/,
  /^redshift:GetClusterCredentials/,
  /^codeartifact:GetAuthorizationToken$/,
  /^sso:GetRoleCredentials$/,
];

const DATA = [
  /^s3:GetObject/,
  /^ssm:GetParameter/,
  /^secretsmanager:(Batch)?GetSecretValue$/,
  /^rds:CopyDBSnapshot$/,
  /^kms:Decrypt$/,
];

const PERMISSIONS = [
  /^iam:(Attach|Detach|Put|Delete|Create|Update|Add|Remove|Set)/,
  /^kms:(PutKeyPolicy|CreateGrant)$/,
  /^[\w-]+:(Put|Set|Add|Delete|Remove)\w*(Policy|Permission|BucketAcl|ObjectAcl)s?$/,
];

const ESCALATION = [
  /^iam:(PassRole|CreatePolicyVersion|SetDefaultPolicyVersion|AddUserToGroup)$/,
  /^iam:(Create|Update)LoginProfile$/,
  /^iam:(Attach|Put)(User|Group|Role)Policy$/,
  /^iam:UpdateAssumeRolePolicy$/,
  /^lambda:UpdateFunctionCode$/,
];

/** Actions that look and change nothing, and those that AWS itself allows on no single resource. */
const READS = /^[\w-]+:(Describe|List|Get|View|Search|Lookup|Batch(Get|Check)|Simulate|Test|Validate|Filter|Estimate)/;
const UNRESTRICTABLE = [
  /^[\w-]+:(Describe|List)/,
  /^ecr:GetAuthorizationToken$/,
  /^ec2:Get(InstanceTypesFromInstanceRequirements|SecurityGroupsForVpc|CoipPoolUsage)$/,
  /^ec2:(Associate|Disassociate)Address$/,
  /^cloudwatch:(PutMetricData|GetMetric)/,
  /^pricing:GetProducts$/,
  /^tag:GetResources$/,
  /^xray:(Put|Get)/,
  /^ssm(messages)?:(CreateControlChannel|CreateDataChannel|OpenControlChannel|OpenDataChannel|UpdateInstanceInformation)$/,
  /^logs:(CreateLogDelivery|GetLogDelivery|DescribeResourcePolicies)$/,
];

const policyRule = (id: string, asks: string, holds: (policy: unknown) => boolean): AwsRule =>
  rule(id, POLICY, asks, ({ policy }) => holds(policy));

const nothingOf = (id: string, asks: string, wrong: (action: string) => boolean): AwsRule =>
  policyRule(id, asks, (policy) => !unconstrained(policy).some(wrong));

const attached = ({ policy_arn: arn = '', managed_policy_arns: arns }: Block): string[] => [
  String(arn),
  ...list(arns).map(String),
];

const trusts = ({ assume_role_policy: policy }: Block): string[] =>
  allowed(policy)
    .filter(({ Condition }) => !isSet(Condition))
    .flatMap(({ Principal }) => (Principal === '*' ? ['*'] : list(Principal?.AWS)))
    .map(String);

/** Roles and policies. */
export const ACCESS_RULES: readonly AwsRule[] = [
  rule('CKV_AWS_60', ROLE, 'a trust that is not in everybody', (body) => !trusts(body).includes('*')),
  rule('CKV_AWS_61', ROLE, 'a trust that is not in a whole account', (body) =>
    trusts(body).every((principal) => !/^\d{12}$|:root$/.test(principal)),
  ),
  policyRule('CKV_AWS_62', 'not everything on everything', (policy) => !unconstrained(policy).includes('*')),
  policyRule('CKV_AWS_63', 'actions by name', (policy) => !allowed(policy).flatMap(actionsOf).includes('*')),
  nothingOf('CKV_AWS_107', 'no credentials of everybody', (action) => matches(CREDENTIALS, action)),
  nothingOf('CKV_AWS_108', 'no data of everybody', (action) => matches(DATA, action)),
  nothingOf('CKV_AWS_109', 'no rights of everybody', (action) => matches(PERMISSIONS, action)),
  nothingOf('CKV_AWS_110', 'no way to more rights', (action) => matches(ESCALATION, action)),
  nothingOf(
    'CKV_AWS_111',
    'no changes to everything',
    (action) => !READS.test(action) && !matches(UNRESTRICTABLE, action),
  ),
  nothingOf('CKV_AWS_356', 'resources by name, where AWS allows', (action) => !matches(UNRESTRICTABLE, action)),
  rule('CKV_AWS_274', `${ATTACHMENT} ${ROLE}`, 'no AdministratorAccess', (body) =>
    attached(body).every((arn) => !arn.endsWith(':policy/AdministratorAccess')),
  ),
  policyRule('CKV2_AWS_40', 'not all of IAM', (policy) =>
    allowed(policy)
      .flatMap(actionsOf)
      .every((action) => !['iam:*', '*'].includes(action)),
  ),
  rule('CKV2_AWS_56', `${ATTACHMENT} ${ROLE}`, 'no IAMFullAccess', (body) =>
    attached(body).every((arn) => !arn.endsWith(':policy/IAMFullAccess')),
  ),
];
