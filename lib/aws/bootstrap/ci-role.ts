import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect, withDefaults } from '../../check';
import type { CiJobs } from '../../model';
import { Duration } from '../../units';
import { AwsAccount } from '../aws-account';
import { policyDocument, type Statement } from '../policy';
import { policyName } from '../service-role';
import { deploy } from './ci-deploy';
import { guards, readSecrets, readState, writeState } from './ci-permissions';
import { CI_ROLE_CHECKS } from './ci-role-checks';
import type { CiRolePlan, CiRoleProps, TrustedProvider } from './ci-role-props';
import { type CiSubject, ciSubject } from './ci-subject';

const planned = (props: CiRoleProps): CiRolePlan => {
  const jobs: CiJobs = props.purpose === 'plan' ? { on: 'proposals' } : { on: 'branch', branch: 'main' };
  return withDefaults({ jobs, secretArns: [], managedPolicies: [], statements: [], session: Duration.hours(1) }, props);
};

/**
 * A role that a pipeline takes on with a token instead of a key: to plan what is proposed, reading only, or to apply what was
 * merged. Tokens of another repository, branch or audience do not open it.
 *
 * A plan reads what AWS calls read-only, and of states and listed secrets what they hold; it takes no lock, so that
 * pipelines run `terraform plan -lock=false`. An apply makes what our stacks declare, in the declared regions; it can change
 * neither itself, nor whom the account trusts, nor how states are kept, and gives rights to roles only below `roleBoundaryArn`.
 *
 * **GitHub.** A job that names an environment needs `jobs: { on: 'environment' }`. Repositories made since 2026-07-15 need `ids`.
 *
 * **Destroy.** The pipeline that uses it fails from then on.
 *
 * @example
 * new CiRole(stack, 'Apply', {
 *   name: 'acgs-ci-apply',
 *   provider: new CiProvider(stack, 'GitHub', { kind: 'github' }),
 *   source: { repository: 'example/acgs', ids: { owner: 1234, repository: 5678 } },
 *   purpose: 'apply',
 *   jobs: { on: 'environment', environment: 'production' },
 *   states: [{ bucketArn: state.arn, keyArn: state.keyArn, folder: 'acgs/' }],
 *   regions: ['us-west-2', 'us-east-1'],
 *   roleBoundaryArn: new RoleBoundary(stack, 'Boundary', { name: 'acgs-boundary' }).arn,
 * });
 */
export class CiRole extends Construct {
  /** What is wrong with trust and rights; makes nothing. */
  static inspect(path: string, props: CiRoleProps): Finding[] {
    return inspect<CiRolePlan>(path, planned(props), CI_ROLE_CHECKS);
  }

  /** What the pipeline asks for. */
  readonly arn: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: CiRoleProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, CiRole.inspect(this.node.path, props));

    const account = AwsAccount.of(this);
    const role = new IamRole(this, 'Resource', {
      name: plan.name,
      description: `${plan.purpose === 'plan' ? 'Plans' : 'Applies'} from a pipeline`,
      assumeRolePolicy: trust(plan.provider, ciSubject(plan.source, plan.jobs)),
      maxSessionDuration: plan.session.inMillis / 1000,
      ...(plan.permissionsBoundaryArn !== undefined && { permissionsBoundary: plan.permissionsBoundaryArn }),
    });
    this.arn = role.arn;
    for (const name of plan.purpose === 'plan' ? ['ReadOnlyAccess', ...plan.managedPolicies] : plan.managedPolicies) {
      new IamRolePolicyAttachment(this, policyName(name), { role: role.name, policyArn: account.managedPolicy(name) });
    }
    new IamRolePolicy(this, 'Policy', { role: role.name, policy: policyDocument(rights(plan, account)) });
  }
}

/** Both conditions hold for one token: that it is for AWS, and whose it is. */
function trust({ arn, host, audience }: TrustedProvider, { text, isExact }: CiSubject): string {
  const subject = { [`${host}:sub`]: text };
  return policyDocument([
    {
      sid: 'PipelineAssumes',
      principals: { Federated: [arn] },
      actions: ['sts:AssumeRoleWithWebIdentity'],
      conditions: {
        StringEquals: { [`${host}:aud`]: audience, ...(isExact && subject) },
        ...(!isExact && { StringLike: subject }),
      },
    },
  ]);
}

const rights = (plan: CiRolePlan, account: AwsAccount): Statement[] => [
  ...(plan.purpose === 'plan'
    ? readState(plan)
    : [...writeState(plan), ...deploy(plan, account, plan.roleBoundaryArn)]),
  ...readSecrets(plan.secretArns, account),
  ...plan.statements,
  ...guards(plan, account, [
    account.globalArn('iam', `role/${plan.name}`),
    ...[plan.permissionsBoundaryArn, plan.roleBoundaryArn].filter((arn) => arn !== undefined),
  ]),
];
