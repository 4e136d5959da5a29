import { VELERO } from '../../model/recovery/velero';
import type { AwsAccount } from '../aws-account';
import type { PodIdentityAssociationProps } from '../cluster/pod-identity';
import type { Statement } from '../policy';
import { useOfBucketKey } from '../storage/bucket-key-use';

/** A bucket of backups and its key. */
export interface VeleroBucket {
  /** ARN of the bucket, or of its copy in another region. */
  readonly bucketArn: string;
  /** ARN of its key; `key/*` where that is not known yet: only what the bucket holds can be read with it. */
  readonly bucketKeyArn: string;
}

/** What Velero of a cluster works with. */
export interface VeleroIdentityOptions extends VeleroBucket {
  /** Cluster that Velero runs in. */
  readonly cluster: string;
  /** `restore` can read backups, make volumes of them and keep its logs, and changes no backup: for a cluster that stands in. @default 'all' */
  readonly use?: 'all' | 'restore';
  /** Another bucket that it restores from and changes no backup in: the copy of what it stands in for. @default - none */
  readonly restoresFrom?: VeleroBucket;
  /**
   * Keys of the volumes that it takes snapshots of. Without, it has no rights in EC2: files of volumes then travel into the
   * bucket, or AWS Backup takes the snapshots. @default - none
   */
  readonly volumeKeyArns?: readonly string[];
}

/** Tag of what the EBS driver makes for a cluster; snapshots inherit it from volumes, and volumes from snapshots. */
const owned = (cluster: string, by: 'Resource' | 'Request') => ({
  StringEquals: { [`aws:${by}Tag/kubernetes.io/cluster/${cluster}`]: 'owned' },
});

/** Source: velero-io/velero-plugin-for-aws v1.14, README.md, "Set permissions for Velero", narrowed down here. */
const everyUse = ({ bucketArn, bucketKeyArn }: VeleroBucket): Statement[] => [
  { sid: 'ListBackups', actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [bucketArn] },
  {
    sid: 'KeepBackups',
    actions: [
      's3:GetObject',
      's3:PutObject',
      's3:PutObjectTagging',
      's3:DeleteObject',
      's3:AbortMultipartUpload',
      's3:ListMultipartUploadParts',
    ],
    resources: [`${bucketArn}/*`],
  },
  useOfBucketKey('UseKeyOfBackups', bucketArn, bucketKeyArn),
];

const restoring = ({ bucketArn, bucketKeyArn }: VeleroBucket, suffix = ''): Statement[] => [
  { sid: `ListBackups${suffix}`, actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [bucketArn] },
  { sid: `ReadBackups${suffix}`, actions: ['s3:GetObject'], resources: [`${bucketArn}/*`] },
  {
    // Velero counts a restore whose log it cannot put beside the backup as partly failed.
    sid: `KeepLogsOfRestores${suffix}`,
    actions: ['s3:PutObject'],
    resources: [`${bucketArn}/restores/*`, `${bucketArn}/*/restores/*`],
  },
  useOfBucketKey(`UseKeyOfBackups${suffix}`, bucketArn, bucketKeyArn),
];

const objects = ({ use = 'all', restoresFrom, ...bucket }: VeleroIdentityOptions): Statement[] => [
  ...(use === 'all' ? everyUse(bucket) : restoring(bucket)),
  ...(restoresFrom ? restoring(restoresFrom, 'Elsewhere') : []),
];

/** Snapshots are named without an account in ARNs: only their tags tell whose they are. */
function volumes(
  { cluster, use = 'all', volumeKeyArns = [] }: VeleroIdentityOptions,
  arn: AwsAccount['arn'],
): Statement[] {
  if (volumeKeyArns.length === 0) return [];
  const volume = arn('ec2', 'volume/*');
  const snapshot = arn('ec2', 'snapshot/*').replace(/:[^:]*:snapshot\/\*$/, '::snapshot/*');
  return [
    { sid: 'SeeVolumes', actions: ['ec2:DescribeVolumes', 'ec2:DescribeSnapshots'], resources: ['*'] },
    ...(use === 'all'
      ? [
          {
            sid: 'SnapshotOwnVolumes',
            actions: ['ec2:CreateSnapshot'],
            resources: [volume],
            conditions: owned(cluster, 'Resource'),
          },
          {
            sid: 'MakeMarkedSnapshots',
            actions: ['ec2:CreateSnapshot'],
            resources: [snapshot],
            conditions: owned(cluster, 'Request'),
          },
          {
            sid: 'DeleteOwnSnapshots',
            actions: ['ec2:DeleteSnapshot'],
            resources: [snapshot],
            conditions: owned(cluster, 'Resource'),
          },
        ]
      : []),
    {
      sid: 'MakeMarkedVolumes',
      actions: ['ec2:CreateVolume'],
      resources: [volume],
      conditions: owned(cluster, 'Request'),
    },
    { sid: 'MakeVolumesOfSnapshots', actions: ['ec2:CreateVolume'], resources: [snapshot] },
    {
      sid: 'MarkWhatIsNew',
      actions: ['ec2:CreateTags'],
      resources: [volume, snapshot],
      conditions: { StringEquals: { 'ec2:CreateAction': ['CreateSnapshot', 'CreateVolume'] } },
    },
    {
      sid: 'UseKeysOfVolumes',
      actions: ['kms:DescribeKey', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKeyWithoutPlaintext'],
      resources: volumeKeyArns,
      conditions: { StringLike: { 'kms:ViaService': 'ec2.*.amazonaws.com' } },
    },
    {
      sid: 'LendKeysToVolumes',
      actions: ['kms:CreateGrant'],
      resources: volumeKeyArns,
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}

/**
 * Velero reaches its bucket, and volumes and snapshots of its own cluster; a cluster that stands in reads and restores only,
 * so that whoever takes it over deletes no backup. Its pods set `AWS_CLUSTER_NAME`, so that restored volumes carry the mark.
 *
 * @param arn Makes an ARN of this account and region.
 */
export const veleroIdentity = (
  options: VeleroIdentityOptions,
  arn: AwsAccount['arn'],
): PodIdentityAssociationProps => ({
  clusterName: options.cluster,
  ...VELERO,
  statements: [...objects(options), ...volumes(options, arn)],
});
