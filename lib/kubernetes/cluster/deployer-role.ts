import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel } from '../../check';
import { DEPLOYERS_GROUP } from '../../model';
import { KubeRole, KubeRoleBinding } from '../k8s';
import type { Labels } from '../labels';

/** Rights of pipelines to custom resources, in the namespace of the chart. */
export interface DeployerRoleProps {
  /** Name of both objects (DNS label). */
  readonly name: string;
  /** Kinds of custom resources that deployments bring, by API group. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
  /** Labels of both objects. @default - none */
  readonly labels?: Labels;
}

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

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
      Object.entries(resources).every(([group, kinds]) => group !== '*' && kinds.length > 0 && !kinds.includes('*')),
    rule: 'must name the kinds of each group, without *',
    remedy: 'list plural names such as externalsecrets',
  },
];

/**
 * What pipelines may do in their namespace beside what EKS' access policy allows them: that knows no custom resources.
 * Bound to the group that `EksCluster` gives the principals that deploy.
 *
 * @example
 * new DeployerRole(chart, 'Deployers', {
 *   name: 'deployers',
 *   resources: { 'argoproj.io': ['rollouts', 'analysistemplates'] },
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
      rules: Object.entries(resources).map(([group, kinds]) => ({
        apiGroups: [group],
        resources: [...kinds],
        verbs: VERBS,
      })),
    });
    new KubeRoleBinding(this, 'Binding', {
      metadata: { name, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: DEPLOYERS_GROUP }],
    });
  }
}
