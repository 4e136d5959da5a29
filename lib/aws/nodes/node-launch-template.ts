import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Memory } from '../../units';
import type { EncryptionKey } from '../secrets/encryption-key';
import { nodeUserData } from './node-config';

/** How the nodes of one group start. */
export interface NodeLaunchTemplateProps {
  /** Start of the template's name. */
  readonly name: string;
  /** Security groups of the nodes. */
  readonly securityGroupIds: readonly string[];
  /** Pods that each node takes. */
  readonly maxPods: number;
  /** Root volume of each node (whole GiB). */
  readonly rootVolume: Memory;
  /** Key of the root volume, whose users include `autoscaling`. @default - the account's default key for EBS */
  readonly rootVolumeKey?: EncryptionKey;
  /** Tags of instances, volumes and network interfaces. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * How a node starts: session tokens for instance metadata and one hop to it, so that pods cannot take the node's role; an
 * encrypted root volume; no public address; a declared number of pods.
 */
export class NodeLaunchTemplate extends Construct {
  /** Id of the template, a reference. */
  readonly id: string;
  /** Number of its newest version, as text: a change of it rolls the nodes. */
  readonly latestVersion: string;

  /** Makes the template; checks nothing. */
  constructor(scope: Construct, id: string, props: NodeLaunchTemplateProps) {
    super(scope, id);

    const template = new LaunchTemplate(this, 'Resource', {
      namePrefix: `${props.name}-`,
      description: `Nodes of ${props.name}`,
      updateDefaultVersion: true,
      ebsOptimized: 'true',
      metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
      monitoring: { enabled: true },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: 'false',
          deleteOnTermination: 'true',
          securityGroups: [...props.securityGroupIds],
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: {
            volumeType: 'gp3',
            volumeSize: props.rootVolume.toGib(),
            encrypted: 'true',
            deleteOnTermination: 'true',
            ...(props.rootVolumeKey && { kmsKeyId: props.rootVolumeKey.arn }),
          },
        },
      ],
      userData: nodeUserData(props.maxPods),
      tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({
        resourceType,
        tags: { ...props.tags },
      })),
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = template.id;
    this.latestVersion = Token.asString(template.latestVersion);
  }
}
