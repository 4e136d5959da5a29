import { type Check, isDnsLabel, isDnsName, isWholeWithin, withDefaults } from '../../check';
import { ARGOCD_NAMESPACE } from '../../model';
import type { IgnoredDifference } from './service-application';

/** A folder of a Git repository, and how Argo CD keeps it in its own cluster. */
export interface GitApplicationProps {
  /** Name of the application (DNS name). */
  readonly name: string;
  /** Namespace of Argo CD (DNS label). @default 'argocd' */
  readonly namespace?: string;
  /** Project that says what the application may do. */
  readonly project: string;
  /** Address of the repository, as Argo CD knows its credentials by. */
  readonly repository: string;
  /** Branch, tag or commit. */
  readonly revision: string;
  /** Folder of the repository with a kustomization. */
  readonly path: string;
  /** Namespace of objects that name none (DNS label). */
  readonly destination: string;
  /** Place among the objects of its parent: lower numbers are healthy first (-1000 to 1000). @default 0 */
  readonly wave?: number;
  /** Whether Argo CD removes what the folder no longer has, after everything else is applied. @default true */
  readonly prune?: boolean;
  /** Fields that controllers write: neither counted as drift nor put back. @default - none */
  readonly ignoreDifferences?: readonly IgnoredDifference[];
}

const DEFAULTS = { namespace: ARGOCD_NAMESPACE, wave: 0, prune: true, ignoreDifferences: [] } as const;

/** The props with their defaults. */
export type GitApplicationPlan = GitApplicationProps & Required<Pick<GitApplicationProps, keyof typeof DEFAULTS>>;

export const planGitApplication = (props: GitApplicationProps): GitApplicationPlan => withDefaults(DEFAULTS, props);

/** What is said about an application of a folder. */
export const GIT_APPLICATION_CHECKS: readonly Check<GitApplicationPlan>[] = [
  {
    id: 'git-application-is-named',
    prop: 'name',
    holds: ({ name, project, namespace, destination }) =>
      isDnsName(name) && [project, namespace, destination].every(isDnsLabel),
    rule: 'must be a DNS name; project, namespace and destination must be DNS labels',
    received: ({ name, project, namespace, destination }) => [name, project, namespace, destination],
    remedy: 'use lower-case letters, digits and inner hyphens',
  },
  {
    id: 'git-application-has-a-source',
    prop: 'path',
    holds: ({ repository, revision, path }) =>
      repository !== '' && revision !== '' && /^[\w.-]+(\/[\w.-]+)*$/.test(path) && !path.split('/').includes('..'),
    rule: 'must be a folder of the repository, whose address and revision are named',
    received: ({ repository, revision, path }) => [repository, revision, path],
    remedy: 'leave out the leading slash',
  },
  {
    id: 'git-application-wave-is-whole',
    prop: 'wave',
    holds: ({ wave }) => isWholeWithin(wave, -1000, 1000),
    rule: 'must be a whole number from -1000 to 1000',
    remedy: 'leave it out for 0',
  },
];
