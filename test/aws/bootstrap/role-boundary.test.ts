import { ROLE_BOUNDARY_CHECKS, RoleBoundary, type RoleBoundaryProps } from '../../../lib/aws/bootstrap/role-boundary';
import { boundRoles } from '../../../lib/aws/permissions-boundary';
import { ServiceRole } from '../../../lib/aws/service-role';
import { allIds, ids, refused } from '../../support/findings';
import { readable } from '../../support/references';
import { type Block, onlyResource, terraform } from '../../support/terraform';

const STATE = { bucketArn: 'arn:aws:s3:::state', keyArn: 'arn:aws:kms:us-west-2:123456789012:key/1' };
const BOUNDARY: RoleBoundaryProps = { name: 'shop-boundary', states: [STATE] };
const ACCOUNT = 'arn:<aws_partition.partition>:iam::<aws_caller_identity.account_id>';

const synth = (props: RoleBoundaryProps) =>
  terraform((stack) => {
    new RoleBoundary(stack, 'Boundary', props);
  });

const statements = (props: RoleBoundaryProps): Block[] =>
  JSON.parse(readable(onlyResource(synth(props), 'aws_iam_policy').policy)).Statement;

const actions = (effect: string): string[] =>
  statements(BOUNDARY)
    .filter(({ Effect }) => Effect === effect)
    .flatMap(({ Action }) => Action);

describe('RoleBoundary', () => {
  test('has the name that roles elsewhere spell out', () => {
    expect(onlyResource(synth(BOUNDARY), 'aws_iam_policy').name).toBe('shop-boundary');
  });

  test('lets nobody make or change an identity, or become another', () => {
    const identity = actions('Allow').filter((action) => /^(iam|sts|organizations|account):/.test(action));
    expect(
      identity.filter((action) => /Policy|User|Group|Key|Login|CreateRole$|UpdateRole|AssumeRole|\*/.test(action)),
    ).toEqual([]);
    expect(identity).toContain('iam:PassRole');
    expect(actions('Allow').filter((action) => /^(lambda|cloudformation|sts):/.test(action))).toEqual([]);
  });

  test('hands over only roles that are bounded as well, to services that ours are for', () => {
    const handed = statements(BOUNDARY).filter(({ Action }) => Action.includes('iam:PassRole'));
    expect(handed).toHaveLength(1);
    expect(handed[0]?.Resource).toEqual([`${ACCOUNT}:role/terraform-*`]);
    expect(handed[0]?.Condition.StringEquals['iam:PassedToService']).toContain('pods.eks.amazonaws.com');
  });

  test('keeps states, their key and itself as they are', () => {
    const denied = statements(BOUNDARY).filter(({ Effect }) => Effect === 'Deny');
    expect(denied.map(({ Resource }) => Resource)).toEqual([
      [`${ACCOUNT}:policy/shop-boundary`],
      [`${ACCOUNT}:oidc-provider/*`, `${ACCOUNT}:saml-provider/*`],
      ['arn:aws:s3:::state', 'arn:aws:s3:::state/*'],
      [STATE.keyArn],
    ]);
    expect(actions('Deny')).toEqual(expect.arrayContaining(['iam:CreatePolicyVersion', 'iam:DeletePolicy']));
    expect(statements({ name: 'shop-boundary' }).map(({ Effect }) => Effect)).toEqual(['Allow', 'Allow', 'Allow']);
  });

  const rows: readonly [string | undefined, string][] = [
    ['role-boundary-name-is-allowed', ''],
    [undefined, 'b'],
    [undefined, 'b'.repeat(128)],
    ['role-boundary-name-is-allowed', 'b'.repeat(129)],
    ['role-boundary-name-is-allowed', 'shop/boundary'],
    ['role-boundary-name-is-allowed', 'terraform-boundary'],
  ];

  test.each(rows)('%s: %s', (check, name) => {
    expect(ids(RoleBoundary.inspect('Boundary', { name }))).toEqual(check ? [check] : []);
  });

  test('refuses what it finds, and every check has a failing row', () => {
    expect(refused(() => synth({ name: '' }))).toEqual(['role-boundary-name-is-allowed']);
    expect(allIds(ROLE_BOUNDARY_CHECKS)).toEqual(['role-boundary-name-is-allowed']);
  });
});

describe('boundRoles', () => {
  const role = (bound: boolean) =>
    onlyResource(
      terraform((stack) => {
        if (bound) boundRoles(stack, 'shop-boundary');
        new ServiceRole(stack, 'Role', { service: 'ec2.amazonaws.com', description: 'Role' });
      }),
      'aws_iam_role',
    );

  test('bounds each role below, and none elsewhere', () => {
    expect(readable(role(true).permissions_boundary)).toBe(`${ACCOUNT}:policy/shop-boundary`);
    expect(role(false).permissions_boundary).toBeUndefined();
  });
});
