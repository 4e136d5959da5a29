import { heartbeatIdentity, metricsIdentities } from '../../../lib/aws';

const BUCKET = 'arn:aws:s3:::shop-production-metrics-123456789012';
const identities = metricsIdentities({
  cluster: 'shop-production',
  bucketArn: BUCKET,
  bucketKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/*',
});

test.each([
  ['prometheus', 'prometheus', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']],
  ['store', 'thanos-store-gateway', ['s3:GetObject']],
  ['compactor', 'thanos-compact', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']],
] as const)('%s, as %s, may do %s with objects of its bucket, and list it', (part, account, actions) => {
  const { clusterName, namespace, serviceAccount, statements = [] } = identities[part];
  expect([clusterName, namespace, serviceAccount]).toEqual(['shop-production', 'monitoring', account]);
  expect(statements.map(({ sid, actions, resources }) => [sid, actions, resources])).toEqual([
    ['ListBlocks', ['s3:ListBucket', 's3:GetBucketLocation'], [BUCKET]],
    ['WorkWithBlocks', actions, [`${BUCKET}/*`]],
    ['UseKeyOfBlocks', ['kms:Decrypt', 'kms:GenerateDataKey'], ['arn:aws:kms:eu-west-1:123456789012:key/*']],
  ]);
});

test('a key is used for the bucket alone, through S3', () => {
  const [, , use] = identities.compactor.statements ?? [];
  expect(use?.conditions).toEqual({
    StringLike: {
      'kms:ViaService': 's3.*.amazonaws.com',
      'kms:EncryptionContext:aws:s3:arn': [BUCKET, `${BUCKET}/*`],
    },
  });
});

test('Alertmanager publishes to one topic, with the key of that topic', () => {
  const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:123456789012:${resource}`;
  const { namespace, serviceAccount, statements } = heartbeatIdentity('shop-production', 'shop-heartbeat', arn);
  expect([namespace, serviceAccount]).toEqual(['monitoring', 'alertmanager']);
  expect(statements).toEqual([
    {
      sid: 'PublishHeartbeat',
      actions: ['sns:Publish'],
      resources: ['arn:aws:sns:eu-west-1:123456789012:shop-heartbeat'],
    },
    {
      sid: 'UseKeyOfHeartbeat',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['arn:aws:kms:eu-west-1:123456789012:key/*'],
      conditions: {
        StringLike: { 'kms:ViaService': 'sns.*.amazonaws.com' },
        StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': 'arn:aws:sns:eu-west-1:123456789012:shop-heartbeat' },
      },
    },
  ]);
});
