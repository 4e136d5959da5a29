import { DataAwsEksAddonVersion } from '@cdktf/provider-aws/lib/data-aws-eks-addon-version';
import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import { dependable, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, withDefaults } from '../../check';
import type { AddonName, ClusterSpec } from '../../model';
import type { Statement } from '../policy';
import type { EncryptionKey } from '../secrets/encryption-key';
import { inSameStack } from './cluster-ref';
import { PodRole } from './pod-role';

/** The cluster to equip, and the versions to equip it with. */
export interface ClusterAddonsProps extends Pick<ClusterSpec, 'addonVersions'> {
  /** Name of the EKS cluster, made without the add-ons that EKS installs by itself. */
  readonly clusterName: string;
  /** Kubernetes minor of the cluster, `1.35`. */
  readonly version: string;
  /** Customer key that the storage driver may encrypt volumes with. @default - the account's default key for EBS */
  readonly volumeKey?: EncryptionKey;
}

type Plan = ClusterAddonsProps & Required<Pick<ClusterAddonsProps, 'addonVersions'>>;

const wrongVersions = ({ addonVersions }: Plan): string[] =>
  Object.entries(addonVersions)
    .filter(([, version]) => !/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version))
    .map(([name, version]) => `${name} ${version}`);

/** What is asked of `addonVersions`. Whether EKS offers a version shows only when it is applied. */
export const CLUSTER_ADDON_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'cluster-addon-versions-are-exact',
    prop: 'addonVersions',
    holds: (plan) => wrongVersions(plan).length === 0,
    rule: 'must be versions such as v1.21.1-eksbuild.1',
    received: wrongVersions,
    remedy: 'list them with aws eks describe-addon-versions, or leave them out',
  },
];

const DEFAULTS = { addonVersions: {} } as const;

/** Where add-ons with AWS rights run. */
const ADDON_NAMESPACE = 'kube-system';

/** How an add-on gets AWS rights: by Pod Identity, so that the role of the nodes does not carry them. */
interface Rights {
  readonly serviceAccount: string;
  readonly managedPolicy: string;
  readonly statements?: readonly Statement[];
}

interface Addon {
  readonly id: string;
  readonly name: AddonName;
  readonly configuration?: object;
  readonly rights?: Rights;
}

/** A node is ready only with these. Prefix delegation is what the pods a node are counted with. */
const BEFORE_NODES: readonly Addon[] = [
  {
    id: 'VpcCni',
    name: 'vpc-cni',
    configuration: {
      enableNetworkPolicy: 'true',
      env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' },
    },
    rights: { serviceAccount: 'aws-node', managedPolicy: 'AmazonEKS_CNI_Policy' },
  },
  { id: 'PodIdentityAgent', name: 'eks-pod-identity-agent' },
  { id: 'KubeProxy', name: 'kube-proxy' },
];

/** These run on nodes, and never become healthy without one. */
const afterNodes = (volumeKey?: EncryptionKey): readonly Addon[] => [
  {
    id: 'CoreDns',
    name: 'coredns',
    configuration: {
      autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 10 },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        },
      ],
    },
  },
  {
    id: 'EbsCsiDriver',
    name: 'aws-ebs-csi-driver',
    rights: {
      serviceAccount: 'ebs-csi-controller-sa',
      managedPolicy: 'service-role/AmazonEBSCSIDriverPolicy',
      ...(volumeKey && { statements: useOfVolumeKey(volumeKey) }),
    },
  },
  { id: 'MetricsServer', name: 'metrics-server' },
];

const useOfVolumeKey = ({ arn }: EncryptionKey): Statement[] => [
  {
    sid: 'GrantVolumeKeyToInstances',
    actions: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
    resources: [arn],
    conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  },
  {
    sid: 'UseVolumeKey',
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: [arn],
  },
];

/**
 * The software that every cluster needs, in the order in which it can work: network, credentials and proxy before nodes;
 * DNS, volumes and metrics after them. The declaration wins over what was changed in the cluster by hand.
 *
 * @example
 * const addons = new ClusterAddons(stack, 'Addons', {
 *   clusterName: 'acgs-production',
 *   version: '1.35',
 *   addonVersions: { coredns: 'v1.13.2-eksbuild.4' },
 * });
 */
export class ClusterAddons extends Construct {
  /** What is wrong with the spelling of versions; makes nothing and asks AWS nothing. */
  static inspect(path: string, props: ClusterAddonsProps): Finding[] {
    return inspect<Plan>(path, withDefaults(DEFAULTS, props), CLUSTER_ADDON_CHECKS);
  }

  /** What must stand before a node joins. */
  readonly beforeNodes: readonly TerraformResource[];
  private readonly afterNodes: readonly EksAddon[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ClusterAddonsProps) {
    super(scope, id);
    const plan: Plan = withDefaults(DEFAULTS, props);
    enforce(this, ClusterAddons.inspect(this.node.path, props));

    this.beforeNodes = BEFORE_NODES.map((addon) => this.addon(addon, plan));
    this.afterNodes = afterNodes(plan.volumeKey).map((addon) => this.addon(addon, plan));
  }

  /** Has the add-ons that run on nodes wait for these. */
  waitFor(nodes: TerraformResource): void {
    for (const addon of this.afterNodes) {
      const joined = inSameStack(addon, [nodes]).map(dependable);
      addon.dependsOn = [...(addon.dependsOn ?? []), ...joined];
    }
  }

  private addon({ id, name, configuration, rights }: Addon, plan: Plan): EksAddon {
    const role = rights && this.role(id, name, rights, plan.clusterName);
    return new EksAddon(this, id, {
      clusterName: plan.clusterName,
      addonName: name,
      addonVersion: plan.addonVersions[name] ?? this.defaultVersion(id, name, plan.version),
      ...(configuration && { configurationValues: JSON.stringify(configuration) }),
      ...(role && {
        podIdentityAssociation: [{ roleArn: role.arn, serviceAccount: rights.serviceAccount }],
        dependsOn: [...role.grants],
      }),
      resolveConflictsOnCreate: 'OVERWRITE',
      resolveConflictsOnUpdate: 'OVERWRITE',
    });
  }

  /** Looked up for the cluster's minor, so that add-ons follow an upgrade of the cluster. */
  private defaultVersion(id: string, addonName: AddonName, kubernetesVersion: string): string {
    return new DataAwsEksAddonVersion(this, `${id}Version`, { addonName, kubernetesVersion }).version;
  }

  private role(id: string, name: AddonName, rights: Rights, clusterName: string): PodRole {
    const { serviceAccount, managedPolicy, statements = [] } = rights;
    return new PodRole(this, `${id}Role`, {
      clusterName,
      namespace: ADDON_NAMESPACE,
      serviceAccount,
      description: `Add-on ${name}`,
      managedPolicies: [managedPolicy],
      statements,
    });
  }
}
