import { ARGO_ROLLOUTS, LOAD_BALANCER_CONTROLLER } from '../../model';
import type { AwsAccount } from '../aws-account';
import type { Statement } from '../policy';
import { LOAD_BALANCER_READS } from './load-balancer-actions';
import type { PodIdentityAssociationProps } from './pod-identity';

/** Tag that the controller puts on all it makes; its value is the name of the cluster. */
const OWNER = 'elbv2.k8s.aws/cluster';

/** What is asked for carries, or what is there already carries, the mark of this cluster. */
const requested = (cluster: string) => ({ [`aws:RequestTag/${OWNER}`]: cluster });
const owned = (cluster: string) => ({ [`aws:ResourceTag/${OWNER}`]: cluster });

/** A tag that is asked for may not be the mark: nothing is claimed or released by tagging. */
const UNMARKED = { Null: { [`aws:RequestTag/${OWNER}`]: 'true' } };

const ANYWHERE = ['*'];

const on = (action: string): string => `elasticloadbalancing:${action}`;

const reads: readonly Statement[] = [
  { sid: 'See', actions: LOAD_BALANCER_READS, resources: ANYWHERE },
  {
    sid: 'UseCertificatesAndFirewalls',
    actions: [
      'wafv2:AssociateWebACL',
      'wafv2:DisassociateWebACL',
      'waf-regional:AssociateWebACL',
      'waf-regional:DisassociateWebACL',
      'shield:CreateProtection',
      'shield:DeleteProtection',
    ],
    resources: ANYWHERE,
  },
  {
    sid: 'MakeRoleOfLoadBalancers',
    actions: ['iam:CreateServiceLinkedRole'],
    resources: ANYWHERE,
    conditions: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
  },
];

/** Rules may be changed on the groups of nodes and pods too, which carry no mark of the controller. */
const securityGroups = (cluster: string, groups: readonly string[]): readonly Statement[] => [
  {
    sid: 'OpenAndCloseSecurityGroups',
    actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress', 'ec2:CreateSecurityGroup'],
    resources: ANYWHERE,
  },
  {
    sid: 'MarkNewSecurityGroups',
    actions: ['ec2:CreateTags'],
    resources: groups,
    conditions: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup', ...requested(cluster) } },
  },
  {
    sid: 'TagOwnSecurityGroups',
    actions: ['ec2:CreateTags', 'ec2:DeleteTags'],
    resources: groups,
    conditions: { ...UNMARKED, StringEquals: owned(cluster) },
  },
  {
    sid: 'DeleteOwnSecurityGroups',
    actions: ['ec2:DeleteSecurityGroup'],
    resources: ANYWHERE,
    conditions: { StringEquals: owned(cluster) },
  },
];

const balancers = (cluster: string, arn: AwsAccount['arn']): readonly Statement[] => {
  const arns = (...paths: readonly string[]) => paths.map((path) => arn('elasticloadbalancing', path));
  const marked = arns('targetgroup/*/*', 'loadbalancer/net/*/*', 'loadbalancer/app/*/*');
  const rules = arns('listener/net/*/*/*', 'listener/app/*/*/*', 'listener-rule/net/*/*/*', 'listener-rule/app/*/*/*');
  return [
    {
      sid: 'MakeMarkedBalancers',
      actions: [on('CreateLoadBalancer'), on('CreateTargetGroup')],
      resources: ANYWHERE,
      conditions: { StringEquals: requested(cluster) },
    },
    {
      sid: 'MarkNewBalancers',
      actions: [on('AddTags')],
      resources: marked,
      conditions: {
        StringEquals: { [on('CreateAction')]: ['CreateTargetGroup', 'CreateLoadBalancer'], ...requested(cluster) },
      },
    },
    {
      sid: 'TagOwnBalancers',
      actions: [on('AddTags'), on('RemoveTags')],
      resources: marked,
      conditions: { ...UNMARKED, StringEquals: owned(cluster) },
    },
    {
      sid: 'ChangeOwnBalancers',
      actions: [
        'ModifyLoadBalancerAttributes',
        'SetIpAddressType',
        'SetSecurityGroups',
        'SetSubnets',
        'DeleteLoadBalancer',
        'ModifyTargetGroup',
        'ModifyTargetGroupAttributes',
        'DeleteTargetGroup',
        'ModifyListenerAttributes',
        'ModifyCapacityReservation',
        'ModifyIpPools',
      ].map(on),
      resources: ANYWHERE,
      conditions: { StringEquals: owned(cluster) },
    },
    {
      // Listeners and rules get their tags after they are made, so that no tag can fence them.
      sid: 'ChangeListenersAndRules',
      actions: [
        'CreateListener',
        'DeleteListener',
        'CreateRule',
        'DeleteRule',
        'ModifyListener',
        'ModifyRule',
        'SetRulePriorities',
        'SetWebAcl',
        'AddListenerCertificates',
        'RemoveListenerCertificates',
      ].map(on),
      resources: ANYWHERE,
    },
    { sid: 'TagListenersAndRules', actions: [on('AddTags'), on('RemoveTags')], resources: rules },
    {
      // Also into target groups that Terraform made and a TargetGroupBinding names.
      sid: 'RegisterPods',
      actions: [on('RegisterTargets'), on('DeregisterTargets')],
      resources: arns('targetgroup/*/*'),
    },
  ];
};

/**
 * The AWS Load Balancer Controller changes load balancers, target groups and security groups that carry the name of this
 * cluster; another cluster's in the same account stay out of its reach. Listeners, rules and targets cannot be told apart.
 * Source: kubernetes-sigs/aws-load-balancer-controller v3.5.0, docs/install/iam_policy.json, which asks for any cluster's mark.
 *
 * @param arn Makes an ARN of this account and region.
 */
export const loadBalancerControllerIdentity = (
  cluster: string,
  arn: AwsAccount['arn'],
): PodIdentityAssociationProps => ({
  clusterName: cluster,
  ...LOAD_BALANCER_CONTROLLER,
  statements: [...reads, ...securityGroups(cluster, [arn('ec2', 'security-group/*')]), ...balancers(cluster, arn)],
});

/**
 * Argo Rollouts looks whether weights and pods have arrived in target groups, and changes nothing in AWS.
 * Source: argoproj/argo-rollouts v1.9.0, docs/features/traffic-management/alb.md and utils/aws/aws.go.
 */
export const argoRolloutsIdentity = (cluster: string): PodIdentityAssociationProps => ({
  clusterName: cluster,
  ...ARGO_ROLLOUTS,
  statements: [
    {
      sid: 'SeeTargetGroups',
      actions: [
        'DescribeLoadBalancers',
        'DescribeListeners',
        'DescribeRules',
        'DescribeTags',
        'DescribeTargetGroups',
        'DescribeTargetHealth',
      ].map(on),
      resources: ANYWHERE,
    },
  ],
});
