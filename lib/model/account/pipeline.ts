/** Where the code is whose jobs may act. */
export type CiSource =
  | {
      /** Owner and repository on GitHub: `example/acgs`. */
      readonly repository: string;
      /**
       * Numbers that GitHub gives owner and repository. Tokens of repositories made or renamed since 2026-07-15, and of those
       * that asked for it, name them beside the names: `gh api repos/example/acgs --jq '.owner.id, .id'`.
       * @default - an older repository, whose tokens name names only
       */
      readonly ids?: { readonly owner: number; readonly repository: number };
    }
  | {
      /** Group, subgroups and project on GitLab: `example/platform/acgs`. */
      readonly project: string;
    };

/** Which of its jobs: those of one branch, of one environment (GitHub), or of proposals to change it. */
export type CiJobs =
  | { readonly on: 'branch'; readonly branch: string }
  | { readonly on: 'environment'; readonly environment: string }
  | { readonly on: 'proposals' };

/**
 * Jobs that plan what is proposed and apply what was merged, by tokens instead of keys: roles `<platform>-ci-plan` and
 * `<platform>-ci-apply`. They apply stacks of environments; the stack of the account itself is for its administrator. Roles
 * that stacks of environments make are bounded by the policy `<platform>-boundary`, which the account's stack makes.
 */
export interface PipelineSpec {
  /** Whose jobs. */
  readonly kind: 'github' | 'gitlab';
  /** Host that signs their tokens: one's own GitLab. @default - the service's own */
  readonly host?: string;
  /** Whether the account believes that host already: it can do so once. @default false */
  readonly providerExists?: boolean;
  /** Code whose jobs they are. */
  readonly source: CiSource;
  /** Jobs that apply. @default { on: 'branch', branch: 'main' } */
  readonly applyJobs?: CiJobs;
  /** ARN of a policy that bounds what applying can do, whatever else it is given. @default - none: what it makes is bounded */
  readonly permissionsBoundaryArn?: string;
}
