import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsName, isWholeWithin, withDefaults } from '../../check';
import { KARPENTER_DISCOVERY, karpenterInstanceProfile } from '../../model/capacity/karpenter';
import { Memory } from '../../units';
import { clusterScoped } from '../cluster-scoped';
import { type Labels, standardLabels } from '../labels';
import { type Ec2NodeClassSpec, NODE_CLASS_GROUP, NODE_CLASS_KIND } from './karpenter-kinds';

/** What nodes that Karpenter makes have in common. */
export interface Ec2NodeClassProps {
  /** Name by which node pools refer to it (DNS name). @default 'default' */
  readonly name?: string;
  /** Name of the EKS cluster, a literal: subnets, security groups and instance profile carry it. */
  readonly clusterName: string;
  /** Release of Amazon Linux 2023 for EKS, `v20260818`; `latest` rolls all nodes whenever AWS has a new one. */
  readonly imageVersion: string;
  /** Pods that each node takes (10-250; 110 up to 30 vCPUs, with prefix delegation). @default 110 */
  readonly maxPods?: number;
  /** Root volume of each node (whole GiB, 20-9999). @default Memory.gib(50) */
  readonly rootVolume?: Memory;
  /**
   * Alias of the key of the root volumes, without `alias/`; the controller must have rights on it.
   * @default - the account's default key for EBS
   */
  readonly rootVolumeKeyAlias?: string;
  /** Tags of instances and volumes; the tags of Terraform's provider miss them. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Labels of the object beside the standard ones. @default - none */
  readonly labels?: Labels;
}

const DEFAULTS = { name: 'default', maxPods: 110, rootVolume: Memory.gib(50), tags: {}, labels: {} } as const;

type Plan = Ec2NodeClassProps & Required<Pick<Ec2NodeClassProps, keyof typeof DEFAULTS>>;

const planned = (props: Ec2NodeClassProps): Plan => withDefaults<Ec2NodeClassProps, typeof DEFAULTS>(DEFAULTS, props);

/**
 * Tags that Karpenter sets itself, and those of AWS. Source: karpenter.k8s.aws_ec2nodeclasses.yaml, validation of tags.
 */
const RESERVED_TAG =
  /^(?:aws:.*|eks:eks-cluster-name|kubernetes\.io\/cluster.*|karpenter\.sh\/node(?:pool|claim)|karpenter\.k8s\.aws\/ec2nodeclass)$/i;

const wrongTags = ({ tags }: Plan): string[] =>
  Object.keys(tags).filter((key) => !/^.{1,128}$/.test(key) || RESERVED_TAG.test(key));

/** What is asked of a node class. */
export const EC2_NODE_CLASS_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'node-class-name-is-dns-name',
    prop: 'name',
    holds: ({ name }) => isDnsName(name),
    rule: 'must be a DNS name',
    remedy: 'use default',
  },
  {
    id: 'node-class-cluster-is-a-literal',
    prop: 'clusterName',
    holds: ({ clusterName }) => /^[A-Za-z0-9][\w-]{0,59}$/.test(clusterName),
    rule: "must be 1-60 letters, digits, '-' and '_'",
    remedy: 'spell out the name that Terraform gives the cluster',
  },
  {
    id: 'node-class-image-is-a-release',
    prop: 'imageVersion',
    holds: ({ imageVersion }) => imageVersion === 'latest' || /^v20\d{6}$/.test(imageVersion),
    rule: "must be a release such as v20260818, or 'latest'",
    remedy: 'take the newest of awslabs/amazon-eks-ami',
  },
  {
    id: 'node-class-image-is-pinned',
    severity: 'warning',
    prop: 'imageVersion',
    holds: ({ imageVersion }) => imageVersion !== 'latest',
    rule: 'should be a release: latest changes without a commit, and every node is replaced for it',
    remedy: 'pin the release, and raise it in one environment after the other',
  },
  {
    id: 'node-class-max-pods-are-possible',
    prop: 'maxPods',
    holds: ({ maxPods }) => isWholeWithin(maxPods, 10, 250),
    rule: 'must be a whole number from 10 to 250',
    remedy: 'use 110; more only for types of 30 vCPUs and above',
  },
  {
    id: 'node-class-root-volume-is-possible',
    prop: 'rootVolume',
    holds: ({ rootVolume: { inBytes } }) => isWholeWithin(inBytes / 2 ** 30, 20, 9999),
    rule: 'must be a whole number of GiB from 20 to 9999',
    remedy: 'use 50Gi: it holds the system, images and logs',
  },
  {
    id: 'node-class-key-is-an-alias',
    prop: 'rootVolumeKeyAlias',
    holds: ({ rootVolumeKeyAlias: alias }) => alias === undefined || /^(?!alias\/)[A-Za-z0-9/_-]{1,250}$/.test(alias),
    rule: "must be 1-250 letters, digits, '/', '_' or '-'",
    remedy: "leave out 'alias/', it is added",
  },
  {
    id: 'node-class-tags-are-free',
    prop: 'tags',
    holds: (plan) => wrongTags(plan).length === 0,
    rule: 'must have keys of 1-128 characters that neither AWS nor Karpenter keeps for itself',
    received: wrongTags,
    remedy: 'use keys of your own; Karpenter marks its nodes with cluster, pool and class',
  },
];

/**
 * What nodes of Karpenter start with: session tokens for instance metadata and one hop to it, no public address, an
 * encrypted root volume, as many pods as prefix delegation allows. It finds subnets and security groups by the tag that
 * the network and the cluster carry, and a role by the name of its instance profile: no id, no ARN.
 *
 * @example
 * new Ec2NodeClass(chart, 'Nodes', { clusterName: 'acgs-production', imageVersion: 'v20260818' });
 */
export class Ec2NodeClass extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: Ec2NodeClassProps): Finding[] {
    return inspect(path, planned(props), EC2_NODE_CLASS_CHECKS);
  }

  /** Name by which pools refer to it. */
  readonly name: string;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: Ec2NodeClassProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, Ec2NodeClass.inspect(this.node.path, props));

    this.name = plan.name;
    const { rootVolumeKeyAlias: alias } = plan;
    const discovered = [{ tags: { [KARPENTER_DISCOVERY]: plan.clusterName } }];
    const spec: Ec2NodeClassSpec = {
      instanceProfile: karpenterInstanceProfile(plan.clusterName),
      amiFamily: 'AL2023',
      amiSelectorTerms: [{ alias: `al2023@${plan.imageVersion}` }],
      subnetSelectorTerms: discovered,
      securityGroupSelectorTerms: discovered,
      associatePublicIPAddress: false,
      detailedMonitoring: true,
      kubelet: { maxPods: plan.maxPods },
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpProtocolIPv6: 'disabled',
        httpPutResponseHopLimit: 1,
        httpTokens: 'required',
      },
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          rootVolume: true,
          ebs: {
            volumeType: 'gp3',
            volumeSize: `${plan.rootVolume.toGib()}Gi`,
            encrypted: true,
            deleteOnTermination: true,
            ...(alias === undefined ? {} : { kmsKeyID: `alias/${alias}` }),
          },
        },
      ],
      tags: { Name: `${plan.clusterName}-karpenter`, ...plan.tags },
    };
    clusterScoped(
      new ApiObject(this, 'Resource', {
        apiVersion: `${NODE_CLASS_GROUP}/v1`,
        kind: NODE_CLASS_KIND,
        metadata: { name: plan.name, labels: { ...standardLabels(plan.name, 'node-class'), ...plan.labels } },
        spec,
      }),
    );
  }
}
