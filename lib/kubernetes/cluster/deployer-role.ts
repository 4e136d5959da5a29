import { Construct } from 'constructs';
import { type Check, duplicates, enforce, type Finding, inspect, isDnsLabel } from '../../check';
import { DEPLOYERS_GROUP } from '../../model';
import { KubeRole, KubeRoleBinding, type PolicyRule } from '../k8s';
import type { Labels } from '../labels';

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] as const;

/** What may be done with objects of a kind. */
export type DeployerVerb = (typeof VERBS)[number];

/** A kind by its plural name, with every verb; or a kind or subresource (`rollouts/status`) with those it needs. */
export type DeployedKind = string | { readonly kind: string; readonly verbs: readonly DeployerVerb[] };

/** Rights of pipelines to custom resources, in the namespace of the chart. */
export interface DeployerRoleProps {
  /** Name of both objects (DNS label). */
  readonly name: string;
  /** Kinds of custom resources that deployments bring, or act on, by API group. */
  readonly resources: Readonly<Record<string, readonly DeployedKind[]>>;
  /** Labels of both objects. @default - none */
  readonly labels?: Labels;
}

const kindOf = (deployed: DeployedKind): string => (typeof deployed === 'string' ? deployed : deployed.kind);
const verbsOf = (deployed: DeployedKind): readonly string[] => (typeof deployed === 'string' ? VERBS : deployed.verbs);

const listed = ({ resources }: DeployerRoleProps): DeployedKind[] => Object.values(resources).flat();

const wrongVerbs = (props: DeployerRoleProps): string[] =>
  listed(props)
    .filter((deployed) => {
      const verbs = verbsOf(deployed);
      const known: readonly string[] = VERBS;
      return verbs.length === 0 || duplicates(verbs).length > 0 || !verbs.every((verb) => known.includes(verb));
    })
    .map((deployed) => `${kindOf(deployed)} ${verbsOf(deployed).join(',') || 'nothing'}`);

/** What is said about the role: each group names its kinds, without wildcards. */
export const DEPLOYER_ROLE_CHECKS: readonly Check<DeployerRoleProps>[] = [
  {
    id: 'deployer-role-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as deployers',
  },
  {
    id: 'deployer-role-names-its-resources',
    prop: 'resources',
    holds: ({ resources }) =>
      Object.entries(resources).every(
        ([group, kinds]) => group !== '*' && kinds.length > 0 && kinds.every((one) => !kindOf(one).includes('*')),
      ),
    rule: 'must name the kinds of each group, without *',
    remedy: 'list plural names such as externalsecrets',
  },
  {
    id: 'deployer-role-names-its-verbs',
    prop: 'resources',
    holds: (props) => wrongVerbs(props).length === 0,
    rule: `must have verbs that are at least one of ${VERBS.join(', ')}, each once`,
    received: wrongVerbs,
    remedy: 'name the kind alone for all of them',
  },
  {
    id: 'deployer-role-leaves-secrets-alone',
    prop: 'resources',
    holds: (props) => !listed(props).some((one) => kindOf(one).split('/')[0] === 'secrets'),
    rule: 'must not hold secrets: pipelines declare where a Secret comes from, and never read what is in it',
    received: (props) => listed(props).map(kindOf),
    remedy: 'use externalsecrets',
  },
];

/** One rule for all kinds of a group that have the same verbs. */
function rulesOf(group: string, kinds: readonly DeployedKind[]): PolicyRule[] {
  const byVerbs = new Map<string, DeployedKind[]>();
  for (const kind of kinds) {
    const key = verbsOf(kind).join();
    byVerbs.set(key, [...(byVerbs.get(key) ?? []), kind]);
  }
  return [...byVerbs].map(([verbs, same]) => ({
    apiGroups: [group],
    resources: same.map(kindOf),
    verbs: verbs.split(','),
  }));
}

/**
 * What pipelines may do in their namespace beside what EKS' access policy allows them: that knows no custom resources.
 * Bound to the group that `EksCluster` gives the principals that deploy.
 *
 * @example
 * new DeployerRole(chart, 'Deployers', {
 *   name: 'deployers',
 *   resources: { 'argoproj.io': ['rollouts', { kind: 'rollouts/status', verbs: ['get', 'update', 'patch'] }] },
 * });
 */
export class DeployerRole extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: DeployerRoleProps): Finding[] {
    return inspect(path, props, DEPLOYER_ROLE_CHECKS);
  }

  constructor(scope: Construct, id: string, props: DeployerRoleProps) {
    super(scope, id);
    const { name, resources, labels = {} } = props;
    enforce(this, DeployerRole.inspect(this.node.path, props));

    new KubeRole(this, 'Resource', {
      metadata: { name, labels },
      rules: Object.entries(resources).flatMap(([group, kinds]) => rulesOf(group, kinds)),
    });
    new KubeRoleBinding(this, 'Binding', {
      metadata: { name, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: DEPLOYERS_GROUP }],
    });
  }
}
