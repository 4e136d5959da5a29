import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, withDefaults } from '../../check';
import { ARGOCD_NAMESPACE } from '../../model';
import { IN_CLUSTER } from './argo-application';

/** What the applications of a project may be made of, and where they may go. */
export interface ArgoProjectProps {
  /** Name of the project (DNS label), not `default`, which Argo CD leaves open to everything. */
  readonly name: string;
  /** Namespace of Argo CD (DNS label). @default 'argocd' */
  readonly namespace?: string;
  /** What it is for. */
  readonly description: string;
  /** Repositories that charts may come from, at least one and no wildcard. */
  readonly repositories: readonly string[];
  /** Namespaces of this cluster that may be written to, at least one and no wildcard. */
  readonly destinations: readonly string[];
  /** Kinds without a namespace that may be made, as `group/Kind`; `*` is each. @default - none */
  readonly clusterKinds?: readonly string[];
  /** Kinds with a namespace that may be made, as `group/Kind`. @default - each */
  readonly namespaceKinds?: readonly string[];
  /** Place among the objects of one parent's sync: before its applications. @default -1 */
  readonly wave?: number;
}

const DEFAULTS = { namespace: ARGOCD_NAMESPACE, clusterKinds: [], wave: -1 } as const;

type Plan = ArgoProjectProps & Required<Pick<ArgoProjectProps, keyof typeof DEFAULTS>>;

const planned = (props: ArgoProjectProps): Plan => withDefaults(DEFAULTS, props);

const isListed = (names: readonly string[]): boolean =>
  names.length > 0 && names.every((name) => name !== '' && !name.includes('*'));

/** What is said about a project. */
export const ARGO_PROJECT_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'argo-project-is-named',
    prop: 'name',
    holds: ({ name, namespace }) => isDnsLabel(name) && name !== 'default' && isDnsLabel(namespace),
    rule: 'and namespace must be DNS labels; the project default is open to everything',
    received: ({ name, namespace }) => [name, namespace],
    remedy: 'name it after what its applications are',
  },
  {
    id: 'argo-project-lists-repositories',
    prop: 'repositories',
    holds: ({ repositories }) => isListed(repositories),
    rule: 'must be at least one address, without wildcards',
    remedy: 'list the repositories of the charts',
  },
  {
    id: 'argo-project-lists-namespaces',
    prop: 'destinations',
    holds: ({ destinations }) => destinations.length > 0 && destinations.every(isDnsLabel),
    rule: 'must be at least one namespace, without wildcards',
    remedy: 'list the namespaces of the charts',
  },
  {
    id: 'argo-project-kinds-have-groups',
    prop: 'clusterKinds',
    holds: ({ clusterKinds, namespaceKinds = [] }) =>
      [...clusterKinds, ...namespaceKinds].every((kind) => /^(\*|[a-z0-9.-]*)\/(\*|[A-Z]\w*)$/.test(kind)),
    rule: "and namespaceKinds must be written as group/Kind, '/Namespace' for the core group",
    received: ({ clusterKinds, namespaceKinds = [] }) => [...clusterKinds, ...namespaceKinds],
    remedy: 'put the API group in front',
  },
];

/** What we emit of an AppProject. Source: argoproj/argo-cd, `pkg/apis/application/v1alpha1/types.go`. */
interface AppProjectSpec {
  readonly description: string;
  readonly sourceRepos: readonly string[];
  readonly destinations: readonly { readonly server: string; readonly namespace: string }[];
  readonly clusterResourceWhitelist: readonly { readonly group: string; readonly kind: string }[];
  readonly namespaceResourceWhitelist?: readonly { readonly group: string; readonly kind: string }[];
}

const groupAndKind = (text: string) => {
  const [group = '', kind = ''] = text.split('/');
  return { group, kind };
};

/**
 * The fence around applications: charts of these repositories, objects in these namespaces, and of the kinds that belong to
 * no namespace only those that are named.
 *
 * @example
 * new ArgoProject(chart, 'Project', {
 *   name: 'cluster-services', description: 'What stands before the workloads',
 *   repositories: ['https://charts.jetstack.io'], destinations: ['cert-manager'], clusterKinds: ['/Namespace'],
 * });
 */
export class ArgoProject extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: ArgoProjectProps): Finding[] {
    return inspect(path, planned(props), ARGO_PROJECT_CHECKS);
  }

  /** Name of the project. */
  readonly name: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ArgoProjectProps) {
    super(scope, id);
    const plan = planned(props);
    const { name, namespace, description, repositories, destinations, clusterKinds, namespaceKinds, wave } = plan;
    enforce(this, ArgoProject.inspect(this.node.path, props));

    this.name = name;
    const spec: AppProjectSpec = {
      description,
      sourceRepos: repositories,
      destinations: destinations.map((destination) => ({ server: IN_CLUSTER, namespace: destination })),
      clusterResourceWhitelist: clusterKinds.map(groupAndKind),
      ...(namespaceKinds && { namespaceResourceWhitelist: namespaceKinds.map(groupAndKind) }),
    };
    new ApiObject(this, 'Resource', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name, namespace, annotations: { 'argocd.argoproj.io/sync-wave': `${wave}` } },
      spec,
    });
  }
}
