import { ALERTMANAGER_ACCOUNT, METRICS_ACCOUNTS } from '../../model';
import type { AwsAccount } from '../aws-account';
import type { PodIdentityAssociationProps } from '../cluster/pod-identity';
import type { Statement } from '../policy';
import { useOfBucketKey } from '../storage/bucket-key-use';

/** The bucket of measurements, and who works with it. */
export interface MetricsBucketUse {
  /** Cluster of the pods. */
  readonly cluster: string;
  /** ARN of the bucket. */
  readonly bucketArn: string;
  /** ARN of its key; `key/*` where that is not known yet. */
  readonly bucketKeyArn: string;
}

type Use = 'prometheus' | 'store' | 'compactor';

/** Source: thanos-io/thanos v0.42, docs/storage.md, "AWS Policies", by what each part does. */
const OBJECT_ACTIONS: Readonly<Record<Use, readonly string[]>> = {
  prometheus: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
  store: ['s3:GetObject'],
  compactor: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
};

const statements = (use: Use, { bucketArn, bucketKeyArn }: MetricsBucketUse): Statement[] => [
  { sid: 'ListBlocks', actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [bucketArn] },
  { sid: 'WorkWithBlocks', actions: [...OBJECT_ACTIONS[use]], resources: [`${bucketArn}/*`] },
  useOfBucketKey('UseKeyOfBlocks', bucketArn, bucketKeyArn),
];

/**
 * What each part of Thanos may do with the bucket: Prometheus uploads, and takes back what it uploaded in part; the store
 * reads; the compactor joins blocks and removes old ones.
 */
export const metricsIdentities = (use: MetricsBucketUse): Readonly<Record<Use, PodIdentityAssociationProps>> => {
  const of = (part: Use): PodIdentityAssociationProps => ({
    clusterName: use.cluster,
    ...METRICS_ACCOUNTS[part],
    statements: statements(part, use),
  });
  return { prometheus: of('prometheus'), store: of('store'), compactor: of('compactor') };
};

/**
 * Alertmanager publishes to the topic that must not fall silent, and to nothing else.
 *
 * @param arn Makes an ARN of this account and region.
 */
export const heartbeatIdentity = (
  cluster: string,
  topic: string,
  arn: AwsAccount['arn'],
): PodIdentityAssociationProps => ({
  clusterName: cluster,
  ...ALERTMANAGER_ACCOUNT,
  statements: [
    { sid: 'PublishHeartbeat', actions: ['sns:Publish'], resources: [arn('sns', topic)] },
    {
      sid: 'UseKeyOfHeartbeat',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: [arn('kms', 'key/*')],
      conditions: {
        StringLike: { 'kms:ViaService': 'sns.*.amazonaws.com' },
        StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': arn('sns', topic) },
      },
    },
  ],
});
