import {
  DEPLOYER_ROLE_CHECKS,
  DeployerRole,
  type DeployerRoleProps,
} from '../../../lib/kubernetes/cluster/deployer-role';
import { allIds, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const build = (overrides: Partial<DeployerRoleProps> = {}) =>
  manifests((chart) => {
    new DeployerRole(chart, 'Deployers', {
      name: 'deployers',
      resources: { 'external-secrets.io': ['externalsecrets'] },
      ...overrides,
    });
  });

test('the group of the cluster may change what it names, and nothing else', () => {
  expect(only(build(), 'Role', 'deployers').rules).toEqual([
    {
      apiGroups: ['external-secrets.io'],
      resources: ['externalsecrets'],
      verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
    },
  ]);
  expect(only(build(), 'RoleBinding', 'deployers')).toMatchObject({
    roleRef: { kind: 'Role', name: 'deployers' },
    subjects: [{ kind: 'Group', name: 'headroom:deployers' }],
  });
});

const broken: [check: string, overrides: Partial<DeployerRoleProps>][] = [
  ['deployer-role-name-is-a-dns-label', { name: 'Deployers' }],
  ['deployer-role-names-its-resources', { resources: { '*': ['secrets'] } }],
  ['deployer-role-names-its-resources', { resources: { 'external-secrets.io': ['*'] } }],
  ['deployer-role-names-its-resources', { resources: { 'external-secrets.io': [] } }],
];

test.each(broken)('%s fails (row %#)', (check, overrides) => expect(refused(() => build(overrides))).toEqual([check]));

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(DEPLOYER_ROLE_CHECKS));
});
