import type { AwsAccount } from '../aws-account';
import type { Statement } from '../policy';

/** What the controller's rights are about. */
export interface KarpenterRights {
  /** Name of the cluster, whose mark everything of Karpenter's carries. */
  readonly cluster: string;
  /** Account and region of the cluster. */
  readonly account: Pick<AwsAccount, 'arn' | 'partition' | 'region'>;
  /** Role that it hands to the nodes. */
  readonly nodeRoleArn: string;
  /** Queue of the notices that nodes will go. */
  readonly queueArn: string;
  /** Key of the queue, if a customer's. @default - none */
  readonly queueKeyArn?: string;
  /** Key of the nodes' root volumes, if not the account's default. @default - none */
  readonly volumeKeyArn?: string;
}

const NODE_POOL = 'karpenter.sh/nodepool';

/** Made by RunInstances, CreateFleet or CreateLaunchTemplate, and marked as it is made. */
const MADE = ['fleet', 'instance', 'volume', 'network-interface', 'launch-template', 'spot-instances-request'];

/** Used as they are. Images and snapshots of AWS belong to no account. */
const USED = ['security-group', 'subnet', 'capacity-reservation', 'placement-group'];

const DESCRIBED = [
  'CapacityReservations',
  'Images',
  'Instances',
  'InstanceStatus',
  'InstanceTypeOfferings',
  'InstanceTypes',
  'LaunchTemplates',
  'PlacementGroups',
  'SecurityGroups',
  'SpotPriceHistory',
  'Subnets',
];

const isOurs = (kind: 'Request' | 'Resource', cluster: string) => ({
  StringEquals: {
    [`aws:${kind}Tag/kubernetes.io/cluster/${cluster}`]: 'owned',
    ...(kind === 'Request' && { 'aws:RequestTag/eks:eks-cluster-name': cluster }),
  },
  StringLike: { [`aws:${kind}Tag/${NODE_POOL}`]: '*' },
});

function nodes({ cluster, account: { partition, region } }: KarpenterRights): Statement[] {
  const ec2 = (kind: string, owner = '*'): string => `arn:${partition}:ec2:${region}:${owner}:${kind}/*`;
  const made = MADE.map((kind) => ec2(kind));
  const create = isOurs('Request', cluster);
  return [
    {
      sid: 'StartFromWhatIsThere',
      actions: ['ec2:RunInstances', 'ec2:CreateFleet'],
      resources: [ec2('image', ''), ec2('snapshot', ''), ...USED.map((kind) => ec2(kind))],
    },
    {
      sid: 'StartFromOwnTemplates',
      actions: ['ec2:RunInstances', 'ec2:CreateFleet'],
      resources: [ec2('launch-template')],
      conditions: isOurs('Resource', cluster),
    },
    {
      sid: 'MakeMarked',
      actions: ['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate'],
      resources: made,
      conditions: create,
    },
    {
      sid: 'MarkWhatIsMade',
      actions: ['ec2:CreateTags'],
      resources: made,
      conditions: {
        ...create,
        StringEquals: {
          ...create.StringEquals,
          'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'],
        },
      },
    },
    {
      sid: 'NameOwnInstances',
      actions: ['ec2:CreateTags'],
      resources: [ec2('instance')],
      conditions: {
        ...isOurs('Resource', cluster),
        StringEqualsIfExists: { 'aws:RequestTag/eks:eks-cluster-name': cluster },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['eks:eks-cluster-name', 'karpenter.sh/nodeclaim', 'Name'] },
      },
    },
    {
      sid: 'EndOwn',
      actions: ['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'],
      resources: [ec2('instance'), ec2('launch-template')],
      conditions: isOurs('Resource', cluster),
    },
  ];
}

/** What it must see. Prices and profiles cannot be narrowed down to resources. */
function reads({ cluster, account }: KarpenterRights): Statement[] {
  const { partition, region } = account;
  return [
    {
      sid: 'SeeThisRegion',
      actions: DESCRIBED.map((what) => `ec2:Describe${what}`),
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': region } },
    },
    {
      sid: 'FindImages',
      actions: ['ssm:GetParameter'],
      resources: [`arn:${partition}:ssm:${region}::parameter/aws/service/*`],
    },
    { sid: 'SeePricesAndProfiles', actions: ['pricing:GetProducts', 'iam:ListInstanceProfiles'], resources: ['*'] },
    { sid: 'SeeTheCluster', actions: ['eks:DescribeCluster'], resources: [account.arn('eks', `cluster/${cluster}`)] },
  ];
}

/** Without them an encrypted volume cannot be attached, and the instance ends as soon as it has started. */
const volumeKey = ({ volumeKeyArn, account }: KarpenterRights): Statement[] =>
  volumeKeyArn === undefined
    ? []
    : [
        {
          sid: 'EncryptVolumes',
          actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
          resources: [volumeKeyArn],
          conditions: { StringEquals: { 'kms:ViaService': `ec2.${account.region}.amazonaws.com` } },
        },
        {
          sid: 'LendTheKeyToVolumes',
          actions: ['kms:CreateGrant'],
          resources: [volumeKeyArn],
          conditions: {
            StringEquals: { 'kms:ViaService': `ec2.${account.region}.amazonaws.com` },
            Bool: { 'kms:GrantIsForAWSResource': 'true' },
          },
        },
      ];

/**
 * What Karpenter's controller may do: start nodes that carry the mark of this cluster, change and end only those, hand
 * them the one role, read its queue. Source: aws/karpenter-provider-aws, cloudformation.yaml of the getting-started
 * guide (2026-08-21), but for rights to make instance profiles, as ours has a name from the start, and for zonal
 * shifts.
 */
export const karpenterStatements = (rights: KarpenterRights): Statement[] => [
  ...nodes(rights),
  {
    sid: 'HandRoleToNodes',
    actions: ['iam:PassRole'],
    resources: [rights.nodeRoleArn],
    conditions: { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] } },
  },
  {
    sid: 'ReadNotices',
    actions: ['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'],
    resources: [rights.queueArn],
  },
  ...(rights.queueKeyArn === undefined
    ? []
    : [{ sid: 'DecryptNotices', actions: ['kms:Decrypt'], resources: [rights.queueKeyArn] }]),
  ...reads(rights),
  ...volumeKey(rights),
];
