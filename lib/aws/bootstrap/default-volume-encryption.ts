import { EbsDefaultKmsKey } from '@cdktf/provider-aws/lib/ebs-default-kms-key';
import { EbsEncryptionByDefault } from '@cdktf/provider-aws/lib/ebs-encryption-by-default';
import { dependable, type ITerraformDependable, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, withDefaults } from '../../check';
import { EncryptionKey } from '../secrets/encryption-key';
import { regionsAreDistinct } from './regions';

/** Where volumes are encrypted, and with which key. */
export interface DefaultVolumeEncryptionProps {
  /** Regions (distinct, at least one), the standby's included: the setting is one of account and region. */
  readonly regions: readonly string[];
  /** Alias of the key of each region, without `alias/`. StorageClasses may name it: `alias/account/volumes`. @default 'account/volumes' */
  readonly alias?: string;
  /** The role of Auto Scaling, if it is made beside this: the policy of the key names it. @default - it exists */
  readonly after?: readonly ITerraformDependable[];
}

type Plan = Required<DefaultVolumeEncryptionProps>;

/** What is asked of the regions. */
export const DEFAULT_VOLUME_ENCRYPTION_CHECKS: readonly Check<Plan>[] = [
  regionsAreDistinct('default-volume-encryption-has-regions'),
];

const planned = (props: DefaultVolumeEncryptionProps): Plan =>
  withDefaults({ alias: 'account/volumes', after: [] }, props);

/**
 * Every new volume and snapshot of the account is encrypted, whoever makes it, with a key that nodes, the EBS CSI driver and
 * Karpenter may use without being told of it: Auto Scaling by name, all others by way of EC2.
 *
 * **Upgrade.** Volumes that exist keep the key they have. Another alias is another key.
 *
 * **Destroy.** Terraform refuses to destroy the keys, for volumes outlive this: take them out of the state first, with
 * `terraform state rm`. The default then is the key that AWS keeps, and encryption by default is off.
 *
 * @example
 * const roles = new ServiceLinkedRoles(stack, 'ServiceLinkedRoles');
 * new DefaultVolumeEncryption(stack, 'Volumes', { regions: ['us-west-2', 'us-east-1'], after: roles.roles });
 */
export class DefaultVolumeEncryption extends Construct {
  /** What is wrong with regions and alias; makes nothing. */
  static inspect(path: string, props: DefaultVolumeEncryptionProps): Finding[] {
    const plan = planned(props);
    return [
      ...inspect<Plan>(path, plan, DEFAULT_VOLUME_ENCRYPTION_CHECKS),
      ...EncryptionKey.inspect(path, keyOf(plan.alias)),
    ];
  }

  /** ARNs of the keys by region. */
  readonly keyArns: Readonly<Record<string, string>>;

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: DefaultVolumeEncryptionProps) {
    super(scope, id);
    const plan = planned(props);
    enforce(this, DefaultVolumeEncryption.inspect(this.node.path, props));

    this.keyArns = Object.fromEntries(plan.regions.map((region) => [region, this.encrypt(region, plan)]));
  }

  private encrypt(region: string, { alias, after }: Plan): string {
    const place = new Construct(this, region);
    const key = new EncryptionKey(place, 'Key', { ...keyOf(alias), region });
    const resource = key.node.defaultChild;
    if (TerraformResource.isTerraformResource(resource)) resource.dependsOn = after.map(dependable);

    const chosen = new EbsDefaultKmsKey(place, 'DefaultKey', { region, keyArn: key.arn });
    new EbsEncryptionByDefault(place, 'Resource', { region, enabled: true, dependsOn: [chosen] });
    return key.arn;
  }
}

const keyOf = (alias: string) => ({
  alias,
  description: 'Volumes and snapshots of the account',
  users: ['autoscaling', 'ebs'] as const,
  keptOnDestroy: true,
});
