import {
  DEPLOYER_ROLE_CHECKS,
  DeployerRole,
  type DeployerRoleProps,
  type DeployerVerb,
} from '../../../lib/kubernetes/cluster/deployer-role';
import { allIds, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';
import { everyOutput } from '../../support/platforms';

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

test('a kind may have fewer verbs, and its subresources their own', () => {
  const resources: DeployerRoleProps['resources'] = {
    'argoproj.io': [
      'rollouts',
      { kind: 'rollouts/status', verbs: ['get', 'patch'] },
      'analysistemplates',
      { kind: 'experiments', verbs: ['get', 'patch'] },
    ],
    'keda.sh': [{ kind: 'scaledobjects', verbs: ['list'] }],
  };
  expect(only(build({ resources }), 'Role', 'deployers').rules).toEqual([
    {
      apiGroups: ['argoproj.io'],
      resources: ['rollouts', 'analysistemplates'],
      verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
    },
    { apiGroups: ['argoproj.io'], resources: ['rollouts/status', 'experiments'], verbs: ['get', 'patch'] },
    { apiGroups: ['keda.sh'], resources: ['scaledobjects'], verbs: ['list'] },
  ]);
});

test('whoever deploys may watch, promote, abort and end a release, and read no secret', () => {
  const rules = everyOutput()
    .objects('acgs/production')
    .filter(({ kind, metadata }) => kind === 'Role' && metadata.name === 'deployers')
    .flatMap((role) => role.rules);
  const verbs = (resource: string): string[] =>
    rules
      .filter(({ apiGroups, resources }) => apiGroups.includes('argoproj.io') && resources.includes(resource))
      .flatMap((rule) => rule.verbs);

  expect(verbs('rollouts')).toEqual(expect.arrayContaining(['get', 'list', 'watch', 'patch']));
  expect(verbs('rollouts/status').sort()).toEqual(['get', 'patch', 'update']);
  expect(verbs('analysisruns').sort()).toEqual(['delete', 'get', 'list', 'patch', 'watch']);
  expect(verbs('experiments').sort()).toEqual(['get', 'list', 'watch']);
  expect(JSON.stringify(rules)).not.toMatch(/"\*"|"secrets"/);
});

const fewer = (verbs: readonly string[], kind = 'rollouts'): Partial<DeployerRoleProps> => ({
  resources: { 'argoproj.io': [{ kind, verbs: verbs as readonly DeployerVerb[] }] },
});

const broken: [check: string, overrides: Partial<DeployerRoleProps>][] = [
  ['deployer-role-name-is-a-dns-label', { name: 'Deployers' }],
  ['deployer-role-names-its-resources', { resources: { '*': ['externalsecrets'] } }],
  ['deployer-role-names-its-resources', { resources: { 'external-secrets.io': ['*'] } }],
  ['deployer-role-names-its-resources', { resources: { 'external-secrets.io': [] } }],
  ['deployer-role-names-its-resources', fewer(['get'], '*')],
  ['deployer-role-names-its-resources', fewer(['get'], 'rollouts/*')],
  ['deployer-role-names-its-verbs', fewer([])],
  ['deployer-role-names-its-verbs', fewer(['*'])],
  ['deployer-role-names-its-verbs', fewer(['get', 'get'])],
  ['deployer-role-names-its-verbs', fewer(['escalate'])],
  ['deployer-role-leaves-secrets-alone', { resources: { '': ['secrets'] } }],
  ['deployer-role-leaves-secrets-alone', fewer(['get'], 'secrets')],
];

test.each(broken)('%s fails (row %#)', (check, overrides) => expect(refused(() => build(overrides))).toEqual([check]));

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(DEPLOYER_ROLE_CHECKS));
});
