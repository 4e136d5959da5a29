import { S3BucketReplicationConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-replication-configuration';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { AwsAccount } from '../aws-account';
import type { Statement } from '../policy';
import { ServiceRole } from '../service-role';
import type { ReplicaBucket } from './secure-bucket-props';

/** What is copied from, where to and how closely it is watched. */
export interface BucketReplicationProps {
  /** What the role's description calls it. */
  readonly label: string;
  /** The bucket that is copied: its parts as S3 and KMS know them. */
  readonly from: { readonly id: string; readonly arn: string; readonly region?: string; readonly keyArn?: string };
  /** The bucket that keeps the copies. */
  readonly to: ReplicaBucket;
  /** Whether what is deleted here is hidden there. */
  readonly deletions: boolean;
  /** Whether copies are promised within 15 minutes and measured. */
  readonly timeControl: boolean;
  /** The versioning of the bucket that is copied, which S3 asks for first. */
  readonly after: readonly ITerraformDependable[];
}

/** S3 measures and promises nothing shorter. */
const PROMISED_MINUTES = 15;

/**
 * Copies every new version of one bucket to another, and no deletion unless told so: what a thief deletes here stays there.
 * What the bucket held before is not copied; `aws s3 sync` or a batch job does that once.
 */
export class BucketReplication extends Construct {
  constructor(scope: Construct, id: string, props: BucketReplicationProps) {
    super(scope, id);
    const { label, from, to, deletions, timeControl, after } = props;
    const role = new ServiceRole(this, 'Role', {
      service: 's3.amazonaws.com',
      description: `Copies ${label} to another bucket`,
      statements: this.statements(props),
    });
    new S3BucketReplicationConfigurationA(this, 'Resource', {
      ...(from.region !== undefined && { region: from.region }),
      bucket: from.id,
      role: role.arn,
      rule: [
        {
          id: 'everything',
          priority: 0,
          status: 'Enabled',
          filter: { prefix: '' },
          deleteMarkerReplication: { status: deletions ? 'Enabled' : 'Disabled' },
          ...(from.keyArn !== undefined && {
            sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
          }),
          destination: {
            bucket: to.arn,
            ...(to.accountId !== undefined && {
              account: to.accountId,
              accessControlTranslation: { owner: 'Destination' },
            }),
            ...(to.keyArn !== undefined && { encryptionConfiguration: { replicaKmsKeyId: to.keyArn } }),
            ...(timeControl && {
              replicationTime: { status: 'Enabled', time: { minutes: PROMISED_MINUTES } },
              metrics: { status: 'Enabled', eventThreshold: { minutes: PROMISED_MINUTES } },
            }),
          },
        },
      ],
      dependsOn: [...role.grants, ...after, ...(to.ready ?? [])],
    });
  }

  /** Source: S3 user guide, "Setting up permissions for live replication" and "Replicating encrypted objects". */
  private statements({ from, to, deletions }: BucketReplicationProps): Statement[] {
    const { region } = AwsAccount.of(this);
    const through = (place: string | undefined) => ({
      StringLike: { 'kms:ViaService': `s3.${place ?? region}.amazonaws.com` },
    });
    return [
      { sid: 'ReadRules', actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'], resources: [from.arn] },
      {
        sid: 'ReadVersions',
        actions: [
          's3:GetObjectVersionForReplication',
          's3:GetObjectVersionAcl',
          's3:GetObjectVersionTagging',
          's3:GetObjectRetention',
          's3:GetObjectLegalHold',
        ],
        resources: [`${from.arn}/*`],
      },
      {
        sid: 'WriteCopies',
        actions: [
          's3:ReplicateObject',
          's3:ReplicateTags',
          ...(deletions ? ['s3:ReplicateDelete'] : []),
          ...(to.accountId === undefined ? [] : ['s3:ObjectOwnerOverrideToBucketOwner']),
        ],
        resources: [`${to.arn}/*`],
      },
      ...(from.keyArn === undefined
        ? []
        : [{ sid: 'Decrypt', actions: ['kms:Decrypt'], resources: [from.keyArn], conditions: through(from.region) }]),
      ...(to.keyArn === undefined
        ? []
        : [
            {
              sid: 'Encrypt',
              actions: ['kms:Encrypt', 'kms:GenerateDataKey'],
              resources: [to.keyArn],
              conditions: through(to.region),
            },
          ]),
    ];
  }
}
