import type { Statement } from '../policy';

/**
 * The use of a bucket's key for what the bucket holds, and for nothing else, in whatever region it is. With a key of the
 * bucket S3 names the bucket when it asks for the key, else the object.
 *
 * @param keyArn ARN of the key; `key/*` where that is not known yet.
 */
export const useOfBucketKey = (sid: string, bucketArn: string, keyArn: string): Statement => ({
  sid,
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  resources: [keyArn],
  conditions: {
    StringLike: {
      'kms:ViaService': 's3.*.amazonaws.com',
      'kms:EncryptionContext:aws:s3:arn': [bucketArn, `${bucketArn}/*`],
    },
  },
});
