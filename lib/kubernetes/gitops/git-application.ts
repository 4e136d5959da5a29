import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { enforce, type Finding, inspect } from '../../check';
import { IN_CLUSTER } from './argo-application';
import {
  GIT_APPLICATION_CHECKS,
  type GitApplicationPlan,
  type GitApplicationProps,
  planGitApplication,
} from './git-application-props';
import type { IgnoredDifference } from './service-application';

/** What we emit of an Application. Source: argoproj/argo-cd v3.4, `pkg/apis/application/v1alpha1/types.go`. */
interface ApplicationSpec {
  readonly project: string;
  readonly source: { readonly repoURL: string; readonly targetRevision: string; readonly path: string };
  readonly destination: { readonly server: string; readonly namespace: string };
  readonly syncPolicy: {
    readonly automated: { readonly prune: boolean; readonly selfHeal: boolean };
    readonly syncOptions: readonly string[];
    readonly retry: {
      readonly limit: number;
      readonly refresh: boolean;
      readonly backoff: { readonly duration: string; readonly factor: number; readonly maxDuration: string };
    };
  };
  readonly ignoreDifferences?: readonly IgnoredDifference[];
}

/**
 * Without end: a layer waits for what people and Terraform do meanwhile, and each attempt takes the newest revision, so that what
 * mends a failure is not held up by it.
 */
const RETRY = { limit: -1, refresh: true, backoff: { duration: '15s', factor: 2, maxDuration: '5m' } };

const syncOptions = ({ prune, ignoreDifferences }: GitApplicationPlan): string[] => [
  'CreateNamespace=false',
  'ServerSideApply=true',
  // Kinds of charts are known only once these are installed.
  'SkipDryRunOnMissingResource=true',
  ...(prune ? ['PruneLast=true'] : []),
  ...(ignoreDifferences.length > 0 ? ['RespectIgnoreDifferences=true'] : []),
];

/**
 * A folder of a repository that Argo CD applies, keeps as it is there and repairs. Deleting the application leaves what it
 * applied.
 *
 * @example
 * new GitApplication(chart, 'Workloads', {
 *   name: 'shop-30-workloads', project: 'shop-workloads', destination: 'shop', wave: 3,
 *   repository: 'https://git.example.com/shop/platform.git', revision: 'main',
 *   path: 'dist/gitops/shop/production/overlay/30-workloads',
 * });
 */
export class GitApplication extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: GitApplicationProps): Finding[] {
    return inspect(path, planGitApplication(props), GIT_APPLICATION_CHECKS);
  }

  /** Name of the application. */
  readonly name: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: GitApplicationProps) {
    super(scope, id);
    const plan = planGitApplication(props);
    enforce(this, GitApplication.inspect(this.node.path, props));

    const { name, namespace, project, repository, revision, path, destination, wave, prune, ignoreDifferences } = plan;
    this.name = name;
    const spec: ApplicationSpec = {
      project,
      source: { repoURL: repository, targetRevision: revision, path },
      destination: { server: IN_CLUSTER, namespace: destination },
      syncPolicy: { automated: { prune, selfHeal: true }, syncOptions: syncOptions(plan), retry: RETRY },
      ...(ignoreDifferences.length > 0 && { ignoreDifferences }),
    };
    new ApiObject(this, 'Resource', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace, annotations: { 'argocd.argoproj.io/sync-wave': `${wave}` } },
      spec,
    });
  }
}
