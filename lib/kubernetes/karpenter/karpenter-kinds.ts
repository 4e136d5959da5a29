/** What we write of Karpenter's kinds. Source: aws/karpenter-provider-aws, pkg/apis/crds (2026-08-21, release 1.14). */

/** One selector of subnets or security groups: all its tags must be there. */
export interface SelectorTerm {
  readonly tags: Readonly<Record<string, string>>;
}

/** `spec` of an EC2NodeClass. */
export interface Ec2NodeClassSpec {
  readonly instanceProfile: string;
  readonly amiFamily: 'AL2023';
  readonly amiSelectorTerms: readonly { readonly alias: string }[];
  readonly subnetSelectorTerms: readonly SelectorTerm[];
  readonly securityGroupSelectorTerms: readonly SelectorTerm[];
  readonly associatePublicIPAddress: false;
  readonly detailedMonitoring: boolean;
  readonly kubelet: { readonly maxPods: number };
  readonly metadataOptions: {
    readonly httpEndpoint: 'enabled';
    readonly httpProtocolIPv6: 'disabled';
    readonly httpPutResponseHopLimit: 1;
    readonly httpTokens: 'required';
  };
  readonly blockDeviceMappings: readonly {
    readonly deviceName: string;
    readonly rootVolume: true;
    readonly ebs: {
      readonly volumeType: 'gp3';
      readonly volumeSize: string;
      readonly encrypted: true;
      readonly deleteOnTermination: true;
      readonly kmsKeyID?: string;
    };
  }[];
  readonly tags: Readonly<Record<string, string>>;
}

/** One requirement on the labels of a node. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In';
  readonly values: readonly string[];
}

/** `spec` of a NodePool. */
export interface NodePoolObjectSpec {
  readonly template: {
    readonly metadata: { readonly labels: Readonly<Record<string, string>> };
    readonly spec: {
      readonly nodeClassRef: { readonly group: string; readonly kind: string; readonly name: string };
      readonly requirements: readonly Requirement[];
      readonly taints?: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
      readonly expireAfter: string;
      readonly terminationGracePeriod?: string;
    };
  };
  readonly disruption: {
    readonly consolidationPolicy: 'WhenEmpty' | 'WhenEmptyOrUnderutilized';
    readonly consolidateAfter: string;
    readonly budgets: readonly {
      readonly nodes: string;
      readonly reasons?: readonly string[];
      readonly schedule?: string;
      readonly duration?: string;
    }[];
  };
  readonly limits: Readonly<Record<'cpu' | 'memory', string>>;
  readonly weight?: number;
}

/** Group of node classes, by which pools refer to them. */
export const NODE_CLASS_GROUP = 'karpenter.k8s.aws';
/** Kind of node classes. */
export const NODE_CLASS_KIND = 'EC2NodeClass';
