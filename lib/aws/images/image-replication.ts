import { EcrReplicationConfiguration } from '@cdktf/provider-aws/lib/ecr-replication-configuration';
import { EcrRepositoryCreationTemplate } from '@cdktf/provider-aws/lib/ecr-repository-creation-template';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { AwsAccount } from '../aws-account';
import { EncryptionKey } from '../secrets/encryption-key';
import { ServiceRole } from '../service-role';
import type { ImageRegistryPlan } from './image-registry-props';
import { lifecyclePolicy } from './lifecycle';

/** Copies what is pushed to other regions, into repositories as immutable and encrypted as what they are of. */
export class ImageReplication extends Construct {
  /** Templates first: what the first copy makes, keeps its settings for good. */
  constructor(
    scope: Construct,
    id: string,
    private readonly plan: ImageRegistryPlan,
  ) {
    super(scope, id);
    const keys = plan.replicateTo.map(
      (region) => [region, plan.replicaKeyArns[region] ?? this.replicaKey(region)] as const,
    );
    const creator = this.creator(keys);
    new EcrReplicationConfiguration(this, 'Resource', {
      ...elsewhere(plan),
      replicationConfiguration: {
        rule: [
          {
            destination: plan.replicateTo.map((region) => ({ region, registryId: AwsAccount.of(this).id })),
            repositoryFilter: plan.replicatedPrefixes.map((filter) => ({ filter, filterType: 'PREFIX_MATCH' })),
          },
        ],
      },
      dependsOn: [...keys.flatMap(([region, keyArn]) => this.templates(region, keyArn, creator)), ...plan.after],
    });
  }

  private templates(
    region: string,
    keyArn: string,
    { arn: customRoleArn, grants }: ServiceRole,
  ): ITerraformDependable[] {
    const { plan } = this;
    const place = new Construct(this, region);
    return plan.replicatedPrefixes.map(
      (prefix) =>
        new EcrRepositoryCreationTemplate(place, `Copies-${idOf(prefix)}`, {
          region,
          prefix: prefix.replace(/\/$/, ''),
          description: 'Copies of images from another region',
          appliedFor: ['REPLICATION'],
          imageTagMutability: 'IMMUTABLE',
          customRoleArn,
          encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: keyArn }],
          lifecyclePolicy: lifecyclePolicy(plan),
          dependsOn: [...grants],
        }),
    );
  }

  private replicaKey(region: string): string {
    return new EncryptionKey(this, `ReplicaKey-${region}`, {
      alias: 'ecr/image-copies',
      description: 'Copies of container images',
      region,
      keptOnDestroy: true,
    }).arn;
  }

  /** Source: ECR user guide, "Creating an IAM role for repository creation templates". */
  private creator(keys: readonly (readonly [region: string, arn: string])[]): ServiceRole {
    const { replicateTo, replicatedPrefixes } = this.plan;
    const account = AwsAccount.of(this);
    return new ServiceRole(this, 'CreatorRole', {
      service: 'ecr.amazonaws.com',
      description: 'Makes repositories for copies of images',
      statements: [
        {
          sid: 'MakeRepositories',
          actions: ['ecr:CreateRepository', 'ecr:ReplicateImage', 'ecr:TagResource'],
          resources: replicateTo.flatMap((region) =>
            replicatedPrefixes.map((prefix) => account.arn('ecr', `repository/${prefix}*`, region)),
          ),
        },
        {
          sid: 'EncryptRepositories',
          actions: ['kms:CreateGrant', 'kms:RetireGrant', 'kms:DescribeKey'],
          resources: keys.map(([, arn]) => arn),
        },
      ],
    });
  }
}

/** What every resource is told of a registry that is not in the stack's region. */
export const elsewhere = ({ region }: ImageRegistryPlan) => (region === undefined ? {} : { region });

/** What a prefix is called in the tree of constructs. */
export const idOf = (prefix: string): string => prefix.replace(/\/$/, '').replaceAll('/', '--');
