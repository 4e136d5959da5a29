import type { Rule } from './hardening-pods';
import type { Manifest } from './manifests';

/** What a role must not let its subjects do, and in which API groups. */
interface Power {
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const RBAC = ['rbac.authorization.k8s.io'];

const POWERS: Readonly<Record<string, Power>> = {
  'access-to-create-pods': {
    groups: ['', 'apps', 'batch'],
    resources: ['pods', 'deployments', 'statefulsets', 'replicasets', 'cronjobs', 'jobs', 'daemonsets'],
    verbs: ['create'],
  },
  'access-to-secrets': { groups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch', 'create', 'delete'] },
  'pod-exec-attach': {
    groups: [''],
    resources: ['pods/exec', 'pods/attach', 'nodes/proxy'],
    verbs: ['get', 'create'],
  },
  'rbac-bind': { groups: RBAC, resources: ['rolebindings', 'clusterrolebindings'], verbs: ['bind'] },
  'rbac-escalate': { groups: RBAC, resources: ['roles', 'clusterroles'], verbs: ['escalate'] },
  'rbac-impersonate': { groups: [''], resources: ['users', 'groups', 'serviceaccounts'], verbs: ['impersonate'] },
  'rbac-services-status': { groups: [''], resources: ['services/status'], verbs: ['update', 'patch'] },
  'rbac-approve-certificates': {
    groups: ['certificates.k8s.io'],
    resources: ['certificatesigningrequests/approval', 'signers'],
    verbs: ['update', 'patch', 'approve'],
  },
  'rbac-control-webhooks': {
    groups: ['admissionregistration.k8s.io'],
    resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
    verbs: ['create', 'update', 'patch'],
  },
};

const meet = (one: readonly string[] = [], other: readonly string[]): boolean =>
  one.some((item) => other.includes(item));

/** Named objects are a grant of their own: somebody wrote down which. */
const gives =
  ({ groups, resources, verbs }: Power) =>
  ({ apiGroups, resources: granted, verbs: allowed, resourceNames }: Manifest): boolean =>
    resourceNames === undefined && meet(apiGroups, groups) && meet(granted, resources) && meet(allowed, verbs);

const hasWildcard = ({ apiGroups = [], resources = [], verbs = [] }: Manifest): boolean =>
  [apiGroups, resources, verbs].some((list) => list.includes('*'));

const ROLE_RULES: readonly Rule[] = [
  ['wildcard-in-rules', ({ rules = [] }) => !rules.some(hasWildcard)],
  ...Object.entries(POWERS).map(([id, power]): Rule => [id, ({ rules = [] }) => !rules.some(gives(power))]),
];

const BINDING_RULES: readonly Rule[] = [
  ['cluster-admin-role-binding', ({ roleRef }) => roleRef.name !== 'cluster-admin'],
  [
    'default-account-is-not-bound',
    ({ subjects = [] }) =>
      !subjects.some(({ kind, name }: Manifest) => kind === 'ServiceAccount' && name === 'default'),
  ],
];

/** Rules about who may do what, by kind. */
export const ROLES: Readonly<Record<string, readonly Rule[]>> = {
  Role: ROLE_RULES,
  ClusterRole: ROLE_RULES,
  RoleBinding: BINDING_RULES,
  ClusterRoleBinding: BINDING_RULES,
};
