import { CI_PROVIDER_CHECKS, CiProvider, type CiProviderProps } from '../../../lib/aws/bootstrap/ci-provider';
import { CiRole } from '../../../lib/aws/bootstrap/ci-role';
import { CI_ROLE_CHECKS } from '../../../lib/aws/bootstrap/ci-role-checks';
import type { CiRoleProps, TrustedProvider } from '../../../lib/aws/bootstrap/ci-role-props';
import { ciSubject } from '../../../lib/aws/bootstrap/ci-subject';
import { isError } from '../../../lib/check';
import type { CiJobs, CiSource } from '../../../lib/model';
import { Duration } from '../../../lib/units';
import { brokenAwsRules } from '../../hardening/aws-rule';
import { AWS_RULES } from '../../hardening/aws-rules';
import { allIds, ids, refused } from '../../support/findings';
import { readable, referred } from '../../support/references';
import { type Block, onlyResource, resources, terraform } from '../../support/terraform';

const GITHUB: TrustedProvider = {
  arn: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
  kind: 'github',
  host: 'token.actions.githubusercontent.com',
  audience: 'sts.amazonaws.com',
};
const GITLAB: TrustedProvider = {
  arn: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com',
  kind: 'gitlab',
  host: 'gitlab.com',
  audience: 'https://gitlab.com',
};
const STATE = { bucketArn: 'arn:aws:s3:::state', keyArn: 'arn:aws:kms:us-west-2:123456789012:key/1', folder: 'acgs/' };

const PLAN: CiRoleProps = {
  name: 'acgs-ci-plan',
  provider: GITHUB,
  source: { repository: 'example/acgs' },
  purpose: 'plan',
  states: [STATE],
  regions: ['us-west-2', 'us-east-1'],
};
const APPLY: CiRoleProps = {
  ...PLAN,
  name: 'acgs-ci-apply',
  purpose: 'apply',
  permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/pipelines',
  roleBoundaryArn: 'arn:aws:iam::123456789012:policy/acgs-boundary',
};

const synth = (props: CiRoleProps) =>
  terraform((stack) => {
    new CiRole(stack, 'Role', props);
  });

const trust = (props: CiRoleProps): Block =>
  JSON.parse(readable(onlyResource(synth(props), 'aws_iam_role').assume_role_policy)).Statement[0];

const rights = (props: CiRoleProps): Block[] =>
  JSON.parse(readable(onlyResource(synth(props), 'aws_iam_role_policy').policy)).Statement;

const right = (props: CiRoleProps, sid: string): Block | undefined => rights(props).find(({ Sid }) => Sid === sid);

describe('CiProvider', () => {
  const provider = (props: CiProviderProps) =>
    terraform((stack) => {
      new CiProvider(stack, 'Provider', props);
    });

  test.each<[CiProviderProps, string, string]>([
    [{ kind: 'github' }, 'https://token.actions.githubusercontent.com', 'sts.amazonaws.com'],
    [{ kind: 'gitlab' }, 'https://gitlab.com', 'https://gitlab.com'],
    [{ kind: 'gitlab', host: 'git.example.com' }, 'https://git.example.com', 'https://git.example.com'],
    [{ kind: 'gitlab', audience: 'aws' }, 'https://gitlab.com', 'aws'],
  ])('%j signs as %s for %s', (props, url, audience) => {
    expect(onlyResource(provider(props), 'aws_iam_openid_connect_provider')).toMatchObject({
      url,
      client_id_list: [audience],
    });
  });

  test('one that exists is named, not made', () => {
    expect(resources(provider({ kind: 'github', exists: true }), 'aws_iam_openid_connect_provider')).toEqual([]);
    const { arn } = referred((stack) => ({
      arn: new CiProvider(stack, 'Provider', { kind: 'github', exists: true }).arn,
    }));
    expect(arn).toBe(
      'arn:<aws_partition.partition>:iam::<aws_caller_identity.account_id>:oidc-provider/token.actions.githubusercontent.com',
    );
  });

  test('is what a role trusts', () => {
    const json = terraform((stack) => {
      new CiRole(stack, 'Role', { ...PLAN, provider: new CiProvider(stack, 'Provider', { kind: 'github' }) });
    });
    expect(readable(onlyResource(json, 'aws_iam_role').assume_role_policy)).toContain(
      '"Federated":["<aws_iam_openid_connect_provider.arn>"]',
    );
  });

  const rows: readonly (readonly [check: string, it: string, props: CiProviderProps])[] = [
    ['ci-provider-host-is-a-name', 'a URL', { kind: 'gitlab', host: 'https://gitlab.com', audience: 'a' }],
    ['ci-provider-host-is-a-name', 'no host', { kind: 'gitlab', host: '', audience: 'a' }],
    ['ci-provider-audience-is-exact', 'a wildcard', { kind: 'gitlab', audience: '*' }],
    ['ci-provider-audience-is-exact', 'nobody', { kind: 'gitlab', audience: '' }],
    ['ci-provider-of-github-is-github', 'an Enterprise Server', { kind: 'github', host: 'git.example.com' }],
  ];

  test.each(rows)('%s: %s', (check, _, props) => {
    expect(ids(CiProvider.inspect('Provider', props))).toEqual([check]);
  });

  test('refuses what it finds', () => {
    expect(refused(() => provider({ kind: 'gitlab', audience: '*' }))).toEqual(['ci-provider-audience-is-exact']);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.map(([check]) => check))].sort()).toEqual(allIds(CI_PROVIDER_CHECKS));
  });
});

describe('ciSubject', () => {
  const OLD: CiSource = { repository: 'example/acgs' };
  const NEW: CiSource = { repository: 'example/acgs', ids: { owner: 12, repository: 345 } };
  const LAB: CiSource = { project: 'example/platform/acgs' };

  test.each<[CiSource, CiJobs, string, boolean]>([
    [OLD, { on: 'branch', branch: 'main' }, 'repo:example/acgs:ref:refs/heads/main', true],
    [OLD, { on: 'environment', environment: 'production' }, 'repo:example/acgs:environment:production', true],
    [OLD, { on: 'proposals' }, 'repo:example/acgs:pull_request', true],
    [NEW, { on: 'branch', branch: 'main' }, 'repo:example@12/acgs@345:ref:refs/heads/main', true],
    [NEW, { on: 'proposals' }, 'repo:example@12/acgs@345:pull_request', true],
    [LAB, { on: 'branch', branch: 'main' }, 'project_path:example/platform/acgs:ref_type:branch:ref:main', true],
    [LAB, { on: 'proposals' }, 'project_path:example/platform/acgs:ref_type:branch:ref:*', false],
  ])('%j %j is %s', (source, jobs, text, isExact) => {
    expect(ciSubject(source, jobs)).toEqual({ text, isExact });
  });
});

describe('CiRole', () => {
  test('believes tokens for AWS of one branch of one repository, and no others', () => {
    expect(trust(APPLY)).toEqual({
      Sid: 'PipelineAssumes',
      Effect: 'Allow',
      Principal: { Federated: [GITHUB.arn] },
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': 'repo:example/acgs:ref:refs/heads/main',
        },
      },
    });
  });

  test('plans what is proposed: by an exact name with GitHub, by any branch of the project with GitLab', () => {
    expect(trust(PLAN).Condition.StringEquals['token.actions.githubusercontent.com:sub']).toBe(
      'repo:example/acgs:pull_request',
    );
    expect(trust({ ...PLAN, provider: GITLAB, source: { project: 'example/acgs' } }).Condition).toEqual({
      StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' },
      StringLike: { 'gitlab.com:sub': 'project_path:example/acgs:ref_type:branch:ref:*' },
    });
  });

  test('a plan only reads: what AWS calls read-only, and the states below its folder', () => {
    expect(
      resources(synth(PLAN), 'aws_iam_role_policy_attachment').map(({ policy_arn }) => readable(policy_arn)),
    ).toEqual(['arn:<aws_partition.partition>:iam::aws:policy/ReadOnlyAccess']);
    const allowed = rights(PLAN).filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.flatMap(({ Action }) => Action)).toEqual([
      's3:ListBucket',
      's3:GetObject',
      'kms:Decrypt',
      'kms:DescribeKey',
    ]);
    expect(right(PLAN, 'ReadStates')?.Resource).toEqual(['arn:aws:s3:::state/acgs/*']);
    expect(
      right({ ...PLAN, states: [{ bucketArn: 'arn:aws:s3:::state', keyArn: 'k' }] }, 'ReadStates')?.Resource,
    ).toEqual(['arn:aws:s3:::state/*']);
  });

  test('states of several regions are all read and written, each under its own key, and all are guarded', () => {
    const there = { bucketArn: 'arn:aws:s3:::there', keyArn: 'arn:aws:kms:us-east-1:123456789012:key/2' };
    const both = { ...APPLY, states: [STATE, there] };
    expect(right(both, 'ListStates')?.Resource).toEqual(['arn:aws:s3:::state', 'arn:aws:s3:::there']);
    expect(right(both, 'WriteStates')?.Resource).toEqual(['arn:aws:s3:::state/acgs/*', 'arn:aws:s3:::there/*']);
    expect(right(both, 'Unlock')?.Resource).toEqual([
      'arn:aws:s3:::state/acgs/*.tflock',
      'arn:aws:s3:::there/*.tflock',
    ]);
    expect(right(both, 'EncryptStates')?.Resource).toEqual([STATE.keyArn, there.keyArn]);
    expect(right(both, 'KeepStates')?.Resource).toEqual([
      'arn:aws:s3:::state',
      'arn:aws:s3:::state/*',
      'arn:aws:s3:::there',
      'arn:aws:s3:::there/*',
    ]);
    expect(right(both, 'KeepStateKey')?.Resource).toEqual([STATE.keyArn, there.keyArn]);
  });

  test('an apply writes states, deletes lock files, and makes things in the declared regions only', () => {
    expect(resources(synth(APPLY), 'aws_iam_role_policy_attachment')).toEqual([]);
    expect(right(APPLY, 'WriteStates')).toMatchObject({
      Action: ['s3:PutObject'],
      Resource: ['arn:aws:s3:::state/acgs/*'],
    });
    expect(right(APPLY, 'Unlock')).toMatchObject({
      Action: ['s3:DeleteObject'],
      Resource: ['arn:aws:s3:::state/acgs/*.tflock'],
    });
    expect(right({ ...APPLY, regions: ['eu-west-1'] }, 'MakeInRegions')?.Condition).toEqual({
      StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] },
    });
    expect(right(APPLY, 'MakeInRegions')?.Action).toEqual(expect.arrayContaining(['ec2:*', 'eks:*', 'rds:*']));
    expect(right(APPLY, 'MakeInRegions')?.Action).not.toEqual(expect.arrayContaining(['iam:*']));
    expect(new Set(right(APPLY, 'MakeInRegions')?.Action).size).toBe(right(APPLY, 'MakeInRegions')?.Action.length);
  });

  test('roles that it makes are called as Terraform calls them, and handed to known services only', () => {
    const role = 'arn:<aws_partition.partition>:iam::<aws_caller_identity.account_id>:role/terraform-*';
    expect(right(APPLY, 'MakeRoles')?.Resource).toContain(role);
    expect(right(APPLY, 'HandOverRoles')).toMatchObject({
      Action: ['iam:PassRole'],
      Resource: [role],
      Condition: { StringEquals: { 'iam:PassedToService': expect.arrayContaining(['eks.amazonaws.com']) } },
    });
  });

  test('roles get rights only while the declared policy bounds them, and keep their bounds', () => {
    const giving = ['iam:AttachRolePolicy', 'iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy'];
    const statements = rights(APPLY).filter(({ Action }) => giving.some((action) => Action.includes(action)));
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toMatchObject([
      {
        Action: expect.arrayContaining(giving),
        Condition: { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::123456789012:policy/acgs-boundary' } },
      },
    ]);
    const all = rights(APPLY)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => Action);
    expect(all).not.toContain('iam:DeleteRolePermissionsBoundary');
    const { roleBoundaryArn: _, ...unbounded } = APPLY;
    expect(right(unbounded, 'MakeRoles')?.Condition).toBeUndefined();
  });

  test('sees whether services have the roles of their own, as EKS asks before it makes nodes', () => {
    expect(right(APPLY, 'SeeRolesOfServices')).toMatchObject({
      Action: ['iam:GetRole'],
      Resource: ['arn:<aws_partition.partition>:iam::<aws_caller_identity.account_id>:role/aws-service-role/*'],
    });
  });

  test.each([PLAN, APPLY])(
    'cannot change itself, its bounds, whom the account trusts, or how states are kept: %#',
    (props) => {
      const denied = rights(props).filter(({ Effect }) => Effect === 'Deny');
      expect(denied.map(({ Sid }) => Sid)).toEqual(['KeepOwnRights', 'KeepTrust', 'KeepStates', 'KeepStateKey']);
      expect(denied[0]?.Resource).toEqual([
        `arn:<aws_partition.partition>:iam::<aws_caller_identity.account_id>:role/${props.name}`,
        ...(props.purpose === 'plan'
          ? []
          : ['arn:aws:iam::123456789012:policy/pipelines', 'arn:aws:iam::123456789012:policy/acgs-boundary']),
      ]);
      expect(denied[0]?.Action).toEqual(expect.arrayContaining(['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy']));
      expect(denied[1]?.Action).toEqual(expect.arrayContaining(['iam:Create*OpenIDConnectProvider*']));
      expect(denied[1]?.Action.filter((action: string) => /iam:(\*|Get|List)/.test(action))).toEqual([]);
      expect(denied[2]?.Resource).toEqual(['arn:aws:s3:::state', 'arn:aws:s3:::state/*']);
      expect(denied[3]?.Resource).toEqual([STATE.keyArn]);
    },
  );

  test('is bounded, described, and short', () => {
    expect(onlyResource(synth(APPLY), 'aws_iam_role')).toMatchObject({
      name: 'acgs-ci-apply',
      description: 'Applies from a pipeline',
      permissions_boundary: 'arn:aws:iam::123456789012:policy/pipelines',
      max_session_duration: 3600,
    });
    expect(onlyResource(synth(PLAN), 'aws_iam_role')).not.toHaveProperty('permissions_boundary');
    expect(onlyResource(synth({ ...PLAN, session: Duration.hours(2) }), 'aws_iam_role').max_session_duration).toBe(
      7200,
    );
  });

  test('can be given secrets to open and more to do', () => {
    const props: CiRoleProps = {
      ...PLAN,
      secretArns: ['arn:aws:secretsmanager:us-west-2:123456789012:secret:acgs/*'],
      managedPolicies: ['AWSSupportAccess'],
      statements: [{ sid: 'More', actions: ['sns:Publish'], resources: ['arn:aws:sns:us-west-2:123456789012:ci'] }],
    };
    expect(right(props, 'ReadSecrets')).toMatchObject({
      Action: ['secretsmanager:GetSecretValue'],
      Resource: ['arn:aws:secretsmanager:us-west-2:123456789012:secret:acgs/*'],
    });
    expect(right(props, 'DecryptSecrets')).toEqual({
      Sid: 'DecryptSecrets',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: ['arn:<aws_partition.partition>:kms:*:<aws_caller_identity.account_id>:key/*'],
      Condition: {
        StringLike: {
          'kms:ViaService': 'secretsmanager.*.amazonaws.com',
          'kms:EncryptionContext:SecretARN': ['arn:aws:secretsmanager:us-west-2:123456789012:secret:acgs/*'],
        },
      },
    });
    expect(right(PLAN, 'ReadSecrets')).toBeUndefined();
    expect(right(PLAN, 'DecryptSecrets')).toBeUndefined();
    expect(right(props, 'More')).toMatchObject({ Action: ['sns:Publish'] });
    expect(resources(synth(props), 'aws_iam_role_policy_attachment')).toHaveLength(2);
  });

  test.each([PLAN, APPLY])('is hardened as checkov wants it: %#', (props) => {
    expect(brokenAwsRules('test', synth(props), AWS_RULES)).toEqual([]);
  });

  test('its policy fits into what IAM takes inline', () => {
    expect(onlyResource(synth(APPLY), 'aws_iam_role_policy').policy.replace(/\s/g, '').length).toBeLessThan(10_240);
  });

  const jobs = (given: CiJobs): Partial<CiRoleProps> => ({ jobs: given });

  const rows: readonly (readonly [check: string | undefined, it: string, overrides: Partial<CiRoleProps>])[] = [
    ['ci-role-name-is-allowed', 'no name', { name: '' }],
    ['ci-role-name-is-allowed', 'a name that pipelines may change', { name: 'terraform-ci' }],
    [undefined, 'a name of 64 characters', { name: 'a'.repeat(64) }],
    ['ci-role-name-is-allowed', 'a name of 65 characters', { name: 'a'.repeat(65) }],
    ['ci-role-source-is-one-repository', 'every repository', { source: { repository: 'example/*' } }],
    ['ci-role-source-is-one-repository', 'an owner alone', { source: { repository: 'example' } }],
    ['ci-role-source-is-one-repository', 'a project of GitLab for GitHub', { source: { project: 'example/acgs' } }],
    ['ci-role-source-is-one-repository', 'a repository of GitHub for GitLab', { provider: GITLAB }],
    [undefined, 'a project below subgroups', { provider: GITLAB, source: { project: 'a/b/c' } }],
    [
      'ci-role-source-ids-are-numbers',
      'an id of 0',
      { source: { repository: 'a/b', ids: { owner: 0, repository: 1 } } },
    ],
    [
      'ci-role-source-ids-are-numbers',
      'no number',
      { source: { repository: 'a/b', ids: { owner: 1, repository: Number.NaN } } },
    ],
    ['ci-role-jobs-are-named-exactly', 'every branch', jobs({ on: 'branch', branch: '*' })],
    ['ci-role-jobs-are-named-exactly', 'no branch', jobs({ on: 'branch', branch: '' })],
    [undefined, 'a branch with a slash', jobs({ on: 'branch', branch: 'release/1.0' })],
    ['ci-role-jobs-are-named-exactly', 'an environment with a colon', jobs({ on: 'environment', environment: 'a:b' })],
    [
      'ci-role-environment-is-of-github',
      'an environment of GitLab',
      { provider: GITLAB, source: { project: 'a/b' }, ...jobs({ on: 'environment', environment: 'a' }) },
    ],
    ['ci-role-applies-what-was-merged', 'an apply of proposals', jobs({ on: 'proposals' })],
    ['ci-role-has-no-administrator', 'an administrator', { managedPolicies: ['AdministratorAccess'] }],
    ['ci-role-has-no-administrator', 'one below a path', { managedPolicies: ['aws-service-role/PowerUserAccess'] }],
    ['ci-role-regions-are-named', 'no region', { regions: [] }],
    ['ci-role-regions-are-named', 'every region', { regions: ['*'] }],
    ['ci-role-state-folder-is-a-folder', 'a folder without its end', { states: [{ ...STATE, folder: 'acgs' }] }],
    ['ci-role-state-folder-is-a-folder', 'every folder', { states: [STATE, { ...STATE, folder: '*/' }] }],
    ['ci-role-has-states', 'no state', { states: [] }],
    ['ci-role-session-is-possible', '59 minutes', { session: Duration.minutes(59) }],
    [undefined, '12 hours', { session: Duration.hours(12) }],
    ['ci-role-session-is-possible', '13 hours', { session: Duration.hours(13) }],
  ];

  test.each(rows)('%s: %s', (check, _, overrides) => {
    expect(ids(CiRole.inspect('Role', { ...APPLY, ...overrides }))).toEqual(check ? [check] : []);
  });

  test('an apply without bounds is a warning, a plan needs none', () => {
    const { permissionsBoundaryArn: _, roleBoundaryArn: __, ...unbounded } = APPLY;
    const arn = 'arn:aws:iam::123456789012:policy/bounds';
    expect(CiRole.inspect('Role', { ...unbounded, permissionsBoundaryArn: arn })).toEqual([]);
    expect(CiRole.inspect('Role', { ...unbounded, roleBoundaryArn: arn })).toEqual([]);
    const findings = CiRole.inspect('Role', unbounded);
    expect(ids(findings)).toEqual(['ci-role-is-bounded']);
    expect(findings.map(isError)).toEqual([false]);
    expect(CiRole.inspect('Role', PLAN)).toEqual([]);
  });

  test('refuses what it finds', () => {
    expect(refused(() => synth({ ...APPLY, regions: [] }))).toEqual(['ci-role-regions-are-named']);
  });

  test('every check has a failing row', () => {
    const found = [...rows.map(([check]) => check), 'ci-role-is-bounded'];
    expect(allIds(CI_ROLE_CHECKS).filter((id) => !found.includes(id))).toEqual([]);
  });
});
