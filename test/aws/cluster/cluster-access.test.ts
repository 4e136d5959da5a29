import { CLUSTER_ACCESS_CHECKS, ClusterAccess, type ClusterAccessProps } from '../../../lib/aws/cluster/cluster-access';
import { allIds, ids } from '../../support/findings';
import { type Block, resources, terraform } from '../../support/terraform';

const operators = 'arn:aws:iam::123456789012:role/operators';
const pipeline = 'arn:aws:iam::123456789012:role/ci/pipeline';

const props: ClusterAccessProps = { clusterName: 'acgs', adminPrincipals: [operators], deployPrincipals: [pipeline] };

const synth = (overrides: Partial<ClusterAccessProps> = {}): Block =>
  terraform((stack) => {
    new ClusterAccess(stack, 'Access', { ...props, ...overrides });
  });

/** What a principal gets: policy and scope, and its Kubernetes groups. */
function rightsOf(arn: string, json: Block) {
  const [id, entry] = Object.entries(json.resource.aws_eks_access_entry as Block).find(
    ([, block]) => (block as Block).principal_arn === arn,
  ) as [string, Block];
  const associations = resources(json, 'aws_eks_access_policy_association').filter(({ principal_arn }) =>
    principal_arn.includes(`.${id}.`),
  );
  return {
    groups: entry.kubernetes_groups,
    policies: associations.map(({ policy_arn }) => policy_arn.split(':eks::aws:cluster-access-policy/')[1]),
    scopes: associations.map(({ access_scope }) => access_scope),
  };
}

describe('ClusterAccess', () => {
  test('admins may do everything', () => {
    expect(rightsOf(operators, synth())).toEqual({
      groups: undefined,
      policies: ['AmazonEKSClusterAdminPolicy'],
      scopes: [{ type: 'cluster' }],
    });
  });

  test('deployers may change what is in namespaces, and carry a group to bind more to', () => {
    expect(rightsOf(pipeline, synth())).toEqual({
      groups: ['headroom:deployers'],
      policies: ['AmazonEKSAdminPolicy'],
      scopes: [{ type: 'cluster' }],
    });
  });

  test('deployers can be held to namespaces, admins are not', () => {
    const json = synth({ deployNamespaces: ['acgs', 'monitoring'] });

    expect(rightsOf(pipeline, json).scopes).toEqual([{ type: 'namespace', namespaces: ['acgs', 'monitoring'] }]);
    expect(rightsOf(operators, json).scopes).toEqual([{ type: 'cluster' }]);
  });

  test('roles of one name in two accounts are two entries', () => {
    const other = 'arn:aws:iam::210987654321:role/operators';
    const json = synth({ adminPrincipals: [operators, other] });

    expect(resources(json, 'aws_eks_access_entry')).toHaveLength(3);
  });
});

describe('ClusterAccess.inspect', () => {
  const rows: readonly (readonly [it: string, given: Partial<ClusterAccessProps>, expected: readonly string[]])[] = [
    ['takes no deployer', { deployPrincipals: [] }, []],
    ['takes a role with a path', { adminPrincipals: [pipeline], deployPrincipals: [] }, []],
    ['takes a role of GovCloud', { adminPrincipals: ['arn:aws-us-gov:iam::123456789012:role/x'] }, []],
    ['refuses nobody', { adminPrincipals: [] }, ['cluster-has-an-admin']],
    ['refuses root', { adminPrincipals: ['arn:aws:iam::123456789012:root'] }, ['cluster-admins-are-roles']],
    ['refuses a user', { adminPrincipals: ['arn:aws:iam::123456789012:user/me'] }, ['cluster-admins-are-roles']],
    [
      'refuses a session',
      { adminPrincipals: ['arn:aws:sts::123456789012:assumed-role/x/y'] },
      ['cluster-admins-are-roles'],
    ],
    [
      'refuses an account of 11 digits',
      { adminPrincipals: ['arn:aws:iam::12345678901:role/x'] },
      ['cluster-admins-are-roles'],
    ],
    ['refuses a wildcard', { deployPrincipals: ['arn:aws:iam::123456789012:role/*'] }, ['cluster-deployers-are-roles']],
    [
      'refuses a deployer without a name',
      { deployPrincipals: ['arn:aws:iam::123456789012:role/'] },
      ['cluster-deployers-are-roles'],
    ],
    ['refuses one role in both lists', { deployPrincipals: [operators] }, ['cluster-principals-are-distinct']],
    ['refuses one role twice', { deployPrincipals: [pipeline, pipeline] }, ['cluster-principals-are-distinct']],
    ['refuses a pattern of namespaces', { deployNamespaces: ['acgs-*'] }, ['cluster-deploy-namespaces-are-names']],
    ['refuses a namespace twice', { deployNamespaces: ['acgs', 'acgs'] }, ['cluster-deploy-namespaces-are-names']],
  ];

  test.each(rows)('%s', (_, given, expected) => {
    expect(ids(ClusterAccess.inspect('Access', { ...props, ...given }))).toEqual(expected);
  });

  test('every check has a failing row', () => {
    expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(CLUSTER_ACCESS_CHECKS));
  });
});
