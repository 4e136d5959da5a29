import { argoRolloutsIdentity, loadBalancerControllerIdentity } from '../../../lib/aws/cluster/controller-identities';
import { PodIdentityAssociation } from '../../../lib/aws/cluster/pod-identity';
import type { Statement } from '../../../lib/aws/policy';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-west-2:123456789012:${resource}`;

const balancers = loadBalancerControllerIdentity('acgs-production', arn);
const rollouts = argoRolloutsIdentity('acgs-production');

/** The statements that allow an action. */
const allowing = (action: string): Statement[] =>
  (balancers.statements ?? []).filter(({ actions }) => actions.includes(action));

describe.each([
  ['the load balancer controller', balancers, 'kube-system', 'aws-load-balancer-controller'],
  ['Argo Rollouts', rollouts, 'argo-rollouts', 'argo-rollouts'],
])('%s', (_, identity, namespace, serviceAccount) => {
  test('is known by cluster, namespace and service account', () => {
    expect(identity).toMatchObject({ clusterName: 'acgs-production', namespace, serviceAccount });
  });

  test('has rights that an association takes', () => {
    expect(PodIdentityAssociation.inspect('Identity', identity)).toEqual([]);
  });
});

describe('the load balancer controller', () => {
  test.each([
    'elasticloadbalancing:DeleteLoadBalancer',
    'elasticloadbalancing:DeleteTargetGroup',
    'elasticloadbalancing:ModifyTargetGroup',
    'elasticloadbalancing:RemoveTags',
    'ec2:DeleteSecurityGroup',
    'ec2:DeleteTags',
  ])('%s only of what carries the name of this cluster', (action) => {
    const fenced = allowing(action).filter(({ sid }) => sid !== 'TagListenersAndRules');
    expect(fenced).toHaveLength(1);
    expect(fenced[0]?.conditions?.StringEquals).toEqual({ 'aws:ResourceTag/elbv2.k8s.aws/cluster': 'acgs-production' });
  });

  test.each(['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup'])(
    '%s only with the name of this cluster',
    (action) => {
      expect(allowing(action).map(({ conditions }) => conditions)).toEqual([
        { StringEquals: { 'aws:RequestTag/elbv2.k8s.aws/cluster': 'acgs-production' } },
      ]);
    },
  );

  test.each([
    ['TagOwnSecurityGroups', 'ec2:CreateTags'],
    ['TagOwnBalancers', 'elasticloadbalancing:AddTags'],
  ])('%s cannot change the name of the cluster itself', (sid, action) => {
    const statement = allowing(action).find((one) => one.sid === sid);
    expect(statement?.conditions?.Null).toEqual({ 'aws:RequestTag/elbv2.k8s.aws/cluster': 'true' });
  });

  test('tags what it has just made, and names it', () => {
    expect(allowing('ec2:CreateTags').find(({ sid }) => sid === 'MarkNewSecurityGroups')).toEqual({
      sid: 'MarkNewSecurityGroups',
      actions: ['ec2:CreateTags'],
      resources: ['arn:aws:ec2:us-west-2:123456789012:security-group/*'],
      conditions: {
        StringEquals: {
          'ec2:CreateAction': 'CreateSecurityGroup',
          'aws:RequestTag/elbv2.k8s.aws/cluster': 'acgs-production',
        },
      },
    });
    expect(allowing('elasticloadbalancing:AddTags').find(({ sid }) => sid === 'MarkNewBalancers')?.conditions).toEqual({
      StringEquals: {
        'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'],
        'aws:RequestTag/elbv2.k8s.aws/cluster': 'acgs-production',
      },
    });
  });

  test('registers pods in target groups of this account and region', () => {
    expect(allowing('elasticloadbalancing:RegisterTargets')[0]?.resources).toEqual([
      'arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/*/*',
    ]);
  });

  test('makes no role but that of load balancers', () => {
    expect(allowing('iam:CreateServiceLinkedRole').map(({ conditions }) => conditions)).toEqual([
      { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
    ]);
  });

  test('may do every kind of thing that its publisher asks for: 80 actions', () => {
    const actions = new Set((balancers.statements ?? []).flatMap((statement) => statement.actions));
    expect(actions.size).toBe(80);
    expect([...actions].filter((action) => action.includes('*'))).toEqual([]);
  });
});

test('Argo Rollouts looks and changes nothing', () => {
  expect(rollouts.statements?.flatMap(({ actions }) => actions)).toEqual([
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeListeners',
    'elasticloadbalancing:DescribeRules',
    'elasticloadbalancing:DescribeTags',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeTargetHealth',
  ]);
});
