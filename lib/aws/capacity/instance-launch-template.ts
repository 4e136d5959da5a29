import { DataAwsSsmParameter } from '@cdktf/provider-aws/lib/data-aws-ssm-parameter';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Fn, type TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Architecture } from '../../catalog';
import { nodeArchitecture } from '../../model';
import { ServiceRole } from '../service-role';
import type { AutoScalingGroupPropsPlan } from './auto-scaling-group-props';

/** Parameters that AWS keeps up to date. */
const IMAGES: Readonly<Record<Architecture, string>> = {
  amd64: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
  arm64: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
};

const encoded = (userData: string): string =>
  Token.isUnresolved(userData) ? Fn.base64encode(userData) : Buffer.from(userData).toString('base64');

/**
 * How an instance starts: session tokens for its metadata, no public address, an encrypted root volume, a role that
 * only Session Manager and the given statements know. The image is read at each apply: a new one shows in the plan, and
 * rolls.
 */
export class InstanceLaunchTemplate extends Construct {
  /** Id of the template, a reference. */
  readonly id: string;
  /** Number of its newest version, as text: a change of it rolls the instances. */
  readonly latestVersion: string;
  /** Role of the instances, for policies of keys and buckets that name their principals. */
  readonly roleArn: string;
  /** Rights that must stand before an instance starts. */
  readonly grants: readonly TerraformResource[];

  /** Makes role, profile and template; checks nothing. */
  constructor(scope: Construct, id: string, plan: AutoScalingGroupPropsPlan) {
    super(scope, id);
    const { name, instanceTypes, instanceName, rootVolumeKey, userData } = plan;

    const role = new ServiceRole(this, 'Role', {
      service: 'ec2.amazonaws.com',
      description: `Instances of ${name}`,
      managedPolicies: ['AmazonSSMManagedInstanceCore', ...plan.managedPolicies],
      statements: plan.statements,
    });
    const profile = new IamInstanceProfile(this, 'Profile', { role: role.name });
    const image = new DataAwsSsmParameter(this, 'Image', {
      name: plan.imageParameter ?? IMAGES[nodeArchitecture(instanceTypes) ?? 'amd64'],
    });
    const template = new LaunchTemplate(this, 'Resource', {
      namePrefix: `${name}-`,
      description: `Instances of ${name}`,
      updateDefaultVersion: true,
      imageId: image.insecureValue,
      ...(instanceTypes[0] !== undefined && { instanceType: instanceTypes[0] }),
      iamInstanceProfile: { arn: profile.arn },
      ebsOptimized: 'true',
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      monitoring: { enabled: true },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: 'false',
          deleteOnTermination: 'true',
          securityGroups: [...plan.securityGroupIds],
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: {
            volumeType: 'gp3',
            volumeSize: plan.rootVolume.toGib(),
            encrypted: 'true',
            deleteOnTermination: 'true',
            ...(rootVolumeKey && { kmsKeyId: rootVolumeKey.arn }),
          },
        },
      ],
      ...(userData === undefined ? {} : { userData: encoded(userData) }),
      tagSpecifications: ['volume', 'network-interface'].map((resourceType) => ({
        resourceType,
        tags: { Name: instanceName, ...plan.tags },
      })),
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = template.id;
    this.latestVersion = Token.asString(template.latestVersion);
    this.roleArn = role.arn;
    this.grants = role.grants;
  }
}
