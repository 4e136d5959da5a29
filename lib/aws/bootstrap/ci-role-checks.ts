import { type Check, isRegion, isWholeWithin } from '../../check';
import { Duration } from '../../units';
import type { CiRolePlan } from './ci-role-props';
import { isExactName, isSourceOf } from './ci-subject';

const ADMINISTRATORS: readonly string[] = ['AdministratorAccess', 'IAMFullAccess', 'PowerUserAccess'];

const powerful = ({ managedPolicies }: CiRolePlan): string[] =>
  managedPolicies.filter((policy) => ADMINISTRATORS.includes(policy.split('/').at(-1) ?? policy));

const nameOf = ({ jobs }: CiRolePlan): string => {
  switch (jobs.on) {
    case 'branch':
      return jobs.branch;
    case 'environment':
      return jobs.environment;
    case 'proposals':
      return 'proposals';
  }
};

/** What is asked of a role: exact trust, bounded rights. */
export const CI_ROLE_CHECKS: readonly Check<CiRolePlan>[] = [
  {
    id: 'ci-role-name-is-allowed',
    prop: 'name',
    holds: ({ name }) => /^[\w+=,.@-]{1,64}$/.test(name) && !name.startsWith('terraform-'),
    rule: 'must be 1-64 letters, digits and + = , . @ - _, and not start with terraform-, which pipelines may change',
    remedy: 'use one such as acgs-ci-apply',
  },
  {
    id: 'ci-role-source-is-one-repository',
    prop: 'source',
    holds: ({ source, provider }) => isSourceOf(provider.kind, source),
    rule: 'must be owner and repository of GitHub, or the path of a project of GitLab, as the provider is',
    remedy: 'write it in full, without wildcards: example/acgs',
  },
  {
    id: 'ci-role-source-ids-are-numbers',
    prop: 'source',
    holds: ({ source }) =>
      !('repository' in source) ||
      source.ids === undefined ||
      [source.ids.owner, source.ids.repository].every((id) => isWholeWithin(id, 1, Number.MAX_SAFE_INTEGER)),
    rule: 'must have ids from 1 on',
    remedy: "read them with gh api repos/<owner>/<repository> --jq '.owner.id, .id'",
  },
  {
    id: 'ci-role-jobs-are-named-exactly',
    prop: 'jobs',
    holds: (plan) => isExactName(nameOf(plan)),
    rule: 'must be one branch or environment by name',
    received: nameOf,
    remedy: 'leave out wildcards and refs/heads/',
  },
  {
    id: 'ci-role-environment-is-of-github',
    prop: 'jobs',
    holds: ({ jobs, provider }) => jobs.on !== 'environment' || provider.kind === 'github',
    rule: 'must be of a branch with GitLab, whose tokens do not name environments in their subject',
    remedy: "use { on: 'branch' } and protect the branch",
  },
  {
    id: 'ci-role-applies-what-was-merged',
    prop: 'jobs',
    holds: ({ purpose, jobs }) => purpose === 'plan' || jobs.on !== 'proposals',
    rule: 'must be of a branch or environment where the role applies: a proposal is not reviewed yet',
    remedy: "use { on: 'branch', branch: 'main' }",
  },
  {
    id: 'ci-role-has-no-administrator',
    prop: 'managedPolicies',
    holds: (plan) => powerful(plan).length === 0,
    rule: 'must not make an administrator of a pipeline',
    received: powerful,
    remedy: 'leave them out: what our stacks need is allowed already, and statements add to it',
  },
  {
    id: 'ci-role-is-bounded',
    prop: 'roleBoundaryArn',
    severity: 'warning',
    holds: ({ purpose, roleBoundaryArn, permissionsBoundaryArn }) =>
      purpose === 'plan' || roleBoundaryArn !== undefined || permissionsBoundaryArn !== undefined,
    rule: 'should be given where the role applies: it makes roles, and those could do more than itself',
    remedy: 'name the policy of a RoleBoundary, or bound the role itself by permissionsBoundaryArn',
  },
  {
    id: 'ci-role-regions-are-named',
    prop: 'regions',
    holds: ({ regions }) => regions.length > 0 && regions.every(isRegion),
    rule: 'must be regions such as us-west-2, at least one',
    remedy: 'name each region that the pipeline makes something in, the standby included',
  },
  {
    id: 'ci-role-has-states',
    prop: 'states',
    holds: ({ states }) => states.length > 0,
    rule: 'must name at least one bucket: a pipeline starts each run without files of its own',
    remedy: 'keep the states in a bucket',
  },
  {
    id: 'ci-role-state-folder-is-a-folder',
    prop: 'states',
    holds: ({ states }) => states.every(({ folder }) => folder === undefined || /^[\w-][\w/.-]*\/$/.test(folder)),
    rule: 'must have folders that end with / and do not start with it',
    received: ({ states }) => states.flatMap(({ folder }) => folder ?? []),
    remedy: 'use one such as acgs/',
  },
  {
    id: 'ci-role-session-is-possible',
    prop: 'session',
    holds: ({ session }) => isWholeWithin(session.inMillis / Duration.seconds(1).inMillis, 3600, 43_200),
    rule: 'must be 1 to 12 hours, in whole seconds',
    remedy: 'use 1 hour; 2 for a first apply with EKS and RDS',
  },
];
