import type { WithDefaults } from '../../check';
import type { CiJobs, CiSource } from '../../model';
import type { Duration } from '../../units';
import type { Statement } from '../policy';
import type { CiScope } from './ci-permissions';

/** A provider of tokens as a role sees it; a `CiProvider` is one. */
export interface TrustedProvider {
  readonly arn: string;
  readonly kind: 'github' | 'gitlab';
  readonly host: string;
  readonly audience: string;
}

/** A role that jobs of one repository take on. */
export interface CiRoleProps extends CiScope {
  /** Name of the role, which pipelines spell out (1-64 characters, not starting with `terraform-`). */
  readonly name: string;
  /** Whose tokens it believes. */
  readonly provider: TrustedProvider;
  /** Code whose jobs may take it on. */
  readonly source: CiSource;
  /** `plan` only reads; `apply` makes what our stacks declare. */
  readonly purpose: 'plan' | 'apply';
  /** Which jobs. @default - proposals where it plans, the branch main where it applies */
  readonly jobs?: CiJobs;
  /** Secrets that ephemeral resources read in each run (ARNs, `*` for the suffix that AWS adds). @default - none */
  readonly secretArns?: readonly string[];
  /** ARN of a policy that bounds what it can do, whatever else it is given. @default - none */
  readonly permissionsBoundaryArn?: string;
  /** ARN of the policy that must bound each role that it gives rights to, such as that of a `RoleBoundary`. @default - none, with a warning where it applies */
  readonly roleBoundaryArn?: string;
  /** Names of AWS managed policies beside what is needed; no administrator's. @default - none */
  readonly managedPolicies?: readonly string[];
  /** What else it may do. @default - nothing */
  readonly statements?: readonly Statement[];
  /** How long a job keeps it (1-12 hours). @default Duration.hours(1) */
  readonly session?: Duration;
}

/** A declared role with its defaults. */
export type CiRolePlan = WithDefaults<
  CiRoleProps,
  {
    jobs: CiJobs;
    secretArns: readonly string[];
    managedPolicies: readonly string[];
    statements: readonly Statement[];
    session: Duration;
  }
>;
