import type { AwsAccount } from '../aws-account';
import type { BucketStatement } from '../storage/secure-bucket-props';

/**
 * What the policy of a bucket must say before load balancers of this account can write logs to it. The bucket has SSE-S3,
 * stands in their region, and is made with `encryption: 'sse-s3'` and these among its `statements`.
 *
 * @param prefix As the load balancer's logs have it. Without, the account's logs lie at the top of the bucket.
 */
export const loadBalancerLogWriter = ({ id }: AwsAccount, prefix?: string): BucketStatement => ({
  sid: `LoadBalancerLogs${(prefix ?? '').replace(/[^A-Za-z0-9]/g, '')}`,
  principals: { Service: ['logdelivery.elasticloadbalancing.amazonaws.com'] },
  actions: ['s3:PutObject'],
  paths: [`${prefix === undefined ? '' : `/${prefix}`}/AWSLogs/${id}/*`],
});

/**
 * What the policy of a bucket must say before CloudWatch can deliver logs of CloudFront to it. A bucket with a key of ours
 * has it used by `delivery.logs`.
 */
export const cloudFrontLogWriter = (account: AwsAccount): BucketStatement => ({
  sid: 'CloudFrontLogs',
  principals: { Service: ['delivery.logs.amazonaws.com'] },
  actions: ['s3:PutObject'],
  paths: [`/AWSLogs/${account.id}/*`],
  conditions: {
    StringEquals: { 'aws:SourceAccount': account.id, 's3:x-amz-acl': 'bucket-owner-full-control' },
    ArnLike: { 'aws:SourceArn': account.arn('logs', 'delivery-source:*', 'us-east-1') },
  },
});
