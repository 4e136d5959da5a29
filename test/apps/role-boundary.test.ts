import { everyOutput, PLATFORMS } from '../support/platforms';
import { type Block, resources } from '../support/terraform';

/** What pipelines make is bounded, and what bounds it lets what is made do its work. */
const emitted = everyOutput();

const PIPED = PLATFORMS.flatMap(({ name, accounts = [] }) =>
  accounts.filter(({ pipeline }) => pipeline).map((account) => ({ platform: name, account })),
);

const stackOf = (platform: string, account: string) => emitted.stack(`${platform}-account-${account}`);

const stacksOf = (platform: string, id: string): string[] =>
  emitted.stacks.filter(
    (name) =>
      name.startsWith(`${platform}-`) &&
      !name.startsWith(`${platform}-account-`) &&
      emitted.stack(name).provider.aws[0].allowed_account_ids.includes(id),
  );

const boundary = (platform: string, account: string): Block => {
  const [policy] = resources(stackOf(platform, account), 'aws_iam_policy').filter(
    ({ name }) => name === `${platform}-boundary`,
  );
  return policy ?? {};
};

const allowed = (policy: Block): string[] =>
  JSON.parse(policy.policy)
    .Statement.filter(({ Effect }: Block) => Effect === 'Allow')
    .flatMap(({ Action }: Block) => Action);

/** What stands for a reference, as long as that can be at most. */
const resolved = (policy: string): string =>
  policy
    .replaceAll(/\$\{data\.aws_partition[^}]*\}/g, 'aws-us-gov')
    .replaceAll(/\$\{data\.aws_caller_identity[^}]*\}/g, '123456789012')
    .replaceAll(/\$\{[^}]*\.arn\}/g, 'a'.repeat(90));

describe.each(PIPED)('$platform in account $account.name', ({ platform, account }) => {
  const roles = stacksOf(platform, account.id).flatMap((name) => resources(emitted.stack(name), 'aws_iam_role'));
  const policies = stacksOf(platform, account.id).flatMap((name) =>
    resources(emitted.stack(name), 'aws_iam_role_policy').map(({ policy }) => JSON.parse(policy)),
  );

  test('each role of an environment is bounded by the policy that the account makes', () => {
    expect(roles.length).toBeGreaterThan(5);
    const bounds = roles.map(({ permissions_boundary }) => String(permissions_boundary).split(':policy/')[1]);
    expect([...new Set(bounds)]).toEqual([`${platform}-boundary`]);
  });

  test('the pipeline gives rights to roles that are bounded, and to no others', () => {
    const [apply] = resources(stackOf(platform, account.name), 'aws_iam_role_policy')
      .map(({ policy }) => JSON.parse(policy).Statement as Block[])
      .filter((statements) => statements.some(({ Sid }) => Sid === 'MakeRoles'));
    const giving = (apply ?? []).filter(
      ({ Effect, Action }) =>
        Effect === 'Allow' && /iam:(CreateRole|PutRolePolicy|AttachRolePolicy)/.test(Action.join()),
    );
    expect(giving).toHaveLength(1);
    expect(Object.keys(giving[0]?.Condition.StringEquals)).toEqual(['iam:PermissionsBoundary']);
    expect(giving[0]?.Condition.StringEquals['iam:PermissionsBoundary']).toMatch(/aws_iam_policy\.Boundary_\w+\.arn/);
  });

  test('what a role may do is within its bounds', () => {
    const within = allowed(boundary(platform, account.name));
    const wanted: string[] = policies.flatMap(({ Statement }) =>
      Statement.filter(({ Effect }: Block) => Effect === 'Allow').flatMap(({ Action }: Block) => Action),
    );
    const lacking = wanted.filter(
      (action) => !within.includes(action) && !within.includes(`${action.split(':')[0]}:*`),
    );
    expect([...new Set(lacking)]).toEqual([]);
  });

  test('policies are of a size that IAM takes: 6,144 characters alone, 10,240 in a role', () => {
    expect(resolved(boundary(platform, account.name).policy)).not.toContain('${');
    expect(resolved(boundary(platform, account.name).policy).length).toBeLessThanOrEqual(6144);
    const inline = resources(stackOf(platform, account.name), 'aws_iam_role_policy').map(({ policy }) =>
      resolved(policy),
    );
    expect(Math.max(...inline.map((text) => text.replaceAll(/\s/g, '').length))).toBeLessThanOrEqual(10_240);
  });
});

test('where people deploy, nothing is bounded', () => {
  const free = PLATFORMS.flatMap(({ name, accounts = [] }) =>
    accounts.filter(({ pipeline }) => pipeline === undefined).map((account) => ({ platform: name, account })),
  );
  expect(free.length).toBeGreaterThan(0);
  for (const { platform, account } of free) {
    const roles = stacksOf(platform, account.id).flatMap((name) => resources(emitted.stack(name), 'aws_iam_role'));
    expect(roles.filter(({ permissions_boundary }) => permissions_boundary !== undefined)).toEqual([]);
  }
});
